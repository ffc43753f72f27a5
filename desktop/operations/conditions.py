"""A query line as nested conditions, and nested conditions as a query line.

The line is the truth: what is edited is read from it and written to it, by the grammar of the search
itself. What has no row of its own keeps its text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.core.query_fields import BY_NAME, FieldKind
from desktop.search import syntax
from desktop.search.syntax import All, Any, Filter, Manner, Node, Phrase, Regex, Without, Word

ANYWHERE = ""  # the field of words that may stand in title, text, note or claim
_NEAR = 5


class How(StrEnum):
    """How the parts of a group hold together."""

    ALL = "all"
    ANY = "any"
    NONE = "none"


class Operator(StrEnum):
    """What a row asks of its field."""

    FORMS = "forms"
    EXACT = "exact"
    PHRASE = "phrase"
    NEAR = "near"
    BEGINS = "begins"
    SIMILAR = "similar"
    WILD = "wild"
    PATTERN = "pattern"
    IS = "is"
    FROM = "from"
    UNTIL = "until"
    BETWEEN = "between"
    AFTER = "after"
    BEFORE = "before"
    LINE = "line"


OF_WORDS = (
    Operator.FORMS, Operator.EXACT, Operator.PHRASE, Operator.NEAR, Operator.BEGINS, Operator.SIMILAR,
    Operator.WILD, Operator.PATTERN,
)  # fmt: skip
OF_DATES = (
    Operator.IS, Operator.FROM, Operator.UNTIL, Operator.BETWEEN, Operator.AFTER, Operator.BEFORE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One condition: field, operator, value.

    Attributes:
        field: A name of ``core.query_fields``; ``ANYWHERE`` for words in any field.
        value: Words, a name or a date as a person writes it; of ``LINE`` a piece of query line.
        last: Of ``BETWEEN`` the last date.
        negated: What does not fulfil it is wanted.
        number: Of ``SIMILAR`` how many letters may differ, of ``NEAR`` how many words may stand between.
    """

    field: str = ANYWHERE
    operator: Operator = Operator.FORMS
    value: str = ""
    last: str = ""
    negated: bool = False
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions that hold together."""

    how: How = How.ALL
    parts: tuple["Row | Group", ...] = ()


def operators_of(field: str) -> tuple[Operator, ...]:
    """What can be asked of a field."""
    kind = BY_NAME[field].kind if field else FieldKind.WORDS
    if kind is FieldKind.WORDS:
        return OF_WORDS
    return OF_DATES if kind is FieldKind.DATES else (Operator.IS,)


def read_conditions(line: str) -> Group:
    """The conditions of a query line; an empty line has none."""
    node = syntax.read(line).node
    if node is None:
        return Group()
    found = _part(node)
    return found if isinstance(found, Group) else Group(How.ALL, (found,))


def write_conditions(conditions: Group) -> str:
    """The query line; rows without a value yet and groups without rows are left out."""
    node = _node(conditions)
    return "" if node is None else syntax.write(node)


# From the line


def _part(node: Node) -> Row | Group:
    if isinstance(node, All):
        return Group(How.ALL, _parts(node.parts))
    if isinstance(node, Any):
        return Group(How.ANY, _parts(node.parts))
    if isinstance(node, Without):
        return _opposite(node.what)
    return _row(node, negated=False)


def _parts(nodes: Sequence[Node]) -> tuple[Row | Group, ...]:
    return tuple(_part(node) for node in nodes)


def _opposite(node: Node) -> Row | Group:
    if isinstance(node, Any):
        return Group(How.NONE, _parts(node.parts))
    if isinstance(node, All):
        return Group(How.NONE, (_part(node),))
    return _row(node, negated=True)


def _row(node: Node, *, negated: bool) -> Row:
    if isinstance(node, Word) and (operator := _OF_MANNERS.get(node.manner)):
        return Row(node.field or ANYWHERE, operator, node.text, negated=negated, number=node.edits)
    if isinstance(node, Phrase):
        operator = Operator.PHRASE if node.slop is None else Operator.NEAR
        return Row(node.field or ANYWHERE, operator, node.text, negated=negated, number=node.slop)
    if isinstance(node, Regex):
        return Row(node.field or ANYWHERE, Operator.PATTERN, node.text, negated=negated)
    if isinstance(node, Filter) and BY_NAME[node.field].kind is FieldKind.DATES:
        operator, value, last = _dated(node.value)
        return Row(node.field, operator, value, last, negated)
    if isinstance(node, Filter):
        return Row(node.field, Operator.IS, node.value, negated=negated)
    return Row(ANYWHERE, Operator.LINE, syntax.write(node), negated=negated)


_OF_MANNERS = {
    Manner.FORMS: Operator.FORMS,
    Manner.TYPING: Operator.FORMS,
    Manner.EXACT: Operator.EXACT,
    Manner.PREFIX: Operator.BEGINS,
    Manner.SIMILAR: Operator.SIMILAR,
    Manner.WILD: Operator.WILD,
}
_MANNERS = {
    Operator.FORMS: Manner.FORMS,
    Operator.EXACT: Manner.EXACT,
    Operator.BEGINS: Manner.PREFIX,
    Operator.SIMILAR: Manner.SIMILAR,
    Operator.WILD: Manner.WILD,
}
# The longer signs first.
_SIGNS = {
    ">=": Operator.FROM,
    "<=": Operator.UNTIL,
    "≥": Operator.FROM,
    "≤": Operator.UNTIL,
    ">": Operator.AFTER,
    "<": Operator.BEFORE,
}


def _dated(value: str) -> tuple[Operator, str, str]:
    """How a date is asked for, and the one or two dates."""
    for sign, operator in _SIGNS.items():
        if value.startswith(sign):
            return operator, value.removeprefix(sign).strip(), ""
    first, dots, last = (part.strip() for part in value.partition(".."))
    if not dots:
        return Operator.IS, value, ""
    if first and last:
        return Operator.BETWEEN, first, last
    return (Operator.FROM, first, "") if first else (Operator.UNTIL, last, "")


# To the line


def _node(part: Row | Group) -> Node | None:
    if isinstance(part, Row):
        node = _asked(part)
        return Without(node) if node is not None and part.negated else node
    nodes = tuple(node for node in map(_node, part.parts) if node is not None)
    if not nodes:
        return None
    if part.how is How.ALL:
        return All(nodes)
    return Without(Any(nodes)) if part.how is How.NONE else Any(nodes)


def _asked(row: Row) -> Node | None:
    value, field = row.value.strip(), row.field or None
    if not any(char.isalnum() for char in value + row.last):
        return None
    if row.operator is Operator.LINE:
        return syntax.read(value).node
    if row.operator is Operator.PHRASE:
        return Phrase(value, field)
    if row.operator is Operator.NEAR:
        return Phrase(value, field, _NEAR if row.number is None else row.number)
    if row.operator is Operator.PATTERN:
        return Regex(value, field)
    if row.operator in _MANNERS:
        return _words(value, _MANNERS[row.operator], field, row.number)
    return Filter(row.field, _date_value(row, value) if row.operator in OF_DATES else value)


def _words(value: str, manner: Manner, field: str | None, edits: int | None) -> Node | None:
    """Several words are to be there all."""
    if manner is not Manner.SIMILAR:
        edits = None
    words = [one for one in value.split() if any(char.isalnum() for char in one)]
    found = tuple(Word(one, manner, field, edits) for one in words)
    return found[0] if len(found) == 1 else All(found)


def _date_value(row: Row, value: str) -> str:
    match row.operator:
        case Operator.FROM:
            return f"{value}.."
        case Operator.UNTIL:
            return f"..{value}"
        case Operator.AFTER:
            return f">{value}"
        case Operator.BEFORE:
            return f"<{value}"
        case Operator.BETWEEN:
            return f"{value}..{row.last.strip()}"
    return value
