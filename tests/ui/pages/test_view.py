"""The page view: selecting, marking and going about on pages as in the text."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest

from desktop.core.anchors import AnchorState
from desktop.core.records import Article
from desktop.ui.pages.layout import Fit
from desktop.ui.tokens import TOKENS
from tests.ui.pages.conftest import draw, spot_of
from tests.ui.reader.conftest import placed

LEFT = Qt.MouseButton.LeftButton
NONE, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
FIRST = "1.1 Вода в реке поднялась на два метра за одну ночь, и мост закрыли."


def selected(reader):
    return [reader.text[start:end] for start, end in reader.selection()]


def drag(view, start, end):
    QTest.mousePress(view.viewport(), LEFT, NONE, start)
    QTest.mouseMove(view.viewport(), end)
    QTest.mouseRelease(view.viewport(), LEFT, NONE, end)


def key(view, one, held=NONE):
    QTest.keyClick(view, one, held)


def image_of(view):
    return view.viewport().grab().toImage()


# The pages


def test_only_what_is_in_view_and_one_page_ahead_is_drawn(pages):
    assert {tile.page for tiles in pages.wished for tile in tiles} <= {0, 1}


def test_pages_are_drawn_pixel_for_pixel(pages):
    box = pages.rects(0, len(FIRST))[0]
    image = image_of(pages)
    dark = [
        (x, y)
        for x in range(box.left(), box.right())
        for y in range(box.top(), box.bottom())
        if image.pixelColor(x, y).lightness() < 90
    ]
    assert len(dark) > 100
    paper = pages.rects(0, 1)[0].topLeft() - QPoint(20, 20)
    assert image.pixelColor(paper).name() == "#ffffff"


def test_white_paper_stays_white_in_the_dark(pages, theme):
    theme.set_dark(True)
    image = image_of(pages)
    assert image.pixelColor(pages.rects(0, 1)[0].topLeft() - QPoint(20, 20)).name() == "#ffffff"
    assert image.pixelColor(4, 300).name() == theme.color("sunken").name()


def test_a_page_that_takes_its_time_shows_where_its_words_will_be(reader, made, qtbot):
    view = reader.show_pages(made.map)
    empty = image_of(view)
    qtbot.waitUntil(lambda: view.scene.waiting)
    assert image_of(view) != empty
    draw(view, made.data)
    qtbot.waitUntil(lambda: view.crisp)
    assert not view.scene.waiting


def test_a_scanned_page_that_takes_its_time_says_so(reader, scan, qtbot):
    reader.show_document(Article("scan", scan.document.metadata, "scan"), scan.document)
    view = reader.show_pages(scan.map)
    empty = image_of(view)
    qtbot.waitUntil(lambda: view.scene.waiting)
    assert image_of(view) != empty


def test_a_page_that_cannot_be_drawn_says_why_in_its_place(reader, made, qtbot):
    view = reader.show_pages(made.map)
    wishes = []
    view.tiles_wanted.connect(wishes.append)
    before = image_of(view)
    view.refuse(0, "timeout")
    assert image_of(view) != before
    qtbot.waitUntil(lambda: bool(wishes))
    assert all(tile.page != 0 for tile in wishes[-1])
    wishes.clear()
    view.refuse(None, "malformed")
    view.go_to_page(4)
    view._ask()
    assert wishes == []


def test_zooming_keeps_the_point_under_the_pointer(pages, qtbot):
    spot = spot_of(pages, "два метра")
    at = pages.offset_at(spot)
    wheel = QWheelEvent(
        QPointF(spot), pages.viewport().mapToGlobal(QPointF(spot)), QPoint(), QPoint(0, 120),
        Qt.MouseButton.NoButton, CTRL, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    before = pages.zoom
    for _ in range(4):
        QGuiApplication.sendEvent(pages.viewport(), wheel)
    assert pages.zoom > 1.9 * before and pages.fit is Fit.ZOOM
    assert abs(pages.offset_at(spot) - at) <= 1
    qtbot.waitUntil(lambda: pages.crisp)


def test_zooming_has_limits_and_goes_back_to_the_width(reader, pages):
    usual = pages.zoom
    reader.zoom(60)
    assert pages.zoom == 8
    reader.zoom(-200)
    assert pages.zoom == pytest.approx(0.1)
    assert reader.fit_pages() and pages.zoom == usual


def test_a_whole_page_fits_into_the_view(pages):
    pages.set_fit(Fit.PAGE)
    box = pages._layout.box(0)
    assert box.height() <= pages.viewport().height()
    pages.resize(500, 300)
    assert pages._layout.box(0).height() <= pages.viewport().height()


def test_the_place_stays_when_the_width_changes(reader, pages):
    pages.go_to_page(3)
    pages.verticalScrollBar().setValue(pages.verticalScrollBar().value() + 321)
    before = reader.position()
    for width in (500, 900, 640, 760):
        reader.resize(width, 600)
    assert reader.position() == before


def test_keys_go_from_page_to_page(reader, pages):
    bar = pages.verticalScrollBar()
    key(pages, Qt.Key.Key_PageDown)
    assert 0 < bar.value() < pages.viewport().height()
    key(pages, Qt.Key.Key_End)
    assert bar.value() == bar.maximum() and reader.header.number.text() == "6 / 6"
    key(pages, Qt.Key.Key_Home)
    assert bar.value() == 0 and reader.header.number.text() == "1 / 6"
    pages.go_to_page(2)
    assert reader.header.number.text() == "3 / 6" and reader.header.number.accessibleName() == "Page 3 of 6"


def test_pages_without_words_scroll_by_arrows_and_select_nothing(reader, scan, qtbot):
    reader.show_document(reader_article(scan), scan.document)
    view = reader.show_pages(scan.map)
    draw(view, scan.data)
    qtbot.waitUntil(lambda: view.crisp)
    key(view, Qt.Key.Key_Down)
    assert view.verticalScrollBar().value() == view.verticalScrollBar().singleStep()
    drag(view, QPoint(200, 200), QPoint(300, 260))
    assert reader.selection() == [] and view.marks_at(QPoint(200, 200)) == []
    assert not reader.next_mark() and not reader.next_hit()


def reader_article(made):
    from desktop.core.records import Article

    return Article("scan", made.document.metadata, "capture")


# Selecting


def test_dragging_selects_the_words_between(reader, pages):
    drag(pages, spot_of(pages, "Вода", 0), spot_of(pages, "метра", 1))
    assert selected(reader) == ["Вода в реке поднялась на два метра"]
    drag(pages, spot_of(pages, "мост закрыли", 1), spot_of(pages, "1.3 По", 0.02))
    assert selected(reader)[0].startswith(". 1.2 Губернатор")


def test_a_double_click_takes_the_word_and_a_third_the_line(reader, pages):
    spot = spot_of(pages, "поднялась")
    QTest.mouseClick(pages.viewport(), LEFT, NONE, spot)
    QTest.mouseDClick(pages.viewport(), LEFT, NONE, spot)
    assert selected(reader) == ["поднялась"]
    QTest.mousePress(pages.viewport(), LEFT, NONE, spot)
    QTest.mouseRelease(pages.viewport(), LEFT, NONE, spot)
    assert selected(reader) == [FIRST]


def test_dragging_on_after_a_double_click_takes_whole_words(reader, pages):
    QTest.mouseDClick(pages.viewport(), LEFT, NONE, spot_of(pages, "поднялась"))
    QTest.mousePress(pages.viewport(), LEFT, NONE, QPoint(5, 5))  # far away: no third click
    QTest.mouseRelease(pages.viewport(), LEFT, NONE, QPoint(5, 5))
    view = pages.viewport()
    QTest.mouseDClick(view, LEFT, NONE, spot_of(pages, "реке"))
    pages.dragging = True
    pages._drag(spot_of(pages, "метра", 0.2))
    assert selected(reader) == ["реке поднялась на два метра"]
    pages._drag(spot_of(pages, "Вода", 0.9))
    assert selected(reader) == ["Вода в реке"]
    QTest.mouseRelease(view, LEFT, NONE, spot_of(pages, "Вода"))


def test_shift_and_a_click_extend(reader, pages):
    QTest.mouseClick(pages.viewport(), LEFT, NONE, spot_of(pages, "Вода", 0))
    QTest.mouseClick(pages.viewport(), LEFT, SHIFT, spot_of(pages, "реке", 1))
    assert selected(reader) == ["Вода в реке"]


def test_dragging_beyond_the_edge_brings_the_next_page(reader, pages):
    QTest.mousePress(pages.viewport(), LEFT, NONE, spot_of(pages, "Вода", 0))
    for _ in range(12):
        pages._drag_beyond(QPoint(300, pages.viewport().height() + 90))
    QTest.mouseRelease(pages.viewport(), LEFT, NONE, QPoint(300, 300))
    assert pages.verticalScrollBar().value() > 800
    assert "2.1 Вода" in selected(reader)[0]


def test_the_keyboard_extends_by_letters_words_and_lines(reader, pages):
    QTest.mouseClick(pages.viewport(), LEFT, NONE, spot_of(pages, "Вода", 0))
    key(pages, Qt.Key.Key_Right, SHIFT)
    assert selected(reader) == ["В"]
    key(pages, Qt.Key.Key_Right, SHIFT | CTRL)
    assert selected(reader) == ["Вода"]
    key(pages, Qt.Key.Key_End, SHIFT)
    assert selected(reader) == [FIRST.removeprefix("1.1 ")]
    key(pages, Qt.Key.Key_Down)
    key(pages, Qt.Key.Key_Down, SHIFT)
    assert "\n" not in selected(reader)[0] and 40 < len(selected(reader)[0]) < 80
    key(pages, Qt.Key.Key_A, CTRL)
    assert selected(reader) == [reader.text]


def test_the_caret_walks_over_the_end_of_a_page(reader, pages):
    at = reader.text.index("1.36") + 10
    pages.select(at, at)
    pages.scroll_to(at, at)
    key(pages, Qt.Key.Key_Down)
    assert reader.text[pages.caret - 12 : pages.caret + 4].count("2.1")
    key(pages, Qt.Key.Key_Up)
    assert abs(pages.caret - at) <= 2


def test_copying_gives_the_canonical_text(reader, pages):
    reader.select(4, 15)
    key(pages, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "Вода в реке"


def test_letters_mark_what_is_selected(reader, pages, qtbot):
    for letter, kind in ((Qt.Key.Key_H, "highlight"), (Qt.Key.Key_Q, "quote"), (Qt.Key.Key_C, "claim")):
        drag(pages, spot_of(pages, "Вода", 0), spot_of(pages, "реке", 1))
        with qtbot.waitSignal(reader.mark_requested) as asked:
            key(pages, letter)
        assert asked.args == [kind, [(4, 15)]] and reader.selection() == []


def test_sentences_and_kept_ranges_work_as_in_the_text(reader, pages, qtbot):
    QTest.mouseClick(pages.viewport(), LEFT, NONE, spot_of(pages, "Вода"))
    key(pages, Qt.Key.Key_S)
    assert selected(reader) == [reader.text[: len(FIRST)]]
    reader.select(4, 8)
    key(pages, Qt.Key.Key_A)
    pages.select(11, 15)
    assert reader.selection() == [(4, 8), (11, 15)]
    with qtbot.waitSignal(reader.tag_requested) as asked:
        key(pages, Qt.Key.Key_T)
    assert asked.args == [[(4, 8), (11, 15)]]


def test_the_bar_stands_beside_the_selection(reader, pages, qtbot):
    drag(pages, spot_of(pages, "1.9 По", 0), spot_of(pages, "1.10 Вода", 1))
    qtbot.waitUntil(reader.bar.isVisible)
    assert reader.bar.parentWidget() is pages.viewport()
    boxes = [box for one in reader.selection() for box in pages.rects(*one)]
    assert not any(reader.bar.geometry().intersects(box) for box in boxes)


# Marks and hits


@pytest.fixture
def marked(reader, pages, made):
    reader.set_placements(
        [
            placed(made.document, "rose", "highlight", "поднялась на два метра"),
            placed(
                made.document, "said", "quote", "«Мы эвакуируем всех, кто остался в долине». 1.3 По данным"
            ),
            placed(made.document, "doubt", "claim", "без света", state=AnchorState.FUZZY),
            placed(made.document, "far", "note", "5.3 По данным"),
        ]
    )
    return pages


def test_marks_are_drawn_as_in_the_text(marked, made):
    image = image_of(marked)
    at = made.document.text.index("поднялась")
    box = marked.rects(at, at + 9)[0]
    edge, pure = image.pixelColor(box.center().x(), box.bottom() - 1), QColor(TOKENS["highlight"][0])
    assert abs(edge.hue() - pure.hue()) < 5 and edge.lightness() <= pure.lightness()  # never over the letters
    line = [image.pixelColor(x, box.top() + 1).name() for x in range(box.left() + 1, box.right() - 1)]
    assert "#fffefe" not in line and len(set(line)) == 1 and line[0] != "#ffffff"
    assert len(marked.scene.glyphs) == 3


def test_a_click_chooses_a_mark_and_a_glyph_its_own(reader, marked, qtbot):
    for spot in (spot_of(marked, "на два"), glyph(marked, "rose")):
        reader.focus_annotation(None)
        with qtbot.waitSignal(reader.annotation_chosen) as chosen:
            QTest.mouseClick(marked.viewport(), LEFT, NONE, spot)
        assert chosen.args == ["rose"] and reader.focused_annotation() == "rose"
    assert marked.tooltip(spot_of(marked, "на два")) == "<qt>Highlight</qt>"


def glyph(view, name):
    box = next(box for box, owner in view.scene.glyphs if owner == name)
    return (box.center() - view._origin()).toPoint()


def test_the_next_mark_scrolls_into_view(reader, marked):
    key(marked, Qt.Key.Key_J)
    assert reader.focused_annotation() == "rose" and marked.page == 0
    for _ in range(3):
        key(marked, Qt.Key.Key_J)
    assert reader.focused_annotation() == "far" and marked.page == 4
    at = reader.text.index("5.3 По данным")
    assert marked.viewport().rect().contains(marked.rects(at, at + 5)[0])


def test_enter_and_delete_are_for_the_focused_mark(reader, marked, qtbot):
    reader.focus_annotation("said")
    with qtbot.waitSignal(reader.annotation_edit_requested) as edit:
        key(marked, Qt.Key.Key_Return)
    with qtbot.waitSignal(reader.annotation_removal_requested) as removal:
        key(marked, Qt.Key.Key_Delete)
    assert edit.args == removal.args == ["said"]


def test_a_boundary_moves_by_a_word(reader, marked, qtbot):
    reader.focus_annotation("rose")
    with qtbot.waitSignal(reader.ranges_change_requested) as asked:
        key(marked, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    (start, end), *_ = asked.args[1]
    assert reader.text[start:end] == "поднялась на два метра за"


def test_hits_are_boxed_and_gone_through(reader, pages, qtbot):
    at = [reader.text.index("橋"), reader.text.index("橋", reader.text.index("6.1"))]
    reader.set_hits([(one, one + 1) for one in at])
    for number, page in ((0, 2), (1, 5)):
        with qtbot.waitSignal(reader.hit_changed) as told:
            key(pages, Qt.Key.Key_F3)
        assert told.args == [number] and pages.page == page
    image = image_of(pages)
    box = pages.rects(at[1], at[1] + 1)[0]
    around = [
        image.pixelColor(x, y)
        for x in range(box.left() - 1, box.right() + 2)
        for y in range(box.top(), box.bottom())
    ]
    assert any(color.green() - color.red() > 60 for color in around)  # the accent


def test_the_strip_leads_to_marks_and_places(reader, marked, qtbot):
    y = round(reader.strip.y_of(reader.text.index("5.3 По данным")))
    with qtbot.waitSignal(reader.annotation_chosen) as chosen:
        QTest.mouseClick(reader.strip, LEFT, NONE, QPoint(8, y))
    assert chosen.args == ["far"]
    QTest.mouseClick(reader.strip, LEFT, NONE, QPoint(2, reader.strip.height() // 2))
    assert marked.page in (2, 3)


# There and back


def test_turning_keeps_the_place_both_ways(reader, pages, made):
    at = reader.text.index("4.20")
    pages.scroll_to_top(at)
    here = reader.position()
    assert 0 <= at - here < 100
    for _ in range(3):
        reader.show_text()
        text = reader.position()
        assert abs(text - here) < 200
        reader.show_pages(made.map)
        assert reader.position() == here


def test_turning_to_a_text_that_is_still_laid_out_waits_for_it(reader, made, qtbot):
    reader.show_document(reader_article(made), made.document)
    reader.page._rest.stop()
    view = reader.show_pages(made.map)
    view.go_to_page(5)
    here = reader.position()
    reader.show_text()
    assert reader.sheet is view and not reader.page.finished
    with qtbot.waitSignal(reader.turned):
        reader.page._rest.start()
    assert reader.sheet is reader.page and abs(reader.position() - here) < 200
    reader.show_pages(made.map)
    assert reader.position() == here


def test_turning_takes_selection_focus_and_marks_along(reader, marked, made):
    reader.focus_annotation("said")
    reader.select(4, 15)
    reader.show_text()
    assert reader.selection() == [(4, 15)] and reader.focused_annotation() == "said"
    assert reader.page.hasFocus() and reader.focusProxy() is reader.page
    reader.select(0, 3)
    reader.show_pages(made.map)
    assert reader.selection() == [(0, 3)] and reader.focused_annotation() == "said"
    assert marked.hasFocus() and len(marked.scene.marks.marks) == 4


def test_the_switch_asks_for_pages_and_for_text(reader, qtbot):
    for value, wanted in (("pages", True), ("text", False)):
        with qtbot.waitSignal(reader.pages_wanted) as asked:
            reader.header.switch.button(value).click()
        assert asked.args == [wanted]
    reader.offer_pages(False)
    assert reader.header.switch.isHidden()
