"""From lines to paragraphs, headings, list items and table rows."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from desktop.importing.pdf.hyphens import HYPHENS
from desktop.importing.pdf.lines import Row, height_of_letters
from desktop.importing.pdf.tables import is_entry, tables_of
from desktop.importing.pdf.words import is_wide

_ENDS = re.compile(r"[.!?…。！？:：;][\"'»”’」』）)\]\d*]*$")
_ENDS_FULLY = re.compile(r"[.!?…。！？][\"'»”’」』）)\]\d*]*$")
_BULLET = re.compile(r"(?P<mark>[•‣◦▪●○■□◆❖➢✓·*]|[-–—])(?:\s+|(?<=[•‣◦▪●○■□◆❖➢✓]))(?=\S)")
_NUMBERED = re.compile(r"(?P<number>\d{1,3})[.)]\s+(?=\S)|\((?P<other>\d{1,2}|[a-zа-я])\)\s+(?=\S)")
_LETTERED = re.compile(r"[a-zа-я]\)\s+(?=\S)")
_LAST_ROWS = 20
_FOOTNOTE = re.compile(r"(?:\d{1,3}|\*{1,3}|[†‡])[.)]?\s*\S")


@dataclass(eq=False)
class Paragraph:
    """Lines that belong together.

    Attributes:
        rows: In the order of reading.
        foot: It stands below the text of its page.
        cells: It is a row of a table.
        complete: Nothing of the next column or page can continue it.
    """

    rows: list[Row]
    foot: bool = False
    cells: bool = False
    complete: bool = False
    table: int = 0
    opening: str = field(default="")

    @property
    def size(self) -> float:
        return height_of_letters(self.rows)

    @property
    def bold(self) -> bool:
        letters = sum(len(word.text) for row in self.rows for word in row.words)
        heavy = sum(len(word.text) for row in self.rows for word in row.words if word.style.bold)
        return heavy > 0.9 * letters

    @property
    def text(self) -> str:
        return " ".join(row.text for row in self.rows)


def list_mark(text: str) -> re.Match[str] | None:
    """What a line of a list begins with."""
    return _BULLET.match(text) or _NUMBERED.match(text) or _LETTERED.match(text)


@dataclass(frozen=True)
class Habits:
    """How a document sets its text.

    Attributes:
        body: The size of most letters.
        pitch: From line to line, by the size of the letters.
    """

    body: float
    pitch: dict[float, float]

    @classmethod
    def of(cls, columns: Sequence[Sequence[Row]]) -> "Habits":
        steps: dict[float, list[float]] = defaultdict(list)
        for rows in columns:
            for above, below in pairwise(rows):
                step = below.middle - above.middle
                if above.size == below.size and 0.5 * above.size < step < 2.6 * above.size:
                    steps[above.size].append(step)
        pitch = {size: _usual(found) for size, found in steps.items()}
        return cls(height_of_letters([row for rows in columns for row in rows]), pitch)

    def step(self, size: float) -> float:
        """The usual distance of two lines of this size."""
        return self.pitch.get(size, 1.25 * size)


def _usual(steps: list[float]) -> float:
    """The most frequent step; of a few, the smallest."""
    if len(steps) < 3:
        return min(steps)
    counts = Counter(round(step * 2) / 2 for step in steps)
    return counts.most_common(1)[0][0]


def paragraphs_of(rows: Sequence[Row], habits: Habits) -> list[Paragraph]:
    """The paragraphs of one column."""
    if not rows:
        return []
    tables = tables_of(rows)
    left, rights = _margins(rows)
    found: list[Paragraph] = []
    for index, row in enumerate(rows):
        table = tables.get(index, 0)
        before = rows[index - 1] if index else None
        if table:
            found.append(Paragraph([row], cells=True, complete=True, table=table))
        elif (
            before is None
            or found[-1].cells
            or _begins(found[-1], before, row, rows[index + 1 : index + 2], left, rights[before.size], habits)
        ):
            found.append(Paragraph([row]))
        else:
            found[-1].rows.append(row)
    for one in found:
        one.complete = one.complete or _is_closed(one, rights[one.rows[-1].size])
    return found


def _margins(rows: Sequence[Row]) -> tuple[float, dict[float, float]]:
    """Where most lines begin, and where the longest of each size end."""
    lefts = sorted(row.left for row in rows)
    usual = Counter(round(left / 2) for left in lefts)
    place, count = usual.most_common(1)[0]
    left = place * 2.0 if count >= 0.3 * len(rows) else lefts[0]
    rights: dict[float, float] = {}
    for row in rows:
        rights[row.size] = max(rights.get(row.size, row.right), row.right)
    return min(left, median(lefts)), rights


def _begins(
    now: Paragraph, before: Row, row: Row, following: Sequence[Row], left: float, right: float, habits: Habits
) -> bool:
    """Whether a line begins a paragraph of its own."""
    size = max(before.size, row.size)
    step = row.middle - before.middle
    if abs(before.size - row.size) > 0.08 * size and not _shares_line(before, row):
        return True
    heading_like = _emphatic(before, habits) and _emphatic(row, habits)
    if step > 1.3 * habits.step(row.size) or step < 0:
        return not (heading_like and 0 < step <= 1.6 * habits.step(row.size) and before.style == row.style)
    if (
        before.style.bold != row.style.bold
        and _all_one(before)
        and (_all_one(row) or (len(now.rows) == 1 and _is_short(before, right)))
    ):
        return True
    if list_mark(row.text) and not _inside_sentence(now, before, row):
        return True
    if heading_like and before.style == row.style:
        return False
    if is_entry(before):
        return True
    if row.backward:
        return _begins_backward(before, row, left, right)
    return _begins_by_shape(now, before, row, following, left, right)


def _begins_by_shape(
    now: Paragraph, before: Row, row: Row, following: Sequence[Row], left: float, right: float
) -> bool:
    size = row.size
    if _room_left(before, row, right) and not _hyphened(before):
        return True
    indent = row.left - before.left
    if indent > 0.8 * size:
        # An indented first line: the line after it goes back; or the one before ended a sentence.
        back = not following or following[0].left < row.left - 0.5 * size
        hanging = len(now.rows) == 1 and following and abs(following[0].left - row.left) < 0.5 * size
        marked = len(now.rows) == 1 and list_mark(before.text)
        return (
            back
            and not hanging
            and not marked
            and bool(_ENDS.search(before.text) or row.left - left < 4 * size)
        )
    if indent < -0.8 * size:
        return len(now.rows) > 1  # out of a hanging paragraph; a second line just goes back to the margin
    return False


def _begins_backward(before: Row, row: Row, left: float, right: float) -> bool:
    """The same from right to left: a line that ends early, or one that begins further in."""
    first = row.words[0]
    room = before.left - left
    if room > first.right - first.left + 1.5 * row.size and not _hyphened(before):
        return True
    return before.right - row.right > 0.8 * row.size and right - before.right < 0.5 * row.size


def _room_left(before: Row, row: Row, right: float) -> bool:
    """The next word would have had room in the line before: it was ended on purpose."""
    first = row.words[0]
    wide = is_wide(first.text[0])
    width = 1.5 * row.size if wide else first.right - first.left
    return right - before.right > width + (0.8 if wide else 1.2) * row.size


def _hyphened(row: Row) -> bool:
    return row.text[-1:] in HYPHENS and row.text[-2:-1].isalnum()


def _shares_line(before: Row, row: Row) -> bool:
    return row.middle - before.middle < 0.5 * max(before.size, row.size)


def _emphatic(row: Row, habits: Habits) -> bool:
    return row.size > 1.12 * habits.body


def _all_one(row: Row) -> bool:
    return len({word.style.bold for word in row.words}) == 1


def _is_short(row: Row, right: float) -> bool:
    return right - row.right > 0.15 * max(right - row.left, 1)


def _inside_sentence(now: Paragraph, before: Row, row: Row) -> bool:
    """A dash or a year at the beginning of a line need not be a list's mark."""
    if re.match(r"[•‣◦▪●○■□◆❖➢✓]", row.text):
        return False
    same_left = abs(row.left - now.rows[0].left) < 0.3 * row.size
    opened = list_mark(now.rows[0].text)
    if opened and same_left and len(now.rows) >= 1:
        return not _ENDS.search(before.text) and row.text[:1] in "-–—*·" and opened[0][:1] not in "-–—*·"
    return not _ENDS.search(before.text)


def _is_closed(one: Paragraph, right: float) -> bool:
    """A sentence ended it, and not just at the end of the line."""
    last = one.rows[-1]
    return bool(_ENDS_FULLY.search(last.text)) and (_is_short(last, right) or last.backward)


def mark_feet(paragraphs: Sequence[Paragraph], habits: Habits) -> None:
    """Tell the footnotes below a column: smaller than its text, after an open sentence or with a number."""
    start = len(paragraphs)
    while start and paragraphs[start - 1].size < 0.93 * habits.body and not paragraphs[start - 1].cells:
        start -= 1
    if start == 0:
        return
    above = paragraphs[start - 1]
    if not _breaks_off(above):
        while start < len(paragraphs) and not _FOOTNOTE.match(paragraphs[start].text):
            start += 1
    for one in paragraphs[start:]:
        one.foot = True


def _breaks_off(one: Paragraph) -> bool:
    """In the middle of a sentence that fills its line."""
    return (
        not one.complete and len(one.rows) > 1 and not _ENDS.search(one.rows[-1].text) and _wide_enough(one)
    )


def joined(pages: Sequence[Sequence[Paragraph]]) -> Iterator[Paragraph]:
    """All paragraphs; those that go on in the next column or on the next page made one.

    Footnotes follow the paragraph that goes on beyond them.
    """
    waiting: Paragraph | None = None
    feet: list[Paragraph] = []
    for paragraphs in pages:
        for one in paragraphs:
            if one.foot:
                feet.append(one)
            elif waiting is not None and _goes_on(waiting, one):
                waiting.rows += one.rows
                waiting.complete = one.complete
            else:
                if waiting is not None:
                    yield waiting
                yield from feet
                feet, waiting = [], one
    if waiting is not None:
        yield waiting
    yield from feet


def _goes_on(before: Paragraph, after: Paragraph) -> bool:
    """Whether a paragraph of another column or page continues an open one."""
    if before.complete or before.cells or after.cells:
        return False
    last, first = before.rows[-1], after.rows[0]
    apart = last.page != first.page or first.middle < last.middle
    alike = abs(last.size - first.size) < 0.08 * last.size and _end_of(before).bold == after.bold
    if not apart or not alike or list_mark(first.text):
        return False
    if _hyphened(last):
        return True
    opening = first.text[0]
    if _ENDS_FULLY.search(last.text) or last.text[-1:] in ":：":
        return False
    return (
        opening.islower()
        or is_wide(opening)
        or (last.text[-1:] in ",;—–、，" and len(last.text) > 20)
        or (opening.isalpha() and _wide_enough(before))
    )


def _end_of(one: Paragraph) -> Paragraph:
    """Its last lines: what is long should not be gone through for each page that it goes on to."""
    return Paragraph(one.rows[-_LAST_ROWS:])


def _wide_enough(before: Paragraph) -> bool:
    """Its last line is as long as the others: it was ended by the column."""
    if len(before.rows) < 2:
        return False
    longest = max(row.right - row.left for row in before.rows[-_LAST_ROWS:])
    last = before.rows[-1]
    return last.right - last.left > 0.93 * longest
