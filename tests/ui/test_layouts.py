"""Keys by their place on the keyboard, whatever letters a layout puts on them."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from desktop.ui.layouts import latin, letter

_NONE, _CTRL, _SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def pressed(sign, held=_NONE):
    return QKeyEvent(QEvent.Type.KeyPress, ord(sign.upper()), held, sign)


@pytest.mark.parametrize(
    ("sign", "held", "meant"),
    [
        ("ь", _NONE, "M"),
        ("і", _NONE, "S"),
        ("ы", _NONE, "S"),
        ("л", _CTRL, "Ctrl+K"),
        ("є", _NONE, "'"),
        ("б", _CTRL, "Ctrl+,"),
        ("е", _CTRL | _SHIFT, "Ctrl+Shift+T"),
        ("/", _SHIFT, "/"),
    ],
)
def test_a_cyrillic_letter_means_the_latin_one_of_its_key(sign, held, meant):
    assert latin(pressed(sign, held)).toString() == meant


@pytest.mark.parametrize("sign", ["m", "/", "7", "水"])
def test_other_keys_mean_themselves(sign):
    assert latin(pressed(sign)) is None
    assert letter(pressed(sign)) == sign.upper()


def test_keys_without_a_sign_mean_nothing_here():
    arrow = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, _NONE)
    assert latin(arrow) is None and letter(arrow) == ""
