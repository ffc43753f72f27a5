"""Running heads and feet, page numbers and watermarks: what stands on the pages, not in the text."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from desktop.importing.pdf.frames import Frame
from desktop.importing.pdf.lines import Segment, text_of

_ZONE = 0.2  # of the page's height, above and below
_OUTER_ROWS = 3
_LONGEST_HEAD = 120
_APART = 0.45  # of its height: what a running head keeps from the text
_NUMBER = r"(?:\d+|[ivxlc]+)"
_OF = r"(?:\s*(?:/|of|из|з|von|sur)\s*\d+)?"
_OUTER_NUMBER = re.compile(
    rf"^(?P<first>{_NUMBER}){_OF}(?=\s|$)|(?:(?<=\s)|(?<=[№#.|]))(?P<last>{_NUMBER}){_OF}$", re.IGNORECASE
)
_ROMAN = r"(?=[ivxlc])(?:x{0,3}|xl|l)(?:ix|iv|v?i{0,3})"
_PAGE_NUMBER = re.compile(
    rf"[\W_]*(?:(?:page|p|pp|стр|страница|с|стор|сторінка|seite|s|頁|ページ)\b\.?\s*)?"
    rf"(?P<number>\d{{1,4}}|{_ROMAN})(?:\s*(?:of|/|из|з|von|sur|from)\s*\d{{1,4}})?[\W_]*",
    re.IGNORECASE,
)

Place = tuple[int, Frame, list[Segment]]  # the number of the page, and what stands on it


Rows = list[list[Segment]]


def without_furniture(pages: Sequence[Place]) -> list[list[Segment]]:
    """The segments of each page without those that only serve the page.

    What stands at the edge of several pages at the same height in the same words (but for a number
    at its end) is a running head; so is a line there whose number counts the pages. The text keeps
    its distance from both.
    """
    edges = [_edges(frame, segments) for _, frame, segments in pages]
    rows = [[*above, *below] for above, below in edges]
    repeated = _repeated(rows, len(pages))
    counting = _counting([number for number, _, _ in pages], rows)

    def serves(row: list[Segment]) -> bool:
        return _key(row) in repeated or id(row[0]) in counting

    kept = []
    for (_, _, segments), (above, below) in zip(pages, edges, strict=True):
        gone = {id(one) for side in (above, below) for row in _served(side, segments, serves) for one in row}
        kept.append([one for one in segments if id(one) not in gone])
    return kept


def _served(side: Rows, segments: Sequence[Segment], serves: Callable[[list[Segment]], bool]) -> Rows:
    """The outermost lines that serve the page, as far as the text keeps its distance from them."""
    count = next((index for index, row in enumerate(side) if not serves(row)), len(side))
    while count and not _stands_apart(side[:count], segments):
        count -= 1
    return side[:count]


def _stands_apart(rows: Rows, segments: Sequence[Segment]) -> bool:
    inside = {id(one) for row in rows for one in row}
    last = rows[-1]
    top, bottom = min(one.top for one in last), max(one.bottom for one in last)
    near = _APART * (bottom - top)
    return not any(
        one.bottom > top - near and one.top < bottom + near for one in segments if id(one) not in inside
    )


def _edges(frame: Frame, segments: Sequence[Segment]) -> tuple[Rows, Rows]:
    """The first and the last few lines of a page from its edge inwards, as far as they stand near it."""
    height = frame.size[1]
    above = sorted((one for one in segments if one.bottom < _ZONE * height), key=lambda one: one.middle)
    below = sorted((one for one in segments if one.top > (1 - _ZONE) * height), key=lambda one: -one.middle)
    return _first_rows(above), _first_rows(below)


def _first_rows(order: Iterable[Segment]) -> Rows:
    rows: Rows = []
    for one in order:
        if rows and abs(rows[-1][0].middle - one.middle) < 0.5 * one.height:
            rows[-1].append(one)
        elif len(rows) == _OUTER_ROWS:
            break
        else:
            rows.append([one])
    return [sorted(row, key=lambda one: one.left) for row in rows]


Key = tuple[str, int]


def _text(row: list[Segment]) -> str:
    return " ".join(text_of(one.words) for one in row)


def _key(row: list[Segment]) -> Key:
    """The words without a number at their beginning or end, and about where they stand."""
    return _OUTER_NUMBER.sub("#", _text(row)).casefold(), round(row[0].middle / 8)


def _repeated(edges: list[Rows], pages: int) -> set[Key]:
    if pages < 2:
        return set()
    least = 2 if pages <= 5 else 3
    counts: Counter[Key] = Counter()
    for rows in edges:
        counts.update({key for row in rows if any(map(str.isalpha, (key := _key(row))[0]))})
    # A place may fall on either side of a rounding.
    return {
        key for key, count in counts.items()
        if count + max(counts[key[0], key[1] - 1], counts[key[0], key[1] + 1]) >= least
    }  # fmt: skip


def _counting(numbers: list[int], edges: list[Rows]) -> set[int]:
    """Lines (by their first stretch) with a number that grows as the pages do: alone, or beside a title."""
    alone: dict[int, list[tuple[int, int]]] = defaultdict(list)
    beside: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for page, rows in zip(numbers, edges, strict=True):
        for row in rows:
            text = _text(row)
            if (match := _PAGE_NUMBER.fullmatch(text)) and (value := _value(match["number"])):
                alone[value - page].append((page, id(row[0])))
            elif len(text) <= _LONGEST_HEAD:
                for value in {
                    _value(found["first"] or found["last"]) for found in _OUTER_NUMBER.finditer(text)
                }:
                    beside[value - page].append((page, id(row[0])))
    most = max(3, len(numbers) // 3)
    found = [places for places in alone.values() if _pages(places) >= 2]
    found += [places for places in beside.values() if _pages(places) >= most]
    return {row for places in found for _, row in places}


def _pages(places: Iterable[tuple[int, int]]) -> int:
    return len({page for page, _ in places})


def _value(number: str) -> int:
    if number.isdigit():
        return int(number)
    digits = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[sign] for sign in number.lower()]
    return sum(
        -digit if index + 1 < len(digits) and digits[index + 1] > digit else digit
        for index, digit in enumerate(digits)
    )


def without_stamps(slanted: Sequence[tuple[int, str]]) -> set[str]:
    """Slanted words that stand on several pages: watermarks, by their text."""
    pages: dict[str, set[int]] = defaultdict(set)
    for page, text in slanted:
        pages[text].add(page)
    return {text for text, where in pages.items() if len(where) > 1}
