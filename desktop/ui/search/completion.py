"""What the search field can offer at the cursor: names of fields, then the field's values."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.core.records import AnnotationKind, ReadState, Verdict

FIELDS: dict[str, str] = {
    "title:": "words of the title",
    "kind:": "quote, claim, highlight, note or article",
    "tag:": "a tag and those below it",
    "speaker:": "who is quoted",
    "outlet:": "where it was published",
    "lang:": "the article's language",
    "date:": "a year, month or day, or from..to",
    "verdict:": "what was found about the claim",
    "collection:": "a collection and those in it",
}
FIXED: dict[str, Sequence[str]] = {
    "kind:": [*(str(kind) for kind in AnnotationKind), "article"],
    "verdict:": [str(verdict) for verdict in Verdict],
    "is:": [str(state) for state in ReadState],
}
TOKEN = re.compile(r"""(-?\w+:)("[^"]*"?|\S*)""")
_WORD = re.compile(r"""(?:-?\w+:)?(?:"[^"]*"?|\S)*$""")
_MOST = 12


@dataclass(frozen=True, slots=True)
class Offer:
    """One completion.

    Attributes:
        text: What replaces the token before the cursor.
        label: What is listed.
        note: Small words beside it.
    """

    text: str
    label: str
    note: str = ""


def token_before(text: str, cursor: int) -> tuple[int, str]:
    """(start, token) of what is being typed at the cursor; offsets in Python characters."""
    match = _WORD.search(text[:cursor])
    assert match is not None  # it matches the empty string
    return match.start(), match[0]


def offers(text: str, cursor: int, values: Mapping[str, Sequence[str]]) -> list[Offer]:
    """Completions for the token at the cursor, best first.

    Args:
        values: The archive's own names by field, e.g. ``{"tag:": ["оборона/дроны"]}``.
    """
    _, token = token_before(text, cursor)
    minus = "-" if token.startswith("-") else ""
    token = token.removeprefix("-")
    field, colon, typed = token.partition(":")
    if not colon:
        return _fields(minus, token)
    key = f"{field.lower()}:"
    known = FIXED.get(key) or values.get(key, ())
    return _values(f"{minus}{key}", typed.strip('"'), known)


def _fields(minus: str, typed: str) -> list[Offer]:
    if not typed:
        return []
    return [
        Offer(minus + name, name, note) for name, note in FIELDS.items() if name.startswith(typed.lower())
    ]


def _values(field: str, typed: str, known: Sequence[str]) -> list[Offer]:
    wanted = typed.casefold()
    found = [(_rank(one.casefold(), wanted), one) for one in known]
    best = sorted((rank, order) for order, (rank, _) in enumerate(found) if rank is not None)
    names = [known[order] for _, order in best[:_MOST]]
    return [] if names == [typed] else [Offer(field + quoted(name) + " ", name) for name in names]


def _rank(name: str, wanted: str) -> int | None:
    at = name.find(wanted)
    if at < 0:
        return None
    return 0 if at == 0 else 1 if not name[at - 1].isalnum() else 2


def quoted(name: str) -> str:
    """A value as the query language reads it back."""
    bare = name.replace('"', "")
    return f'"{bare}"' if re.search(r"[\s()]", bare) else bare
