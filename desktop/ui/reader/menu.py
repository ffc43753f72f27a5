"""The reader's context menu: every entry is one of its keys, printed beside it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtWidgets import QMenu

from desktop.ui.reader.keys import Command

_ON_MARK = (
    (Command.OPEN, QT_TRANSLATE_NOOP("ReaderMenu", "Edit mark"), "Return"),
    (Command.REMOVE, QT_TRANSLATE_NOOP("ReaderMenu", "Remove mark"), "Del"),
)
_ON_SELECTION = (
    (Command.HIGHLIGHT, QT_TRANSLATE_NOOP("ReaderMenu", "Highlight"), "H"),
    (Command.QUOTE, QT_TRANSLATE_NOOP("ReaderMenu", "Quote"), "Q"),
    (Command.CLAIM, QT_TRANSLATE_NOOP("ReaderMenu", "Claim"), "C"),
    (Command.NOTE, QT_TRANSLATE_NOOP("ReaderMenu", "Note"), "N"),
    (Command.TAG, QT_TRANSLATE_NOOP("ReaderMenu", "Tag"), "T"),
    (Command.ADD, QT_TRANSLATE_NOOP("ReaderMenu", "Keep, and select more"), "A"),
    (Command.WORDS, QT_TRANSLATE_NOOP("ReaderMenu", "Round to whole words"), "W"),
)
_ALWAYS = ((Command.SENTENCE, QT_TRANSLATE_NOOP("ReaderMenu", "Select sentence"), "S"),)


def fill_menu(
    menu: QMenu,
    obey: Callable[[str], object],
    copy: Callable[[], object],
    *,
    on_mark: bool,
    selected: bool,
) -> None:
    """Add what can be done with a mark, with a selection, and always."""
    groups = [_ON_MARK] * on_mark + [_ON_SELECTION] * selected + [_ALWAYS]
    for number, group in enumerate(groups):
        if number:
            menu.addSeparator()
        for command, title, key in group:
            _add(menu, str(title), key, partial(obey, str(command)))
    if selected:
        _add(menu, str(QT_TRANSLATE_NOOP("ReaderMenu", "Copy")), "Ctrl+C", copy)


def _add(menu: QMenu, title: str, key: str, act: Callable[[], object]) -> None:
    words = QCoreApplication.translate("ReaderMenu", title)
    menu.addAction(f"{words}\t{key}").triggered.connect(lambda _checked=False: act())
