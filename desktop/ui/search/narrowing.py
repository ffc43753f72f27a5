"""The conditions of a query line that facets set and show: read out of the line, and written back.

Only conditions that hold for the whole line count, e.g. ``kind:quote``, ``-tag:river`` and
``(outlet:Times OR outlet:Post)``; what stands within other brackets or beside an OR is left as it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.core.query_fields import BY_NAME, FieldKind
from desktop.ui.search.completion import quoted

_QUOTES = {'"': '"', "«": "»", "“": "”", "„": "“”", "「": "」", "『": "』"}
_CLAUSE = re.compile(r"([-−]?)([^\W\d]{2,20}):(.+)", re.DOTALL)
_COMMAS = ",、，"
_VALUE = re.compile(f"[^{_COMMAS}()]+")
# A date in words may go on past its first one: it is left as it is.
_NUMERIC_DATE = re.compile(r"[\d.<>=≤≥-]+")
_OR, _AND, _NOT = ("OR", "||", "|"), ("AND", "&&"), ("NOT",)


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition on one field.

    Attributes:
        field: With its colon, by its usual name.
        values: Any of these may hold; without quotation marks.
        excluded: None of them may.
    """

    field: str
    values: tuple[str, ...]
    excluded: bool = False

    def has(self, value: str) -> bool:
        return _key(value) in map(_key, self.values)

    def __str__(self) -> str:
        minus = "-" if self.excluded else ""
        written = [f"{minus}{self.field}{quoted(value)}" for value in self.values]
        if len(written) == 1 or self.excluded:
            return " ".join(written)
        return f"({' OR '.join(written)})"


Item = str | Clause


def clauses(line: str) -> list[Clause]:
    """The conditions that hold for the whole line, in its order."""
    return [item for item in _items(line) if isinstance(item, Clause)]


def is_included(line: str, field: str, value: str) -> bool:
    return any(one.field == field and not one.excluded and one.has(value) for one in clauses(line))


def is_excluded(line: str, field: str, value: str) -> bool:
    return any(one.field == field and one.excluded and one.has(value) for one in clauses(line))


def included(line: str, field: str, value: str) -> str:
    """The line that also allows this value of the field; where it did so, no longer."""
    if is_included(line, field, value):
        return _written(_without_value(_items(line), field, value))
    items = _without_value(_items(line), field, value)
    for at, item in enumerate(items):
        if isinstance(item, Clause) and item.field == field and not item.excluded:
            items[at] = Clause(field, (*item.values, value))
            return _written(items)
    return _written([*_finished(items), Clause(field, (value,))])


def excluded(line: str, field: str, value: str) -> str:
    """The line that forbids this value of the field; where it did so, no longer."""
    items = _without_value(_items(line), field, value)
    if is_excluded(line, field, value):
        return _written(items)
    return _written([*_finished(items), Clause(field, (value,), excluded=True)])


def replaced(line: str, field: str, value: str) -> str:
    """The line with this value as the only condition on the field; where it was that, without any."""
    items = [item for item in _items(line) if not _is_of(item, field)]
    same = [item for item in clauses(line) if item.field == field] == [Clause(field, (value,))]
    return _written(items if same else [*_finished(items), Clause(field, (value,))])


def widened(line: str, field: str) -> str:
    """The line without what it asks of a field; what it forbids stays."""
    return _written([item for item in _items(line) if not (_is_of(item, field) and not item.excluded)])  # type: ignore[union-attr]


def without(line: str, clause: Clause) -> str:
    """The line without this condition."""
    return _written([item for item in _items(line) if item != clause])


def bare(line: str) -> str:
    """The line without any condition on a whole field."""
    return _written([item for item in _items(line) if not isinstance(item, Clause)])


def _finished(items: list[Item]) -> list[Item]:
    """Without a NOT at the end, that would turn what is added into its contrary."""
    while items and items[-1] in _NOT:
        items = items[:-1]
    return items


def _is_of(item: Item, field: str) -> bool:
    return isinstance(item, Clause) and item.field == field


def _key(value: str) -> str:
    return value.replace('"', "").strip().casefold()


def _without_value(items: list[Item], field: str, value: str) -> list[Item]:
    kept: list[Item] = []
    for item in items:
        if isinstance(item, Clause) and item.field == field and item.has(value):
            values = tuple(one for one in item.values if _key(one) != _key(value))
            if not values:
                continue
            item = Clause(field, values, item.excluded)
        kept.append(item)
    return kept


def _items(line: str) -> list[Item]:
    """The line in order: conditions, and what else is in it."""
    parts = list(_pieces(line))
    if any(part in _OR for part in parts):
        return [f"({line.strip()})"]
    items: list[Item] = []
    for at, part in enumerate(parts):
        negated = at > 0 and parts[at - 1] in _NOT
        clause = None if negated else _clause(part)
        items.append(part if clause is None else clause)
    return items


def _written(items: list[Item]) -> str:
    """As a line, without the ANDs that join nothing any more, nor brackets around all of it."""
    shown: list[str] = []
    for text in map(str, items):
        if not (text in _AND and (not shown or shown[-1] in _AND)):
            shown.append(text)
    while shown and shown[-1] in _AND:
        shown.pop()
    if len(shown) == 1 and not isinstance(items[0], Clause):
        return _inner(shown[0]) or shown[0]
    return " ".join(shown)


def _clause(piece: str) -> Clause | None:
    if (inner := _inner(piece)) is not None:
        return _alternatives(inner)
    match = _CLAUSE.fullmatch(piece)
    if match is None:
        return None
    minus, name, rest = match.groups()
    field = BY_NAME.get(name.casefold())
    if field is None or field.kind is FieldKind.WORDS:  # words with their signs, or no field at all
        return None
    if field.kind is FieldKind.DATES and not _NUMERIC_DATE.fullmatch(rest):
        return None
    values = _listed(rest)
    return Clause(f"{field.name}:", tuple(values), excluded=bool(minus)) if values else None


def _listed(text: str) -> list[str]:
    """Values with commas between them, without quotation marks; none where they do not end."""
    values, at = [], 0
    while at < len(text):
        if text[at] in _QUOTES:
            end = _quotation_end(text, at)
            value = text[at + 1 : end - 1]
        else:
            match = _VALUE.match(text, at)
            end = match.end() if match else at
            value = text[at:end]
        if not value or (end < len(text) and (text[end] not in _COMMAS or end + 1 == len(text))):
            return []
        values.append(value)
        at = end + 1
    return values


def _alternatives(inner: str) -> Clause | None:
    """``outlet:Times OR outlet:Post``: values of one field, any of them."""
    parts = list(_pieces(inner))
    found = [_clause(part) for part in parts[::2]]
    joints = parts[1::2]
    if not joints or any(joint not in _OR for joint in joints) or len(parts) % 2 == 0:
        return None
    fields = {one.field for one in found if one is not None}
    if len(fields) != 1 or any(one is None or one.excluded for one in found):
        return None
    return Clause(fields.pop(), tuple(value for one in found if one is not None for value in one.values))


def _inner(piece: str) -> str | None:
    """What stands in the brackets around the whole piece; None without such."""
    if not (piece.startswith("(") and piece.endswith(")")):
        return None
    at, closes_early = 0, False
    for start, end, depth in _steps(piece):
        closes_early = closes_early or (depth == 0 and end < len(piece))
        at = start
    return None if closes_early or at == 0 else piece[1:-1].strip()


def _pieces(line: str) -> Iterator[str]:
    """Words, quotations and brackets that stand side by side, with their fields and minuses."""
    begin = 0
    for start, end, depth in _steps(line):
        if depth == 0 and line[start:end].isspace():
            if start > begin:
                yield line[begin:start]
            begin = end
    if begin < len(line):
        yield line[begin:]


def _steps(line: str) -> Iterator[tuple[int, int, int]]:
    """(start, end, depth of brackets after it) of each character or quotation."""
    at, depth = 0, 0
    while at < len(line):
        end = _quotation_end(line, at)
        depth = max(0, depth + {"(": 1, ")": -1}.get(line[at], 0))
        yield at, end, depth
        at = end


def _quotation_end(line: str, at: int) -> int:
    """Where the quotation that begins here ends; else the next character."""
    closing = _QUOTES.get(line[at], "")
    ends = [found for mark in closing if (found := line.find(mark, at + 1)) >= 0]
    return min(ends) + 1 if ends else at + 1
