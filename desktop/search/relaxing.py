"""A wider query for when too few texts have all of the words: those with some of them."""

from dataclasses import replace

from whoosh import query

from desktop.search import japanese
from desktop.search.cjk import is_cjk, query_terms
from desktop.search.fold import parts
from desktop.search.nodes import All, Any, Manner, Node, Phrase, Word
from desktop.search.trees import all_of, tree_of


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
    choices = [tree for word in words for tree in _choices(word)]
    if len(choices) < 2 or any(isinstance(part, Any) for part in rest):
        return None
    others = [tree for tree in map(tree_of, rest) if tree is not None]
    return all_of([query.Or(choices), *others])


def _choices(word: Word) -> list[query.Query]:
    """A word for itself; a run without spaces by its bigrams, hyphenated parts by themselves."""
    found = parts(word.text)
    if word.manner in (Manner.WILD, Manner.EXACT) or (len(found) == 1 and not is_cjk(found[0])):
        return [tree for tree in [tree_of(word)] if tree is not None]
    pieces = [piece for part in found for piece in (query_terms(part) if is_cjk(part) else [part])]
    trees = [
        tree_of(
            Phrase(piece, word.field) if is_cjk(piece) else replace(word, text=piece, manner=Manner.FORMS)
        )
        for piece in pieces
    ]
    return [tree for tree in trees if tree is not None]
