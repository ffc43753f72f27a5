"""The encodings that a person can choose, and any other that Python knows by name."""

import codecs
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication


@dataclass(frozen=True, slots=True)
class Encoding:
    """A choice.

    Attributes:
        codec: Python's name; None lets the bytes decide.
        label: As people know it.
        use: Where it is met.
    """

    codec: str | None
    label: str
    use: str

    @property
    def words(self) -> str:
        """Where it is met, in the person's language."""
        return QCoreApplication.translate("Encodings", self.use)


_N = QT_TRANSLATE_NOOP
USUAL = (
    Encoding(None, "Automatic", str(_N("Encodings", "as the bytes tell"))),
    Encoding("utf-8", "UTF-8", str(_N("Encodings", "every language"))),
    Encoding("cp1251", "Windows-1251", str(_N("Encodings", "Cyrillic"))),
    Encoding("koi8-r", "KOI8-R", str(_N("Encodings", "Russian, Unix and mail"))),
    Encoding("koi8-u", "KOI8-U", str(_N("Encodings", "Ukrainian, Unix and mail"))),
    Encoding("cp866", "CP866", str(_N("Encodings", "Cyrillic, DOS"))),
    Encoding("iso8859-5", "ISO 8859-5", str(_N("Encodings", "Cyrillic"))),
    Encoding("mac-cyrillic", "Mac Cyrillic", str(_N("Encodings", "Cyrillic, old Macs"))),
    Encoding("cp932", "Shift_JIS", str(_N("Encodings", "Japanese, Windows"))),
    Encoding("euc-jp", "EUC-JP", str(_N("Encodings", "Japanese, Unix"))),
    Encoding("iso2022-jp", "ISO-2022-JP", str(_N("Encodings", "Japanese, mail"))),
    Encoding("cp1252", "Windows-1252", str(_N("Encodings", "Western European"))),
    Encoding("cp1250", "Windows-1250", str(_N("Encodings", "Central European"))),
    Encoding("utf-16-le", "UTF-16 LE", str(_N("Encodings", "every language, Windows"))),
    Encoding("utf-16-be", "UTF-16 BE", str(_N("Encodings", "every language"))),
)


def matching(text: str) -> list[Encoding]:
    """Those whose names or uses hold every word; a codec that is typed by its name as a last resort."""
    words = text.casefold().split()
    found = [one for one in USUAL if all(word in _haystack(one) for word in words)]
    return found or [one for one in (_named(text),) if one is not None]


def label_of(codec: str) -> str:
    """The name people know for one of Python's."""
    wanted = _canonical(codec)
    return next((one.label for one in USUAL if one.codec and _canonical(one.codec) == wanted), codec)


def _haystack(one: Encoding) -> str:
    plain = f"{one.label} {one.codec or ''} {one.words}".casefold()
    return f"{plain} {plain.replace('-', '').replace('_', '')}"


def _named(text: str) -> Encoding | None:
    try:
        info = codecs.lookup(text.strip())
        b"abcd".decode(info.name, "replace")  # only those that make text of bytes
    except (LookupError, ValueError):
        return None
    return Encoding(info.name, text.strip(), "")


def _canonical(codec: str) -> str:
    try:
        return codecs.lookup(codec).name
    except LookupError:
        return codec
