"""Reading an original again in the window, with a real child process."""

import shutil
from pathlib import Path

import pytest

from desktop.core.extraction import Options
from desktop.core.progress import Progress
from desktop.operations import marking
from desktop.operations.importing import import_paths
from desktop.operations.rereading import Preview
from desktop.store import articles, captures
from desktop.store.archive import open_archive
from tests.windows import SLOW, open_window

__all__ = ["open_window"]

TEXT = (
    "Паром вместо моста\n\nThe bridge over the Kamenka is closed for six weeks. "
    "Мост закроют на шесть недель, а паром откроют раньше."
)


@pytest.fixture
def window(open_window, empty_archive, tmp_path, qtbot):
    path = Path(shutil.copy(empty_archive, tmp_path / "River.pressmark"))
    note = tmp_path / "note.txt"
    note.write_bytes(TEXT.encode("koi8-r"))
    with open_archive(path) as archive:
        report = import_paths(archive, [note], Progress(), options=Options(encoding="cp1251"))
        marking.mark_words(archive, report.lines[0].article, "quote", "bridge over the Kamenka is closed")
    window = open_window(path)
    qtbot.waitUntil(lambda: window.reading.article_id is not None)
    return window


def test_a_misread_article_is_read_again_and_undone(qtbot, window):
    window.actions_["reread"].trigger()
    qtbot.waitUntil(lambda: window.rereading.dialog is not None)
    dialog = window.rereading.dialog
    assert not dialog.encodings.isHidden()
    dialog.choose("koi8-r")
    options = Options(encoding="koi8-r")
    qtbot.waitUntil(lambda: isinstance(dialog._known.get(options), Preview), timeout=SLOW)
    assert "Паром вместо моста" in dialog.facts.text()
    assert captures.count_of(window.session.archive, window.reading.article_id) == 1
    dialog.apply.click()
    qtbot.waitUntil(lambda: "Мост закроют" in window.reading.reader.text, timeout=SLOW)
    assert window.rereading.dialog is None
    qtbot.waitUntil(lambda: window.messages.told[-1:] == ["Read again as KOI8-R. Its mark stays."])
    article = articles.article(window.session.archive, window.reading.article_id)
    assert article.metadata.title == "Паром вместо моста"
    window.notice.act()
    qtbot.waitUntil(lambda: "Мост закроют" not in window.reading.reader.text)


def test_closing_the_dialog_does_not_wait_for_its_process(qtbot, window):
    window.actions_["reread"].trigger()
    qtbot.waitUntil(lambda: window.rereading.dialog is not None)
    window.rereading.dialog.close()
    assert window.rereading.dialog is None
    qtbot.waitUntil(lambda: not window.rereading._ending, timeout=SLOW)
