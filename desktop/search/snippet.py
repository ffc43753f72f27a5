"""The passage of a text that shows a query's hits best. Offsets are code points."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from desktop.core.searching import Snippet
from desktop.search.cjk import is_cjk
from desktop.search.fold import fold
from desktop.search.marking import Range

# Length of a passage, and how far a border is looked for before its first hit.
_LENGTH = 280
_LEAD = 140
# Letters by which two hits are taken for forms of one word.
_SAME = 4
# Hits that are weighed against each other as beginnings of a passage.
_WEIGHED = 200
_SENTENCE_END = re.compile(r"[.!?…]+[\"'»”“’)\]]*(?=\s|\Z)\s*|[。！？｡]+[」』”’）〉》\"]*[ \t\u3000]*|\n+")
_SPACE = re.compile(r"\s")
# One for one, so that ranges hold; the wider space keeps a heading apart from what follows it.
_SHOWN = str.maketrans({"\n": "\u2003", "\t": "\u2003"})
# A full stop after these ends no sentence.
_ABBREVIATIONS = frozenset(
    "гг вв тт пп др пр им ул пл пер просп стр рис см ср ок тыс млн млрд трлн руб коп кв ст акад проф доц ред "
    "напр обл рр сс оз гл чл прим изд ім вул бул бульв див грн крб тис доп "
    "mr mrs ms dr prof st sr jr vs etc inc ltd co corp vol ch fig pp gen col lt sgt capt rep sen gov hon rev "
    "jan feb mar apr jun jul aug sep sept oct nov dec approx dept al ca cf eg ie bzw usw nr str".split()
)
_LAST_WORD = re.compile(r"([^\W\d_]+)\Z")


def passage(text: str, hits: Sequence[Range], offset: int = 0) -> Snippet:
    """The passage with the most different words and hits close together, in whole sentences if it may be.

    Args:
        offset: Where ``text`` begins in the canonical text; -1 when it is not part of it.
    """
    first, last = _densest(text, hits)
    start = _start_before(text, hits[first][0]) if hits else 0
    end = _end_after(text, start, hits[last][1] if hits else 0)
    shown = tuple((a - start, min(b, end) - start) for a, b in hits if start <= a < end)
    words = text[start:end].translate(_SHOWN)
    return Snippet(words, shown, offset + start if offset >= 0 else -1)


def _densest(text: str, hits: Sequence[Range]) -> tuple[int, int]:
    """(first, last) hit of the passage with the most different words, then hits; the first one of equals."""
    best, most = (0, 0), (0, 0)
    words = [_word_of(text[start:end]) for start, end in hits[:_WEIGHED]]
    for at, (start, _) in enumerate(hits[:_WEIGHED]):
        last = at
        while last + 1 < len(words) and hits[last + 1][1] <= start + _LENGTH - _LEAD:
            last += 1
        worth = len(set(words[at : last + 1])), last + 1 - at
        if worth > most:
            best, most = (at, last), worth
    return best


def _word_of(hit: str) -> str:
    folded = fold(hit[:64])
    return folded if is_cjk(folded) else folded[:_SAME]


def _ends(text: str, first: int, last: int) -> Iterator[int]:
    """Where sentences begin that follow another one, between two places."""
    for match in _SENTENCE_END.finditer(text, first, last):
        if match.end() > first and not _goes_on(text, match):
            yield match.end()


def _goes_on(text: str, end: re.Match[str]) -> bool:
    """Whether it only looks like a sentence's end: an abbreviation, an initial, a small letter after it."""
    sign = end[0].rstrip()
    if "\n" in end[0] or not sign.startswith((".", "…")):
        return False
    following = text[end.end() : end.end() + 1]
    if following.islower():
        return True
    if sign != ".":
        return False
    word = _LAST_WORD.search(text, max(0, end.start() - 12), end.start())
    if word is None:
        return False
    return word[0].lower() in _ABBREVIATIONS or (len(word[0]) == 1 and not is_cjk(word[0]))


def _start_before(text: str, at: int) -> int:
    """The beginning of the sentence of ``at``, or of a word where that is too far away."""
    earliest = max(0, at - _LEAD)
    *_, border = -1, *(end for end in _ends(text, earliest, at) if end <= at)
    if border >= 0:
        return border
    if earliest == 0:
        return 0
    space = _SPACE.search(text, earliest, at)
    return space.end() if space else _whole_character(text, earliest)


def _end_after(text: str, start: int, last: int) -> int:
    """The end of the last whole sentence, or word, of a passage that begins at ``start``.

    Args:
        last: Where the last hit ends that should be in it.
    """
    latest = min(len(text), start + _LENGTH)
    if latest == len(text):
        return latest
    least = max(start + _LENGTH // 2, min(last, latest))
    *_, border = -1, *(end for end in _ends(text, least, latest) if end <= latest)
    if border >= 0:
        return len(text[:border].rstrip())
    space = max(text.rfind(" ", least, latest), text.rfind("\n", least, latest))
    return space if space > start else max(_whole_character(text, latest), start + 1)


def _whole_character(text: str, at: int) -> int:
    """A place at or before ``at`` that parts no character from its marks."""
    while 0 < at < len(text) and (_adds(text[at]) or text[at - 1] == "\u200d"):
        at -= 1
    return at


def _adds(char: str) -> bool:
    return (
        unicodedata.category(char) in ("Mn", "Me") or char == "\u200d" or "\U0001f3fb" <= char <= "\U0001f3ff"
    )
