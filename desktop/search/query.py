"""From the query line to a Whoosh query tree, and to the sentence that tells how it was read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from whoosh import query

from desktop.search import stems, syntax
from desktop.search.fold import parts
from desktop.search.nodes import All, Any, Node, Without, Word, tidied
from desktop.search.relaxing import plain_words, relaxed
from desktop.search.resolving import resolved
from desktop.search.trees import tree_of
from desktop.search.wording import described

_EXACT_BONUS = 0.5


@dataclass(frozen=True)
class ParsedQuery:
    """A query ready to be run.

    Attributes:
        query: The Whoosh tree; ``NullQuery`` when nothing was asked.
        relaxed: A tree for texts with some of the words, to be tried when too few have all;
            None where that makes no sense.
        words: How many words were asked for.
        understood: How it was read, in plain words.
        hint: What was odd about it, in sentences; empty when nothing was.
    """

    query: query.Query
    relaxed: query.Query | None
    words: int
    understood: str
    hint: str


# No word belongs to the name of a person with other names.
NO_NAMES: Mapping[str, Sequence[str]] = MappingProxyType({})


def parse(
    text: str,
    *,
    as_you_type: bool = False,
    names: Mapping[str, Sequence[str]] = NO_NAMES,
    today: date | None = None,
) -> ParsedQuery:
    """Read a query line; never raises.

    Args:
        as_you_type: The last word may be unfinished and stands for its beginning, too.
        names: For a folded word of a person's name the words that stand for it in that person's
            other names.
        today: The day that ``yesterday`` is counted from; None for the day it is.
    """
    reading = syntax.read(text, typing=as_you_type)
    asked = reading.node and resolved(reading.node, today or date.today(), reading.hint)
    node = asked and tidied(asked)
    if node is not None:
        found = parts(text[: syntax.LONGEST])
        # Of one word the form matters; of a sentence's words it is chance.
        node = _in_context(node, stems.language(found), _EXACT_BONUS / max(len(found), 1))
        node = _with_other_names(node, names) if names else node
    tree = None if node is None else tree_of(node)
    if node is None or tree is None:
        return ParsedQuery(query.NullQuery, None, 0, "nothing asked yet", " ".join(reading.hints))
    words = plain_words(node)
    return ParsedQuery(tree, relaxed(node), len(words), described(node), " ".join(reading.hints))


def _in_context(node: Node, language: str | None, exact_bonus: float) -> Node:
    """With every word in the language that the words together tell."""
    if isinstance(node, Word):
        return replace(node, language=language, exact_bonus=exact_bonus)
    if isinstance(node, All | Any):
        return type(node)(tuple(_in_context(part, language, exact_bonus) for part in node.parts))
    return Without(_in_context(node.what, language, exact_bonus)) if isinstance(node, Without) else node


def _with_other_names(node: Node, names: Mapping[str, Sequence[str]]) -> Node:
    """With what else a word of a name may be spelt like."""
    if isinstance(node, Word):
        return replace(node, others=tuple(one for part in parts(node.text) for one in names.get(part, ())))
    if isinstance(node, All | Any):
        return type(node)(tuple(_with_other_names(part, names) for part in node.parts))
    return Without(_with_other_names(node.what, names)) if isinstance(node, Without) else node
