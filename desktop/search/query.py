"""From the query line to a Whoosh query tree, and to the sentence that tells how it was read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType

from whoosh import query

from desktop.search import stems, syntax, weights
from desktop.search.fold import parts
from desktop.search.names import is_name, others_of
from desktop.search.nodes import All, Any, Node, Without, Word, tidied
from desktop.search.relaxing import plain_words, relaxed
from desktop.search.resolving import Alike, resolved
from desktop.search.trees import tree_of
from desktop.search.wording import described

# Raise it when a line finds other records than before: how it is read, the forms of words, the spellings of
# names. The index is not concerned, but whoever compares two answers is.
READING_VERSION = 1


@dataclass(frozen=True)
class ParsedQuery:
    """A query ready to be run.

    Attributes:
        query: The Whoosh tree; ``NullQuery`` when nothing was asked.
        words: How many words were asked for.
        understood: How it was read, in plain words.
        hint: What was odd about it, in sentences; empty when nothing was.
        node: The line as it was read; None when nothing was asked.
    """

    query: query.Query
    words: int
    understood: str
    hint: str
    node: Node | None = None

    @cached_property
    def relaxed(self) -> tuple[query.Query, ...]:
        """Trees for texts with some of the words, to be tried one after the other when too few have all.

        There are none where that makes no sense. Few answers need them, so they are made when asked for.
        """
        return () if self.node is None else relaxed(self.node)


# No word belongs to the name of a person with other names.
NO_NAMES: Mapping[str, Sequence[str]] = MappingProxyType({})


def parse(
    text: str,
    *,
    as_you_type: bool = False,
    names: Mapping[str, Sequence[str]] = NO_NAMES,
    today: date | None = None,
    alike: Alike | None = None,
    languages: frozenset[str] = stems.USUAL,
    other_scripts: bool = False,
    spoken: Callable[[str], frozenset[str]] | None = None,
) -> ParsedQuery:
    """Read a query line; never raises.

    Args:
        as_you_type: The last word may be unfinished and stands for its beginning, too.
        names: For a folded word of a person's name the words that stand for it in that person's
            other names.
        alike: What resembles a record, see ``likeness``; None where the records are not known.
        today: The day that ``yesterday`` is counted from; None for the day it is.
        languages: Codes (ISO 639-1) of the languages that the archive has texts in.
        other_scripts: Names are meant in their other spellings, too.
        spoken: Those of ``languages`` that a word may be of; None for all of them.
    """
    reading = syntax.read(text, typing=as_you_type)
    asked = reading.node and resolved(reading.node, today or date.today(), reading.hint, alike)
    node = asked and tidied(asked)
    if node is not None:
        node = _with_words(
            node,
            _context(
                text,
                names if other_scripts else NO_NAMES,
                spoken or (lambda _: languages),
                other_scripts,
            ),
        )
    tree = None if node is None else tree_of(node)
    if node is None or tree is None:
        return ParsedQuery(query.NullQuery, 0, "nothing asked yet", " ".join(reading.hints))
    words = plain_words(node)
    return ParsedQuery(tree, len(words), described(node), " ".join(reading.hints), node)


def _context(
    text: str,
    names: Mapping[str, Sequence[str]],
    spoken: Callable[[str], frozenset[str]],
    other_scripts: bool,
) -> Callable[[Word], Word]:
    """What the whole line and the archive say about each word of it."""
    found = parts(text[: syntax.LONGEST])
    language = stems.language(found)

    def in_context(word: Word) -> Word:
        return replace(
            word,
            language=language,
            languages=spoken(word.text) | stems.USUAL,
            exact_bonus=weights.EXACT_BONUS / max(len(found), 1),
            others=others_of(word.text, names),
            is_name=other_scripts and is_name(word.text),
        )

    return in_context


def _with_words(node: Node, change: Callable[[Word], Word]) -> Node:
    """The same tree with every word changed."""
    if isinstance(node, Word):
        return change(node)
    if isinstance(node, All | Any):
        return type(node)(tuple(_with_words(part, change) for part in node.parts))
    return Without(_with_words(node.what, change)) if isinstance(node, Without) else node
