"""A wider query for when too few texts have all of the words: those with some of them.

Here order is everything, because nearly every text has one of a sentence's words. So each word counts
by what it carries, derived words count beside a word's forms, and words that stand together as they
were asked count more than the same words apart (see ``weights``).
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from whoosh import query

from desktop.search import japanese, weights
from desktop.search.cjk import is_cjk, query_terms
from desktop.search.fold import parts
from desktop.search.function_words import FUNCTION_WORDS
from desktop.search.leaves import Anywhere, WordFamily, WordForms
from desktop.search.nodes import All, Any, Manner, Node, Word
from desktop.search.trees import all_of, run_query, tree_of


def plain_words(node: Node) -> list[Word]:
    """The words that a text must have all of; empty where operators make it more than a list."""
    listed = node.parts if isinstance(node, All) else (node,)
    return [part for part in listed if isinstance(part, Word)]


def relaxed(node: Node) -> query.Query | None:
    """Some of the words, with all the filters."""
    listed = node.parts if isinstance(node, All) else (node,)
    words = plain_words(node)
    rest = [part for part in listed if not isinstance(part, Word)]
    if len(words) == 1 and japanese.is_word(words[0].text):
        return None
    pieces = [piece for word in words for piece in _pieces(word)]
    choices = [tree for tree in map(_choice, pieces) if tree is not None]
    if len(choices) < 2 or any(isinstance(part, Any) for part in rest):
        return None
    others = [tree for tree in map(tree_of, rest) if tree is not None]
    return all_of([query.Or([*choices, *_pairs(pieces)]), *others])


def _pieces(word: Word) -> Iterator[Word]:
    """A word by itself; a run without spaces by its bigrams, hyphenated parts one by one."""
    if word.manner in (Manner.WILD, Manner.EXACT):
        yield word
        return
    found = parts(word.text)
    for part in found:
        if is_cjk(part):
            yield from (replace(word, text=bigram, manner=Manner.FORMS) for bigram in query_terms(part))
        else:
            yield replace(word, text=part, manner=word.manner if len(found) == 1 else Manner.FORMS)


def _choice(piece: Word) -> query.Query | None:
    tree = tree_of(piece)
    if tree is None:
        return None
    if is_cjk(piece.text) and piece.manner is Manner.FORMS:
        saturation = weights.BIGRAM_K1
        return _anywhere(
            piece, lambda field: run_query(piece.text, field), weights.share(piece.text), saturation
        )
    if piece.manner is Manner.FORMS:
        family = _anywhere(piece, lambda field: WordFamily(field, piece.text), weights.FAMILY)
        tree = query.Or([tree, family])
    return _lessened(tree, weights.share(piece.text))


def _pairs(pieces: list[Word]) -> list[query.Query]:
    """What two words next to each other say more than the two of them; twice the same pair is one."""
    pairs = {
        (one.text, other.text): _pair(one, other)
        for one, other in pairwise(pieces)
        if _joins(one) and _joins(other) and one.field == other.field and one.text != other.text
        if not {one.text, other.text} <= FUNCTION_WORDS
    }
    return list(pairs.values())


def _joins(piece: Word) -> bool:
    return piece.manner is Manner.FORMS and not is_cjk(piece.text)


def _pair(one: Word, other: Word) -> query.Query:
    def adjacent(field: str) -> query.Query:
        return query.Sequence(
            [WordForms(field, word.text, 1.0, word.language, word.languages) for word in (one, other)]
        )

    return _anywhere(one, adjacent, weights.PAIR)


def _anywhere(
    piece: Word,
    make: Callable[[str], query.Query],
    share: float,
    saturation: float = weights.K1,
) -> query.Query:
    """What ``make`` gives for each field that the piece may stand in, counted as one."""
    units = []
    for field in [piece.field] if piece.field else weights.FIELDS:
        unit = make(field)
        unit.boost = weights.FIELDS[field]
        units.append(unit)
    return Anywhere(units, share, saturation)


def _lessened(tree: query.Query, share: float) -> query.Query:
    """The same tree with everything in it counting ``share`` of what it did."""
    if isinstance(tree, Anywhere):
        return Anywhere(tree.subqueries, tree.boost * share, tree.saturation)
    if isinstance(tree, query.AndMaybe):
        return query.AndMaybe(_lessened(tree.a, share), _lessened(tree.b, share))
    return type(tree)([_lessened(each, share) for each in tree.subqueries])
