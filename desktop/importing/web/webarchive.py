"""What stands where in the records of a web archive (WARC, ISO 28500, and its forerunner ARC).

Records are found in one pass that keeps addresses and places; bodies are read when they are wanted.
"""

import contextlib
import io
import logging
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from desktop.core.errors import ImportFailed
from desktop.core.progress import Progress
from desktop.importing.bodies import unpacked

logging.getLogger("warcio").setLevel(logging.CRITICAL)  # it logs odd addresses; ours are odd

MOST_RECORDS = 300_000
LARGEST_BODY = 64 * 1024 * 1024
LARGEST_WHOLE = 384 * 1024 * 1024
_MOST_GAPS = 50
_GZIP = b"\x1f\x8b\x08"
_START = re.compile(rb"WARC/[01]\.\d+\r?\n")
_PAGES = {
    "text/html", "application/xhtml+xml", "application/pdf", "application/rtf", "application/epub+zip",
    "application/msword", "application/vnd.oasis.opendocument.text", "text/markdown",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip
_UNDECLARED = ("", "unknown", "unk", "application/octet-stream", "application/http")
_PAGE_PATHS = re.compile(r"(?:/|\.(?:html?|xhtml|php|aspx?|jsp))$", re.IGNORECASE)
_PLAIN_PATHS = re.compile(r"\.(?:txt|md|text)$|^[^.]*$", re.IGNORECASE)
_NOT_PLAIN = re.compile(r"/(?:robots|humans|ads|security|llms)\.txt$", re.IGNORECASE)
_BESIDE_PAGES = re.compile(
    r"^https?://(?:[\w.-]*\.)?(?:doubleclick\.net|googlesyndication\.com|googletagmanager\.com|adnxs\.com|"
    r"criteo\.\w+|taboola\.com|outbrain\.com|adfox\.ru|recaptcha\.net)/|/recaptcha/|facebook\.com/[\w.]+/plugins/|"
    r"facebook\.com/plugins/|platform\.twitter\.com/|youtube(?:-nocookie)?\.com/embed/|player\.vimeo\.com/|"
    r"disqus\.com/embed|/xmlrpc\.php|/wp-json/oembed",
    re.IGNORECASE,
)
_KINDS = ("response", "resource", "conversion")
_APART = {"iframe", "frame", "embed", "object", "empty", "script", "style", "image", "font"}


@dataclass(frozen=True, slots=True)
class Record:
    """One answer of a server, and where it stands.

    Attributes:
        volume: The number of the file in the archive.
        offset: Bytes from the beginning of that file, as the file is (packed or not).
        date: UTC ISO 8601, or empty.
        length: Bytes as recorded, packed.
    """

    volume: int
    offset: int
    url: str
    date: str
    media_type: str
    charset: str | None
    encodings: str
    digest: str
    length: int

    @property
    def key(self) -> str:
        """What a person's choice names it by."""
        return f"{self.date} {self.url}".strip()


@dataclass
class WebArchive:
    """The pages of one or several files of records.

    Attributes:
        name: Of the whole, for failures.
        pages: What may be an article, in the order of the files.
        files: Everything else that was answered well, by address.
        moved: Where an address leads to, by redirect or by a record that refers to another.
        within: Addresses that were loaded by other pages (frames, scripts), as far as requests tell.
        damage: What could not be read.
    """

    name: str
    volumes: list[bytes] = field(default_factory=list)
    pages: list[Record] = field(default_factory=list)
    files: dict[str, Record] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    within: set[str] = field(default_factory=set)
    damage: list[str] = field(default_factory=list)
    _digests: set[str] = field(default_factory=set)
    _records: int = 0

    def add(self, data: bytes, progress: Progress) -> None:
        """Take in a file.

        Raises:
            ImportFailed: ``too_many`` records.
        """
        self.volumes.append(data)
        for offset, record in self._walked(len(self.volumes) - 1):
            self._records += 1
            if self._records > MOST_RECORDS:
                raise ImportFailed(self.name, "too_many", f"more than {MOST_RECORDS} records")
            if self._records % 500 == 0:
                progress.check()
            self._note(len(self.volumes) - 1, offset, record)

    def body(self, record: Record) -> bytes:
        """What the server answered, unpacked.

        Raises:
            ImportFailed: ``too_large``, ``malformed``, ``unknown_format``.
        """
        name = f"{self.name}/{record.url}"
        try:
            found = next(_iterator(self.volumes[record.volume], record.offset), None)
            body = _read_body(found, name)
        except _faults() as error:
            raise ImportFailed(name, "malformed", str(error).strip()[:200]) from error
        return unpacked(body, record.encodings, name, LARGEST_BODY)

    def look_up(self, url: str) -> bytes | None:
        """The file at an address; None where it was not recorded or cannot be read."""
        for _ in range(4):
            if (record := self.files.get(url)) is not None:
                try:
                    return self.body(record)
                except ImportFailed:
                    return None
            if (url := self.moved.get(url, "")) == "":
                return None
        return None

    def is_article(self, record: Record) -> bool:
        """Whether it looks like a page of its own, not a frame, a list for robots or an advertisement."""
        if record.url in self.within or _BESIDE_PAGES.search(record.url):
            return False
        return not _NOT_PLAIN.search(urlsplit(record.url).path) and record.length > 200

    def _walked(self, volume: int) -> Iterator[tuple[int, Any]]:
        """Every record that can be read; damage costs those that it covers."""
        at, gaps = 0, 0
        while at >= 0 and gaps < _MOST_GAPS:
            iterator = _iterator(self.volumes[volume], at)
            reached = at
            try:
                for record in iterator:
                    reached = iterator.offset()
                    yield reached, record
                return
            except _faults() as error:
                gaps += 1
                if (whole := _unpacked_whole(self.volumes[volume], str(error))) is not None:
                    self.volumes[volume], reached = whole, -1
                else:
                    self.damage.append(" ".join(str(error).split())[:200])
                at = _next_start(self.volumes[volume], reached + 1)

    def _note(self, volume: int, offset: int, record: Any) -> None:
        headers, http = record.rec_headers, record.http_headers
        url = (headers.get_header("WARC-Target-URI") or "").strip("<> ")
        if record.rec_type == "request":
            self._note_request(url, http)
        elif record.rec_type == "revisit":
            if referred := headers.get_header("WARC-Refers-To-Target-URI"):
                self.moved.setdefault(url, referred.strip("<> "))
        elif record.rec_type in _KINDS and url.startswith(("http:", "https:", "ftp:", "file:")):
            status = http.get_statuscode() if http is not None else "200"
            if status.startswith("30") and http is not None and (target := http.get_header("Location")):
                with contextlib.suppress(ValueError):
                    self.moved.setdefault(url, urljoin(url, target))
            elif status == "200":
                self._note_answer(_record(volume, offset, url, record), record.rec_type)

    def _note_request(self, url: str, http: Any) -> None:
        if http is None:
            return
        wanted = (http.get_header("Sec-Fetch-Dest") or "").lower()
        scripted = (http.get_header("X-Requested-With") or "").lower() == "xmlhttprequest"
        if wanted in _APART or scripted:
            self.within.add(url)

    def _note_answer(self, record: Record, kind: str) -> None:
        if not _is_page(record, kind):
            self.files.setdefault(record.url, record)
            return
        if record.digest and record.digest in self._digests:
            return
        self._digests.add(record.digest)
        self.pages.append(record)


def _record(volume: int, offset: int, url: str, record: Any) -> Record:
    headers, http = record.rec_headers, record.http_headers
    declared = (http.get_header("Content-Type") if http is not None else record.content_type) or ""
    media_type, _, parameters = declared.partition(";")
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", parameters, re.IGNORECASE)
    return Record(
        volume,
        offset,
        url,
        _moment(headers.get_header("WARC-Date") or ""),
        media_type.strip().lower(),
        charset[1] if charset else None,
        (http.get_header("Content-Encoding") or "") if http is not None else "",
        headers.get_header("WARC-Payload-Digest") or "",
        record.length if isinstance(record.length, int) else 0,
    )


def _is_page(record: Record, kind: str) -> bool:
    if record.media_type in _PAGES:
        return True
    if record.media_type in _UNDECLARED:
        return _PAGE_PATHS.search(urlsplit(record.url).path) is not None
    if record.media_type != "text/plain":
        return False
    return kind == "conversion" or _PLAIN_PATHS.search(urlsplit(record.url).path) is not None


def _moment(date: str) -> str:
    """``2026-01-01T00:00:00Z``, with or without a fraction, as the archive keeps times."""
    found = re.fullmatch(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z", date.strip())
    return f"{found[1]}.{(found[2] or '0')[:3]:0<3}Z" if found else ""


def _iterator(data: bytes, offset: int) -> "_Quiet":
    from warcio.archiveiterator import ArchiveIterator

    stream = io.BytesIO(data)
    stream.seek(offset)
    return _Quiet(ArchiveIterator(stream, arc2warc=True))


class _Quiet:
    """The library writes what it thinks of a record to stderr."""

    def __init__(self, iterator: Any) -> None:
        self._iterator = iterator

    def __iter__(self) -> "_Quiet":
        return self

    def __next__(self) -> Any:
        with contextlib.redirect_stderr(io.StringIO()):
            return next(self._iterator)

    def offset(self) -> int:
        """Where the record at hand begins; reads it to its end."""
        with contextlib.redirect_stderr(io.StringIO()):
            return int(self._iterator.get_record_offset())


def _faults() -> tuple[type[Exception], ...]:
    """What the library raises on damaged files: its own, and what follows from not expecting them."""
    from warcio.exceptions import ArchiveLoadFailed
    from warcio.statusandheaders import StatusAndHeadersParserException

    return (
        ArchiveLoadFailed,
        StatusAndHeadersParserException,
        zlib.error,
        ValueError,
        EOFError,
        OSError,
        AttributeError,
        TypeError,
        LookupError,
        AssertionError,
    )


def _read_body(record: Any, name: str) -> bytes:
    from warcio.bufferedreaders import ChunkedDataReader

    stream, http = record.raw_stream, record.http_headers
    if http is not None and (http.get_header("Transfer-Encoding") or "").lower() == "chunked":
        stream = ChunkedDataReader(stream)
    parts: list[bytes] = []
    size = 0
    while part := stream.read(256 * 1024):
        parts.append(part)
        size += len(part)
        if size > LARGEST_BODY:
            raise ImportFailed(name, "too_large", f"more than {LARGEST_BODY} bytes")
    return b"".join(parts)


def _unpacked_whole(data: bytes, complaint: str) -> bytes | None:
    """A file that was packed in one piece, unpacked; None for the usual kind, a piece a record."""
    if not data.startswith(_GZIP) or "non-chunked" not in complaint:
        return None
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        whole = unpacker.decompress(data, LARGEST_WHOLE)
    except zlib.error:
        return None
    return whole if len(whole) < LARGEST_WHOLE else None


def _next_start(data: bytes, at: int) -> int:
    """Where the next record may begin; -1 where none does."""
    if data.startswith(_GZIP):
        return data.find(_GZIP, at)
    found = _START.search(data, at)
    return found.start() if found else -1
