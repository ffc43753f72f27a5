"""Correcting several articles: only what is touched is changed, and it is said how many."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.core.document import Metadata
from desktop.core.records import Article, Tag
from desktop.ui.several.dialog import SeveralDialog
from desktop.ui.several.facts import Correction, Several

DATED = {"published_at": "2026-03-14", "date_is_guess": True}
ARTICLES = [
    Article("a", Metadata("Мост", ("Ирина Сомова",), "Листок", language="ru", **DATED), "c1"),
    Article("b", Metadata("橋", (), "Листок", language="ja", **DATED), "c2"),
    Article("c", Metadata("Ferry", (), "Листок", language="en", **DATED), "c3"),
]
TAGS = [Tag("t1", None, "мост", "мост"), Tag("t2", None, "вода", "вода")]
SEVERAL = Several(
    ARTICLES, {"a": ["t1"]}, TAGS, {}, ["Листок", "Вестник"], ["ru", "ja", "en"], ["Река", "Река/Мост"]
)


@pytest.fixture
def window(qtbot):
    """The dialog deletes itself when it closes; its window outlives it."""
    found = QWidget()
    qtbot.addWidget(found)
    return found


@pytest.fixture
def dialog(theme, window):
    found = SeveralDialog(theme, SEVERAL, window)
    found.show()
    return found


def edit(dialog, name):
    return dialog.rows[name].edit


def test_common_values_are_shown_and_others_are_several(dialog):
    assert edit(dialog, "publisher").text() == "Листок"
    assert edit(dialog, "published_at").text() == "2026-03-14"
    assert edit(dialog, "language").text() == ""
    assert edit(dialog, "language").placeholderText() == "several values"
    assert edit(dialog, "url").placeholderText() == ""
    assert dialog.guess.value() == "guess"
    assert dialog.correction() == Correction()
    assert dialog.told.text() == "Nothing is changed yet."
    assert not dialog.apply.isEnabled()


def test_only_what_is_touched_is_changed(dialog, qtbot):
    edit(dialog, "publisher").setText("Вестник")
    edit(dialog, "language").setText("Russian")
    assert dialog.correction() == Correction({"publisher": "Вестник", "language": "ru"})
    assert dialog.told.text() == "3 of 3 articles would change."
    with qtbot.waitSignal(dialog.apply_requested) as asked:
        dialog.apply.click()
    assert asked.args == [["a", "b", "c"], Correction({"publisher": "Вестник", "language": "ru"})]


def test_articles_that_are_so_already_do_not_count(dialog):
    edit(dialog, "language").setText("ru")
    assert dialog.told.text() == "2 of 3 articles would change."
    dialog.add_tags.add("мост")
    assert dialog.correction().add_tags == ("мост",)
    assert dialog.told.text() == "2 of 3 articles would change."
    dialog.remove_tags.add("мост")
    assert dialog.correction().remove_tags == ("t1",)
    assert dialog.told.text() == "3 of 3 articles would change."


def test_clearing_the_box_brings_back_what_was_there(dialog):
    edit(dialog, "publisher").setText("Вестник")
    assert dialog.rows["publisher"].touched
    dialog.rows["publisher"].check.click()
    assert edit(dialog, "publisher").text() == "Листок"
    assert dialog.correction() == Correction()


def test_an_empty_field_that_is_checked_clears_the_fact(dialog):
    dialog.rows["byline"].check.click()
    assert dialog.correction() == Correction({"byline": ()})
    assert dialog.told.text() == "1 of 3 articles would change."


def test_a_typed_date_is_certain_unless_it_is_called_a_guess(dialog):
    edit(dialog, "published_at").setText("15.03.2026")
    assert dialog.correction() == Correction({"published_at": "2026-03-15", "date_is_guess": False})
    dialog.guess.button("guess").click()
    assert dialog.correction().fields["date_is_guess"] is True
    edit(dialog, "published_at").setText("2026-03-14")
    dialog.guess.button("certain").click()
    assert dialog.correction() == Correction({"date_is_guess": False})


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [("published_at", "вчера", "Not a date."), ("language", "??", "Not a language.")],
)
def test_what_cannot_be_is_said_and_not_applied(dialog, name, text, words):
    edit(dialog, name).setText(text)
    assert dialog.correction() is None
    assert dialog.told.text().startswith(words)
    assert not dialog.apply.isEnabled()


def test_names_note_and_collection(dialog, qtbot):
    edit(dialog, "byline").setText("Ирина Сомова; 山田  太郎 ;")
    dialog.collection.setText(" Река/Мост/ ")
    dialog.note.setPlainText("Проверено.\n")
    assert dialog.correction() == Correction(
        {"byline": ("Ирина Сомова", "山田 太郎")}, collection="Река/Мост", note="Проверено."
    )
    with qtbot.waitSignal(dialog.apply_requested):
        qtbot.keyClick(dialog.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_languages_are_proposed_by_code_and_name(dialog):
    assert [one.value for one in dialog._languages("ja")] == ["ja"]
    assert [one.value for one in dialog._languages("ukr")] == ["uk"]
    assert dialog._languages("")[0].value == "ru"


def test_a_hundred_thousand_articles_are_counted_between_two_keys():
    many = Several([ARTICLES[n % 3] for n in range(100_000)], {}, TAGS)
    begun = time.perf_counter()
    assert many.changed_by(Correction({"language": "ru"}, add_tags=("новая",))) == 100_000
    assert many.changed_by(Correction({"publisher": "Листок"})) == 0
    assert time.perf_counter() - begun < 2  # on a busy machine; about a tenth of a second on an idle one
