"""Shortcuts are places on the keyboard: they work while a Russian or Ukrainian layout is on."""

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

# Each Cyrillic letter and the sign on the same key of the American layout.
_TWINS = dict(
    zip("ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁІЇЄ", "QWERTYUIOP[]ASDFGHJKL;'ZXCVBNM,.`S]'", strict=True)
)
_SHIFT = Qt.KeyboardModifier.ShiftModifier


def letter(event: QKeyEvent) -> str:
    """The capital letter or sign that a key stands for, in Latin; empty for keys without one."""
    key = event.key()
    sign = chr(key) if 0x20 < key < 0x10000 else event.text().upper()
    return _TWINS.get(sign, sign if sign.isprintable() else "")


def latin(event: QKeyEvent) -> QKeySequence | None:
    """What would have been pressed with a Latin layout; None where it was that already.

    Where a layout has the slash only with Shift, Shift does not count.
    """
    sign, held = letter(event), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if sign == "/" and held & _SHIFT:
        held &= ~_SHIFT
    elif sign not in _TWINS.values() or event.key() == ord(sign):
        return None
    return QKeySequence(QKeyCombination(held, Qt.Key(ord(sign))))
