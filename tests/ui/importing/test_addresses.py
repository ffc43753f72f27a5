"""Addresses as people type and paste them; nothing is asked for before the button is pressed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.ui.importing.addresses import AddressDialog, bare_addresses, is_address, page_addresses

BRIDGE = "https://listok.example/2026/03/bridge?page=2#top"


@pytest.fixture
def window(qtbot):
    """Dialogs delete themselves when they close; their window outlives them."""
    found = QWidget()
    qtbot.addWidget(found)
    return found


@pytest.fixture
def dialog(window):
    found = AddressDialog("", window)
    found.show()
    return found


@pytest.mark.parametrize(
    "text", [BRIDGE, "http://пример.рф/мост", "http://127.0.0.1:8000/", "https://日本.jp/記事"]
)
def test_what_is_an_address(text):
    assert is_address(text)
    assert bare_addresses(f"  {text}\n") == [text]


@pytest.mark.parametrize(
    "text", ["", "мост", "ftp://a.example/x", "file:///etc/passwd", "https://", "javascript:alert(1)",
             "https://a.example/x y", "https://[::1", "https://a.example:99999999/", "see https://a.example/"]
)  # fmt: skip
def test_what_is_none(text):
    assert not is_address(text)
    assert bare_addresses(text) == []


def test_lines_are_addresses_once_each_and_https_where_none_is_said():
    found, others = page_addresses(f"{BRIDGE}\n\n listok.example/мост \n{BRIDGE}\nпросто слова\n")
    assert found == [BRIDGE, "https://listok.example/мост"]
    assert others == ["просто слова"]


def test_the_dialog_says_what_it_makes_of_the_lines(dialog):
    assert not dialog.fetch.isEnabled()
    dialog.lines.setPlainText(f"{BRIDGE}\nlistok.example")
    assert dialog.told.text().startswith("2 pages")
    assert dialog.fetch.isEnabled()
    dialog.lines.setPlainText(f"{BRIDGE}\nне адрес")
    assert dialog.told.text() == "“не адрес” is not the address of a page."
    assert not dialog.fetch.isEnabled()
    dialog.lines.setPlainText("\n".join(f"https://a.example/{n}" for n in range(201)))
    assert dialog.told.text() == "At most 200 at once."


def test_enter_fetches_and_shift_enter_begins_a_line(dialog, qtbot):
    qtbot.keyClicks(dialog.lines, "a.example/1")
    qtbot.keyClick(dialog.lines, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(dialog.lines, "a.example/2")
    with qtbot.waitSignal(dialog.fetch_requested) as asked:
        qtbot.keyClick(dialog.lines, Qt.Key.Key_Return)
    assert asked.args == [["https://a.example/1", "https://a.example/2"]]
    assert not dialog.isVisible()
