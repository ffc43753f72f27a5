"""The pictures that a saved page brought along: in the folder beside it, in the package around it, or
in its own markup.

They are found before the page is taken apart, because its markup then need not carry megabytes of
``data:`` addresses, and decoded afterwards, because only those of the article are wanted.
"""

import base64
import binascii
import hashlib
import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, unquote_to_bytes, urljoin

from desktop.core.document import Block, BlockKind
from desktop.core.extraction import Picture
from desktop.importing.pictures import LEFT_OUT, MOST_BYTES, Allowance
from desktop.importing.reading import Reading

LookUp = Callable[[str], bytes | None]

_ATTRIBUTE = r"""[^\s=>/"'<][^\s=>/<]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s><"']*+))?+"""
_IMAGE = re.compile(rf"""<(?:img|amp-img)\b((?:[\s/"'=]++|{_ATTRIBUTE}){{0,200}}+)>""", re.IGNORECASE)
_PAIR = re.compile(r"""([^\s=>/"'<][^\s=>/<]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s><"']*+)))?+""")
_BASE = re.compile(r"<base\b[^>]{0,500}?\bhref\s*=\s*[\"']?([^\"'\s>]{1,2000})", re.IGNORECASE)
_VARIABLE = re.compile(r"var\(\s*(--sf-img-\d{1,6})\s*\)")
_DEFINED = re.compile(r"(--sf-img-\d{1,6})\s*:\s*url\(\s*[\"']?(data:[^\"')\s]+)", re.IGNORECASE)
_DATA = re.compile(r"data:(image/[\w.+-]{1,40})?((?:;[\w=.-]{1,60})*),(.*)", re.IGNORECASE | re.DOTALL)
_HUGE_DATA = re.compile(r"data:[\w/+.;=-]{0,80},[^\"'()<>\s]{512,}")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_LAZY = re.compile(r"data-(?:[\w-]*(?:src|original|lazy|url|image|img)[\w-]*)", re.IGNORECASE)
_REFERENCE = "https://embedded.invalid/"  # a name that no server can have (RFC 2606)
_REFERRED = re.compile(re.escape(_REFERENCE) + r"(\d{1,5})/")
_MOST_CANDIDATES = 12
_MOST_IMAGES = 5_000
_PREVIEW = 3_000
"""Bytes; where the page names a picture to be loaded later, so small a one only stands in for it."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A picture's bytes, and whether the page's own bytes hold them."""

    name: str
    data: bytes
    inline: bool


@dataclass
class Embedded:
    """The pictures of one page.

    Args:
        look_up: The bytes of a file by its relative path, its whole address or its ``cid:``.
        address: The page's own, for whole addresses.
        keep: Whether bytes that were looked up are kept as originals, because the page's own
            original does not hold them.
    """

    look_up: LookUp
    address: str | None = None
    keep: bool = True
    found: list[_Found] = field(default_factory=list)
    known: dict[str, _Found | None] = field(default_factory=dict)
    size: int = 0

    def named_in(self, markup: str) -> str:
        """The markup with short references for the pictures whose bytes are here."""
        self._variables = dict(_DEFINED.findall(markup)) if "--sf-img-" in markup else {}
        base = _BASE.search(markup[: 64 * 1024])
        self._base = urljoin_or_nothing(self.address or "", html.unescape(base[1]) if base else "")
        self._images = 0
        markup = _IMAGE.sub(self._renamed, markup)
        return _HUGE_DATA.sub("data:,", markup) if len(markup) > 1_000_000 else markup

    def shown(self, reading: Reading) -> Reading:
        """The reading with its pictures: those that its blocks name."""
        blocks: list[Block] = []
        pictures: dict[str, Picture | None] = {}
        allowance = Allowance()
        for block in reading.blocks:
            one = self._found_at(block.src) if block.kind is BlockKind.IMAGE else None
            if one is None:
                blocks.append(block)
                continue
            if one.name not in pictures:
                pictures[one.name] = self._picture(one, allowance)
            if pictures.get(one.name) is not None or not one.inline or block.text:
                blocks.append(replace(block, src=one.name))
        made = tuple(picture for picture in pictures.values() if picture is not None)
        told = (LEFT_OUT.format(count=allowance.left),) if allowance.left else ()
        return replace(
            reading,
            blocks=blocks,
            pictures=(*reading.pictures, *made),
            warnings=(*reading.warnings, *told),
        )

    def _picture(self, one: _Found, allowance: Allowance) -> Picture | None:
        filename = PurePosixPath(one.name.split("?")[0]).name
        return allowance.picture_of(one.name, one.data, filename, keep=self.keep and not one.inline)

    def _found_at(self, src: str | None) -> _Found | None:
        named = _REFERRED.match(src or "")
        number = int(named[1]) if named else len(self.found)
        return self.found[number] if number < len(self.found) else None

    def _renamed(self, tag: re.Match[str]) -> str:
        self._images += 1
        if self._images > _MOST_IMAGES:
            return tag[0]
        pairs: dict[str, str] = {}
        for name, double, single, bare in _PAIR.findall(tag[1]):
            pairs.setdefault(name.lower(), html.unescape(double or single or bare))
        one = self._best(pairs)
        if one is None:
            return tag[0]
        reference = f"{_REFERENCE}{len(self.found)}/{_path_of(one.name)}"
        self.found.append(one)
        others = {name: value for name, value in pairs.items() if name not in ("src", "srcset")}
        kept = (f' {name}="{html.escape(value)}"' for name, value in others.items() if not _LAZY.match(name))
        return f'<img src="{reference}"{"".join(kept)}>'

    def _best(self, pairs: dict[str, str]) -> _Found | None:
        """The first that is no mere preview of what is to be loaded later."""
        preview: _Found | None = None
        for value in _candidates(pairs, self._variables):
            if (one := self._bytes_of(value)) is None:
                continue
            if len(one.data) >= _PREVIEW:
                return one
            preview = preview or one
        return None if preview and _is_loaded_later(pairs) else preview

    def _bytes_of(self, value: str) -> _Found | None:
        key = value if len(value) < 4096 else hashlib.sha256(value.encode()).hexdigest()
        if key not in self.known:
            one = self._read(value)
            if one is not None:
                self.size += len(one.data)
                one = one if self.size <= MOST_BYTES else None
            self.known[key] = one
        return self.known[key]

    def _read(self, value: str) -> _Found | None:
        if value[:5].lower() == "data:":
            data = data_of(value)
            return _Found(f"data:sha256-{hashlib.sha256(data).hexdigest()}", data, True) if data else None
        for name in self._names(value):
            if data := self.look_up(name):
                return _Found(name, data, False)
        return None

    def _names(self, value: str) -> Iterator[str]:
        """What the file may be called where the page's files are: its path, its address."""
        scheme = _SCHEME.match(value)
        if scheme is None and not value.startswith(("/", "#")):
            path = re.split(r"[?#]", value, maxsplit=1)[0]
            for name in dict.fromkeys((unquote(path), path)):
                if (tidied := str(PurePosixPath(name.replace("\\", "/")))) != ".":
                    yield tidied
        if scheme and scheme[1].lower() in ("cid", "file"):  # the latter in messages that Word saves
            yield unquote(value)
        elif scheme and scheme[1].lower() in ("http", "https"):
            yield value.split("#")[0]
        elif scheme is None and self._base.startswith("http"):
            yield urljoin_or_nothing(self._base, value).split("#")[0]


def _candidates(pairs: dict[str, str], variables: dict[str, str]) -> list[str]:
    """The addresses that an element gives for its picture, likeliest first."""
    values = [variables.get(name, "") for name in _VARIABLE.findall(pairs.get("style", ""))]
    lazy = [name for name in pairs if _LAZY.match(name)]
    values += [pairs.get(name, "") for name in ("src", *lazy) if not name.endswith("set")]
    for name in (*lazy, "srcset"):
        listed = pairs.get(name, "")
        if name.endswith("set") and not listed.lstrip().startswith("data:"):
            values += [part.split()[0] for part in listed.split(", ") if part.split()]
    values = [value.strip().rstrip(",") for value in values]
    return list(dict.fromkeys(value for value in values if value))[:_MOST_CANDIDATES]


def _is_loaded_later(pairs: dict[str, str]) -> bool:
    lazy = (value for name, value in pairs.items() if name == "srcset" or _LAZY.match(name))
    return any(value.strip().startswith(("http", "//", "/")) for value in lazy)


def _path_of(name: str) -> str:
    """By which the page's reader tells ornaments and twins."""
    return quote(re.sub(r"^\w+:(?://)?|[?#].*$", "", name), safe="/._-")


def data_of(address: str) -> bytes | None:
    """The bytes of a picture's ``data:`` address; None for other things, and for drawings (SVG)."""
    parts = _DATA.fullmatch(address)
    if parts is None or "svg" in (parts[1] or "").lower():
        return None
    if ";base64" not in parts[2].lower():
        return unquote_to_bytes(parts[3]) or None
    words = re.sub(r"[\s=]+|%3[dD]", "", parts[3]).replace("%2B", "+").replace("%2F", "/")
    try:
        return base64.b64decode(words + "=" * (-len(words) % 4)) or None
    except (binascii.Error, ValueError):
        return None


def urljoin_or_nothing(base: str, address: str) -> str:
    """A whole address; empty where it is none (``//[site]/a.png``)."""
    try:
        return urljoin(base, address)
    except ValueError:
        return ""
