"""Plain text of messages: paragraphs put together again, and quotation marked by ``>``."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from unicodedata import east_asian_width

from desktop.core.document import Block, BlockKind

_QUOTED = re.compile(r"(?:>[ \t]?)+|(?:\|[ \t])+")
_FLOWED_QUOTE = re.compile(r">*")
_BULLET = re.compile(r"\s*(?:[•‣●○■*+–—-])\s+(?=\S)")
_NUMBERED = re.compile(r"\s*(\d{1,3})[.)]\s+(?=\S)")
_RULE = re.compile(r"\s*[-_=*~]{3,}\s*")
_SIGNATURE = "-- "
_NARROWEST, _WIDEST = 45, 100  # columns at which programs break lines
_DEEPEST = 20
_CJK = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_ARMOUR = re.compile(
    r"-----BEGIN PGP SIGNED MESSAGE-----\r?\n(?:[^\r\n]+\r?\n)*\r?\n(?P<text>.*?)"
    r"\r?\n-----BEGIN PGP SIGNATURE-----.*?-----END PGP SIGNATURE-----",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    depth: int


def text_blocks(text: str, *, flowed: bool = False, delsp: bool = False) -> list[Block]:
    """The blocks of a message's plain text.

    Args:
        flowed, delsp: The parameters of ``format=flowed`` (RFC 3676), where soft line ends are told.
    """
    text = _ARMOUR.sub(lambda match: re.sub(r"(?m)^- ", "", match["text"]), text)
    lines = _unflowed(text.splitlines(), delsp=delsp) if flowed else map(_line, text.splitlines())
    blocks: list[Block] = []
    for group, (depth, run) in enumerate(groupby(lines, key=lambda line: line.depth), 1):
        blocks += _blocks([line.text for line in run], depth, group, flowed=flowed)
    return blocks


def _line(text: str) -> _Line:
    match = _QUOTED.match(text)
    if match is None:
        return _Line(text, 0)
    return _Line(text[match.end() :], min(match[0].count(">") + match[0].count("|"), _DEEPEST))


def _unflowed(lines: Sequence[str], *, delsp: bool) -> Iterator[_Line]:
    """Lines with their soft ends undone; a signature's line is never one."""
    held, depth, soft = "", 0, False
    for line in lines:
        marks = _FLOWED_QUOTE.match(line)
        here = len(marks[0]) if marks else 0
        text = line[here:].removeprefix(" ")
        if soft and here == depth and text.rstrip("\r") != _SIGNATURE:
            held += text
        else:
            if soft or held:
                yield _Line(held, min(depth, _DEEPEST))
            held, depth = text, here
        soft = text.endswith(" ") and text != _SIGNATURE
        if soft and delsp:
            held = held[:-1]
        if not soft:
            yield _Line(held, min(depth, _DEEPEST))
            held = ""
    if held:
        yield _Line(held, min(depth, _DEEPEST))


def _blocks(lines: Sequence[str], depth: int, group: int, *, flowed: bool) -> Iterator[Block]:
    for paragraph in _paragraphs(lines, flowed=flowed):
        if _RULE.fullmatch(paragraph) or paragraph == _SIGNATURE.rstrip():
            continue
        if depth:
            yield Block(BlockKind.QUOTE, paragraph, level=depth, group=2 * group)
        else:
            yield _unquoted(paragraph, 2 * group + 1)


def _unquoted(paragraph: str, group: int) -> Block:
    if match := _NUMBERED.match(paragraph):
        return Block(
            BlockKind.LIST_ITEM, paragraph[match.end() :], level=1, group=group, number=int(match[1])
        )
    if match := _BULLET.match(paragraph):
        dash = match[0].strip() in "–—"  # a dialogue's dash is part of the words
        return (
            Block(BlockKind.PARAGRAPH, paragraph)
            if dash
            else Block(BlockKind.LIST_ITEM, paragraph[match.end() :], level=1, group=group)
        )
    return Block(BlockKind.PARAGRAPH, paragraph)


def _paragraphs(lines: Sequence[str], *, flowed: bool) -> Iterator[str]:
    common = _widest(lines)
    for filled, run in groupby(lines, key=lambda line: bool(line.strip())):
        if filled:
            yield from _joined(list(run), 0 if flowed else common)


def _widest(lines: Sequence[str]) -> int:
    """The width of the longest line; 0 where no program breaks lines at that width."""
    width = max((_width(line.rstrip()) for line in lines), default=0)
    return width if _NARROWEST <= width <= _WIDEST else 0


def _joined(lines: Sequence[str], common: int) -> Iterator[str]:
    """The paragraphs of adjoining lines.

    A line goes on in the next one where the next one's first word had no room in it. Three lines
    and more tell their width themselves; fewer go by that of the lines around them.
    """
    width = (_widest(lines) if len(lines) > 2 else common) if common else 0
    held, last = "", ""
    for line in lines:
        text = line.strip()
        if held and width and _goes_on(last, line, width):
            held = f"{held}{_joint(held, text)}{text}"
        else:
            if held:
                yield held
            held = text
        last = line.rstrip()
    yield held


def _goes_on(line: str, after: str, width: int) -> bool:
    if _BULLET.match(after) or _NUMBERED.match(after) or _RULE.fullmatch(after):
        return False
    first = after.split(maxsplit=1)[0]
    first = first[:1] if _CJK.match(first) else first
    return _width(line) + 1 + _width(first) > width


def _joint(before: str, after: str) -> str:
    return "" if _CJK.match(before[-1]) and _CJK.match(after[0]) else " "


def _width(text: str) -> int:
    """In columns; CJK letters take two."""
    return len(text) if text.isascii() else sum(1 + (east_asian_width(char) in "WF") for char in text)
