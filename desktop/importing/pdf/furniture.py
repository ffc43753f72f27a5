"""Running heads and feet, page numbers and watermarks: what stands on the pages, not in the text."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from desktop.importing.pdf.frames import Frame
from desktop.importing.pdf.lines import Segment, text_of

_ZONE = 0.2  # of the page's height, above and below
_OUTER_ROWS = 3
_DIGITS = re.compile(r"\d+|(?:^|(?<=\s))[ivxlc]+(?=\s|$)", re.IGNORECASE)
_ROMAN = r"(?=[ivxlc])(?:x{0,3}|xl|l)(?:ix|iv|v?i{0,3})"
_PAGE_NUMBER = re.compile(
    rf"[\W_]*(?:(?:page|p|pp|стр|страница|с|стор|сторінка|seite|s|頁|ページ)\b\.?\s*)?"
    rf"(?P<number>\d{{1,4}}|{_ROMAN})(?:\s*(?:of|/|из|з|von|sur|from)\s*\d{{1,4}})?[\W_]*",
    re.IGNORECASE,
)

Place = tuple[int, Frame, list[Segment]]  # the number of the page, and what stands on it


def without_furniture(pages: Sequence[Place]) -> list[list[Segment]]:
    """The segments of each page without those that only serve the page.

    What stands at the edge of several pages at the same height in the same words (but for numbers)
    is a running head; numbers there that count the pages are page numbers.
    """
    edges = [_outer_rows(frame, segments) for _, frame, segments in pages]
    repeated = _repeated(edges, len(pages))
    numbers = _numbered([number for number, _, _ in pages], edges)
    kept = []
    for (number, _, segments), rows in zip(pages, edges, strict=True):
        gone = {
            id(one) for row in rows if _key(row) in repeated or (number, id(row[0])) in numbers for one in row
        }
        kept.append([one for one in segments if id(one) not in gone])
    return kept


def _outer_rows(frame: Frame, segments: Sequence[Segment]) -> list[list[Segment]]:
    """The first and the last few lines of a page, as far as they stand near its edge."""
    height = frame.size[1]
    above = sorted((one for one in segments if one.bottom < _ZONE * height), key=lambda one: one.middle)
    below = sorted((one for one in segments if one.top > (1 - _ZONE) * height), key=lambda one: -one.middle)
    return [*_first_rows(above), *_first_rows(below)]


def _first_rows(order: Iterable[Segment]) -> list[list[Segment]]:
    rows: list[list[Segment]] = []
    for one in order:
        if rows and abs(rows[-1][0].middle - one.middle) < 0.5 * one.height:
            rows[-1].append(one)
        elif len(rows) == _OUTER_ROWS:
            break
        else:
            rows.append([one])
    return [sorted(row, key=lambda one: one.left) for row in rows]


Key = tuple[str, int]


def _key(row: list[Segment]) -> Key:
    """The words without their numbers, and about where they stand."""
    words = " ".join(text_of(one.words) for one in row)
    return _DIGITS.sub("#", words).casefold(), round(row[0].middle / 8)


def _repeated(edges: list[list[list[Segment]]], pages: int) -> set[Key]:
    if pages < 2:
        return set()
    least = 2 if pages <= 5 else 3
    counts: Counter[Key] = Counter()
    for rows in edges:
        counts.update({_key(row) for row in rows if any(map(str.isalpha, _key(row)[0]))})
    # A place may fall on either side of a rounding.
    return {
        key for key, count in counts.items()
        if count + max(counts[key[0], key[1] - 1], counts[key[0], key[1] + 1]) >= least
    }  # fmt: skip


def _numbered(numbers: list[int], edges: list[list[list[Segment]]]) -> set[tuple[int, int]]:
    """Lines that hold nothing but a number which grows as the pages do."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for page, rows in zip(numbers, edges, strict=True):
        for row in rows:
            match = _PAGE_NUMBER.fullmatch(" ".join(text_of(one.words) for one in row))
            if match and (value := _value(match["number"])):
                found[value - page].append((page, id(row[0])))
    return {place for places in found.values() if len({page for page, _ in places}) >= 2 for place in places}


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
