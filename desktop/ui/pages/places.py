"""Questions to a page map: boxes line by line, the way of the caret, the word under the pointer."""

from collections.abc import Iterable

from desktop.core.pages import PageLine, PageMap, Rect

Range = tuple[int, int]
_TALL = 0.6  # of the lower box's height that two boxes must share to stand in one line
_LEVEL = 3  # points between the middles of two boxes on one height


def boxes_on(map_: PageMap, page: int, start: int, end: int) -> list[Rect]:
    """Where a stretch of the text stands on one page: one box a line, as far as it is unbroken."""
    return merged(rect for number, rect in map_.rects(start, end) if number == page)


def merged(rects: Iterable[Rect]) -> list[Rect]:
    """Neighbours in one line made one."""
    found: list[Rect] = []
    for rect in rects:
        if found and _in_one_line(found[-1], rect):
            found[-1] = found[-1].united(rect)
        else:
            found.append(rect)
    return found


def _in_one_line(one: Rect, other: Rect) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    height = min(one.bottom - one.top, other.bottom - other.top)
    gap = max(other.left - one.right, one.left - other.right)
    return shared > _TALL * height and gap < 1.5 * height


def line_at(map_: PageMap, page: int, offset: int) -> PageLine | None:
    """The line of a page that holds, or ends with, a code point; else the nearest one before it."""
    lines = map_.lines_of(page)
    holding = [line for line in lines if line.start <= offset <= line.end]
    before = [line for line in lines if line.start <= offset]
    return max(holding or before or lines[:1], key=lambda line: line.start, default=None)


def whole_line(map_: PageMap, page: int, offset: int) -> Range | None:
    """The code points of the printed line around one of them, which may be in several pieces."""
    line = line_at(map_, page, offset)
    if line is None:
        return None
    lines = sorted(map_.lines_of(page), key=lambda one: one.start)
    at = lines.index(line)
    first = last = at
    while first > 0 and _in_one_line(_box(lines[first - 1]), _box(lines[first])):
        first -= 1
    while last + 1 < len(lines) and _in_one_line(_box(lines[last]), _box(lines[last + 1])):
        last += 1
    return lines[first].start, lines[last].end


def caret_place(map_: PageMap, offset: int) -> tuple[int, Rect] | None:
    """The page, and a box without width, where the caret stands before a code point."""
    page = map_.page_of(offset)
    line = line_at(map_, page, offset)
    if line is None:
        return None
    at = min(max(offset, line.start), line.end)
    return page, line.rect(at, at)


def stepped(map_: PageMap, offset: int, step: int) -> int:
    """The code point a line further down (1) or up (-1), below or above the caret where there is one."""
    page = map_.page_of(offset)
    here = line_at(map_, page, offset)
    if here is None:
        return offset
    at = min(max(offset, here.start), here.end)
    x, around = here.rect(at, at).left, _box(here)
    half = (around.bottom - around.top) / 2
    ahead = [line for line in map_.lines_of(page) if step * (_middle(line) - _middle(here)) > half]
    if not ahead:
        pages = range(page + 1, len(map_.sizes)) if step > 0 else range(page - 1, -1, -1)
        ahead = next(filter(None, map(map_.lines_of, pages)), [])
    # In columns the next line of the column comes before that of its neighbour.
    column = [line for line in ahead if _box(line).left < around.right and _box(line).right > around.left]
    row = column or ahead
    if not row:
        return offset
    nearest = min(step * _middle(line) for line in row)
    level = [line for line in row if step * _middle(line) - nearest < _LEVEL]
    line = min(level, key=lambda one: _box(one).distance(x, _middle(one)))
    return line.offset_at(x, _middle(line))


def _box(line: PageLine) -> Rect:
    return line.rect(line.start, line.end)


def _middle(line: PageLine) -> float:
    box = _box(line)
    return (box.top + box.bottom) / 2
