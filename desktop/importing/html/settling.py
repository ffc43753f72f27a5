"""A page's tree as its scripts and its readers' clicks would have left it.

Nothing is run: only what stands in the page already, but in a drawer, is put in its place.
"""

import re
from typing import cast

import lxml.html
from lxml import etree

from desktop.importing.html.elements import is_hidden

_STREAMED = etree.XPath("//*[@hidden and (starts-with(@id, 'S:') or starts-with(@id, 's:'))]")
_TEMPLATES = etree.XPath("//template[@id]")
_HIDDEN_NOTES = etree.XPath(
    "//body//*[(@hidden or contains(@style, 'none')) and "
    "(contains(@class, 'ootnote') or contains(@class, 'fna-') or contains(@class, 'sidenote'))]"
)
_MUCH = 400
_CONSENT = frozenset(
    """onetrust-consent-sdk onetrust-banner-sdk CybotCookiebotDialog didomi-host usercentrics-root
    qc-cmp2-container truste-consent-content cookie-law-info-bar cookie-notice cookieconsent cmpbox
    gdpr-consent-tool-wrapper klaro tarteaucitronRoot iubenda-cs-banner""".split()
)
_CURTAINS = etree.XPath(
    " | ".join(
        f"/html/body{'/*' * depth}[@hidden or contains(@style, 'hidden') or contains(@style, 'none')]"
        for depth in (1, 2, 3)
    )
)
_SIZE = etree.XPath("count(.//*)")
_BLOCKS = ("p", "li", "dd", "td", "blockquote", "div", "section", "article", "body")
_NONE = re.compile(r"display\s*:\s*none;?", re.IGNORECASE)


def settle(tree: lxml.html.HtmlElement, markup: str) -> None:
    """Change the tree in place.

    - What asks for consent to cookies is no part of any page.
    - A page that hides all of itself until its scripts have run is shown.
    - Parts that a server streamed after the page (``<div hidden id="S:1">``) go where they belong.
    - ``<noscript>`` with an article in it (forums keep one there for those who run no scripts) is read.
    - Footnotes that wait hidden for a click are shown, each after the paragraph that refers to it.
    """
    for banner in [node for node in tree.iterfind("body/*") if node.get("id") in _CONSENT]:
        _detach(banner)
    _open_curtain(tree)
    if 'id="S:' in markup or 'id="s:' in markup:
        _place_streamed(tree)
    if "<noscript" in markup:
        _open_noscript(tree)
    if "ootnote" in markup or "fna-" in markup or "sidenote" in markup:
        _show_notes(tree)


def _found(path: etree.XPath, tree: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
    return cast(list[lxml.html.HtmlElement], path(tree))


def _size(node: lxml.html.HtmlElement) -> float:
    return cast(float, _SIZE(node))


def _open_curtain(tree: lxml.html.HtmlElement) -> None:
    for node in _found(_CURTAINS, tree):
        if is_hidden(node) and _size(node) * 2 > _size(tree):
            node.attrib.pop("hidden", "")
            node.attrib.pop("style", "")


def _place_streamed(tree: lxml.html.HtmlElement) -> None:
    waiting = {(node.get("id") or "").partition(":")[2]: node for node in _found(_TEMPLATES, tree)}
    for part in _found(_STREAMED, tree):
        del part.attrib["hidden"]
        place = waiting.get((part.get("id") or "").partition(":")[2])
        if place is not None and place.getparent() is not None and not _holds(part, place):
            _detach(part)
            place.addprevious(part)


def _holds(part: lxml.html.HtmlElement, place: lxml.html.HtmlElement) -> bool:
    return any(up is part for up in place.iterancestors())


def _detach(node: lxml.html.HtmlElement) -> None:
    """Take the element out and leave what follows it."""
    tail, node.tail = node.tail, None
    parent, before = node.getparent(), node.getprevious()
    if tail and parent is not None:
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    if parent is not None:
        parent.remove(node)


def _open_noscript(tree: lxml.html.HtmlElement) -> None:
    body = tree.find("body")
    for node in [] if body is None else list(body.iter("noscript")):
        if len(" ".join(node.text_content().split())) > _MUCH:
            node.tag = "div"


def _show_notes(tree: lxml.html.HtmlElement) -> None:
    last: dict[lxml.html.HtmlElement, lxml.html.HtmlElement] = {}
    for note in _found(_HIDDEN_NOTES, tree):
        note.attrib.pop("hidden", "")
        note.set("style", _NONE.sub("", note.get("style") or ""))
        if note.tag == "aside":
            note.tag = "p"
        if note.tag != "span":
            continue
        holder = next((up for up in note.iterancestors() if up.tag in _BLOCKS), None)
        if holder is None or holder.tag == "body":
            continue
        label = _label(note)
        _detach(note)
        note.tag = "p"
        note.text = f"{label} {note.text or ''}".strip() if label else note.text
        last.get(holder, holder).addnext(note)
        _leave_tail_behind(last.get(holder, holder), note)
        last[holder] = note


def _leave_tail_behind(holder: lxml.html.HtmlElement, note: lxml.html.HtmlElement) -> None:
    """``addnext`` puts the new element before the holder's tail; the words stay in order after it."""
    if holder.tail:
        note.tail, holder.tail = holder.tail, None


def _label(note: lxml.html.HtmlElement) -> str:
    before = note.getprevious()
    parent = note.getparent()
    text = before.tail if before is not None and before.tail else parent.text if parent is not None else ""
    label = (text or "").strip()
    return label if len(label) <= 3 else ""
