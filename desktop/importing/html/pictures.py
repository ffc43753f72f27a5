"""Pictures: the address a lazy page means, and which pictures are ornaments rather than content."""

import re

import lxml.html

from desktop.core.document import Block, BlockKind

_LAZY = (
    "data-src", "data-original", "data-lazy-src", "data-hi-res-src", "data-full-src", "data-url",
    "data-img-url", "data-lazy", "data-image",
)  # fmt: skip
_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_PLACEHOLDER = re.compile(
    r"^data:|^about:|(?:^|[/_.-])(?:blank|spacer|placeholder|transparent|loading|pixel|1x1|lazy|grey|gray|clear)"
    r"(?:[-_.]\w+)*\.(?:gif|png|svg)(?:$|[?#])",
    re.IGNORECASE,
)
_ORNAMENT = re.compile(
    r"(?:^|[\s_-])(?:icons?|avatar\w*|gravatar|logo|sprite|emoji|smil(?:ey|ies)|pixel|tracking|tracker|beacon|badge|"
    r"spinner|flag|author-?(?:photo|image|pic)|userpic|profile-?(?:photo|image|pic))(?:$|[\s_-])",
    re.IGNORECASE,
)
_TRACKER = re.compile(
    r"gravatar\.com|/(?:pixel|beacon|avatars?|emoji|smilies)/|doubleclick|scorecardresearch|feedburner|"
    r"(?:^|[/_-])(?:pixel|beacon|sprite|tracker|spinner|b)\.(?:gif|png)$",
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
    if _ORNAMENT.search(names) or _TRACKER.search(src.split("?")[0]):
        return None
    return Block(BlockKind.IMAGE, "", src=src, alt=alt)


def file_name(src: str | None) -> str:
    """What tells one picture from another whatever its size: the name of its file."""
    name = (src or "").split("?")[0].rstrip("/").rsplit("/", 1)[-1].lower()
    return re.sub(r"[-_@]?\d{2,4}x\d{0,4}|@2x|-scaled|\.(?:jpe?g|png|webp|avif|gif)$", "", name)


def emoji_of(node: lxml.html.HtmlElement) -> str:
    """The letter that a page drew as a picture."""
    alt = (node.get("alt") or "").strip()
    return alt if len(alt) <= 4 and alt and "emoji" in (node.get("class") or "") else ""


def _address(node: lxml.html.HtmlElement) -> str:
    for name in _LAZY:
        if (
            (value := (node.get(name) or "").strip())
            and not _PLACEHOLDER.search(value)
            and _is_address(value)
        ):
            return value
    src = (node.get("src") or "").strip()
    if src and not _PLACEHOLDER.search(src):
        return src
    sets = [node.get(name) for name in _SETS]
    if (picture := _picture_around(node)) is not None:
        sets += [source.get(name) for source in picture.iter("source") for name in _SETS]
    return next((found for value in sets if value and (found := _largest(value))), "")


def _picture_around(node: lxml.html.HtmlElement) -> lxml.html.HtmlElement | None:
    """The ``<picture>``; the parser takes each ``<source>`` for the parent of what follows it."""
    up = node.getparent()
    while up is not None and up.tag == "source":
        up = up.getparent()
    return up if up is not None and up.tag == "picture" else None


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
