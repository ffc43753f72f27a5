"""Pages fetched by the window from a site of this machine; nothing is fetched unasked."""

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication

from desktop.store import articles
from desktop.ui.importing.addresses import AddressDialog
from tests.sites import Site, says
from tests.windows import SLOW, open_window

__all__ = ["open_window"]

WORDS = "<p>Мост закроют на шесть недель, а паром откроют раньше, обещает город жителям.</p>" * 6


@pytest.fixture
def site():
    found = Site()
    for name in ("bridge", "ferry"):
        page = f"<html><head><title>{name}</title></head><body><article>{WORDS}{name}</article></body></html>"
        found.pages[f"/{name}"] = says(page.encode(), Content_Type="text/html; charset=utf-8")
    yield found
    found.close()


@pytest.fixture
def window(open_window, archive_path):
    return open_window(archive_path)


def count(window):
    return articles.count(window.session.archive, articles.ArticleFilter())


def dialogs(window):
    return window.findChildren(AddressDialog)


def told(window, words):
    return lambda: any(words in one for one in window.messages.told)


def test_a_pasted_address_is_offered_and_fetched_on_the_word(qtbot, window, site):
    QGuiApplication.clipboard().setText(f"{site.address}/bridge\n")
    window.files.paste()
    assert window.messages.told[-1] == f"Fetch the page {site.address}/bridge?"
    assert site.asked == []
    window.notice.act()
    qtbot.waitUntil(told(window, "1 added."), timeout=SLOW)
    assert count(window) == 1


def test_an_address_dropped_from_a_browser_is_offered(window, site):
    data = QMimeData()
    data.setUrls([QUrl(f"{site.address}/bridge")])
    assert window.files.drop(data)
    assert window.messages.told[-1] == f"Fetch the page {site.address}/bridge?"
    assert site.asked == []


def test_the_command_begins_with_the_address_that_was_copied(qtbot, window, site):
    QGuiApplication.clipboard().setText(f"{site.address}/ferry")
    window.actions_["import_address"].trigger()
    dialog = dialogs(window)[0]
    assert dialog.lines.toPlainText() == f"{site.address}/ferry"
    dialog.lines.setPlainText(f"{site.address}/ferry\n{site.address}/nothing\n{site.address}/bridge")
    dialog.fetch.click()
    qtbot.waitUntil(told(window, "2 added, 1 could not be imported."), timeout=SLOW)
    assert count(window) == 2


def test_words_on_the_clipboard_are_no_address(window):
    QGuiApplication.clipboard().setText("see https://a.example/ for more")
    window.actions_["import_address"].trigger()
    assert dialogs(window)[0].lines.toPlainText() == ""
