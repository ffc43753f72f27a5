"""The title of a document, and the blocks without the heading that only repeats it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from desktop.core.document import Block, BlockKind
from desktop.importing.reading import (
    TITLE_FROM_NAME,
    TITLE_FROM_TEXT,
    Marked,
    lift_title,
    title_from_text,
)

_LONGEST_HEADING = 300
_JUNK = re.compile(
    r"""\W*
    | (?:(?:microsoft\s+)?(?:word\s*[-–—]?\s*)?
        (?:(?:document|документ)(?:\s+microsoft\s+word)?|文書|doc|letter|untitled|no\s+title|title|headline|
        без\s+(?:названия|имени|заголовка)|безымянный|без\s+назви|無題|заголовок|название|назва|normal|
        template|шаблон|blank(?:\s+document)?|new\s+document|новый\s+документ|новий\s+документ|
        presentation|slide|page|страница|сторінка|unknown|none|null|test)\W*\d*)
    | microsoft\s+word.* | .*\.(?:docx?|dotx?|docm|rtf|odt|tmp|wpd|txt|indd|qxd|html?)
    | [a-f0-9-]{24,} | \d+""",
    re.IGNORECASE | re.VERBOSE,
)

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_NOTE_SIGN = re.compile(r"\[\d{1,3}\]")

Entitled = tuple[str, list[Block], tuple[Marked, ...], tuple[str, ...]]


def is_junk(title: str | None) -> bool:
    """Whether a declared title is one that a program or a template put there."""
    return not title or _JUNK.fullmatch(title.strip()) is not None


def entitled(
    blocks: Sequence[Block], marks: Sequence[Marked], declared: str | None, name: str, headline: str = ""
) -> Entitled:
    """The title, the blocks without it, the marks at their places in these, and the warnings.

    Args:
        declared: In the file's properties.
        name: The file's, whose stem is the title of last resort.
        headline: The words of the paragraph that is styled as the document's title.
    """
    declared = None if is_junk(declared) else " ".join(_CONTROL.sub("", declared or "").split())
    headline = _unnoted(headline)
    title = declared or headline[:_LONGEST_HEADING] or _first_heading(blocks)
    if title:
        return title, *_without(blocks, marks, title), ()
    words = next((block.text for block in blocks if any(map(str.isalpha, block.text))), "")
    words = _unnoted(words)
    if words:
        return title_from_text(words), list(blocks), tuple(marks), (TITLE_FROM_TEXT,)
    return PurePath(name).stem, list(blocks), tuple(marks), (TITLE_FROM_NAME,)


def _first_heading(blocks: Sequence[Block]) -> str:
    """A heading that opens the document: before it stand at most a few lines."""
    texts = (
        _unnoted(block.text)
        for block in blocks[:8]
        if block.kind is BlockKind.HEADING and any(map(str.isalpha, block.text))
    )
    return next((text for text in texts if len(text) <= _LONGEST_HEADING), "")


def _unnoted(text: str) -> str:
    """In one line, without the signs of footnotes."""
    return " ".join(_NOTE_SIGN.sub("", _CONTROL.sub("", text)).split())


def _without(
    blocks: Sequence[Block], marks: Sequence[Marked], title: str
) -> tuple[list[Block], tuple[Marked, ...]]:
    """A title that somebody marked, or that has a footnote, stays in the text for these to stand on."""
    kept = lift_title(blocks, title)
    if len(kept) == len(blocks):
        return kept, tuple(marks)
    gone = next(
        (index for index, (old, new) in enumerate(zip(blocks, kept, strict=False)) if old is not new),
        len(kept),
    )
    noted = any((inline.href or "").startswith("#note-") for inline in blocks[gone].marks)
    if noted or any(place[0] == gone for mark in marks for place in mark.places):
        return list(blocks), tuple(marks)
    return kept, tuple(_moved(mark, gone) for mark in marks)


def _moved(mark: Marked, gone: int) -> Marked:
    places = tuple((block - (block > gone), start, end) for block, start, end in mark.places)
    return replace(mark, places=places)
