"""What a query line asks for, as a small tree that can be read, written and built."""

from dataclasses import dataclass
from enum import Enum, auto

from desktop.search.dating import Dates
from desktop.search.stems import USUAL


class Manner(Enum):
    """How a word is meant."""

    FORMS = auto()
    EXACT = auto()
    PREFIX = auto()
    WILD = auto()
    SIMILAR = auto()
    TYPING = auto()


@dataclass(frozen=True)
class Word:
    """One word as typed, in one field of words or (None) in all of them.

    Attributes:
        text: Without the signs of its manner; of a wild one with its stars and question marks.
        edits: Of a similar word how many letters may differ; None for what its length allows.
        language: The code of the query's language (see ``stems.language``), None where unknown.
        languages: Codes of the languages that the archive has texts in.
        exact_bonus: What the exact form adds to the score of any form.
        others: Folded words that stand for it in other names of the same person.
        is_name: It may be a name that is spelt otherwise elsewhere.
    """

    text: str
    manner: Manner = Manner.FORMS
    field: str | None = None
    edits: int | None = None
    language: str | None = None
    languages: frozenset[str] = USUAL
    exact_bonus: float = 0.5
    others: tuple[str, ...] = ()
    is_name: bool = False


@dataclass(frozen=True)
class Phrase:
    """Exact words in this order; or, with ``slop``, any forms of them near each other.

    Attributes:
        slop: How many other words may stand between them; None for a phrase.
    """

    text: str
    field: str | None = None
    slop: int | None = None


@dataclass(frozen=True)
class Regex:
    """Words that a regular expression matches from end to end."""

    text: str
    field: str | None = None


@dataclass(frozen=True)
class Filter:
    """A value of a field that is filtered by."""

    field: str
    value: str


@dataclass(frozen=True)
class Period:
    """A filter by date, once it is known which days its words mean."""

    field: str
    dates: Dates


@dataclass(frozen=True)
class Likeness:
    """What resembles a record, once it is known which words tell what it is about.

    Attributes:
        key, title: Of the record.
        words: Folded, the most telling first.
    """

    key: str
    title: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Without:
    what: "Node"


@dataclass(frozen=True)
class All:
    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Any:
    parts: tuple["Node", ...]


Leaf = Word | Phrase | Regex | Filter | Period | Likeness
Node = Leaf | Without | All | Any


def joined(kind: type[All] | type[Any], parts: list[Node]) -> Node | None:
    """The parts as one node: groups of the same kind flat, one part as itself, none as None."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, kind) else (part,))]
    if len(flat) <= 1:
        return flat[0] if flat else None
    return kind(tuple(flat))


def opposite(node: Node) -> Node:
    """What does not match the node."""
    return node.what if isinstance(node, Without) else Without(node)


def tidied(node: Node) -> Node | None:
    """The node as reading gives it: no group of one, none in a group of its kind, no double NOT."""
    if isinstance(node, Without):
        inner = tidied(node.what)
        return None if inner is None else opposite(inner)
    if isinstance(node, All | Any):
        return joined(type(node), [part for part in map(tidied, node.parts) if part is not None])
    return node
