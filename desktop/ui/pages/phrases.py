"""What is said in place of a page."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

_REFUSALS = {
    "encrypted": QT_TRANSLATE_NOOP(
        "Pages", "This PDF is locked with a password, so its pages cannot be drawn. Its text is kept."
    ),
    "malformed": QT_TRANSLATE_NOOP(
        "Pages", "This page is damaged and cannot be drawn. Its words are in the text view."
    ),
    "timeout": QT_TRANSLATE_NOOP(
        "Pages", "Drawing this page took too long and was stopped. Its words are in the text view."
    ),
    "memory": QT_TRANSLATE_NOOP(
        "Pages", "This page needs more memory than a page may. Its words are in the text view."
    ),
    "crash": QT_TRANSLATE_NOOP(
        "Pages", "This page cannot be drawn: the part that draws it stopped. Its words are in the text view."
    ),
}


def refusal(reason: str) -> str:
    """Why a page is not there; nothing of it is lost."""
    return QCoreApplication.translate("Pages", str(_REFUSALS.get(reason, _REFUSALS["crash"])))


def coming(number: int) -> str:
    """That a page, counted from 1, is on its way."""
    return QCoreApplication.translate("Pages", "Drawing page {0}…").format(number)
