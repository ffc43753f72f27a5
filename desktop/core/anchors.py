"""Where a mark sits in a text, kept well enough to find it again in another text.

An anchor keeps several descriptions of one place: offsets, the exact words, and the words around
them. Finding it again tries the cheap and certain ways first, and says how sure it is. Nothing is
ever moved silently to other words: a fuzzy or ambiguous answer waits for a person.

Sources: the W3C Web Annotation Data Model (TextPositionSelector, TextQuoteSelector); what the
matchers of other programs do and where they fail is weighed in the project's notes on anchoring.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

CONTEXT = 64  # code points kept on each side: about a sentence, enough to tell twins apart


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one canonical text (W3C TextPositionSelector and TextQuoteSelector).

    Attributes:
        start, end: Code points in the capture it was marked on. They are equal where only the words
            are known (marks made in another program): near which place they are to be looked for.
        exact: The words between them, as the reader saw them.
        prefix, suffix: Text on each side, to tell twins apart.
    """

    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""

    @property
    def placed(self) -> bool:
        """Its words stand at its offsets; otherwise they are known and their place is not."""
        return self.start < self.end


class AnchorState(StrEnum):
    """How sure we are that these are the words that were marked."""

    EXACT = "exact"  # the same words, in the same surroundings or nowhere else
    TYPOGRAPHIC = "typographic"  # they differ in quotes, dashes, spaces, soft hyphens or width only
    FUZZY = "fuzzy"  # they were edited; waits for a person
    AMBIGUOUS = "ambiguous"  # several places fit equally well; waits for a person
    ORPHAN = "orphan"  # the words are gone


@dataclass(frozen=True, slots=True)
class Resolution:
    """Where a span is in a text.

    Attributes:
        start, end: Code points in that text; both 0 for an orphan.
        score: Likeness of the words, 0 to 100.
    """

    state: AnchorState
    start: int = 0
    end: int = 0
    score: int = 0


def describe(text: str, start: int, end: int) -> Span:
    """The span of ``text`` between two code-point offsets, with its surroundings.

    Raises:
        ValueError: The offsets are not a stretch of the text.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"no stretch {start}..{end} in a text of {len(text)} code points")
    return Span(start, end, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def resolve(span: Span, text: str) -> Resolution:
    """Find the words of ``span`` in a text that may have been edited since."""
    if not span.exact:
        return Resolution(AnchorState.ORPHAN)
    if _stands_unchanged(span, text):
        return Resolution(AnchorState.EXACT, span.start, span.end, 100)
    if starts := _telling(span, text, _occurrences(span.exact, text)):
        places = [(start, start + len(span.exact)) for start in starts]
        return _choose(span, text, places, AnchorState.EXACT)
    if places := _typographic_places(span.exact, text)[:MOST_PLACES]:
        return _choose(span, text, places, AnchorState.TYPOGRAPHIC)
    return _fuzzy(span, text)


def _stands_unchanged(span: Span, text: str) -> bool:
    """The common case: the text never changed, or changed only elsewhere and later."""
    if text[span.start : span.end] != span.exact:
        return False
    around = (
        text[max(0, span.start - len(span.prefix)) : span.start],
        text[span.end : span.end + len(span.suffix)],
    )
    return around == (span.prefix, span.suffix)


def _occurrences(words: str, text: str) -> list[int]:
    found: list[int] = []
    at = text.find(words)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return found


def _telling(span: Span, text: str, starts: list[int]) -> list[int]:
    """The starts; of very many only those with the right neighbour on one side at least."""
    if len(starts) <= MOST_PLACES:
        return starts
    before, after, length = span.prefix[-NEIGHBOUR:], span.suffix[:NEIGHBOUR], len(span.exact)
    alike = [at for at in starts if text.endswith(before, 0, at) or text.startswith(after, at + length)]
    return (alike or starts)[:MOST_PLACES]


# -- choosing between places ---------------------------------------------------------------------

MOST_PLACES = 500  # of a frequent word marked in a long text; more are not compared
NEIGHBOUR = 8  # code points by which places are sifted where there are more
SURE_MARGIN = 20  # by how much the best surroundings must beat the next (of 100)
ALONE_FLOOR = 24  # weight from which words that stand only once need no help of their surroundings
CONTEXT_FLOOR = 60  # likeness that surroundings need to speak for words shorter than that


def _choose(span: Span, text: str, places: Sequence[tuple[int, int]], state: AnchorState) -> Resolution:
    ranked = sorted(((_context_score(span, text, *place), place) for place in places), reverse=True)
    score, (start, end) = ranked[0]
    if score < CONTEXT_FLOOR and (edited := _edited_in_place(span, text, places)):
        return edited
    if len(ranked) == 1:
        # One short word somewhere else in a rewritten text proves nothing by itself.
        sure = weight(span.exact) >= ALONE_FLOOR or score >= CONTEXT_FLOOR
    else:
        sure = score >= CONTEXT_FLOOR and score - ranked[1][0] >= SURE_MARGIN
    return Resolution(state if sure else AnchorState.AMBIGUOUS, start, end, 100)


def _edited_in_place(span: Span, text: str, others: Iterable[tuple[int, int]]) -> Resolution | None:
    """The words as they were edited where they stood, though they stand unchanged in other places.

    A sentence that is corrected in its paragraph may live on in a caption: the caption was not marked.
    """
    if fuzzy_floor(span.exact) > 100:
        return None
    for start, end in others:
        text = f"{text[:start]}{chr(0) * (end - start)}{text[end:]}"
    found = _fuzzy(span, text)
    if (
        found.state is AnchorState.FUZZY
        and _context_score(span, text, found.start, found.end) >= CONTEXT_FLOOR
    ):
        return found
    return None


def _context_score(span: Span, text: str, start: int, end: int) -> float:
    """Likeness of the surroundings, 0 to 100: the nearer to the words, the more it counts."""
    before = text[max(0, start - len(span.prefix)) : start]
    after = text[end : end + len(span.suffix)]
    near = 16
    far = _likeness(span.prefix, before) + _likeness(span.suffix, after)
    close = _likeness(span.prefix[-near:], before[-near:]) + _likeness(span.suffix[:near], after[:near])
    return (far + close) / 4


def _likeness(one: str, other: str) -> float:
    if one == other:
        return 100.0
    from rapidfuzz.distance import Levenshtein

    return 100 * Levenshtein.normalized_similarity(one, other)


def weight(words: str) -> int:
    """How much a stretch of words says: its letters and digits, an ideograph for three.

    Four kanji are as telling as a long word, four letters are not.
    """
    return sum(3 if "\u2e80" <= char <= "\u9fff" or char > "\uffff" else char.isalnum() for char in words)


# -- differences of typography -------------------------------------------------------------------

_QUOTES = dict.fromkeys("\"'«»‹›„“”‟‘’‚‛`´〝〟『』「」ʼʹ＂＇", '"')
_DASHES = dict.fromkeys("-‐‑‒–—―−﹘－", "-")
_DROPPED = dict.fromkeys(
    "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069", ""
)
_LOOSE = str.maketrans({**_QUOTES, **_DASHES, **_DROPPED, "…": "..."})


@lru_cache(maxsize=4)  # one text is asked for each of its marks
def _loosen(text: str) -> tuple[str, list[int]]:
    """The text without its typography, and for each character of it the offset it came from.

    Width forms are folded (NFKC), spaces collapse, quotes and dashes become one of each. Letters
    are left as they are: й is not и, and か is not が. A base and its combining marks fold as
    one unit, so that a decomposed text meets a composed one.
    """
    out: list[str] = []
    origin: list[int] = []
    for match in _UNITS.finditer(text):
        folded = unicodedata.normalize("NFKC", match[0]).translate(_LOOSE)
        if match[0].isspace():
            folded = "" if out and out[-1] == " " else " "
        for char in folded:
            out.append(char)
            origin.append(match.start())
    return "".join(out), origin


_UNITS = re.compile(r"\s+|[^\s][\u0300-\u036f\u0483-\u0487\u064b-\u065f\u1160-\u11ff\u3099\u309a]*")


def _typographic_places(words: str, text: str) -> list[tuple[int, int]]:
    loose_words = _loosen(words)[0].strip()
    if not any(char.isalnum() for char in loose_words):
        return []
    loose_text, origin = _loosen(text)
    length = len(loose_words)
    return [
        (origin[at], _end_of_unit(text, origin[at + length - 1]))
        for at in _occurrences(loose_words, loose_text)
    ]


def _end_of_unit(text: str, start: int) -> int:
    match = _UNITS.match(text, start)
    return match.end() if match else start + 1


# -- edited words --------------------------------------------------------------------------------

FUZZY_FLOOR = 80  # likeness that long words need; shorter ones need more
FUZZY_SHORTEST = 12  # weight below which edited words prove nothing
SEED = 24  # code points next to the words by which their place is guessed


def fuzzy_floor(words: str) -> float:
    """The least likeness, 0 to 100, at which edited words are offered for confirmation."""
    said = weight(words)
    if said < FUZZY_SHORTEST:
        return 101.0
    return FUZZY_FLOOR + max(0.0, 12 * (1 - (said - FUZZY_SHORTEST) / 48))


def _fuzzy(span: Span, text: str) -> Resolution:
    floor = fuzzy_floor(span.exact)
    if floor > 100 or not text:
        return Resolution(AnchorState.ORPHAN)
    candidates = _fuzzy_places(span, text, floor)
    if not candidates:
        return Resolution(AnchorState.ORPHAN)
    candidates.sort(reverse=True)
    score, start, end = candidates[0]
    return Resolution(AnchorState.FUZZY, start, end, round(score))


def _fuzzy_places(span: Span, text: str, floor: float) -> list[tuple[float, int, int]]:
    """The best place near where it should be, else the best anywhere, each with its likeness.

    Words in their old surroundings are not looked for elsewhere: searching a whole text is slow.
    """
    from rapidfuzz import fuzz  # for edited words only: the window opens without it

    found = []
    for low, high in (*_near(span, text), (0, len(text))):
        aligned = fuzz.partial_ratio_alignment(span.exact, text[low:high], score_cutoff=floor - 10)
        if aligned is None or aligned.dest_start == aligned.dest_end:
            continue
        start, end = _refine(span.exact, text, low + aligned.dest_start, low + aligned.dest_end)
        score = fuzz.ratio(span.exact, text[start:end])
        if score >= floor:
            found.append((score, start, end))
            if _context_score(span, text, start, end) >= CONTEXT_FLOOR:
                break
    return found


def _near(span: Span, text: str) -> Iterator[tuple[int, int]]:
    """Stretches around where the words were, and around where their surroundings stand now."""
    reach = max(500, len(span.exact))
    starts = [span.start]
    before, after = span.prefix[-SEED:], span.suffix[:SEED]
    if len(before) == SEED and (at := text.find(before)) >= 0:
        starts.append(at + SEED)
    if len(after) == SEED and (at := text.find(after)) >= 0:
        starts.append(at - len(span.exact))
    for start in starts:
        low, high = max(0, start - reach), min(len(text), start + len(span.exact) + reach)
        if low < high:
            yield low, high


EDGE = 48  # code points at each end of the words that decide where the end really is


def _refine(words: str, text: str, start: int, end: int) -> tuple[int, int]:
    """Move both ends to where the first and the last of the words really align.

    The coarse alignment is as long as the words, so an edit that lengthened or shortened them
    leaves it cut or overlapping. Each end is looked for again, with the words next to it.
    """
    slack = max(8, len(words) // 4)
    reach = min(len(words), EDGE) + slack
    low, high = max(0, end - reach), min(len(text), end + slack)
    new_end = low + _best_end(words[-EDGE:], text[low:high])
    low, high = max(0, start - slack), min(len(text), start + reach)
    new_start = high - _best_end(words[:EDGE][::-1], text[low:high][::-1])
    if new_start >= new_end:
        return start, end
    return _to_word_edges(text, new_start, new_end)


def _best_end(pattern: str, window: str) -> int:
    """Where in ``window`` the first occurrence of ``pattern`` with the fewest edits ends.

    An occurrence may begin anywhere at no cost. A column of the table of distances is kept in the
    bits of two numbers: Myers, "A fast bit-vector algorithm for approximate string matching based on
    dynamic programming", Journal of the ACM 46 (1999), figure 8.
    """
    bits = {char: sum(1 << row for row, one in enumerate(pattern) if one == char) for char in set(pattern)}
    whole, last = (1 << len(pattern)) - 1, 1 << len(pattern) >> 1
    more, less = whole, 0  # rows whose distance is one more, or less, than that of the row above
    distance = best = len(pattern)
    best_at = 0
    for at, char in enumerate(window, start=1):
        equal = bits.get(char, 0)
        level = equal | less
        diagonal = (((equal & more) + more) ^ more) | equal
        up, down = (less | ~(diagonal | more)) & whole, more & diagonal
        distance += bool(up & last) - bool(down & last)
        up, down = up << 1, down << 1
        more, less = (down | ~(level | up)) & whole, up & level & whole
        if distance < best:
            best, best_at = distance, at
    return best_at


def _to_word_edges(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and _joined(text[start - 1], text[start]):
        start -= 1
    while end < len(text) and end > start and _joined(text[end - 1], text[end]):
        end += 1
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _joined(left: str, right: str) -> bool:
    """Both are letters of one word; ideographs and kana are words by themselves."""
    return left.isalnum() and right.isalnum() and left < "\u2e80" and right < "\u2e80"


# -- several spans -------------------------------------------------------------------------------

_WORST_FIRST = (
    AnchorState.ORPHAN,
    AnchorState.AMBIGUOUS,
    AnchorState.FUZZY,
    AnchorState.TYPOGRAPHIC,
    AnchorState.EXACT,
)


def resolve_all(spans: Iterable[Span], text: str) -> list[Resolution]:
    """Each span of one annotation in a text, in order."""
    return [resolve(span, text) for span in spans]


def worst(resolutions: Sequence[Resolution]) -> AnchorState:
    """An annotation is only as sure as its least sure span; one without spans is exact."""
    rank: Callable[[Resolution], int] = lambda one: _WORST_FIRST.index(one.state)  # noqa: E731
    return min(resolutions, key=rank).state if resolutions else AnchorState.EXACT
