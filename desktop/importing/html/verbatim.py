"""Code as a page shows it: without the line numbers and buttons that its highlighter added."""

import re
from itertools import pairwise

import lxml.html
from lxml import etree

_NUMBERS = re.compile(
    r"(?:^|[\s_-])(?:line-?numbers?(?!-mode)|linenumber|linenos?|lineno|lnt?|gutter|hljs-ln-n(?:umbers)?|blob-num|"
    r"rouge-gutter|ln-num)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CHROME = re.compile(r"(?:^|[\s_-])(?:copy|toolbar|code_*-?header|code-title)(?:$|[\s_-])", re.IGNORECASE)
_UNSELECTABLE = re.compile(r"user-select\s*:\s*none", re.IGNORECASE)
_SILENT = frozenset("button script style svg template input select textarea rt rp".split())
_LINES = frozenset("div p li tr".split())


def verbatim(node: lxml.html.HtmlElement) -> str:
    """The text of preformatted lines, where ``<br>`` and the end of a block are line ends too."""
    parts: list[str] = []
    walk = etree.iterwalk(node, events=("start", "end"))
    skipped = None
    for event, inner in walk:
        if event == "start":
            if inner is not node and _is_no_code(inner):
                skipped = inner
                walk.skip_subtree()
                continue
            parts.append("\n" if inner.tag == "br" or _begins_line(inner, parts) else "")
            parts.append(inner.text or "")
            continue
        if inner is not skipped and inner.tag in _LINES and inner is not node and not _ended(parts):
            parts.append("\n")
        if inner is not node:
            parts.append(inner.tail or "")
    return "".join(parts)


def is_only_numbers(text: str) -> bool:
    """Whether it is the column of line numbers beside a listing."""
    lines = text.split()
    return len(lines) > 1 and all(line.isdecimal() for line in lines[:200]) and _count_up(lines[:200])


def _count_up(lines: list[str]) -> bool:
    numbers = [int(line[:9]) for line in lines]
    return all(after == before + 1 for before, after in pairwise(numbers))


def _is_no_code(node: lxml.html.HtmlElement) -> bool:
    if node.tag in _SILENT:
        return True
    style = node.get("style")
    if style and _UNSELECTABLE.search(style) and (node.text_content().strip().isdecimal()):
        return True
    names = node.get("class")
    if not names:
        return False
    if _NUMBERS.search(names):
        return is_numbering(node)
    return node.tag in _LINES and _CHROME.search(names) is not None


def is_numbering(node: lxml.html.HtmlElement) -> bool:
    """Whether all of its words are numbers (a class named after numbers may be on the code as well)."""
    return all(part.isdecimal() for part in node.text_content().split())


def _begins_line(node: lxml.html.HtmlElement, parts: list[str]) -> bool:
    return node.tag in _LINES and not _ended(parts) and any(parts)


def _ended(parts: list[str]) -> bool:
    last = next((part for part in reversed(parts) if part), "\n")
    return last.endswith("\n")
