"""Reading, choosing and removing marks in the inspector."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt

from desktop.core.records import AnnotationKind
from desktop.ui.inspector.header import ARTICLE
from desktop.ui.inspector.layout import GAP, SIDE
from desktop.ui.inspector.menu import mark_menu
from desktop.ui.inspector.model import UNSURE
from tests.ui.inspector.conftest import DETAILS
from tests.ui.inspector.material import ARTICLE as SAMPLE
from tests.ui.inspector.material import VOCABULARY, annotation, many, placement, placements

KEY = Qt.Key


def row_box(inspector, card_id):
    listing = inspector.list
    return listing.visualRect(listing.marks.index(listing.marks.row_of(card_id), 0))


def click(qtbot, inspector, card_id, point=None):
    place = point or row_box(inspector, card_id).center()
    qtbot.mouseClick(inspector.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_click_chooses_and_tells(qtbot, inspector):
    with qtbot.waitSignal(inspector.annotation_chosen) as chosen:
        click(qtbot, inspector, "m2")
    assert chosen.args == ["m2"]
    with qtbot.waitSignal(inspector.annotation_chosen) as again:
        click(qtbot, inspector, "m2")
    assert again.args == ["m2"] and inspector.chosen() == "m2"


def test_one_click_tells_once(qtbot, inspector):
    told = []
    inspector.annotation_chosen.connect(told.append)
    click(qtbot, inspector, "m3")
    assert told == ["m3"]


def test_arrows_walk_the_cards(qtbot, inspector):
    inspector.choose("m1")
    inspector.list.setFocus()
    told = []
    inspector.annotation_chosen.connect(told.append)
    for key in (KEY.Key_Down, KEY.Key_Down, KEY.Key_Up):
        qtbot.keyClick(inspector.list, key)
    assert told == ["m2", "m3", "m2"]


def test_choosing_from_the_reader_is_silent_and_scrolls(qtbot, inspector):
    with qtbot.assertNotEmitted(inspector.annotation_chosen):
        inspector.choose("m8")
    box = row_box(inspector, "m8")
    assert inspector.list.viewport().rect().contains(box.adjusted(0, 0, 0, -GAP))


def test_delete_asks_for_removal(qtbot, inspector):
    inspector.choose("m4")
    with qtbot.waitSignal(inspector.removal_requested) as asked:
        qtbot.keyClick(inspector.list, KEY.Key_Delete)
    assert asked.args == [["m4"]]


def test_enter_confirms_only_what_is_unsure(qtbot, inspector):
    inspector.choose("m1")
    with qtbot.assertNotEmitted(inspector.anchor_confirm_requested):
        qtbot.keyClick(inspector.list, KEY.Key_Return)
    inspector.choose("m7")
    with qtbot.waitSignal(inspector.anchor_confirm_requested) as asked:
        qtbot.keyClick(inspector.list, KEY.Key_Return)
    assert asked.args == ["m7"]


def test_the_button_on_the_card_confirms(qtbot, inspector):
    inspector.choose("m7")
    box = row_box(inspector, "m7")
    button = QPoint(box.x() + SIDE + 40, box.bottom() - GAP - 20)
    with qtbot.waitSignal(inspector.anchor_confirm_requested) as asked:
        click(qtbot, inspector, "m7", button)
    assert asked.args == ["m7"]


def test_p_puts_what_is_unsure_or_gone_on_other_words(qtbot, inspector):
    asked = []
    inspector.anchor_move_requested.connect(asked.append)
    for one in ("m1", "m7", "m8"):
        inspector.choose(one)
        qtbot.keyClick(inspector.list, KEY.Key_P)
    assert asked == ["m7", "m8"]


def test_chips_count_and_filter(qtbot, inspector):
    chips = inspector._header.chips
    assert {kind: chip.count() for kind, chip in chips.items()} == {
        "highlight": 3,
        "quote": 2,
        "claim": 2,
        "note": 1,
        UNSURE: 2,
    }
    qtbot.mouseClick(chips["quote"], Qt.MouseButton.LeftButton)
    qtbot.keyClick(chips["note"], KEY.Key_Space)
    shown = [inspector.list.marks.card(row).id for row in range(inspector.list.marks.rowCount())]
    assert shown == ["m2", "m4", "m6"]


def test_a_filter_whose_last_mark_goes_is_lifted(qtbot, inspector):
    qtbot.mouseClick(inspector._header.chips["note"], Qt.MouseButton.LeftButton)
    inspector.set_placements([one for one in placements() if one.annotation.kind != "note"], VOCABULARY)
    assert inspector.list.marks.rowCount() == 7


@pytest.mark.parametrize("width", [240, 288, 320])
def test_the_head_never_needs_more_than_the_column(qtbot, inspector, width):
    inspector.setFixedWidth(width)
    crowd = [
        replace(one, annotation=replace(one.annotation, id=f"{n}-{one.annotation.id}"))
        for n in range(150)
        for one in placements()
    ]
    inspector.set_placements(crowd, VOCABULARY)
    head = inspector._header
    qtbot.waitUntil(lambda: head.width() == width)
    shown = [chip for chip in head.chips.values() if chip.isVisible()]
    assert sum(chip.sizeHint().width() + 3 for chip in shown) + head.title.sizeHint().width() + 66 <= width


def test_new_marks_leave_selection_and_scroll_where_they_are(qtbot, inspector):
    inspector.set_placements(many(300), VOCABULARY)
    inspector.choose("n150")
    before = row_box(inspector, "n150").top()
    early = [placement(annotation(900 + n, AnnotationKind.QUOTE, f"слово {n}")) for n in range(3)]
    inspector.set_placements([*early, *many(300)], VOCABULARY)
    assert inspector.chosen() == "n150"
    assert row_box(inspector, "n150").top() == before


def test_another_article_starts_at_its_top(inspector):
    inspector.set_placements(many(300), VOCABULARY)
    inspector.choose("n290")
    other = replace(SAMPLE, id="a2")
    inspector.show_article(other, many(200), VOCABULARY, [], DETAILS)
    assert inspector.chosen() is None and inspector.list.verticalScrollBar().value() == 0


def test_hundreds_of_cards_are_laid_out_little_by_little(qtbot, inspector):
    marks, other = inspector.list, replace(SAMPLE, id="a3")
    inspector.show_article(other, many(300), VOCABULARY, [], DETAILS)
    last = marks.marks.index(299, 0)
    assert not marks.visualRect(last).isValid()
    qtbot.waitUntil(lambda: marks.visualRect(last).isValid())
    assert marks.verticalScrollBar().maximum() > marks.viewport().height()


def test_a_card_that_is_not_laid_out_yet_can_be_chosen(inspector):
    marks, cards = inspector.list, many(300)
    inspector.show_article(replace(SAMPLE, id="a3"), cards, VOCABULARY, [], DETAILS)
    inspector.choose(cards[280].annotation.id)
    box = marks.visualRect(marks.currentIndex())
    assert marks.currentIndex().row() == 280
    assert box.top() >= 0 and box.bottom() <= marks.viewport().height()


def test_a_mark_that_is_not_here_yet_is_chosen_when_it_comes(inspector):
    new = placement(annotation(50, AnnotationKind.QUOTE, "«новое»"))
    inspector.choose("m50")
    inspector.set_placements([*placements(), new], VOCABULARY)
    assert inspector.chosen() == "m50"


def test_without_an_article_it_says_what_to_do(inspector):
    inspector.clear()
    assert inspector._empty.isVisible()
    assert "Choose an article" in inspector._empty.accessibleName()
    inspector.show_article(SAMPLE, [], VOCABULARY, [], DETAILS)
    assert inspector._empty.isVisible()
    assert inspector._empty.accessibleName().endswith("Select words, then H, Q, C or N.")


def test_the_menu_asks_for_kind_and_colour(qtbot, inspector, theme):
    menu = mark_menu(inspector, theme, placements()[4])
    texts = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert texts == ["Edit", "Tags…", "Note…", "Kind", "Colour", "Copy words", "Remove mark"]
    kinds = next(action.menu() for action in menu.actions() if action.text() == "Kind")
    with qtbot.waitSignal(inspector.edit_requested) as asked:
        kinds.actions()[1].trigger()
    assert asked.args == ["m5", {"kind": "quote"}]
    colours = next(action.menu() for action in menu.actions() if action.text() == "Colour")
    with qtbot.waitSignal(inspector.edit_requested) as asked:
        colours.actions()[0].trigger()
    assert asked.args == ["m5", {"colour": None}]


def test_the_menu_of_a_claim_asks_for_stance_and_verdict(qtbot, inspector, theme):
    menu = mark_menu(inspector, theme, placements()[2])
    menus = {action.text(): action.menu() for action in menu.actions() if action.menu() is not None}
    with qtbot.waitSignal(inspector.edit_requested) as asked:
        menus["Stance"].actions()[3].trigger()
    assert asked.args == ["m3", {"stance": "disputes"}]
    with qtbot.waitSignal(inspector.claim_edit_requested) as asked:
        menus["Verdict on the claim"].actions()[1].trigger()
    assert asked.args == ["c-cracks", {"verdict": "supported"}]


def test_of_a_read_only_archive_nothing_is_asked_for(qtbot, inspector, theme):
    inspector.edit("m7")
    inspector.set_writable(False)
    assert inspector.editing() is None
    signals = (inspector.edit_requested, inspector.removal_requested, inspector.anchor_confirm_requested)
    told = []
    for signal in signals:
        signal.connect(lambda *what: told.append(what))
    inspector.choose("m7")
    for key in (KEY.Key_Return, KEY.Key_Delete, KEY.Key_Space):
        qtbot.keyClick(inspector.list, key)
    menu = mark_menu(inspector, theme, placements()[6])
    assert told == [] and inspector.editing() is None
    assert [action.text() for action in menu.actions()] == ["Copy words"]
    inspector.show_article_page()
    qtbot.keyClick(inspector._article_page.note, "x")
    assert inspector._article_page.values()["note"] == SAMPLE.note
    inspector.set_writable(True)
    inspector.edit("m7")
    assert inspector.editing() == "m7"


def test_dark_is_painted_in_dark(inspector, theme):
    theme.set_dark(True)
    dark = inspector.grab().toImage()
    theme.set_dark(False)
    light = inspector.grab().toImage()
    corner = QPoint(2, 60)
    assert dark.pixelColor(corner).lightness() < 60 < 200 < light.pixelColor(corner).lightness()


def test_the_article_page_is_one_key_away(qtbot, inspector):
    button = inspector._header.article
    button.setFocus()
    qtbot.keyClick(button, KEY.Key_Space)
    assert inspector._page == ARTICLE and inspector._article_page.isVisible()
    qtbot.keyClick(button, KEY.Key_Space)
    assert inspector.list.isVisible()
