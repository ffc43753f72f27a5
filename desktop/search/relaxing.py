"""A wider query for when too few texts have all of the words: those with some of them.

Here order is everything, because nearly every text has one of a sentence's words. So each word counts
by what it carries, derived words count beside a word's forms, and words that stand together as they
were asked count more than the same words apart (see ``weights``).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from whoosh import query

from desktop.search import japanese, weights
from desktop.search.cjk import is_cjk, query_terms
from desktop.search.fold import parts
from desktop.search.function_words import FUNCTION_WORDS
from desktop.search.leaves import Anywhere, WordFamily, WordForms
from desktop.search.nodes import All, Any, Manner, Node, Phrase, Word
from desktop.search.trees import all_of, run_query, tree_of

# From so many words on, it is a passage that somebody pasted: its quotation marks, brackets and capitals
# are those of prose.
_PASSAGE = 15
# Who puts fewer beside a phrase means the phrase.
_SENTENCE = 3


def plain_words(node: Node) -> list[Word]:
    """The words that a text must have all of; empty where operators make it more than a list."""
    if _is_passage(node):
        return list(_words_within(node))
    return [part for part in _listed(node) if isinstance(part, Word)]


def relaxed(node: Node) -> tuple[query.Query, ...]:
    """Trees for some of the words, with all the filters: the second one is for when the first finds nothing.

    A sentence's phrases are held to first, then only their words; those of a passage never are.
    """
    words = plain_words(node)
    rest = [part for part in _listed(node) if not isinstance(part, Word)]
    beside = [part for part in rest if not _is_wordy(part)]
    wordy = filter(_is_wordy, _listed(node))
    loose = _some_of([word for part in wordy for word in _words_within(part)], beside)
    if _is_passage(node):
        return tuple(filter(None, [loose]))
    if any(isinstance(part, Any) and any(_words_within(part)) for part in rest):
        return ()
    held = _some_of(words, rest)
    is_sentence = len(words) >= _SENTENCE and len(beside) < len(rest)
    return tuple(filter(None, [held, loose if is_sentence else None]))


def _listed(node: Node) -> tuple[Node, ...]:
    return node.parts if isinstance(node, All) else (node,)


def _is_wordy(node: Node) -> bool:
    """It asks for words and for nothing else: a value among them must not get lost."""
    if isinstance(node, All | Any):
        return all(map(_is_wordy, node.parts))
    return isinstance(node, Word | Phrase)


def _is_passage(node: Node) -> bool:
    return isinstance(node, All | Any) and sum(1 for _ in _words_within(node)) >= _PASSAGE


def _words_within(node: Node) -> Iterator[Word]:
    """All words that are asked for in one way or another; those in quotation marks in any form."""
    if isinstance(node, Word):
        yield node
    elif isinstance(node, Phrase):
        yield from (Word(part, field=node.field) for part in parts(node.text))
    elif isinstance(node, All | Any):
        for part in node.parts:
            yield from _words_within(part)


def _some_of(words: Sequence[Word], rest: Sequence[Node]) -> query.Query | None:
    if len(words) == 1 and japanese.is_word(words[0].text):
        return None
    pieces = [piece for word in words for piece in _pieces(word)]
    choices = [tree for tree in map(_choice, pieces) if tree is not None]
    if len(choices) < 2:
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
        family = _anywhere(
            piece, lambda field: WordFamily(field, piece.text, language=piece.language), weights.FAMILY
        )
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
