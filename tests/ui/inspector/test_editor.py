"""Editing in place, with real keys."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from desktop.core.records import AnnotationKind, Claim, Vocabulary
from tests.ui.inspector.material import CLAIMS, VOCABULARY, annotation, placement, placements
from tests.ui.typing_words import type_over, type_words

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def asked(inspector):
    """Everything the inspector asked for, in order."""
    log = []
    inspector.edit_requested.connect(lambda one, fields: log.append(("edit", one, fields)))
    inspector.tags_change_requested.connect(lambda one, new, old: log.append(("tags", one, new, old)))
    inspector.claim_edit_requested.connect(lambda one, fields: log.append(("claim", one, fields)))
    inspector.removal_requested.connect(lambda ids: log.append(("remove", ids)))
    return log


def with_change(card_id, **changes):
    return [
        replace(one, annotation=replace(one.annotation, **changes)) if one.annotation.id == card_id else one
        for one in placements()
    ]


def test_enter_edits_in_place_and_escape_brings_the_card_back(qtbot, inspector, asked):
    inspector.choose("m2")
    inspector.list.setFocus()
    qtbot.keyClick(inspector.list, KEY.Key_Return)
    editor = inspector.editor
    assert inspector.editing() == "m2" and editor.isVisible() and editor.speaker.hasFocus()
    type_words(editor.speaker, "xyz")
    qtbot.keyClick(editor.speaker, KEY.Key_Escape)
    assert inspector.editing() is None and not editor.isVisible() and inspector.list.hasFocus()
    assert asked == []


def test_the_editor_lies_over_its_card(qtbot, inspector):
    inspector.edit("m2")
    listing = inspector.list
    box = listing.visualRect(listing.marks.index(1, 0))
    assert box.contains(inspector.editor.geometry())
    assert inspector.editor.height() >= inspector.editor.sizeHint().height()
    listing.verticalScrollBar().setValue(40)
    assert inspector.editor.y() == listing.visualRect(listing.marks.index(1, 0)).y()


def test_the_editor_is_as_high_as_its_fields_and_no_higher(qtbot, inspector):
    long = with_change("m3", note="Проверить по протоколу. " * 12)
    inspector.set_placements(long, VOCABULARY)
    inspector.edit("m3")
    editor = inspector.editor
    qtbot.waitUntil(lambda: editor.height() == editor.heightForWidth(editor.width()))
    assert editor.kind.height() == editor.kind.sizeHint().height()
    type_over(editor.note, "короче")
    qtbot.waitUntil(lambda: editor.height() == editor.heightForWidth(editor.width()))


def test_ctrl_enter_saves_every_change_in_one_go(qtbot, inspector, asked):
    inspector.edit("m2", "note")
    editor = inspector.editor
    type_words(editor.note, "Сверить с записью")
    type_over(editor.cue, "заявила")
    type_over(editor.said_at, "13 марта 2026")
    qtbot.keyClick(editor.said_at, KEY.Key_Return, CTRL)
    assert asked == [
        ("edit", "m2", {"note": "Сверить с записью", "cue": "заявила", "said_at": "2026-03-13"}),
    ]
    assert inspector.editing() is None


def test_leaving_the_editor_saves_and_keeps_it_open(qtbot, host, inspector, asked):
    inspector.edit("m2", "note")
    type_words(inspector.editor.note, "заметка")
    host.elsewhere.setFocus()
    assert asked == [("edit", "m2", {"note": "заметка"})] and inspector.editing() == "m2"
    inspector.finish_editing()
    assert len(asked) == 1


def test_a_pause_saves_the_note_and_escape_still_takes_it_back(qtbot, inspector, asked):
    inspector.editor.pause.setInterval(1)
    inspector.edit("m2", "note")
    with qtbot.waitSignal(inspector.edit_requested):
        type_words(inspector.editor.note, "набросок")
    inspector.set_placements(with_change("m2", note="набросок"), VOCABULARY)
    qtbot.keyClick(inspector.editor.note, KEY.Key_Escape)
    assert asked[-1] == ("edit", "m2", {"note": ""})


def test_a_speaker_is_found_by_an_alias_in_another_script(qtbot, inspector, asked):
    inspector.edit("m2", "speaker")
    field = inspector.editor.speaker
    type_over(field, "ゼレン")
    assert field.choices.isVisible()
    qtbot.keyClick(field, KEY.Key_Down)
    qtbot.keyClick(field, KEY.Key_Return)
    assert field.text() == "Владимир Зеленский" and not field.choices.isVisible()
    qtbot.keyClick(field, KEY.Key_Return, CTRL)
    assert asked == [("edit", "m2", {"speaker": "Владимир Зеленский"})]


def test_enter_never_takes_a_speaker_that_was_not_pointed_at(qtbot, inspector, asked):
    inspector.edit("m2", "speaker")
    field = inspector.editor.speaker
    type_over(field, "Лев")
    qtbot.keyClick(field, KEY.Key_Return)
    assert field.text() == "Лев"


@pytest.mark.parametrize("name", ["speaker", "cue", "said_at"])
def test_enter_in_a_line_saves_and_closes(qtbot, inspector, asked, name):
    inspector.edit("m2", "cue")
    type_over(inspector.editor.cue, "отметил")
    qtbot.keyClick(getattr(inspector.editor, name), KEY.Key_Return)
    assert asked == [("edit", "m2", {"cue": "отметил"})] and inspector.editor.isHidden()


def test_enter_adds_a_tag_and_then_closes(qtbot, inspector, asked):
    inspector.edit("m2", "tags")
    line = inspector.editor.tags.line
    type_words(line, "мосты")
    qtbot.keyClick(line, KEY.Key_Return)
    assert inspector.editor.isVisible()
    qtbot.keyClick(line, KEY.Key_Return)
    assert inspector.editor.isHidden() and asked == [("tags", "m2", ["мосты"], [])]


def test_enter_on_cancel_cancels(qtbot, inspector, asked):
    inspector.edit("m2", "cue")
    type_over(inspector.editor.cue, "отметил")
    inspector.editor.pause.stop()
    inspector.editor.back.setFocus()
    qtbot.keyClick(inspector.editor.back, KEY.Key_Return)
    assert inspector.editor.isHidden() and asked == []


def test_an_emptied_speaker_is_cleared(qtbot, inspector, asked):
    inspector.edit("m2", "speaker")
    inspector.editor.speaker.selectAll()
    qtbot.keyClick(inspector.editor.speaker, KEY.Key_Delete)
    inspector.finish_editing()
    assert asked == [("edit", "m2", {"speaker": None})]


def test_tags_are_completed_created_and_taken_off(qtbot, inspector, asked):
    inspector.edit("m2", "tags")
    line = inspector.editor.tags.line
    type_words(line, "дрон")
    qtbot.keyClick(line, KEY.Key_Return)
    type_words(line, "мосты/каменка")
    qtbot.keyClick(line, KEY.Key_Return)
    assert inspector.editor.tags.paths() == [
        "инфраструктура/мост",
        "проверить",
        "оборона/дроны",
        "мосты/каменка",
    ]
    qtbot.keyClick(line, KEY.Key_Backspace)
    inspector.editor.tags.remove("проверить")
    qtbot.keyClick(line, KEY.Key_Return, CTRL)
    assert asked == [("tags", "m2", ["оборона/дроны"], ["t-check"])]


def test_a_tag_that_was_only_typed_is_not_lost(qtbot, inspector, asked):
    inspector.edit("m4", "tags")
    type_words(inspector.editor.tags.line, "на потом")
    inspector.finish_editing()
    assert asked == [("tags", "m4", ["на потом"], [])]


def test_a_changed_kind_shows_its_fields_and_hides_none_that_hold_something(qtbot, inspector, asked):
    inspector.edit("m2", "kind")
    editor = inspector.editor
    qtbot.keyClick(editor.kind.button("quote"), KEY.Key_Right)
    assert editor.kind.value() == "claim"
    assert editor.claim.isVisible() and editor.cue.isVisible() and editor.speaker.isVisible()
    inspector.finish_editing()
    assert asked == [("edit", "m2", {"kind": "claim"})]


def test_a_colour_is_chosen_by_key(qtbot, inspector, asked):
    inspector.edit("m1", "colour")
    qtbot.keyClick(inspector.editor.colour.focusProxy(), KEY.Key_Right)
    inspector.finish_editing()
    assert asked == [("edit", "m1", {"colour": "yellow"})]


def test_no_date_keeps_the_editor_open_and_says_so(qtbot, inspector, asked):
    inspector.edit("m2", "said_at")
    editor = inspector.editor
    type_over(editor.said_at, "позавчера")
    qtbot.keyClick(editor.said_at, KEY.Key_Return, CTRL)
    assert inspector.editing() == "m2" and editor.date_error.isVisible()
    type_over(editor.said_at, "12.03.2026")
    qtbot.keyClick(editor.said_at, KEY.Key_Return, CTRL)
    assert asked == [("edit", "m2", {"said_at": "2026-03-12"})]


def test_a_verdict_is_asked_of_the_claim_itself(qtbot, inspector, asked):
    inspector.edit("m3", "verdict")
    qtbot.keyClick(inspector.editor.verdict, KEY.Key_Home)
    inspector.finish_editing()
    assert asked == [("claim", "c-cracks", {"verdict": "open"})]


def test_a_corrected_statement_rewords_the_claim_for_all(qtbot, inspector, asked):
    inspector.edit("m3", "claim")
    type_over(inspector.editor.claim, "Two of the seven piers are cracked")
    assert inspector.editor.reword.isVisible() and inspector.editor.reword.value() == "reword"
    inspector.finish_editing()
    assert asked == [("claim", "c-cracks", {"statement": "Two of the seven piers are cracked"})]


def test_a_correction_can_be_another_claim_instead(qtbot, inspector, asked):
    inspector.edit("m3", "claim")
    type_over(inspector.editor.claim, "Three of seven piers are cracked")
    qtbot.mouseClick(inspector.editor.reword.button("another"), Qt.MouseButton.LeftButton)
    inspector.finish_editing()
    assert asked == [("edit", "m3", {"claim": "Three of seven piers are cracked"})]


def test_a_known_claim_brings_its_verdict(qtbot, inspector, asked):
    inspector.edit("m3", "claim")
    field = inspector.editor.claim
    type_over(field, "компан дроны")
    qtbot.keyClick(field, KEY.Key_Down)
    qtbot.keyClick(field, KEY.Key_Return)
    assert inspector.editor.verdict.value() == "open" and not inspector.editor.reword.isVisible()
    inspector.finish_editing()
    assert asked == [("edit", "m3", {"claim": CLAIMS[2].statement})]


def test_the_marked_words_can_be_the_statement(qtbot, inspector, asked):
    fresh = [*placements(), placement(annotation(20, AnnotationKind.CLAIM, "«десять  центров экспорта»"))]
    inspector.set_placements(fresh, VOCABULARY)
    inspector.edit("m20", "claim")
    field = inspector.editor.claim
    assert field.choices.isVisible()
    qtbot.keyClick(field, KEY.Key_Down)
    qtbot.keyClick(field, KEY.Key_Return)
    inspector.finish_editing()
    assert asked == [("edit", "m20", {"claim": "десять центров экспорта"})]


def test_the_verdict_of_a_new_claim_waits_until_the_claim_is_there(qtbot, inspector, asked):
    fresh = [*placements(), placement(annotation(20, AnnotationKind.CLAIM, "десять центров"))]
    inspector.set_placements(fresh, VOCABULARY)
    inspector.edit("m20", "claim")
    type_over(inspector.editor.claim, "Откроют десять центров экспорта")
    inspector.editor.verdict.set_value("supported")
    inspector.finish_editing()
    assert asked == [("edit", "m20", {"claim": "Откроют десять центров экспорта"})]
    claim = Claim("c-new", "Откроют десять центров экспорта")
    fresh[-1] = placement(annotation(20, AnnotationKind.CLAIM, "десять центров", claim_id="c-new"))
    words = Vocabulary(VOCABULARY.tags, VOCABULARY.people, VOCABULARY.claims | {"c-new": claim})
    inspector.set_placements(fresh, words)
    inspector.set_placements(fresh, words)
    assert asked[1:] == [("claim", "c-new", {"verdict": "supported"})]


def test_news_never_overwrite_what_is_being_typed(qtbot, inspector, asked):
    inspector.edit("m2", "note")
    type_words(inspector.editor.note, "пишу")
    inspector.set_placements(with_change("m2", note="чужая заметка", cue="пояснила"), VOCABULARY)
    assert inspector.editor.note.toPlainText() == "пишу"
    assert inspector.editor.cue.text() == "пояснила"
    assert inspector.editor.note.hasFocus() and inspector.editing() == "m2"
    inspector.finish_editing()
    assert asked == [("edit", "m2", {"note": "пишу"})]


def test_news_leave_a_half_typed_date_and_tag(qtbot, inspector, asked):
    inspector.edit("m2", "tags")
    editor = inspector.editor
    type_words(editor.tags.line, "обор")
    type_over(editor.said_at, "13.0")
    inspector.set_placements(with_change("m2", cue="пояснила"), VOCABULARY)
    assert (editor.said_at.text(), editor.tags.line.text()) == ("13.0", "обор")
    type_words(editor.said_at, "3.2026")
    qtbot.keyClick(editor.said_at, KEY.Key_Return, CTRL)
    assert ("edit", "m2", {"said_at": "2026-03-13"}) in asked


def test_news_of_other_marks_leave_the_editor_where_it_is(qtbot, inspector):
    inspector.edit("m2", "note")
    type_words(inspector.editor.note, "пишу")
    top = inspector.editor.y()
    early = placement(annotation(90, AnnotationKind.NOTE, "раньше"))
    inspector.set_placements([early, *placements()], VOCABULARY)
    assert inspector.editor.y() == top and inspector.editor.note.toPlainText() == "пишу"


def test_a_mark_that_is_undone_while_it_is_edited_closes_its_editor(qtbot, inspector, asked):
    inspector.edit("m2", "note")
    inspector.set_placements([one for one in placements() if one.annotation.id != "m2"], VOCABULARY)
    assert inspector.editing() is None and not inspector.editor.isVisible()
    assert inspector.chosen() is None


def test_a_filter_never_hides_the_card_that_is_edited(qtbot, inspector):
    inspector.edit("m2")
    qtbot.mouseClick(inspector._header.chips["note"], Qt.MouseButton.LeftButton)
    assert inspector.editor.isVisible() and inspector.list.marks.row_of("m2") == 0
    inspector.finish_editing()
    assert inspector.list.marks.row_of("m2") is None


def test_going_to_another_card_saves_the_first(qtbot, inspector, asked):
    inspector.edit("m2", "note")
    type_words(inspector.editor.note, "раз")
    inspector.choose("m4")
    assert asked == [("edit", "m2", {"note": "раз"})] and inspector.editing() is None


def test_a_new_mark_is_edited_as_soon_as_it_comes(inspector):
    inspector.edit("m60", "speaker")
    inspector.choose("m60")
    assert inspector.editing() is None
    inspector.set_placements(
        [*placements(), placement(annotation(60, AnnotationKind.QUOTE, "«да»"))], VOCABULARY
    )
    assert inspector.editing() == "m60" and inspector.editor.speaker.hasFocus()


def test_keys_in_the_editor_do_nothing_to_the_list(qtbot, inspector, asked):
    inspector.edit("m2", "mode")
    mode = inspector.editor.mode.button("direct")
    for key in (KEY.Key_Delete, KEY.Key_Return, KEY.Key_Down):
        qtbot.keyClick(mode, key)
    assert asked == [] and inspector.chosen() == "m2"


def test_values_that_were_not_touched_are_not_tidied(qtbot, inspector, asked):
    odd = with_change("m2", said_at="2026-03-14T09:20:31+03:00", note=" с пробелом \n", cue=" сказала ")
    inspector.set_placements(odd, VOCABULARY)
    inspector.edit("m2")
    inspector.editor.said_at.setFocus()
    inspector.editor.note.setFocus()
    inspector.finish_editing()
    assert asked == []
