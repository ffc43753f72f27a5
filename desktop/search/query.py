"""From the query line to a Whoosh query tree, and to the sentence that tells how it was read."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from whoosh import query

from desktop.core.records import AnnotationKind, ReadState, Verdict
from desktop.search import stems, syntax
from desktop.search.cjk import is_cjk, query_terms, run_terms
from desktop.search.fold import parts
from desktop.search.leaves import (
    Anywhere,
    DateValue,
    ExactWord,
    LanguageValue,
    Leaf,
    NameValue,
    PathValue,
    SimilarWord,
    Value,
    WordBeginning,
    WordForms,
    WordPrefix,
)
from desktop.search.syntax import Filter, Manner, Node, Phrase, Without, Word
from desktop.search.wording import described

# A word in a title says more about an article than one in its text.
_WEIGHTS = {"title": 2.0, "text": 1.0, "note": 1.0, "claim": 1.0}
_EXACT_BONUS = 0.5
_PREFIX_SHARE = 0.5
# Shorter beginnings stand for too many words to be of use while typing.
_SHORTEST_BEGINNING = 2

_MARKS = tuple(kind.value for kind in AnnotationKind)
_KINDS: dict[str, tuple[str, ...]] = {name: (name,) for name in ("article", *_MARKS)}
_KINDS |= {"annotation": _MARKS, "mark": _MARKS}
_KINDS |= {f"{name}s": kinds for name, kinds in _KINDS.items()}
_CLOSED: dict[str, dict[str, tuple[str, ...]]] = {
    "kind": _KINDS,
    "read": {state.value: (state.value,) for state in ReadState},
    "verdict": {verdict.value: (verdict.value,) for verdict in Verdict},
}
_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?\Z")
_DOTTED = re.compile(r"(?:(?:(?P<day>\d{1,2})\.)?(?P<month>\d{1,2})\.)(?P<year>\d{4})\Z")


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
    text: str, *, as_you_type: bool = False, names: Mapping[str, Sequence[str]] = NO_NAMES
) -> ParsedQuery:
    """Read a query line; never raises.

    Args:
        as_you_type: The last word may be unfinished and stands for its beginning, too.
        names: For a folded word of a person's name the words that stand for it in that person's
            other names.
    """
    reading = syntax.read(text, typing=as_you_type)
    node = None if reading.node is None else _checked(reading.node, reading.hints)
    if node is not None:
        found = parts(text[: syntax.LONGEST])
        # Of one word the form matters; of a sentence's words it is chance.
        node = _in_context(node, stems.language(found), _EXACT_BONUS / max(len(found), 1))
        node = _with_other_names(node, names) if names else node
    tree = None if node is None else _tree(node)
    if node is None or tree is None:
        return ParsedQuery(query.NullQuery, None, 0, "nothing asked yet", " ".join(reading.hints))
    words = _plain_words(node)
    return ParsedQuery(tree, _relaxed(node), len(words), described(node), " ".join(reading.hints))


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


def _with_other_names(node: Node, names: Mapping[str, Sequence[str]]) -> Node:
    """With what else a word of a name may be spelt like."""
    if isinstance(node, Word):
        return replace(node, others=tuple(one for part in parts(node.text) for one in names.get(part, ())))
    if isinstance(node, syntax.All | syntax.Any):
        return type(node)(tuple(_with_other_names(part, names) for part in node.parts))
    return Without(_with_other_names(node.what, names)) if isinstance(node, Without) else node


def _objection(node: Filter) -> str:
    if node.field in _CLOSED and node.value.lower() not in _CLOSED[node.field]:
        known = ", ".join(name for name in _CLOSED[node.field] if not name.endswith("s"))
        return f"{node.field}: knows {known}; “{node.value}” was searched as a word."
    if node.field == "date" and _date_value(node.value) is None:
        return (
            f"“{node.value}” is no date such as 2026, 2026-03 or 2026-03..2026-05; it was searched as a word."
        )
    return ""


def _tree(node: Node) -> query.Query | None:
    """The Whoosh tree of a node; None where no word is left after folding."""
    if isinstance(node, Word):
        return _word(node)
    if isinstance(node, Phrase):
        return _phrase(node.text, node.field)
    if isinstance(node, Filter):
        return _filter(node)
    if isinstance(node, Without):
        inner = _tree(node.what)
        return None if inner is None else query.Not(inner)
    if isinstance(node, syntax.Any):
        return _joined(query.Or, [_tree(part) for part in node.parts])
    return _all([part for part in map(_tree, node.parts) if part is not None])


def _all(trees: list[query.Query]) -> query.Query | None:
    wanted = _joined(query.And, [tree for tree in trees if not isinstance(tree, query.Not)])
    unwanted = _joined(query.Or, [tree.query for tree in trees if isinstance(tree, query.Not)])
    if unwanted is None:
        return wanted
    return query.Not(unwanted) if wanted is None else query.AndNot(wanted, unwanted)


def _joined(kind: type[query.CompoundQuery], trees: list[query.Query | None]) -> query.Query | None:
    kept = [tree for tree in trees if tree is not None]
    return kind(kept) if len(kept) > 1 else (kept[0] if kept else None)


def _anywhere(
    field: str | None, make: Callable[[str, float], query.Query], share: float = 1.0
) -> query.Query:
    """What ``make`` gives for each field and its weight, counted as one.

    Args:
        field: Only this one; None for all fields of words.
        share: What the whole counts.
    """
    fields = [field] if field else list(_WEIGHTS)
    return Anywhere([make(name, _WEIGHTS[name]) for name in fields], boost=share)


def _word(word: Word) -> query.Query | None:
    found = parts(word.text)
    if not found:
        return None
    if len(found) > 1:
        return _anywhere(
            word.field, lambda name, weight: _adjacent(found, name, weight, word.manner, word.language)
        )
    if is_cjk(found[0]):
        return _anywhere(word.field, lambda name, weight: run_query(found[0], name, weight))
    return _single(found[0], word)


def _single(text: str, word: Word) -> query.Query:
    exact = _anywhere(word.field, lambda name, weight: ExactWord(name, text, weight), word.exact_bonus)
    begins = WordBeginning if word.manner is Manner.TYPING else WordPrefix
    beginning = _anywhere(word.field, lambda name, weight: begins(name, text, weight), _PREFIX_SHARE)
    if word.manner is Manner.PREFIX:
        return query.AndMaybe(beginning, exact)
    if word.manner is Manner.SIMILAR:
        similar = _anywhere(word.field, lambda name, weight: SimilarWord(name, text, weight))
        return query.AndMaybe(similar, exact)
    forms = _forms(text, word)
    if word.manner is Manner.TYPING and len(text) >= _SHORTEST_BEGINNING:
        return query.AndMaybe(query.Or([forms, beginning]), exact)
    return query.AndMaybe(forms, exact)


def _forms(text: str, word: Word) -> query.Query:
    """A word and what else it may be spelt like, in any form, counted as one."""
    fields = [word.field] if word.field else list(_WEIGHTS)
    own = [WordForms(name, text, _WEIGHTS[name], word.language) for name in fields]
    others = [WordForms(name, other, _WEIGHTS[name]) for other in word.others for name in fields]
    return Anywhere([*own, *others])


def run_query(run: str, field: str, weight: float = 1.0) -> query.Query:
    """A run of characters without spaces, wherever in a longer run it stands."""
    if len(run) == 1:
        return WordPrefix(field, run, weight)
    leaves = [ExactWord(field, term) for term in query_terms(run)]
    return query.Sequence(leaves, boost=weight)


def _phrase(text: str, field: str | None) -> query.Query | None:
    """Exactly these words."""
    found = parts(text)
    if not found:
        return None
    if len(found) == 1 and is_cjk(found[0]):
        return _anywhere(field, lambda name, weight: run_query(found[0], name, weight))
    return _anywhere(field, lambda name, weight: _adjacent(found, name, weight, None))


def _adjacent(
    found: list[str], field: str, weight: float, manner: Manner | None, language: str | None = None
) -> query.Query:
    """Parts one after the other; ``manner`` None means exact words."""
    leaves: list[Leaf] = []
    for at, part in enumerate(found):
        last = at == len(found) - 1
        if is_cjk(part):
            terms = query_terms(part) if last else run_terms(part)
            single = last and len(part) == 1
            leaves += [WordPrefix(field, term) if single else ExactWord(field, term) for term in terms]
        elif last and manner in (Manner.PREFIX, Manner.TYPING):
            leaves.append((WordBeginning if manner is Manner.TYPING else WordPrefix)(field, part))
        else:
            leaves.append(ExactWord(field, part) if manner is None else WordForms(field, part, 1.0, language))
    return query.Sequence(leaves, boost=weight)


def _filter(node: Filter) -> query.Query:
    if node.field in _CLOSED:
        values = _CLOSED[node.field][node.value.lower()]
        return _joined(query.Or, [Value(node.field, value) for value in values])
    if node.field == "date":
        dates = _date_value(node.value)
        assert dates is not None  # _checked has seen to it
        return DateValue("date", *dates)
    kinds = {"tag": PathValue, "collection": PathValue, "lang": LanguageValue}
    return kinds.get(node.field, NameValue)(node.field, node.value)


def _date_value(text: str) -> tuple[str | None, str | None] | None:
    """(first, last) of a date or a range; None when it is neither."""
    first, dots, last = text.partition("..")
    if not dots:
        last = first
    ends = [_iso(end.strip()) if end.strip() else None for end in (first, last)]
    bad = any(end == "" for end in ends) or ends == [None, None]
    return None if bad else (ends[0], ends[1])


def _iso(text: str) -> str:
    """A year, month or day as ISO 8601; empty when it is none."""
    match = _DATE.match(text) or _DOTTED.match(text)
    if match is None or not 1 <= int(match["month"] or 1) <= 12 or not 1 <= int(match["day"] or 1) <= 31:
        return ""
    rest = (int(part) for part in (match["month"], match["day"]) if part)
    return "-".join([match["year"], *(f"{part:02d}" for part in rest)])


def _plain_words(node: Node) -> list[Word]:
    """The words that a text must have all of; empty where operators make it more than a list."""
    listed = node.parts if isinstance(node, syntax.All) else (node,)
    return [part for part in listed if isinstance(part, Word)]


def _relaxed(node: Node) -> query.Query | None:
    """Some of the words, with all the filters."""
    listed = node.parts if isinstance(node, syntax.All) else (node,)
    words = _plain_words(node)
    rest = [part for part in listed if not isinstance(part, Word)]
    choices = [tree for word in words for tree in _choices(word)]
    if len(choices) < 2 or any(isinstance(part, syntax.Any) for part in rest):
        return None
    others = [tree for tree in map(_tree, rest) if tree is not None]
    return _all([query.Or(choices), *others])


def _choices(word: Word) -> list[query.Query]:
    """A word for itself; a run without spaces by its bigrams, hyphenated parts by themselves."""
    found = parts(word.text)
    if len(found) == 1 and not is_cjk(found[0]):
        return [tree for tree in [_tree(word)] if tree is not None]
    pieces = [piece for part in found for piece in (query_terms(part) if is_cjk(part) else [part])]
    trees = [_tree(replace(word, text=piece, manner=Manner.FORMS)) for piece in pieces]
    return [tree for tree in trees if tree is not None]
