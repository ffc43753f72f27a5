"""The main story through the real window, keys first: from files to an exported set, and back again."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desktop.core.selection import Selection
from desktop.store import annotations, articles, people
from desktop.ui.exporting.dialog import ExportChoice, ExportDialog
from desktop.ui.library.places import Place
from tests.windows import SLOW, Heartbeat, open_window, settled

__all__ = ["open_window"]

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ARTICLE = """<!doctype html><html lang="ru"><head><meta charset="utf-8">
<title>Мост закроют на шесть недель</title><meta name="author" content="Ирина Сомова"></head>
<body><article><h1>Мост закроют на шесть недель</h1>
<p>Администрация подтвердила, что около 450 компаний делают дроны для города, и это не предел.</p>
<p>«Мы нашли трещины в двух опорах из семи», — сказала главный инженер Марина Ветрова. Она добавила,
что беспилотники осмотрят каждую опору моста до конца недели, а отчёт опубликуют в понедельник.</p>
</article></body></html>"""
NOTE = "Ferry to open early\n\nThe council will open the ferry ten days early, the mayor said on Friday.\n"


@pytest.fixture
def sources(tmp_path):
    folder = tmp_path / "to import"
    folder.mkdir()
    (folder / "bridge.html").write_text(ARTICLE, "utf-8")
    (folder / "ferry.txt").write_text(NOTE, "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    return folder


def press(qtbot, window, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(window.focusWidget() or window, key, modifier)


def select(window, words):
    start = window.reading.reader.text.index(words)
    window.reading.reader.setFocus()
    window.reading.reader.select(start, start + len(words))


def marks(window):
    return annotations.annotations_of(window.session.archive, window.reading.article_id)


def import_folder(qtbot, window, folder):
    with qtbot.waitSignal(window.files.imported, timeout=SLOW):
        window.files.import_paths([folder])
    settled(qtbot, window)
    qtbot.waitUntil(lambda: window.library.model.rowCount() == 2, timeout=SLOW)


def open_russian(qtbot, window):
    found = articles.article_ids(window.session.archive, articles.ArticleFilter(language="ru"))
    window.library.choose(found[0])
    settled(qtbot, window)
    return found[0]


def mark_quote(qtbot, window):
    select(window, "Мы нашли трещины в двух опорах из семи")
    press(qtbot, window, Qt.Key.Key_Q)
    qtbot.waitUntil(lambda: len(marks(window)) == 1 and window.reading.inspector.editing() is not None)
    assert isinstance(window.focusWidget(), QLineEdit), "the speaker is asked for"
    qtbot.keyClicks(window.focusWidget(), "Marina Vetrova")
    press(qtbot, window, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: marks(window)[0].speaker_id is not None)


def mark_claim_with_tag(qtbot, window):
    select(window, "около 450 компаний делают дроны")
    press(qtbot, window, Qt.Key.Key_C)
    qtbot.waitUntil(lambda: len(marks(window)) == 2 and window.reading.inspector.editing() is not None)
    press(qtbot, window, Qt.Key.Key_Return, CONTROL)
    window.reading.reader.setFocus()
    press(qtbot, window, Qt.Key.Key_T)
    window.palette_.field.insert("оборона/дроны")
    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(mark.tag_ids for mark in marks(window)))


def search(qtbot, window, query):
    press(qtbot, window, Qt.Key.Key_F, CONTROL)
    window.searching.field.edit.setText(query)
    qtbot.waitUntil(
        lambda: window.searching.answer is not None and window.searching.answer.result.query == query,
        timeout=SLOW,
    )
    return window.searching.answer.result


def test_import_mark_tag_search_jump_export_reopen_undo(qtbot, open_window, tmp_path, sources, monkeypatch):
    window = open_window(indexed=True)
    with qtbot.waitSignal(window.session.opened, timeout=SLOW):
        window.files.create(tmp_path / "Мост.pressmark")
    settled(qtbot, window)

    import_folder(qtbot, window, sources)
    assert any("could not be imported" in words for words in window.messages.told)

    article_id = open_russian(qtbot, window)
    mark_quote(qtbot, window)
    mark_claim_with_tag(qtbot, window)
    first = marks(window)
    assert [str(mark.kind) for mark in first] == ["claim", "quote"]
    assert people.find_person(window.session.archive, "Marina Vetrova") is not None

    qtbot.waitUntil(lambda: window.indexer.ready, timeout=SLOW)
    assert search(qtbot, window, "дрон").total >= 1, "any form of the word"
    assert search(qtbot, window, "беспилотник").total == 1
    press(qtbot, window, Qt.Key.Key_Return)
    assert window.reading.article_id == article_id and window.reading.has_hits
    start, end = window.searching.pane.model.hits_in(article_id)[0].matches[0]
    assert window.reading.reader.text[start:end] == "беспилотники"

    target = tmp_path / "out" / "bridge.jsonld"
    target.parent.mkdir()
    choice = ExportChoice("jsonld", Selection(articles=(article_id,)), target)
    monkeypatch.setattr(ExportDialog, "ask", lambda *_: choice)
    window.actions_["export"].trigger()
    qtbot.waitUntil(lambda: any("Exported" in words for words in window.messages.told), timeout=SLOW)
    exported = json.loads(target.read_text("utf-8"))
    assert "Мы нашли трещины" in json.dumps(exported, ensure_ascii=False)

    window.close()
    again = open_window(tmp_path / "Мост.pressmark")
    again.library.choose(article_id)
    settled(qtbot, again)
    assert marks(again) == first
    assert again.actions_["undo"].text() == "&Undo Tag annotation"
    for left in (["quote", "claim"], ["quote"]):
        with qtbot.waitSignal(again.session.changed, timeout=SLOW):
            press(qtbot, again, Qt.Key.Key_Z, CONTROL)
        assert {str(mark.kind) for mark in marks(again)} == set(left)
    with qtbot.waitSignal(again.session.changed, timeout=SLOW):
        press(qtbot, again, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert len(marks(again)) == 2


def test_two_windows_on_one_archive_see_each_others_marks(qtbot, open_window, tmp_path, sources):
    one = open_window()
    with qtbot.waitSignal(one.session.opened, timeout=SLOW):
        one.files.create(tmp_path / "Shared.pressmark")
    settled(qtbot, one)
    import_folder(qtbot, one, sources)
    article_id = open_russian(qtbot, one)
    two = open_window(tmp_path / "Shared.pressmark")
    two.library.choose(article_id)
    settled(qtbot, two)
    with qtbot.waitSignal(one.session.stirred, timeout=SLOW):
        two.reading._mark("highlight", [(0, 4)])
    assert marks(one) == marks(two) != []
    with qtbot.waitSignal(two.session.stirred, timeout=SLOW):
        one.session.undo()
    assert marks(one) == marks(two) == []


def test_the_window_stays_alive_while_files_come_in(qtbot, open_window, tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(120):
        text = f"Report {number}\n\n" + f"The ferry of day {number} was late, said the mayor of River. " * 40
        (folder / f"{number}.txt").write_text(text, "utf-8")
    window = open_window()
    with qtbot.waitSignal(window.session.opened, timeout=SLOW):
        window.files.create(tmp_path / "Many.pressmark")
    settled(qtbot, window)
    with Heartbeat() as heart, qtbot.waitSignal(window.files.imported, timeout=60_000):
        window.files.import_paths([folder])
    settled(qtbot, window)
    qtbot.waitUntil(lambda: window.library.model.rowCount() == 120)
    assert heart.beats > 20, "the window went on; the bench measures how evenly"


def test_an_import_can_be_stopped_and_keeps_what_it_did(qtbot, open_window, tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(400):
        (folder / f"{number}.txt").write_text(
            f"Report {number}\n\nThe ferry was late again, it is said.", "utf-8"
        )
    window = open_window()
    with qtbot.waitSignal(window.session.opened, timeout=SLOW):
        window.files.create(tmp_path / "Stopped.pressmark")
    settled(qtbot, window)
    window.files.import_paths([folder])
    qtbot.waitUntil(lambda: window.status.words.startswith("Importing"), timeout=SLOW)
    for job in window.session.free.jobs:
        window.status.cancel_requested.emit(job.number)
    qtbot.waitUntil(lambda: not window.status.busy, timeout=SLOW)
    kept = articles.count(window.session.archive)
    assert kept < 400
    assert window.messages.told
    assert window.library.navigation.place == Place("all")


def test_a_pasted_text_becomes_an_article(qtbot, open_window, tmp_path, qapp):
    window = open_window()
    with qtbot.waitSignal(window.session.opened, timeout=SLOW):
        window.files.create(tmp_path / "Paste.pressmark")
    settled(qtbot, window)
    qapp.clipboard().setText(NOTE)
    with qtbot.waitSignal(window.files.imported, timeout=SLOW):
        press(qtbot, window, Qt.Key.Key_V, CONTROL)
    qtbot.waitUntil(lambda: window.reading.article_id is not None)
    assert "ten days early" in window.reading.reader.text
    assert window.middle.currentWidget() is window.reading.reader
    assert Path(tmp_path / "Paste.pressmark").stat().st_size > 0
