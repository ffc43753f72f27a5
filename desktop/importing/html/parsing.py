"""Markup to a tree, bounded so that no page can bring down what works on the tree."""

import re

import lxml.html
from lxml import etree

from desktop.importing.html.elements import SELF_CLOSING, VOID

_DATA_ADDRESS = re.compile(r"data:[\w/+.;=-]{0,80},[^\"'()<>\s]{512,}")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)\b[^<>]*>")
# Thousands of attributes cost the parser their number squared.
_BLOATED_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]{0,20})\s[^<>]{40000,}>")
_DEPTH = 120


def parse_html(markup: str) -> lxml.html.HtmlElement:
    """The tree of a page, at most a few hundred levels deep.

    Embedded files (a saved page may carry megabytes of pictures as ``data:`` addresses) are cut
    out first. Where the markup nests deeper than libxml2 follows, the tags below a bound are left
    out and their words stay.

    Raises:
        ValueError: There is nothing in it that makes a tree.
    """
    markup = _DATA_ADDRESS.sub("data:,", markup).replace("\0", "")
    markup = _BLOATED_TAG.sub(r"<\1>", markup)
    tree, complete = _parsed(markup, huge=False)
    if not complete:
        tree, _ = _parsed(flattened(markup), huge=True)
    if tree is None:
        raise ValueError("no elements")
    return tree


def _parsed(markup: str, *, huge: bool) -> tuple[lxml.html.HtmlElement | None, bool]:
    parser = lxml.html.HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        huge_tree=huge,
    )
    # One class for every element: the usual look-up by tag costs more than the parsing itself.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=lxml.html.HtmlElement))
    try:
        tree = lxml.html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None, huge or not markup.strip()
    fatal = any(entry.level_name == "FATAL" or "depth" in entry.message for entry in parser.error_log)
    return tree, not fatal


def flattened(markup: str, depth: int = _DEPTH) -> str:
    """The markup without the tags that open deeper than ``depth`` levels, nor their ends."""
    parts: list[str] = []
    open_tags: list[bool] = []
    at = 0
    for match in _TAG.finditer(markup):
        name = match[2].lower()
        if name in VOID or name in SELF_CLOSING or match[0].endswith("/>"):
            continue
        if match[1]:
            kept = open_tags.pop() if open_tags else True
        else:
            kept = len(open_tags) < depth
            open_tags.append(kept)
        if not kept:
            parts.append(markup[at : match.start()])
            at = match.end()
    parts.append(markup[at:])
    return " ".join(parts)
