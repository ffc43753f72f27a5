"""Pictures: the address a lazy page means, and which pictures are ornaments rather than content."""

import re

import lxml.html

from desktop.core.document import Block, BlockKind

_LAZY = (
    "data-src", "data-original", "data-lazy-src", "data-hi-res-src", "data-full-src", "data-url", "data-img-url",
    "data-lazy", "data-image",
)  # fmt: skip
_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_PLACEHOLDER = re.compile(
    r"(?:^data:|(?:^|[/_.-])(?:blank|spacer|placeholder|transparent|loading|pixel|1x1|lazy|grey|clear)[\w-]*\."
    r"(?:gif|png|svg|jpe?g)|^about:)",
    re.IGNORECASE,
)
_ORNAMENT = re.compile(
    r"(?:^|[\s/_.-])(?:icons?|avatar\w*|gravatar|logo|sprite|emoji|smil(?:ey|ies)|pixel|tracking|tracker|beacon|"
    r"badge|spinner|flag|thumb-?up|author-?(?:photo|image|pic)|userpic|profile-?(?:photo|image|pic))(?:$|[\s/_.-])|"
    r"gravatar\.com|/pixel|doubleclick|scorecardresearch|feedburner|b\.gif$",
    re.IGNORECASE,
)
_SIZE = re.compile(r"(?:^|;)\s*(?:max-)?(?:width|height)\s*:\s*(\d+)px", re.IGNORECASE)
_SMALLEST = 32


def picture_of(node: lxml.html.HtmlElement) -> Block | None:
    """The block of an ``<img>``, its address as the page gives it; None for ornaments and trackers."""
    src = _address(node)
    if not src or _is_tiny(node):
        return None
    alt = " ".join((node.get("alt") or "").split()) or None
    names = f"{node.get('class') or ''} {node.get('id') or ''}"
    if _ORNAMENT.search(names) or _ORNAMENT.search(src.split("?")[0][-120:]):
        return None
    return Block(BlockKind.IMAGE, "", src=src, alt=alt)


def file_name(src: str | None) -> str:
    """What tells one picture from another whatever its size: the name of its file."""
    name = (src or "").split("?")[0].rstrip("/").rsplit("/", 1)[-1].lower()
    return re.sub(r"[-_@]?\d{2,4}x\d{0,4}|@2x|-scaled", "", name)


def emoji_of(node: lxml.html.HtmlElement) -> str:
    """The letter that a page drew as a picture."""
    alt = (node.get("alt") or "").strip()
    return alt if len(alt) <= 4 and alt and "emoji" in (node.get("class") or "") else ""


def _address(node: lxml.html.HtmlElement) -> str:
    for name in _LAZY:
        if (value := (node.get(name) or "").strip()) and not _PLACEHOLDER.search(value) and _is_address(value):
            return value
    src = (node.get("src") or "").strip()
    if src and not _PLACEHOLDER.search(src):
        return src
    sets = [node.get(name) for name in _SETS]
    parent = node.getparent()
    if parent is not None and parent.tag == "picture":
        sets += [source.get(name) for source in parent.iter("source") for name in _SETS]
    return next((found for value in sets if value and (found := _largest(value))), "")


def _is_address(value: str) -> bool:
    return " " not in value and ("/" in value or "." in value) and not value.startswith(("{", "["))


def _largest(srcset: str) -> str:
    """The address of a ``srcset`` with the greatest width or density."""
    best, size = "", -1.0
    for part in re.split(r",\s+|,(?=https?://|/)", srcset.strip()):
        address, _, measure = part.strip().partition(" ")
        number = re.match(r"[\d.]+", measure.strip())
        width = float(number[0].rstrip(".") or 0) if number and number[0] != "." else 0.0
        if address and not _PLACEHOLDER.search(address) and width > size:
            best, size = address.rstrip(","), width
    return best


def _is_tiny(node: lxml.html.HtmlElement) -> bool:
    styled = [int(size) for size in _SIZE.findall(node.get("style") or "")]
    named = [_pixels(node.get(side)) for side in ("width", "height")]
    return any(0 < size < _SMALLEST for size in (*styled, *named)) or node.get("width") == "0"


def _pixels(value: str | None) -> int:
    digits = (value or "").strip().removesuffix("px")
    return int(digits) if digits.isdecimal() and len(digits) < 6 else 0
