"""Pages saved as one message: MHTML of Chromium, Firefox, Internet Explorer and Word (RFC 2557)."""

import email
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from email import policy
from email.message import Message
from email.utils import parsedate_to_datetime
from urllib.parse import unquote

from desktop.core.errors import ImportFailed
from desktop.core.times import kept
from desktop.importing.material import Material
from desktop.importing.reading import Reading
from desktop.importing.web.embedded import urljoin_or_nothing
from desktop.importing.web.page import read_page

_MOST_PARTS = 20_000
_MOST_FRAMES = 50
_PAGES = ("text/html", "application/xhtml+xml")
_BOUNDARY = re.compile(rb"^--(?=\S)([ -~]{1,70}?)\s*$", re.MULTILINE)
_MULTIPART = re.compile(rb"^Content-Type:\s*multipart/[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*", re.I | re.MULTILINE)


def read(material: Material) -> Iterable[Reading]:
    """Take the page apart; where it is made of frames, the pages in them."""
    saved = _Saved.of(material)
    reading = _article(saved, material)
    return [replace(reading, data=material.data, captured_at=saved.saved_at)]


@dataclass(slots=True)
class _Saved:
    """A message and the files in it.

    Attributes:
        pages: Its HTML, the page itself first.
        files: Everything else by address and by ``cid:``, percent signs resolved.
    """

    message: Message
    pages: list[Message] = field(default_factory=list)
    files: dict[str, Message] = field(default_factory=dict)
    saved_at: str = ""

    @classmethod
    def of(cls, material: Material) -> "_Saved":
        message = email.message_from_bytes(with_boundary(material.data), policy=policy.compat32)
        saved = cls(message)
        for count, part in enumerate(message.walk()):
            if count > _MOST_PARTS:
                raise ImportFailed(material.name, "too_many", f"more than {_MOST_PARTS} parts")
            if not part.is_multipart():
                saved._add(part)
        if not saved.pages:
            raise ImportFailed(material.name, "malformed", "no page in it")
        saved.pages.sort(key=saved._rank)
        saved.saved_at = moment_of(str(message.get("Date") or ""))
        return saved

    def _add(self, part: Message) -> None:
        if _is_page(part):
            self.pages.append(part)
        for name in (_location(part), _identity(part)):
            if name:
                self.files.setdefault(unquote(name), part)

    def _rank(self, part: Message) -> int:
        start = str(self.message.get_param("start") or "").strip("<> ")
        if start and _identity(part) == f"cid:{start}":
            return 0
        wanted = _header(self.message, "Snapshot-Content-Location")
        return 1 if wanted and _location(part) == wanted else 2

    def address_of(self, page: Message) -> str | None:
        own = _location(page)
        known = own if own.startswith("http") else _header(self.message, "Snapshot-Content-Location")
        known = known or _header(self.message, "Content-Location")
        return known if known.startswith("http") else None


@dataclass(frozen=True, slots=True)
class _LookUp:
    """The parts by what a page calls them."""

    files: dict[str, Message]
    location: str

    def __call__(self, name: str) -> bytes | None:
        for key in (name, urljoin_or_nothing(self.location, name)):
            if (part := self.files.get(unquote(key))) is not None:
                return body_of(part)
        return None


def _article(saved: _Saved, material: Material) -> Reading:
    try:
        return _read(saved, saved.pages[0], material)
    except ImportFailed as failure:
        if failure.reason != "no_text" or len(saved.pages) == 1:
            raise
        return _of_frames(saved, material, failure)


def _of_frames(saved: _Saved, material: Material, failure: ImportFailed) -> Reading:
    """One article of what the frames hold, with the address and title of the page around them."""
    readings = []
    for frame in saved.pages[1:_MOST_FRAMES]:
        try:
            readings.append(_read(saved, frame, material))
        except ImportFailed:
            continue
    if not readings:
        raise failure
    first = max(readings, key=lambda reading: sum(len(block.text) for block in reading.blocks))
    address = saved.address_of(saved.pages[0])
    return replace(
        first,
        blocks=[block for reading in readings for block in reading.blocks],
        metadata=replace(first.metadata, url=address or first.metadata.url),
        pictures=tuple({one.src: one for reading in readings for one in reading.pictures}.values()),
    )


def _read(saved: _Saved, page: Message, material: Material) -> Reading:
    inner = replace(
        material,
        data=body_of(page),
        address=saved.address_of(page) or material.address,
        charset=_charset(page),
        beside=_LookUp(saved.files, _location(page)),
    )
    return read_page(inner, keep=False)


def body_of(part: Message) -> bytes:
    """What a part holds, its transfer encoding undone as far as it goes."""
    try:
        body = part.get_payload(decode=True)
    except (ValueError, TypeError, LookupError, AssertionError):
        body = None
    return body if isinstance(body, bytes) else b""


def _is_page(part: Message) -> bool:
    if part.get_content_type() in _PAGES:
        return True
    undeclared = "content-type" not in part or part.get_content_type() == "application/octet-stream"
    return undeclared and body_of(part)[:200].lstrip()[:1] == b"<"


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except (ValueError, TypeError, LookupError, AttributeError):
        return None


def _header(message: Message, name: str) -> str:
    """An address or a number, which may be folded over lines."""
    return "".join(str(message.get(name) or "").split())


def _location(part: Message) -> str:
    return _header(part, "Content-Location").strip("<>")


def _identity(part: Message) -> str:
    found = _header(part, "Content-ID").strip("<>")
    return f"cid:{found}" if found else ""


def moment_of(date: str) -> str:
    """A header's date as UTC ISO 8601; empty where it is none."""
    try:
        return kept(parsedate_to_datetime(date))
    except (ValueError, TypeError, OverflowError, IndexError):
        return ""


def with_boundary(data: bytes) -> bytes:
    """The message with the boundary named in its header, where a bad program left it out."""
    end = min((at for at in (data.find(b"\n\n"), data.find(b"\r\n\r\n")) if at >= 0), default=-1)
    declared = _MULTIPART.search(data[: max(end, 0)])
    if declared is None or b"boundary" in declared[0].lower():
        return data
    boundary = _BOUNDARY.search(data, end)
    if boundary is None:
        return data
    parameter = b'; boundary="' + boundary[1].replace(b'"', b"") + b'"'
    return data[: declared.end()] + parameter + data[declared.end() :]
