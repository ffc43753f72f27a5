"""What the values of the records are called in the interface, in its language."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

_CONTEXT = "Words"
_NAMES = {
    "highlight": QT_TRANSLATE_NOOP("Words", "Highlight"),
    "quote": QT_TRANSLATE_NOOP("Words", "Quote"),
    "claim": QT_TRANSLATE_NOOP("Words", "Claim"),
    "note": QT_TRANSLATE_NOOP("Words", "Note"),
    "direct": QT_TRANSLATE_NOOP("Words", "direct"),
    "indirect": QT_TRANSLATE_NOOP("Words", "indirect"),
    "mixed": QT_TRANSLATE_NOOP("Words", "mixed"),
    "asserts": QT_TRANSLATE_NOOP("Words", "asserts"),
    "repeats": QT_TRANSLATE_NOOP("Words", "repeats"),
    "supports": QT_TRANSLATE_NOOP("Words", "supports"),
    "disputes": QT_TRANSLATE_NOOP("Words", "disputes"),
    "hedges": QT_TRANSLATE_NOOP("Words", "hedges"),
    "open": QT_TRANSLATE_NOOP("Words", "open"),
    "supported": QT_TRANSLATE_NOOP("Words", "supported"),
    "disputed": QT_TRANSLATE_NOOP("Words", "disputed"),
    "refuted": QT_TRANSLATE_NOOP("Words", "refuted"),
    "unverifiable": QT_TRANSLATE_NOOP("Words", "unverifiable"),
    "yellow": QT_TRANSLATE_NOOP("Words", "yellow"),
    "orange": QT_TRANSLATE_NOOP("Words", "orange"),
    "red": QT_TRANSLATE_NOOP("Words", "red"),
    "pink": QT_TRANSLATE_NOOP("Words", "pink"),
    "violet": QT_TRANSLATE_NOOP("Words", "violet"),
    "blue": QT_TRANSLATE_NOOP("Words", "blue"),
    "teal": QT_TRANSLATE_NOOP("Words", "teal"),
    "green": QT_TRANSLATE_NOOP("Words", "green"),
    "grey": QT_TRANSLATE_NOOP("Words", "grey"),
    "unread": QT_TRANSLATE_NOOP("Words", "unread"),
    "reading": QT_TRANSLATE_NOOP("Words", "reading"),
    "read": QT_TRANSLATE_NOOP("Words", "read"),
    "person": QT_TRANSLATE_NOOP("Words", "person"),
    "organisation": QT_TRANSLATE_NOOP("Words", "organisation"),
    "added": QT_TRANSLATE_NOOP("Words", "added"),
    "duplicate": QT_TRANSLATE_NOOP("Words", "already there"),
    "capture": QT_TRANSLATE_NOOP("Words", "new capture"),
    "failed": QT_TRANSLATE_NOOP("Words", "failed"),
    "fuzzy": QT_TRANSLATE_NOOP("Words", "unsure"),
    "ambiguous": QT_TRANSLATE_NOOP("Words", "unsure"),
    "orphan": QT_TRANSLATE_NOOP("Words", "orphan"),
}


def name_of(value: str) -> str:
    """The word for a kind, stance, verdict, mode, colour, state …; the value itself if it has none."""
    return QCoreApplication.translate(_CONTEXT, str(_NAMES[value])) if value in _NAMES else value
