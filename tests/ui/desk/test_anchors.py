"""A page is imported again, edited: its marks wait for a person, or stay listed with their words."""

import pytest
from PySide6.QtCore import Qt

from desktop.core.anchors import AnchorState
from desktop.core.progress import Progress
from desktop.operations import marking
from desktop.operations.importing import import_paths
from desktop.store import annotations, articles
from desktop.store.archive import open_archive
from tests.windows import SLOW, open_window

__all__ = ["open_window"]
BEFORE = "Мост через Каменку закроют для грузового движения с 16 марта по 27 апреля."
AFTER = "Мост через Каменку закроют для грузового движения с 20 марта по 30 апреля включительно."
GONE = "Паром сможет перевозить сто сорок грузовых машин в сутки."
REST = "Администрация города подтвердила, что обследование опор заняло девять дней. " * 6


def page(*paragraphs):
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    address = '<link rel="canonical" href="https://listok.example/most-zakroyut">'
    return f"<html lang=ru><head><title>Мост</title>{address}</head><body><article><h1>Мост</h1>{body}"


@pytest.fixture
def path(archive_path, tmp_path):
    file = tmp_path / "most.html"
    file.write_text(page(REST, BEFORE, GONE), "utf-8")
    with open_archive(archive_path) as archive:
        article = import_paths(archive, [file], Progress()).lines[0].article
        marking.mark_words(archive, article, "quote", BEFORE, speaker="Ветрова")
        marking.mark_words(archive, article, "claim", GONE)
        file.write_text(page(REST, AFTER, "Других новостей нет."), "utf-8")
        assert import_paths(archive, [file], Progress()).lines[0].article == article
    return archive_path


@pytest.fixture
def window(open_window, path):
    return open_window(path)


def placed(window):
    return {one.annotation.kind: one for one in window.reading.inspector._placements.values()}


def quote(window):
    return placed(window)["quote"]


def test_an_unsure_quote_is_confirmed_by_enter_and_undone(qtbot, window):
    assert quote(window).state is AnchorState.FUZZY
    inspector = window.reading.inspector
    inspector.choose(quote(window).annotation.id)
    inspector.list.setFocus()
    with qtbot.waitSignal(window.session.changed, timeout=SLOW):
        qtbot.keyClick(inspector.list, Qt.Key.Key_Return)
    archive = window.session.archive
    kept = annotations.annotation(archive, quote(window).annotation.id)
    assert kept.capture_id == articles.article(archive, kept.article_id).current_capture
    assert "20 марта" in kept.exact and quote(window).state is AnchorState.EXACT
    assert window.messages.told[-1] == "The mark is confirmed here."
    with qtbot.waitSignal(window.session.changed, timeout=SLOW):
        window.notice.act()
    assert quote(window).state is AnchorState.FUZZY and quote(window).annotation.exact == BEFORE


def test_an_orphan_stays_listed_until_its_words_are_shown(qtbot, window):
    lost = placed(window)["claim"]
    assert lost.state is AnchorState.ORPHAN and lost.annotation.exact == GONE
    inspector, reader = window.reading.inspector, window.reading.reader
    inspector.anchor_move_requested.emit(lost.annotation.id)
    assert window.messages.told[-1].startswith("Select the right words")
    start = reader.text.index("Других новостей нет.")
    reader.select(start, start + 20)
    with qtbot.waitSignal(window.session.changed, timeout=SLOW):
        inspector.anchor_move_requested.emit(lost.annotation.id)
    assert placed(window)["claim"].annotation.exact == "Других новостей нет."
