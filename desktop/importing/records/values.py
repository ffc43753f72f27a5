"""Values as other programs write them, put into the forms of the archive."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from desktop.core.times import kept
from desktop.importing.colours import nearest_colour
from desktop.importing.dates import parse_date

_WINDOWS_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_NUMBER = re.compile(r"-?\d{9,17}(?:\.\d+)?")
_ZONED = re.compile(r"(?:Z|[+-]\d\d:?\d\d)$")
_CJK = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
MOST_LETTERS = 4_000_000  # of one field


def words(value: Any) -> str:
    """A text or number as one line; empty for everything else."""
    return " ".join(paragraphs(value).split())


def paragraphs(value: Any) -> str:
    """A text or number with its line feeds; empty for everything else.

    Half a surrogate pair, which JSON may name, becomes a replacement character.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = str(value)[:MOST_LETTERS].replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()


def moment(value: Any) -> str:
    """A point in time as UTC ISO 8601 with milliseconds; empty where it is none.

    Numbers count seconds, milliseconds or microseconds since 1970. A time without a zone is taken
    for UTC: most programs write that, and none of the others says which.
    """
    if isinstance(value, bool) or value is None:
        return ""
    text = words(value)
    if _NUMBER.fullmatch(text):
        return _of_number(float(text))
    found: datetime | None
    try:
        found = datetime.fromisoformat(text.replace(" UTC", "+00:00").replace(" +", "+"))
    except ValueError:
        found = _of_words(text)
    return _utc(found) if found else ""


def _of_number(count: float) -> str:
    for scale in (1.0, 1e3, 1e6):
        if abs(count) / scale < 1e11:
            try:
                return _utc(datetime.fromtimestamp(count / scale, UTC))
            except (ValueError, OverflowError, OSError):
                return ""
    return ""


def _of_words(text: str) -> datetime | None:
    iso = parse_date(text) or ""
    try:
        return datetime.fromisoformat(iso if len(iso) > 7 else f"{iso}-01")
    except ValueError:
        return None


def _utc(found: datetime) -> str:
    try:
        return kept(found)
    except OverflowError:
        return ""


def windows_moment(value: Any) -> str:
    """Microseconds since 1601, as Chromium counts; empty where it is none."""
    try:
        return _utc(_WINDOWS_EPOCH + timedelta(microseconds=int(words(value))))
    except (ValueError, OverflowError):
        return ""


def day(value: Any) -> str | None:
    """A date of publication as precise as it is given: a year, a month, a date, or a date with time."""
    text = words(value)
    if re.fullmatch(r"\d{4}", text):
        return text
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return parse_date(text) or _year_in(text)
    return text if _ZONED.search(text) or len(text) <= 10 else text.replace(" ", "T")


def _year_in(text: str) -> str | None:
    found = re.search(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)", text)
    return found[1] if found else None


def address(value: Any) -> str | None:
    """A web address without the place in the page, which names no other article."""
    text = words(value)
    if not re.match(r"https?://[^\s/]", text, re.IGNORECASE) or len(text) > 4000 or " " in text:
        return None
    base, _, fragment = text.partition("#")
    return text if fragment.startswith(("!", "/")) else base


def doi(value: Any) -> str | None:
    """``doi:…`` from a DOI however it is written; DOIs are compared without case (ISO 26324)."""
    found = re.search(r"\b10\.\d{4,9}/[^\s\"<>]+", words(value))
    return "doi:" + found[0].rstrip(".,;)").lower() if found else None


def isbn(value: Any) -> str | None:
    """``urn:isbn:…`` (RFC 3187) of the first ISBN in a text."""
    for found in re.finditer(r"(?<![\d-])(?:97[89][ -]?)?(?:\d[ -]?){9}[\dXx](?![\d-])", words(value)):
        digits = re.sub(r"[ -]", "", found[0]).upper()
        if len(digits) in (10, 13):
            return f"urn:isbn:{digits}"
    return None


def slug(*parts: str) -> str:
    """Letters and digits of the parts in lower case, for an identifier; at most 120 of them."""
    joined = "-".join(part for part in parts if part)
    folded = unicodedata.normalize("NFKC", joined).casefold()
    return re.sub(r"[\W_]+", "-", folded).strip("-")[:120]


def person(name: str) -> str:
    """``Family, Given`` as it is spoken; names of one part and of institutions stay as they are."""
    parts = [part.strip() for part in " ".join(name.split()).split(",")]
    parts = [part for part in parts if part]
    if len(parts) == 2:
        return spoken(parts[1], parts[0])
    if len(parts) == 3:  # BibTeX and RIS: family, suffix, given or family, given, suffix
        given, suffix = (parts[2], parts[1]) if _is_suffix(parts[1]) else (parts[1], parts[2])
        return f"{given} {parts[0]} {suffix}"
    return ", ".join(parts)


def _is_suffix(text: str) -> bool:
    return re.fullmatch(r"(?:Jr|Sr|I{1,3}|IV|VI{0,3})\.?", text, re.IGNORECASE) is not None


def spoken(given: str, family: str) -> str:
    """The order in which a name is said: in East Asian scripts the family comes first."""
    given, family = " ".join(given.split()), " ".join(family.split())
    if given and family and _CJK.search(given) and _CJK.search(family):
        return f"{family} {given}"
    return f"{given} {family}".strip()


def paths(values: Iterable[Any]) -> tuple[str, ...]:
    """Tags or collections, each once: no empty names, and no empty steps in a path."""
    found = (path(words(value)) for value in values)
    return tuple(dict.fromkeys(one for one in found if one))[:500]


def path(text: str) -> str:
    """A path without empty steps."""
    return "/".join(step.strip() for step in text.split("/") if step.strip())[:200]


def split_tags(value: Any, separators: str = ",|;") -> tuple[str, ...]:
    """Tags as one text lists them, or as a list of texts or of objects with a name."""
    if isinstance(value, list):
        return paths(_name_of(one) for one in value)
    text = words(value)
    if text.startswith("[") and text.endswith("]"):  # a list as Python prints it
        return paths(one.strip(" '\"") for one in text[1:-1].split(","))
    return paths(re.split(f"[{re.escape(separators)}]", text))


def _name_of(value: Any) -> Any:
    if isinstance(value, dict):
        return next((value[key] for key in ("name", "tag", "label", "title", "value") if value.get(key)), "")
    return value


_NAMED = {
    "yellow": "yellow", "gold": "yellow", "orange": "orange", "red": "red", "pink": "pink",
    "magenta": "pink", "purple": "violet", "violet": "violet", "lavender": "violet", "blue": "blue",
    "cyan": "teal", "teal": "teal", "aqua": "teal", "green": "green", "olive": "green", "lime": "green",
    "gray": "grey", "grey": "grey", "black": "grey", "white": "grey", "underline": "grey",
}  # fmt: skip


def colour(value: Any) -> str | None:
    """The nearest of ``core.records.COLOURS`` to a name or to ``#rrggbb``."""
    text = words(value).lower()
    if found := re.search(r"#?\b([0-9a-f]{6})\b", text):
        return nearest_colour(*(int(found[1][at : at + 2], 16) for at in (0, 2, 4)))
    return next((known for word in re.split(r"[^a-z]+", text) if (known := _NAMED.get(word))), None)
