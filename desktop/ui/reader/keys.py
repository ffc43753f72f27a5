"""The reader's keys. Single letters act only where the reader itself has the focus."""

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from desktop.ui.layouts import letter
from desktop.ui.reader.shown import Shown


class Command(StrEnum):
    HIGHLIGHT = "highlight"
    QUOTE = "quote"
    CLAIM = "claim"
    NOTE = "note"
    TAG = "tag"
    SENTENCE = "sentence"
    LESS = "less"
    WORDS = "words"
    ADD = "add"
    NEXT_MARK = "next_mark"
    PREVIOUS_MARK = "previous_mark"
    NEXT_HIT = "next_hit"
    PREVIOUS_HIT = "previous_hit"
    END_LATER = "end_later"
    END_EARLIER = "end_earlier"
    START_LATER = "start_later"
    START_EARLIER = "start_earlier"
    REMOVE = "remove"
    OPEN = "open"
    ESCAPE = "escape"


_LETTERS = {
    "H": Command.HIGHLIGHT,
    "Q": Command.QUOTE,
    "C": Command.CLAIM,
    "N": Command.NOTE,
    "T": Command.TAG,
    "S": Command.SENTENCE,
    "W": Command.WORDS,
    "A": Command.ADD,
    "J": Command.NEXT_MARK,
    "K": Command.PREVIOUS_MARK,
}
_PLAIN = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_OTHERS = {
    (Qt.Key.Key_F3, _PLAIN): Command.NEXT_HIT,
    (Qt.Key.Key_F3, _SHIFT): Command.PREVIOUS_HIT,
    (Qt.Key.Key_Right, _ALT): Command.END_LATER,
    (Qt.Key.Key_Left, _ALT): Command.END_EARLIER,
    (Qt.Key.Key_Right, _ALT | _SHIFT): Command.START_LATER,
    (Qt.Key.Key_Left, _ALT | _SHIFT): Command.START_EARLIER,
    (Qt.Key.Key_Delete, _PLAIN): Command.REMOVE,
    (Qt.Key.Key_Backspace, _PLAIN): Command.REMOVE,
    (Qt.Key.Key_Return, _PLAIN): Command.OPEN,
    (Qt.Key.Key_Enter, _PLAIN): Command.OPEN,
    (Qt.Key.Key_Escape, _PLAIN): Command.ESCAPE,
}


_OF_MARKS = (Command.START_EARLIER, Command.START_LATER, Command.END_EARLIER, Command.END_LATER)
_OF_HITS = (Command.NEXT_HIT, Command.PREVIOUS_HIT)


def wanted(event: QKeyEvent, shown: Shown) -> Command | None:
    """The command of a key; None where there is nothing to do it to: the window may have a use."""
    found = command(event)
    if found in _OF_MARKS:
        return found if shown.marks.get(shown.focused) else None
    if found in _OF_HITS:
        return found if shown.hits else None
    return found


def command(event: QKeyEvent) -> Command | None:
    """What a key asks of the reader; None leaves it to the text widget or the window."""
    pressed = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if found := _OTHERS.get((Qt.Key(event.key()), pressed)):
        return found
    sign = letter(event)
    if sign == "S" and pressed == _SHIFT:
        return Command.LESS
    return _LETTERS.get(sign) if pressed == _PLAIN else None
