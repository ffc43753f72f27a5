"""From ranges or words to spans of a text."""

from collections.abc import Iterable, Sequence

from desktop.core.anchors import AnchorState, Span, describe, resolve
from desktop.core.errors import WordsNotFound

Range = tuple[int, int]
ELLIPSIS = " … "


def spans_of(text: str, ranges: Iterable[Range]) -> tuple[Span, ...]:
    """The spans of these ranges in text order; those that touch or overlap become one.

    Raises:
        ValueError: There is none, or one is not a stretch of the text.
    """
    joined: list[Range] = []
    for start, end in sorted((int(start), int(end)) for start, end in ranges):
        if joined and start <= joined[-1][1] and start < end:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    if not joined:
        raise ValueError("nothing is selected")
    return tuple(describe(text, start, end) for start, end in joined)


def find_words(text: str, words: str | Sequence[str]) -> list[Range]:
    """Where words stand in a text: exactly, else but for their typography.

    A quotation of several parts is a sequence, or has `` … `` between them as
    ``Annotation.exact`` has; the parts are looked for one after the other.

    Raises:
        WordsNotFound: They are absent (``matches`` is 0) or stand in several places.
    """
    if not isinstance(words, str):
        return _parts(text, words)
    try:
        return [_one(text, words, 0)]
    except WordsNotFound as error:
        if error.matches or ELLIPSIS not in words:
            raise
        return _parts(text, words.split(ELLIPSIS))


def _parts(text: str, parts: Sequence[str]) -> list[Range]:
    found: list[Range] = []
    for part in parts:
        found.append(_one(text, part, found[-1][1] if found else 0))
    return found


def _one(text: str, words: str, after: int) -> Range:
    """The only place of the words; of a later part, the nearest after the part before."""
    words = words.strip()
    if not words:
        raise WordsNotFound(words)
    start = text.find(words, after)
    if start < 0:
        return _loosely(text, words, after)
    matches = _count(text, words)
    if matches > 1 and not after:
        raise WordsNotFound(words, matches)
    return start, start + len(words)


def _count(text: str, words: str) -> int:
    """Occurrences, overlapping ones too."""
    count, at = 0, text.find(words)
    while at >= 0:
        count, at = count + 1, text.find(words, at + 1)
    return count


def _loosely(text: str, words: str, after: int) -> Range:
    found = resolve(Span(0, len(words), words), text[after:])
    if found.state is AnchorState.TYPOGRAPHIC:
        return after + found.start, after + found.end
    raise WordsNotFound(words, 2 if found.state is AnchorState.AMBIGUOUS else 0)
