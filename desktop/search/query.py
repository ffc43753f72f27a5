"""From the query line to a Whoosh query tree, and to the sentence that tells how it was read."""

from dataclasses import dataclass, replace

from whoosh import query

from desktop.core.query_fields import CLOSED
from desktop.search import stems, syntax
from desktop.search.dating import date_value
from desktop.search.fold import parts
from desktop.search.relaxing import plain_words, relaxed
from desktop.search.syntax import Filter, Node, Phrase, Without, Word
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


def parse(text: str, *, as_you_type: bool = False, languages: frozenset[str] = stems.USUAL) -> ParsedQuery:
    """Read a query line; never raises.

    Args:
        as_you_type: The last word may be unfinished and stands for its beginning, too.
        languages: Codes (ISO 639-1) of the languages that the archive has texts in.
    """
    reading = syntax.read(text, typing=as_you_type)
    node = None if reading.node is None else _checked(reading.node, reading.hints)
    if node is not None:
        found = parts(text[: syntax.LONGEST])
        # Of one word the form matters; of a sentence's words it is chance.
        node = _in_context(node, stems.language(found), _EXACT_BONUS / max(len(found), 1))
        node = _in_languages(node, languages | stems.USUAL)
    tree = None if node is None else tree_of(node)
    if node is None or tree is None:
        return ParsedQuery(query.NullQuery, None, 0, "nothing asked yet", " ".join(reading.hints))
    words = plain_words(node)
    return ParsedQuery(tree, relaxed(node), len(words), described(node), " ".join(reading.hints))


def _checked(node: Node, hints: list[str]) -> Node:
    """With filters whose value means nothing turned into words."""
    if isinstance(node, syntax.All | syntax.Any):
        return type(node)(tuple(_checked(part, hints) for part in node.parts))
    if isinstance(node, Without):
        return Without(_checked(node.what, hints))
    if isinstance(node, Filter) and (sentence := _objection(node)):
        if sentence not in hints:
            hints.append(sentence)
        return Phrase(node.value) if " " in node.value else Word(node.value)
    return node


def _in_context(node: Node, language: str | None, exact_bonus: float) -> Node:
    """With every word in the language that the words together tell."""
    if isinstance(node, Word):
        return replace(node, language=language, exact_bonus=exact_bonus)
    if isinstance(node, syntax.All | syntax.Any):
        return type(node)(tuple(_in_context(part, language, exact_bonus) for part in node.parts))
    return Without(_in_context(node.what, language, exact_bonus)) if isinstance(node, Without) else node


def _in_languages(node: Node, languages: frozenset[str]) -> Node:
    """With every word in one of the archive's languages."""
    if isinstance(node, Word):
        return replace(node, languages=languages)
    if isinstance(node, syntax.All | syntax.Any):
        return type(node)(tuple(_in_languages(part, languages) for part in node.parts))
    return Without(_in_languages(node.what, languages)) if isinstance(node, Without) else node


def _objection(node: Filter) -> str:
    if node.field in CLOSED and node.value.lower() not in CLOSED[node.field]:
        known = ", ".join(name for name in CLOSED[node.field] if not name.endswith("s"))
        return f"{node.field}: knows {known}; “{node.value}” was searched as a word."
    if node.field == "date" and date_value(node.value) is None:
        return (
            f"“{node.value}” is no date such as 2026, 2026-03 or 2026-03..2026-05; it was searched as a word."
        )
    return ""
