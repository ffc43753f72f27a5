"""The reader as a person uses it: real keys and clicks, and the words that come out."""

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest

from desktop.core.anchors import AnchorState
from desktop.core.document import Block, BlockKind, Document, Metadata
from desktop.core.placing import Placement
from desktop.core.records import Claim, Person, Tag, Verdict, Vocabulary
from desktop.ui.reader.marks import Mark
from desktop.ui.reader.phrases import mark_sentence
from tests.ui.reader.conftest import BRIDGE, MARKS, article_of, placed, select, spot_of, words

LEFT = Qt.MouseButton.LeftButton
LONG = Document.build(
    [Block(BlockKind.PARAGRAPH, f"Абзац {number}: " + "город обещает паром. " * 12) for number in range(400)],
    Metadata("Длинная статья", language="ru"),
)


def press(reader, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(reader.page, key, modifier)


def click(reader, spot):
    QTest.mouseClick(reader.page.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, spot)


@pytest.mark.parametrize(("key", "kind"), [("H", "highlight"), ("Q", "quote"), ("C", "claim"), ("N", "note")])
def test_a_letter_marks_the_selection(reader, qtbot, key, kind):
    select(reader, "Паром 🚢 откроют ")
    with qtbot.waitSignal(reader.mark_requested) as asked:
        press(reader, getattr(Qt.Key, f"Key_{key}"))
    assert asked.args[0] == kind
    assert words(reader, asked.args[1]) == ["Паром 🚢 откроют"]
    assert reader.selection() == []


def test_t_asks_for_tags_and_keeps_the_selection(reader, qtbot):
    select(reader, "шесть недель")
    with qtbot.waitSignal(reader.tag_requested) as asked:
        press(reader, Qt.Key.Key_T)
    assert words(reader, asked.args[0]) == ["шесть недель"] == words(reader)


def test_the_keys_work_with_a_cyrillic_layout(reader, qtbot):
    select(reader, "шесть недель")
    with qtbot.waitSignal(reader.mark_requested) as asked:
        QTest.sendKeyEvent(
            QTest.KeyAction.Click, reader.page, Qt.Key(0x0419), "й", Qt.KeyboardModifier.NoModifier
        )
    assert asked.args[0] == "quote"


def test_letters_without_a_selection_ask_for_nothing(reader, qtbot):
    with qtbot.assertNotEmitted(reader.mark_requested), qtbot.assertNotEmitted(reader.tag_requested):
        for key in "HQCNT":
            press(reader, getattr(Qt.Key, f"Key_{key}"))


def test_arrows_with_shift_select_by_keyboard(reader):
    reader.go_to(0, 0)
    shift = Qt.KeyboardModifier.ShiftModifier
    for _ in range(4):
        press(reader, Qt.Key.Key_Right, shift)
    assert words(reader) == ["Мост"]
    press(reader, Qt.Key.Key_Right, shift | Qt.KeyboardModifier.ControlModifier)
    assert words(reader)[0].strip() in ("Мост", "Мост через")


def test_a_drag_over_words_selects_just_them(reader, qtbot):
    start, end = spot_of(reader, "Каменку", 0.01), spot_of(reader, "Каменку", 0.99)
    view = reader.page.viewport()
    QTest.mousePress(view, LEFT, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(view, end)
    QTest.mouseRelease(view, LEFT, Qt.KeyboardModifier.NoModifier, end)
    assert words(reader) == ["Каменку"]
    qtbot.waitUntil(reader.bar.isVisible)


def test_s_selects_the_sentence_and_then_the_next(reader):
    at = reader.text.index("Каменку")
    reader.go_to(at, at)
    press(reader, Qt.Key.Key_S)
    assert words(reader) == ["Мост через Каменку закроют на шесть недель."]
    press(reader, Qt.Key.Key_S)
    assert words(reader) == [BRIDGE.blocks[0].text]
    press(reader, Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier)
    assert words(reader) == ["Мост через Каменку закроют на шесть недель."]


def test_w_rounds_the_selection_to_words(reader):
    select(reader, "аменку закро")
    press(reader, Qt.Key.Key_W)
    assert words(reader) == ["Каменку закроют"]
    reader.extend_selection()
    assert words(reader) == ["Каменку закроют на"]


def test_a_broken_quotation_is_one_mark_of_two_ranges(reader, qtbot):
    select(reader, "«Мы нашли трещины")
    press(reader, Qt.Key.Key_A)
    at = reader.text.index("в двух опорах»")
    reader.page.select(*reader.page.map.to_range(at, at + len("в двух опорах»")))
    with qtbot.waitSignal(reader.mark_requested) as asked:
        press(reader, Qt.Key.Key_Q)
    assert words(reader, asked.args[1]) == ["«Мы нашли трещины", "в двух опорах»"]


def drag(reader, start, end, modifier=Qt.KeyboardModifier.NoModifier):
    view = reader.page.viewport()
    QTest.mousePress(view, LEFT, modifier, start)
    QTest.mouseMove(view, end)
    QTest.mouseRelease(view, LEFT, modifier, end)


def test_ctrl_and_a_drag_select_a_further_range(reader):
    drag(reader, spot_of(reader, "Каменку", 0.01), spot_of(reader, "Каменку", 0.99))
    control = Qt.KeyboardModifier.ControlModifier
    drag(reader, spot_of(reader, "недель", 0.01), spot_of(reader, "недель", 0.99), control)
    assert words(reader) == ["Каменку", "недель"]
    press(reader, Qt.Key.Key_Escape)
    assert words(reader) == []


def test_a_drag_that_begins_inside_the_selection_selects_anew(reader):
    select(reader, "через Каменку закроют")
    drag(reader, spot_of(reader, "Каменку", 0.01), spot_of(reader, "недель", 0.99))
    assert words(reader) == ["Каменку закроют на шесть недель"]


def test_keys_without_a_use_here_are_left_to_the_window(reader, qtbot):
    action = QAction(reader)
    action.setShortcuts(["Alt+Left", "F3"])
    reader.addAction(action)
    for key, modifier in (
        (Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier),
    ):
        with qtbot.waitSignal(action.triggered):
            press(reader, key, modifier)
    reader.focus_annotation("six")
    with qtbot.waitSignal(reader.ranges_change_requested), qtbot.assertNotEmitted(action.triggered):
        press(reader, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)


def test_going_to_a_hit_makes_it_the_current_one(reader):
    at = reader.text.index("Каменку")
    reader.set_hits([(0, 4), (at, at + 7)])
    reader.go_to(at, at + 7)
    assert "hit 2 of 2" in reader.header.status.text()


def test_selecting_over_table_and_code_gives_the_canonical_words(reader):
    for part in ("Паромы\n2026\t140", "140 машин\nпаром = 140\n  мост", "🚢 откроют раньше.\nПаром вместо"):
        select(reader, part)
        assert words(reader) == [part]


def test_shift_and_arrows_select_letter_by_letter_across_cells(reader):
    at = reader.text.index("мы\n2026")
    reader.go_to(at, at)
    for _ in range(len("мы\n2026\t140")):
        press(reader, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert words(reader) == ["мы\n2026\t140"]


def test_a_drag_across_cells_selects_letters_not_cells(reader):
    select(reader, "Паром вместо")
    reader.go_to(at := reader.text.index("140 машин"), at)
    start, end = spot_of(reader, "2026", 0.5), spot_of(reader, "140", 0.99)
    view = reader.page.viewport()
    QTest.mousePress(view, LEFT, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(view, end)
    QTest.mouseRelease(view, LEFT, Qt.KeyboardModifier.NoModifier, end)
    assert words(reader) == ["26\t140"]


def test_everything_selected_is_the_canonical_text_without_the_head(reader):
    reader.page.selectAll()
    assert words(reader) == [BRIDGE.text]


def test_copying_gives_the_words_of_the_archive(reader, qapp):
    select(reader, "трещины, — сказала")
    reader.page.copy()
    assert qapp.clipboard().text() == "трещины, — сказала"


def test_j_and_k_walk_through_the_marks(reader, qtbot):
    seen = []
    reader.annotation_chosen.connect(seen.append)
    for key in "JJJJKK":
        press(reader, getattr(Qt.Key, f"Key_{key}"))
    assert seen == ["weeks", "six", "spoken", "last", "spoken", "six"]
    assert reader.focused_annotation() == "six"
    reader.focus_annotation("last")
    assert not reader.next_mark()


def test_a_click_chooses_the_innermost_mark_then_the_one_around_it(reader, qtbot):
    for expected in ("six", "weeks"):
        with qtbot.waitSignal(reader.annotation_chosen) as chosen:
            click(reader, spot_of(reader, "шесть"))
        assert chosen.args == [expected]


def test_a_double_click_on_a_mark_chooses_it(reader, qtbot):
    spot = spot_of(reader, "нашли")
    with qtbot.waitSignal(reader.annotation_chosen) as chosen:
        click(reader, spot)
        QTest.mouseDClick(reader.page.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, spot)
    assert chosen.args == ["spoken"]
    assert words(reader) == ["нашли"]


def test_a_click_on_a_margin_glyph_chooses_its_mark(reader, qtbot):
    reader.page.viewport().repaint()
    box, annotation_id = reader.page.scene.glyphs[-1]
    with qtbot.waitSignal(reader.annotation_chosen) as chosen:
        click(reader, box.center().toPoint())
    assert chosen.args == [annotation_id]


def test_the_strip_leads_to_its_marks(reader, qtbot):
    at = reader.page.map.to_position(reader.text.index("2011"))
    y = round(reader.strip.y_of(at))
    with qtbot.waitSignal(reader.annotation_chosen) as chosen:
        QTest.mouseClick(reader.strip, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(8, y))
    assert chosen.args == ["last"]
    assert spot_of(reader, "2011").y() < reader.page.viewport().height()


def test_enter_edits_and_delete_removes_the_focused_mark(reader, qtbot):
    reader.focus_annotation("six")
    with qtbot.waitSignal(reader.annotation_edit_requested) as edit:
        press(reader, Qt.Key.Key_Return)
    with qtbot.waitSignal(reader.annotation_removal_requested) as removal:
        press(reader, Qt.Key.Key_Delete)
    assert edit.args == removal.args == ["six"]
    press(reader, Qt.Key.Key_Escape)
    with qtbot.assertNotEmitted(reader.annotation_removal_requested):
        press(reader, Qt.Key.Key_Delete)


def test_alt_arrows_move_the_boundaries_by_word(reader, qtbot):
    alt, shift = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
    reader.focus_annotation("six")
    found = []
    reader.ranges_change_requested.connect(lambda _, ranges: found.extend(words(reader, ranges)))
    press(reader, Qt.Key.Key_Right, alt)
    press(reader, Qt.Key.Key_Left, alt | shift)
    press(reader, Qt.Key.Key_Left, alt)
    press(reader, Qt.Key.Key_Right, alt | shift)
    press(reader, Qt.Key.Key_Left, alt)
    assert found == ["шесть недель", "на шесть недель", "на шесть", "шесть"]


def test_moving_a_boundary_keeps_the_other_ranges(reader, qtbot):
    reader.focus_annotation("spoken")
    with qtbot.waitSignal(reader.ranges_change_requested) as asked:
        press(reader, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert asked.args[0] == "spoken"
    assert words(reader, asked.args[1]) == ["«Мы нашли трещины", "в двух опорах"]


def test_a_mark_of_which_words_are_missing_keeps_its_boundaries(reader, qtbot):
    whole = next(one for one in reader._placements if one.annotation.id == "spoken")
    reader.set_placements([Placement(whole.annotation, whole.ranges[:1], AnchorState.ORPHAN)])
    reader.focus_annotation("spoken")
    with qtbot.assertNotEmitted(reader.ranges_change_requested):
        press(reader, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)


def test_f3_walks_through_the_hits_and_round(reader, qtbot):
    found = [at for at in range(len(BRIDGE.text)) if BRIDGE.text.startswith("аром", at)]
    reader.set_hits([(at, at + 4) for at in found])
    seen = []
    reader.hit_changed.connect(seen.append)
    for _ in found:
        press(reader, Qt.Key.Key_F3)
    press(reader, Qt.Key.Key_F3)
    press(reader, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert seen == [*range(len(found)), 0, len(found) - 1]
    assert f"hit {len(found)} of {len(found)}" in reader.header.status.text()
    reader.set_hits([])
    assert not reader.next_hit()


def test_a_link_is_followed_by_click_and_by_enter(reader, qtbot):
    with qtbot.waitSignal(reader.link_activated) as followed:
        click(reader, spot_of(reader, "отчёт", 0.3))
    assert followed.args == ["https://report.example/"]
    at = reader.text.index("отчёт") + 2
    reader.focus_annotation(None)
    reader.go_to(at, at)
    with qtbot.waitSignal(reader.link_activated) as followed:
        press(reader, Qt.Key.Key_Return)
    assert followed.args == ["https://report.example/"]


def test_undo_is_left_to_the_window(reader, qtbot):
    action = QAction(reader)
    action.setShortcut(QKeySequence.StandardKey.Undo)
    reader.addAction(action)
    with qtbot.waitSignal(action.triggered):
        press(reader, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def test_letters_are_the_readers_while_it_has_the_focus(reader, qtbot):
    action = QAction(reader)
    action.setShortcut("H")
    reader.addAction(action)
    select(reader, "шесть")
    with qtbot.waitSignal(reader.mark_requested), qtbot.assertNotEmitted(action.triggered):
        press(reader, Qt.Key.Key_H)


def test_the_bar_never_covers_the_selection_and_marks_by_click(reader, qtbot):
    select(reader, "закроют на шесть")
    qtbot.waitUntil(reader.bar.isVisible)
    boxes = reader.page.rects(*reader.page.scene.selection[0])
    assert not any(reader.bar.geometry().intersects(box) for box in boxes)
    button = next(one for one in reader.bar.children() if getattr(one, "accessibleName", str)() == "Claim")
    with qtbot.waitSignal(reader.mark_requested) as asked:
        QTest.mouseClick(button, LEFT)
    assert asked.args[0] == "claim"
    assert reader.page.hasFocus()


def test_the_bar_docks_in_the_header_where_the_selection_fills_the_view(reader, qtbot):
    reader.show_document(article_of(LONG), LONG)
    press(reader, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert words(reader) == [LONG.text]
    reader.restore_position(5_000)
    qtbot.waitUntil(lambda: reader.bar.isVisible() and reader.bar.parentWidget() is reader.header)
    select(reader, "Абзац 1:")
    reader.restore_position(0)
    qtbot.waitUntil(lambda: reader.bar.isVisible() and reader.bar.parentWidget() is reader.page.viewport())


def test_the_bar_can_be_turned_off(reader, qtbot):
    reader.set_selection_bar(False)
    select(reader, "шесть")
    later = QTimer(reader, singleShot=True, interval=0)
    with qtbot.waitSignal(later.timeout):
        later.start()
    assert not reader.bar.isVisible()


def test_the_menu_offers_what_can_be_done_here(reader):
    select(reader, "Паром вместо моста")
    empty = reader.page.viewport().mapToGlobal(QPoint(2, 2))
    titles = [action.text().split("\t")[0] for action in reader.make_menu(empty).actions()]
    assert "Claim" in titles and "Remove mark" not in titles
    on_mark = reader.page.viewport().mapToGlobal(spot_of(reader, "шесть"))
    titles = [action.text().split("\t")[0] for action in reader.make_menu(on_mark).actions()]
    assert "Remove mark" in titles


def test_a_tooltip_tells_speaker_claim_and_tags():
    vocabulary = Vocabulary(
        {"t": Tag("t", "дроны", "оборона/дроны")},
        {"p": Person("p", "Марина Ветрова")},
        {"c": Claim("c", "Опоры треснули", Verdict.SUPPORTED)},
    )
    placement = placed(
        BRIDGE, "m", "quote", "Паром", speaker_id="p", claim_id="c", tag_ids=("t",), note="Да?"
    )
    sentence = mark_sentence(Mark.of(placement), vocabulary)
    assert sentence.splitlines() == [
        "Quote · Марина Ветрова",
        "Опоры треснули (supported)",
        "Tags: оборона/дроны",
        "Да?",
    ]


def test_a_tooltip_shows_markup_as_it_was_written(reader):
    reader.set_placements([placed(BRIDGE, "m", "note", "отчёт", note="<img src='file:///x'>")])
    found = reader.page.tooltip(spot_of(reader, "отчёт", 0.3))
    assert "&lt;img" in found and "<img" not in found
    assert "https://report.example/" in found
    assert reader.page.tooltip(spot_of(reader, "Каменку")) == ""


def test_a_long_article_opens_with_its_first_screens_and_fills_up(reader, qtbot):
    reader.show_document(article_of(LONG), LONG)
    assert not reader.page.finished
    end = len(LONG.text)
    reader.go_to(end - 8, end)
    assert spot_of(reader, "Абзац 399").y() < reader.page.viewport().height()
    qtbot.waitUntil(lambda: reader.page.finished)
    select(reader, "Абзац 399:")
    assert words(reader) == ["Абзац 399:"]


def test_the_place_survives_dark_width_and_size(reader, theme, qtbot):
    reader.show_document(article_of(LONG), LONG)
    at = LONG.text.index("Абзац 200")
    reader.restore_position(at)
    assert reader.position() == at
    select(reader, "Абзац 201:")
    theme.set_dark(True)
    assert (reader.position(), words(reader)) == (at, ["Абзац 201:"])
    for width in (420, 900, 640):
        reader.resize(width, 560)
        assert reader.position() == at
    reader.set_typography(24, 62, 1.6)
    assert reader.position() == at
    qtbot.waitUntil(lambda: reader.page.finished)
    assert (reader.position(), words(reader)) == (at, ["Абзац 201:"])


def test_ctrl_and_wheel_zoom_within_bounds(reader, qtbot):
    with qtbot.waitSignal(reader.typography_changed) as changed:
        reader.zoom(2)
    assert changed.args == [20]
    reader.zoom(100)
    with qtbot.assertNotEmitted(reader.typography_changed):
        reader.zoom(1)


def test_scrolling_tells_the_position(reader, qtbot):
    reader.show_document(article_of(LONG), LONG)
    bar = reader.page.verticalScrollBar()
    with qtbot.waitSignal(reader.position_changed) as moved:
        bar.setValue(bar.maximum() // 2)
    assert moved.args == [reader.position()]
    assert reader.position() > 0


def test_an_empty_reader_says_what_to_do(reader, qtbot):
    reader.set_empty_text("Choose an article.")
    with qtbot.waitSignal(reader.selection_changed):
        select(reader, "шесть")
        reader.clear()
    assert reader.text == "" and reader.selection() == []
    assert not reader.page.isVisible()
    assert not reader.next_mark() and not reader.next_hit()
    for key in "HJSWA":
        press(reader, getattr(Qt.Key, f"Key_{key}"))
    reader.show_document(article_of(BRIDGE), BRIDGE)
    assert reader.page.isVisible()


def test_a_document_without_blocks_is_shown_with_its_head(reader):
    reader.show_document(article_of(Document(())), Document(()))
    reader.set_placements([])
    reader.page.selectAll()
    assert reader.selection() == []
    assert reader.page.toPlainText().startswith("Untitled")


def test_marks_keep_their_words_after_the_focus_and_new_placements(reader):
    reader.focus_annotation("spoken")
    reader.set_placements(MARKS[1:])
    assert reader.focused_annotation() == "spoken"
    assert reader.header.status.text() == "Mark 2 of 3"
