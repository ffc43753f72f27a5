"""Details of several articles from the list; of one in the inspector."""

import shutil
from pathlib import Path

import pytest

from desktop.operations.importing import import_text
from desktop.store import articles
from desktop.store.archive import open_archive
from desktop.ui.several.dialog import SeveralDialog
from tests.archives import DRONES, FLOOD, add
from tests.windows import open_window

__all__ = ["open_window"]


@pytest.fixture
def window(open_window, empty_archive, tmp_path, qtbot):
    path = Path(shutil.copy(empty_archive, tmp_path / "River.pressmark"))
    with open_archive(path) as archive:
        add(archive, FLOOD, publisher="Вести", language="ru")
        add(archive, DRONES, publisher="The Times", language="en")
        import_text(archive, "Третья заметка\n\nПаром откроют раньше.")
    window = open_window(path)
    qtbot.waitUntil(lambda: window.reading.article_id is not None)
    return window


def publishers(window):
    return sorted(filter(None, articles.publishers(window.session.archive)))


def test_several_are_corrected_in_a_form_and_undone_at_once(qtbot, window):
    window.library.pane.view.selectAll()
    qtbot.waitUntil(lambda: window.library.chosen_count == 3)
    window.actions_["edit_details"].trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(SeveralDialog)))
    dialog = window.findChildren(SeveralDialog)[0]
    dialog.rows["publisher"].edit.setText("Вестник")
    dialog.apply.click()
    qtbot.waitUntil(lambda: publishers(window) == ["Вестник"])
    qtbot.waitUntil(lambda: window.messages.told[-1:] == ["Details changed: 3 articles."])
    window.notice.act()
    qtbot.waitUntil(lambda: publishers(window) == ["The Times", "Вести"])


def test_one_is_corrected_in_the_inspector(qtbot, window):
    window.actions_["edit_details"].trigger()
    page = window.reading.inspector._article_page
    qtbot.waitUntil(page.title.hasFocus)
    assert window.findChildren(SeveralDialog) == []
