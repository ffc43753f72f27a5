"""From what was asked to a Whoosh query tree: which leaves a word, phrase or filter becomes."""

import re
from collections.abc import Callable
from functools import partial
from itertools import pairwise

from whoosh import query

from desktop.search import japanese, weights
from desktop.search.cjk import contains_cjk, is_cjk, query_terms, run_terms
from desktop.search.filters import filter_tree, likeness_tree, period_tree
from desktop.search.fold import fold, parts
from desktop.search.languages import without_clitics
from desktop.search.leaves import (
    AnyOf,
    Anywhere,
    ExactWord,
    Leaf,
    SimilarWord,
    WordBeginning,
    WordForms,
    WordPrefix,
)
from desktop.search.names import NameSpelling, is_name
from desktop.search.nodes import Any, Filter, Likeness, Manner, Node, Period, Phrase, Regex, Without, Word
from desktop.search.patterns import RegexWord, WildWord
from desktop.search.signs import LETTER

_PREFIX_SHARE = 0.5
# Spellings of other lengths are counted apart, so the run as typed must count for more.
_SAME_RUN = 4
# What another spelling of a name counts: as it was typed comes first.
_OTHER_SHARE = 0.1
_BETWEEN_NAMES = 1
# Shorter beginnings stand for too many words to be of use while typing.
_SHORTEST_BEGINNING = 2
# A word with its inner apostrophes, marks and signs for other letters.
_WILD_PIECE = re.compile(r"[\w*?\u0300-\u036f\u3099\u309a]+(?:['’ʼ`′][\w*?\u0300-\u036f]+)*")


def tree_of(node: Node) -> query.Query | None:
    """The Whoosh tree of a node; None where no word is left after folding."""
    if isinstance(node, Word):
        return _word(node)
    if isinstance(node, Phrase):
        return _phrase(node) if node.slop is None else _near(node, node.slop)
    if isinstance(node, Regex):
        return _anywhere(node.field, lambda name, weight: RegexWord(name, node.text, weight))
    if isinstance(node, Filter):
        return filter_tree(node)
    if isinstance(node, Likeness):
        return likeness_tree(node)
    if isinstance(node, Period):
        return period_tree(node)
    if isinstance(node, Without):
        inner = tree_of(node.what)
        return None if inner is None else query.Not(inner)
    if isinstance(node, Any):
        return _joined(query.Or, [tree_of(part) for part in node.parts])
    return all_of([part for part in map(tree_of, node.parts) if part is not None])


def all_of(trees: list[query.Query]) -> query.Query | None:
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
    fields = [field] if field else list(weights.FIELDS)
    return Anywhere([make(name, weights.FIELDS[name]) for name in fields], boost=share)


def _word(word: Word) -> query.Query | None:
    if word.manner is Manner.WILD:
        return _wild(word)
    found = parts(word.text)
    if not found:
        return None
    if len(found) > 1:
        asked = None if word.manner is Manner.EXACT else word
        row = _anywhere(word.field, lambda name, weight: _adjacent(found, name, weight, asked))
        bare = without_clitics(word.text, found) if asked else None
        return row if bare is None else query.AndMaybe(_single(bare, word), row)
    if is_cjk(found[0]) and word.manner is Manner.EXACT:
        return _anywhere(word.field, lambda name, weight: run_query(found[0], name, weight))
    if is_cjk(found[0]):
        return _or_other_names(_run(found[0], word), found[0], word)
    return _single(found[0], word)


def _wild(word: Word) -> query.Query | None:
    """A word with stars and question marks; its hyphenated parts one after the other."""
    pieces = wild_pieces(word.text)
    if not pieces:
        return None
    return _anywhere(
        word.field,
        lambda name, weight: _row([leaf for piece in pieces for leaf in _wild_leaves(piece, name)], weight),
    )


def wild_pieces(text: str) -> list[str]:
    """The folded parts of a wild word or phrase; a part of nothing but stars is left out."""
    return [piece for piece in map(fold, _WILD_PIECE.findall(text)) if any(map(str.isalnum, piece))]


def _wild_leaves(piece: str, field: str) -> list[Leaf]:
    if contains_cjk(piece):
        runs = piece.replace("*", "")  # a run has neither beginning nor end
        return [
            WildWord(field, a + b) if "?" in a + b else ExactWord(field, a + b) for a, b in pairwise(runs)
        ] or [WordPrefix(field, runs)]
    return [WildWord(field, piece) if "*" in piece or "?" in piece else ExactWord(field, piece)]


def _row(leaves: list[Leaf], weight: float) -> query.Query:
    """Leaves one after the other; a leaf by itself keeps its own way of being run."""
    if len(leaves) > 1:
        return query.Sequence(leaves, boost=weight)
    leaves[0].boost = weight
    return leaves[0]


def _run(run: str, word: Word) -> query.Query:
    """A run of characters without spaces; where it may be a Japanese word, in any of its forms."""
    exact = _anywhere(word.field, lambda name, weight: run_query(run, name, weight))
    if not japanese.is_word(run):
        return exact
    by_length: dict[int, list[query.Query]] = {}
    for form in japanese.forms(run):
        for name in [word.field] if word.field else weights.FIELDS:
            by_length.setdefault(form.length(), []).append(_form_query(form, name, weights.FIELDS[name]))
    exact.boost = _SAME_RUN * word.exact_bonus
    return query.AndMaybe(_joined(query.Or, [Anywhere(units) for units in by_length.values()]), exact)


def _form_query(form: japanese.Form, field: str, weight: float) -> query.Query:
    """A stem with one of the characters that can follow it, all at successive places."""
    if not form.following:
        return run_query(form.stem, field, weight)
    *before, last = run_terms(form.stem)
    endings = AnyOf(field, last, [last + each for each in form.following] + [last] * form.may_end, weight)
    leaves = [*(ExactWord(field, term) for term in before), endings]
    return query.Sequence(leaves, boost=weight) if before else endings


def _single(text: str, word: Word) -> query.Query:
    exact = _anywhere(word.field, lambda name, weight: ExactWord(name, text, weight), word.exact_bonus)
    begins = WordBeginning if word.manner is Manner.TYPING else WordPrefix
    beginning = _anywhere(word.field, lambda name, weight: begins(name, text, weight), _PREFIX_SHARE)
    if word.manner is Manner.EXACT:
        return _anywhere(word.field, lambda name, weight: ExactWord(name, text, weight))
    if word.manner is Manner.PREFIX:
        return query.AndMaybe(beginning, exact)
    if word.manner is Manner.SIMILAR:
        similar = _anywhere(word.field, lambda name, weight: SimilarWord(name, text, weight, word.edits))
        return query.AndMaybe(similar, exact)
    forms = _forms(text, word)
    if word.manner is Manner.TYPING and len(text) >= _SHORTEST_BEGINNING:
        return query.AndMaybe(query.Or([forms, beginning]), exact)
    return query.AndMaybe(forms, exact)


def _forms(text: str, word: Word) -> query.Query:
    """A word in any form, and with less weight what else it may be spelt like."""
    own = _anywhere(
        word.field, lambda name, weight: WordForms(name, text, weight, word.language, word.languages)
    )
    return _or_other_names(own, text, word)


def _or_other_names(own: query.Query, text: str, word: Word) -> query.Query:
    others = [_other_name(other, word) for other in word.others]
    if word.is_name:
        others.append(_anywhere(word.field, partial(_spelling, text), _OTHER_SHARE))
    return query.Or([own, *others]) if others else own


def _spelling(text: str, field: str, weight: float) -> query.Query:
    return NameSpelling(field, text, weight)


def _other_name(other: str, word: Word) -> query.Query:
    if " " in other:
        return _anywhere(word.field, partial(_whole_name, other.split()), _OTHER_SHARE)
    if is_cjk(other):
        return _anywhere(word.field, lambda name, weight: run_query(other, name, weight), _OTHER_SHARE)
    forms = _anywhere(word.field, lambda name, weight: WordForms(name, other, weight), _OTHER_SHARE)
    if not is_name(other.capitalize()):
        return forms
    return query.Or([forms, _anywhere(word.field, partial(_spelling, other), _OTHER_SHARE)])


def _whole_name(words: list[str], field: str, weight: float) -> query.Query:
    """All words of a name, in whatever order; between them there may be another name."""
    leaves = [WordForms(field, word) for word in words]
    return query.Sequence(leaves, slop=_BETWEEN_NAMES, ordered=False, boost=weight)


def run_query(run: str, field: str, weight: float = 1.0) -> query.Query:
    """A run of characters without spaces, wherever in a longer run it stands."""
    if len(run) == 1:
        return WordPrefix(field, run, weight)
    leaves = [ExactWord(field, term) for term in query_terms(run)]
    return query.Sequence(leaves, boost=weight)


def _phrase(phrase: Phrase) -> query.Query | None:
    """Exactly these words; stars and question marks within them stand for letters."""
    if "*" in phrase.text or LETTER.search(phrase.text):
        return _wild(Word(phrase.text, Manner.WILD, phrase.field))
    found = parts(phrase.text)
    if not found:
        return None
    if len(found) == 1 and is_cjk(found[0]):
        return _anywhere(phrase.field, lambda name, weight: run_query(found[0], name, weight))
    return _anywhere(phrase.field, lambda name, weight: _adjacent(found, name, weight))


def _near(phrase: Phrase, slop: int) -> query.Query | None:
    """The words in any form and order, with so many others between them."""
    found = list(dict.fromkeys(parts(phrase.text)))
    if len(found) < 2:
        return tree_of(Word(phrase.text, field=phrase.field))
    return _anywhere(
        phrase.field,
        lambda name, weight: query.Sequence(
            [leaf for part in found for leaf in _near_leaves(part, name)],
            slop=slop,
            ordered=False,
            boost=weight,
        ),
    )


def _near_leaves(part: str, field: str) -> list[Leaf]:
    if not is_cjk(part):
        return [WordForms(field, part)]
    if len(part) == 1:
        return [WordPrefix(field, part)]
    return [ExactWord(field, term) for term in query_terms(part)]


def _adjacent(found: list[str], field: str, weight: float, word: Word | None = None) -> query.Query:
    """Parts one after the other, in any form where they are parts of a ``word``."""
    manner = word and word.manner
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
            forms = word and WordForms(field, part, 1.0, word.language, word.languages)
            leaves.append(forms or ExactWord(field, part))
    return query.Sequence(leaves, boost=weight)
