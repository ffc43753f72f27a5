"""The pages of an article in the window: turned to, drawn by a child, marked, recognised."""

import shutil
import sys
from types import SimpleNamespace

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.core.document import Block, BlockKind, Document
from desktop.core.errors import Cancelled, ImportFailed
from desktop.core.records import Changes
from desktop.operations import marking
from desktop.store import annotations, articles, captures, pages
from desktop.store.archive import open_archive
from desktop.store.history import operation
from tests.archives import FLOOD, add
from tests.paged import book, keep, pictured, printed
from tests.windows import SLOW, open_window, settled

__all__ = ["open_window"]
KEY = Qt.Key


@pytest.fixture(scope="session")
def made(qapp):
    from desktop.ui.theme import Theme

    return book(4, Theme(qapp))


@pytest.fixture
def scan(theme):
    return printed([["скан"] * 5, ["без слов"] * 5], theme, title="Скан", words=False)


@pytest.fixture
def ids(archive_path, made, scan):
    with open_archive(archive_path) as archive:
        found = {"text": add(archive, FLOOD), "book": keep(archive, made), "scan": keep(archive, scan)}
        marking.mark(archive, found["book"], "quote", [(4, 15)])
    return found


@pytest.fixture
def window(open_window, archive_path, ids, tesseract):
    return open_window(archive_path)


def show(qtbot, window, article):
    window.library.choose(article)
    qtbot.waitUntil(lambda: window.reading.article_id == article, timeout=SLOW)
    settled(qtbot, window)


def crisp(qtbot, window):
    reader = window.reading.reader
    qtbot.waitUntil(lambda: reader.shows_pages and reader.pages.crisp, timeout=SLOW)
    return reader.pages


def press(window, key, held=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(window.focusWidget(), key, held)


@pytest.fixture
def pages_in_front(qtbot, window, ids):
    show(qtbot, window, ids["book"])
    window.reading.reader.setFocus()
    press(window, KEY.Key_P)
    return crisp(qtbot, window)


def test_p_turns_to_the_pages_and_back(qtbot, window, pages_in_front):
    reader = window.reading.reader
    assert window.focusWidget() is pages_in_front and reader.header.switch.value() == "pages"
    assert len(pages_in_front.scene.marks.marks) == 1
    press(window, KEY.Key_P)
    assert reader.sheet is reader.page and window.focusWidget() is reader.page
    assert reader.header.switch.value() == "text" and reader.header.number.isHidden()


def cyrillic(window, letter):
    code, plain = ord(letter.upper()), Qt.KeyboardModifier.NoModifier
    QTest.sendKeyEvent(QTest.KeyAction.Click, window.focusWidget(), Qt.Key(code), letter, plain)


def test_letters_act_on_pages_in_a_cyrillic_layout(qtbot, window, ids, pages_in_front):
    window.reading.reader.select(16, 28)
    with qtbot.waitSignal(window.session.changed, timeout=SLOW):
        cyrillic(window, "р")
    assert len(annotations.annotations_of(window.session.archive, ids["book"])) == 2
    cyrillic(window, "з")
    assert window.reading.reader.sheet is window.reading.reader.page


def test_only_articles_with_pages_offer_them(qtbot, window, ids):
    show(qtbot, window, ids["text"])
    reader, action = window.reading.reader, window.actions_["turn_pages"]
    assert not action.isEnabled() and (reader.header.switch is None or reader.header.switch.isHidden())
    show(qtbot, window, ids["book"])
    assert action.isEnabled() and not reader.header.switch.isHidden()
    assert not window.actions_["fit_page"].isEnabled()


def test_a_mark_made_on_a_page_is_in_the_text_too(qtbot, window, ids, pages_in_front):
    reader = window.reading.reader
    reader.select(16, 28)
    with qtbot.waitSignal(window.session.changed, timeout=SLOW):
        press(window, KEY.Key_H)
    kept = annotations.annotations_of(window.session.archive, ids["book"])
    assert [(one.spans[0].start, one.spans[0].end) for one in kept] == [(4, 15), (16, 28)]
    assert len(pages_in_front.scene.marks.marks) == 2
    press(window, KEY.Key_P)
    assert len(reader.page.scene.marks.marks) == 2
    with qtbot.waitSignal(window.session.changed, timeout=SLOW):
        window.actions_["undo"].trigger()
    window.reading.pages.turn(True)
    assert len(pages_in_front.scene.marks.marks) == 1


def test_choosing_a_mark_in_the_inspector_shows_it_on_its_page(qtbot, window, ids, made, pages_in_front):
    at = made.document.text.index("4.7")
    with qtbot.waitSignal(window.session.changed, timeout=SLOW):
        window.tools.run(marking.mark, ids["book"], "claim", [(at, at + 9)])
    mark = max(pages_in_front.scene.marks.marks, key=lambda one: one.start)
    window.reading.inspector.annotation_chosen.emit(mark.id)
    assert pages_in_front.page == 3 and window.reading.reader.focused_annotation() == mark.id


def test_what_was_in_front_stays_so_for_each_article(qtbot, window, ids, pages_in_front):
    pages_in_front.go_to_page(2)
    place = pages_in_front.place()
    show(qtbot, window, ids["text"])
    assert window.reading.reader.sheet is window.reading.reader.page
    show(qtbot, window, ids["book"])
    view = crisp(qtbot, window)
    assert view.place() == place and view.page == 2


def test_a_hit_comes_before_the_place_that_was_left(qtbot, window, ids, made, pages_in_front):
    pages_in_front.go_to_page(1)
    show(qtbot, window, ids["text"])
    at = made.document.text.index("4.9 ")
    window.library.choose(ids["book"])
    window.reading.go_to(at, at + 4)
    view = crisp(qtbot, window)
    qtbot.waitUntil(lambda: view.page == 3)
    assert view.viewport().rect().intersects(view.rects(at, at + 3)[0])


def test_the_child_ends_with_the_article(qtbot, window, ids, pages_in_front):
    renderer = window.reading.pages._renderer
    child = psutil.Process(renderer._child._process.pid)
    show(qtbot, window, ids["text"])
    qtbot.waitUntil(lambda: not renderer._thread.is_alive(), timeout=SLOW)
    assert not child.is_running() and window.reading.pages._renderer is None


def test_pages_are_made_ready_while_the_text_is_read(qtbot, window, ids):
    show(qtbot, window, ids["book"])
    desk = window.reading.pages
    qtbot.waitUntil(lambda: desk._renderer is not None and desk._map is not None, timeout=SLOW)
    desk.turn(True)
    assert window.reading.reader.shows_pages


def test_a_number_goes_to_its_page(qtbot, window, pages_in_front):
    press(window, KEY.Key_G, Qt.KeyboardModifier.ControlModifier)
    field = window.palette_.field
    for words, label in (("9", "There is no page “9”: they are numbered 1 to 4"), ("3", "Go to page 3")):
        field.setText(words)
        assert window.palette_.model.entry(window.palette_.view.currentIndex()).label == label
    window.palette_.accept()
    assert pages_in_front.page == 2 and window.reading.reader.header.number.text() == "3 / 4"


def test_keys_make_pages_larger_and_fit_them_again(window, pages_in_front):
    usual = pages_in_front.zoom
    for name in ("larger_text", "larger_text", "smaller_text"):
        window.actions_[name].trigger()
    assert pages_in_front.zoom == pytest.approx(usual * 1.2)
    window.actions_["fit_page"].trigger()
    assert pages_in_front.zoom < usual
    window.actions_["usual_text"].trigger()
    assert pages_in_front.zoom == usual


def test_a_file_that_is_gone_is_told_and_the_text_stays(qtbot, open_window, archive_path, ids):
    with open_archive(archive_path) as archive, operation(archive, "Break"):
        capture = articles.article(archive, ids["book"]).current_capture
        archive.run("UPDATE captures SET original = NULL WHERE id = ?", (capture,))
    window = open_window(archive_path)
    show(qtbot, window, ids["book"])
    window.reading.pages.turn(True)
    qtbot.waitUntil(lambda: bool(window.messages.told), timeout=SLOW)
    assert "no original" in window.messages.told[-1]
    assert window.reading.reader.header.switch.value() == "text" and window.messages.faults == []


# Pages without words


@pytest.fixture
def tesseract(monkeypatch):
    """Stands for ``operations.recognising``: knows three languages, and does what the test says."""
    asked = []

    def recognise(archive, article_id, languages, progress):
        asked.append((article_id, languages))
        return fake.work(archive, article_id, progress)

    fake = SimpleNamespace(
        asked=asked,
        work=lambda *_: None,
        recognise=recognise,
        languages_available=lambda: ("deu", "eng", "rus"),
        suggested_languages=lambda *_: "rus+eng",
    )
    monkeypatch.setitem(sys.modules, "desktop.operations.recognising", fake)
    return fake


def offered(qtbot, window, scan):
    show(qtbot, window, scan)
    desk = window.reading.pages
    desk._offer_words()  # the window may have opened it before the test had its say
    qtbot.waitUntil(lambda: desk._offer is not None and not window.session.free.jobs, timeout=SLOW)
    return desk._offer


def test_a_scan_opens_as_pages_and_says_why(qtbot, window, ids, tesseract):
    offer = offered(qtbot, window, ids["scan"])
    crisp(qtbot, window)
    assert offer.isVisible() and offer.words.startswith("This PDF has no text of its own.")
    assert offer.offers and offer.chosen == "rus+eng"
    assert window.reading.reader.header.switch is None or window.reading.reader.header.switch.isHidden()
    show(qtbot, window, ids["book"])
    assert offer.isHidden()


def test_without_tesseract_it_is_told_how_to_get_it(qtbot, window, ids, tesseract):
    tesseract.languages_available = lambda: ()
    offer = offered(qtbot, window, ids["scan"])
    assert not offer.offers and "install the free program Tesseract" in offer.words


def add_words(archive, article_id, made):
    """What recognising does: a further capture of the same file, with words."""
    before = articles.article(archive, article_id).current_capture
    old = captures.capture(archive, before)
    text = Document((Block(BlockKind.PARAGRAPH, " ".join(["скан"] * 5)),))
    with operation(archive, "Recognise words") as step:
        capture = captures.add_capture(
            archive, article_id, text, original=old.original, extractor="ocr/1", encoding=None, source=""
        )
        pages.add_pages(archive, capture, made.map)
        articles.set_current_capture(archive, article_id, capture)
    return step.changes


def test_recognised_words_are_opened(qtbot, window, ids, scan, tesseract, theme):
    with_words = printed([["скан"] * 5], theme)
    tesseract.work = lambda archive, article_id, _: add_words(archive, article_id, with_words)
    offer = offered(qtbot, window, ids["scan"])
    offer.choose(["deu"])
    offer.button.click()
    assert not offer.offers and "being recognised" in offer.words
    reader = window.reading.reader
    qtbot.waitUntil(lambda: reader.text.startswith("скан скан"), timeout=SLOW)
    assert tesseract.asked == [(ids["scan"], "deu")]
    view = crisp(qtbot, window)
    assert offer.isHidden() and not reader.header.switch.isHidden()
    reader.select(0, 4)
    assert view.selected_points() == (0, 4)
    qtbot.waitUntil(lambda: "recognised" in "".join(window.messages.told[-1:]), timeout=SLOW)


@pytest.mark.parametrize("error", [Cancelled(), ImportFailed("Скан", "timeout")])
def test_recognising_that_ends_early_can_be_begun_again(qtbot, window, ids, tesseract, error):
    def fail(*_):
        raise error

    tesseract.work = fail
    offer = offered(qtbot, window, ids["scan"])
    offer.button.click()
    qtbot.waitUntil(lambda: offer.offers, timeout=SLOW)
    assert window.messages.told[-1] and window.messages.faults == []


def test_pictures_without_words_leave_the_offer_and_nothing_to_undo(qtbot, window, ids, scan, tesseract):
    tesseract.work = lambda *_: Changes()
    offer = offered(qtbot, window, ids["scan"])
    offer.button.click()
    qtbot.waitUntil(lambda: offer.offers, timeout=SLOW)
    assert "No words were found" in window.messages.told[-1]
    assert window.notice._button.isHidden()


def test_words_that_may_be_wrong_can_be_recognised_anew(qtbot, window, ids, tesseract, pages_in_front):
    window.actions_["recognise"].trigger()
    desk = window.reading.pages
    qtbot.waitUntil(lambda: desk._offer is not None and desk._offer.offers, timeout=SLOW)
    assert "read anew" in desk._offer.words


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed here")
def test_a_scanned_file_is_imported_read_as_pages_recognised_and_marked(
    qtbot, open_window, archive_path, tmp_path, theme
):
    (tmp_path / "scan.pdf").write_bytes(pictured(["The bridge was closed", "for six weeks in March."], theme))
    window = open_window(archive_path)
    window.files.import_paths([tmp_path / "scan.pdf"])
    view, reader = None, window.reading.reader
    qtbot.waitUntil(lambda: reader.shows_pages, timeout=3 * SLOW)
    view = crisp(qtbot, window)
    offer = window.reading.pages._offer
    qtbot.waitUntil(lambda: offer.offers, timeout=SLOW)
    offer.choose(["eng"])
    offer.button.click()
    qtbot.waitUntil(lambda: "bridge" in reader.text, timeout=3 * SLOW)
    crisp(qtbot, window)
    at = reader.text.index("bridge")
    box = view.rects(at, at + 6)[0]
    assert box.height() < 40 and box.left() > 100 and view.offset_at(box.center()) in range(at, at + 7)
    reader.select(at, at + 6)
    reader.setFocus()
    with qtbot.waitSignal(window.session.changed, timeout=SLOW):
        press(window, KEY.Key_H)
    assert [mark.annotation.exact for mark in view.scene.marks.marks] == ["bridge"]
    assert window.messages.faults == []
