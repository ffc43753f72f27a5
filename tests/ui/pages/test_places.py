"""Lines, columns and boxes, as a page map knows them."""

from desktop.core.pages import PageLine, PageMap, Rect
from desktop.ui.pages.places import boxes_on, caret_place, merged, stepped, whole_line


def line(page, start, words, x, y, vertical=False):
    edges = tuple(round((y if vertical else x) * 10) + 60 * at for at in range(len(words) + 1))
    near, far = (x, x + 12) if vertical else (y, y + 12)
    return PageLine(page, start, 0, edges, near * 10, far * 10, vertical)


LEFT = ["Мост закрыт.", "Вода прибыла", "за ночь."]
RIGHT = ["Паром ходит.", "Школы стоят."]


def columns():
    """Two columns on the first page, one line on the third; the second is a picture."""
    lines, at = [], 0
    for x, texts in ((50, LEFT), (300, RIGHT)):
        for row, words in enumerate(texts):
            lines.append(line(0, at, words, x, 100 + 20 * row + (x == 300) * 6))
            at += len(words) + 1
    return PageMap(((600, 800),) * 3, (*lines, line(2, at, "Конец.", 50, 100))), at


MAP, END = columns()


def test_a_stretch_has_a_box_in_every_line_of_its_page():
    boxes = boxes_on(MAP, 0, 5, 20)
    assert [(box.top, box.left) for box in boxes] == [(100, 80), (120, 50)]
    assert boxes_on(MAP, 2, 0, END) == []
    assert boxes_on(MAP, 2, END, END + 3) == [Rect(50, 100, 68, 112)]


def test_pieces_of_one_printed_line_are_one_box():
    pieces = PageMap(((600, 800),), (line(0, 0, "Мост", 50, 100), line(0, 5, "закрыт", 80, 100)))
    assert boxes_on(pieces, 0, 0, 11) == [Rect(50, 100, 116, 112)]
    assert whole_line(pieces, 0, 7) == (0, 11)
    assert len(merged([Rect(0, 0, 10, 10), Rect(300, 0, 310, 10), Rect(300, 12, 310, 22)])) == 3


def test_the_caret_goes_down_its_column_and_on_to_the_next_page_with_words():
    at = stepped(MAP, 3, 1)
    assert at == MAP.lines[1].start + 3
    at = stepped(MAP, stepped(MAP, at, 1), 1)
    assert at == END + 3
    assert stepped(MAP, at, 1) == at
    assert MAP.page_of(stepped(MAP, at, -1)) == 0
    assert stepped(MAP, 3, -1) == 3


def test_the_caret_stays_in_the_right_column():
    start = MAP.lines[3].start
    assert stepped(MAP, start + 2, 1) == MAP.lines[4].start + 2


def test_a_caret_stands_between_letters_also_of_vertical_text():
    assert caret_place(MAP, 1) == (0, Rect(56, 100, 56, 112))
    upright = PageMap(((600, 800),), (line(0, 0, "橋を閉鎖", 500, 60, vertical=True),))
    assert caret_place(upright, 2) == (0, Rect(500, 72, 512, 72))
    assert caret_place(PageMap(((600, 800),)), 0) is None
    assert whole_line(PageMap(((600, 800),)), 0, 0) is None
