"""What HTML's elements mean for the walk over a page."""

import re

import lxml.html

from desktop.core.document import MarkKind


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


HEADINGS = {f"h{level}": level for level in range(1, 7)}
LISTS = _names("ul ol dl menu")
ITEMS = _names("li dt dd")
VOID = _names("area base br col embed hr img input link meta param source track wbr")
SELF_CLOSING = _names("p li dt dd tr td th option thead tbody tfoot")
BREAKING = _names(
    """address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section
    summary table tbody td tfoot th thead tr ul caption"""
)
MARKS = {
    "b": MarkKind.STRONG,
    "strong": MarkKind.STRONG,
    "i": MarkKind.EMPHASIS,
    "em": MarkKind.EMPHASIS,
    "cite": MarkKind.EMPHASIS,
    "dfn": MarkKind.EMPHASIS,
    "code": MarkKind.CODE,
    "kbd": MarkKind.CODE,
    "samp": MarkKind.CODE,
    "tt": MarkKind.CODE,
    "s": MarkKind.STRIKE,
    "del": MarkKind.STRIKE,
    "strike": MarkKind.STRIKE,
    "sup": MarkKind.SUPERSCRIPT,
    "sub": MarkKind.SUBSCRIPT,
}
SKIPPED = _names(
    """script style noscript template svg iframe object embed video audio canvas select option
    button textarea input head map datalist progress meter rt rp"""
)
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
# Formulas are often hidden beside a picture of them; the words are what we keep.
_FORMULA = re.compile(r"math", re.IGNORECASE)


def is_hidden(node: lxml.html.HtmlElement) -> bool:
    """Whether the element says of itself that it is not shown."""
    if node.get("hidden") is not None:
        return bool(node.get("hidden") != "until-found")
    style = node.get("style")
    if not style or _HIDDEN.search(style) is None:
        return False
    return _FORMULA.search(node.get("class") or "") is None
