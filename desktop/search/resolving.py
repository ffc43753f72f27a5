"""What a read query means today and in this program: values by any of their names, dates by their days.

What means nothing becomes words, and a sentence says so.
"""

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from desktop.core.query_fields import BY_NAME, CHOICES, LANGUAGES, FieldKind, Names
from desktop.search import stems
from desktop.search.dating import dates
from desktop.search.fold import fold_value
from desktop.search.nodes import All, Any, Filter, Likeness, Node, Period, Regex, Without, Word, joined
from desktop.search.patterns import objection

_AS_WORDS = "it was searched as words"


# Says of the beginning of an id what resembles its record.
Alike = Callable[[str], Likeness | None]


def resolved(node: Node, today: date, hint: Callable[[str], None], alike: Alike | None = None) -> Node | None:
    """The node with canonical values and days.

    Args:
        hint: Gets a sentence about each part that was turned into words.
        alike: Knows the records; None where nobody does.
    """
    if isinstance(node, All | Any):
        parts = [resolved(part, today, hint, alike) for part in node.parts]
        return joined(type(node), [part for part in parts if part is not None])
    if isinstance(node, Without):
        inner = resolved(node.what, today, hint, alike)
        return None if inner is None else Without(inner)
    if isinstance(node, Regex) and (reason := objection(node.text)):
        hint(f"“/{node.text}/” {reason}; {_AS_WORDS}.")
        return _words(node.text, node.field)
    if isinstance(node, Filter) and node.field == "like":
        found = alike(node.value) if alike else None
        if alike and found is None:
            hint(f"No article or mark, or more than one, has an id that begins with “{node.value}”.")
        return found or Likeness("", node.value, ())
    return _filter(node, today, hint) if isinstance(node, Filter) else node


def _filter(node: Filter, today: date, hint: Callable[[str], None]) -> Node | None:
    kind = BY_NAME[node.field].kind
    if kind is FieldKind.DATES:
        found = dates(node.value, today)
        if found is None:
            hint(f"“{node.value}” is no date such as 2026-03, last week or 2025..2026-05; {_AS_WORDS}.")
            return _words(node.value)
        return Period(node.field, found)
    if kind is FieldKind.CHOICES:
        value = _named(CHOICES[node.field], node.value)
        if value is None:
            known = ", ".join(CHOICES[node.field])
            hint(f"{node.field}: knows {known}; “{node.value}” was searched as words.")
            return _words(node.value)
        return Filter(node.field, value)
    if node.field == "lang":
        return Filter("lang", _named(LANGUAGES, node.value) or node.value)
    return node


def _words(text: str, field: str | None = None) -> Node | None:
    return joined(All, [Word(word, field=field) for word in text.split() if any(map(str.isalnum, word))])


def _named(names: Names, value: str) -> str | None:
    """The value of which this is a name, in any form of it."""
    wanted = fold_value(value)
    if wanted in names:
        return wanted
    known = _folded_names(tuple((one, each) for one, each in names.items()))
    exact = next((one for name, one in known if name == wanted), None)
    return exact or next((one for name, one in known if stems.related(name, wanted)), None)


@lru_cache
def _folded_names(names: tuple[tuple[str, tuple[str, ...]], ...]) -> list[tuple[str, str]]:
    return [(fold_value(name), one) for one, each in names for name in each]
