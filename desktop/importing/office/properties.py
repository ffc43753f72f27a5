"""What files say of themselves: people, moments and languages as word processors and books write them."""

import re

from desktop.importing.dates import parse_date
from desktop.importing.reading import split_names

# Whom programs name where nobody said who writes: no one to attribute words to.
_NOBODY = re.compile(
    r"(?:(?:microsoft|windows|ms)?\s*(?:office|windows)?\s*user|admin(?:istrator)?|администратор|адміністратор|"
    r"пользователь(?:\s+(?:microsoft|windows)(?:\s+office)?)?|користувач(?:\s+windows)?|"
    r"(?:unknown|неизвестный|невідомий)(?:\s+(?:author|автор))?|author|автор|owner|владелец|guest|гость|home|"
    r"test|default|none|null|python-docx|openoffice(?:\.org)?|libreoffice|作成者|ユーザー|[\W\d_]*)\s*\d*",
    re.IGNORECASE,
)
_ONE_WORD = re.compile(r"\S+")


def creators(text: str) -> tuple[str, ...]:
    """People in one property, programs' stand-ins for them left out; ``Surname, Forenames`` is one person."""
    names = [" ".join(name.split()) for name in re.split(r"[;|]", text)]
    found = [split for name in names if not _NOBODY.fullmatch(name) for split in _of_one(name)]
    return tuple(dict.fromkeys(found))


def _of_one(name: str) -> tuple[str, ...]:
    if name.count(",") == 1 and any(_ONE_WORD.fullmatch(part.strip()) for part in name.split(",")):
        return (name,)
    return split_names(name) if "," in name or "、" in name else (name,)


def moment(*texts: str | None) -> str | None:
    """The first of them that is a date, as ISO 8601."""
    return next((found for text in texts if text and (found := parse_date(text))), None)


def language(text: str | None) -> str | None:
    """The primary subtag of a language tag; None where it is none, or says that it does not know."""
    subtag = re.split(r"[-_]", (text or "").strip().lower())[0]
    known = 2 <= len(subtag) <= 3 and subtag.isascii() and subtag.isalpha()
    return subtag if known and subtag not in ("und", "zxx", "mul", "mis") else None
