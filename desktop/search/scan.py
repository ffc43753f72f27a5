"""Answering without an index: for the first moments of an archive, or after damage.

The tree of the query is asked of one record after the other, with the very leaves and marks that the
index is asked with. It stops after a while and says what it did.
"""

from collections.abc import Iterable
from time import monotonic
from typing import Any

from whoosh import query

from desktop.core.searching import IndexRecord, SearchHit, SearchResult
from desktop.search.fold import terms
from desktop.search.leaves import Leaf, OfArticles, Value
from desktop.search.marking import Marker
from desktop.search.query import parse
from desktop.search.schema import WORD_FIELDS, document_of
from desktop.search.snippet import passage

_SECONDS = 1.5
_HINT = "The index is being built; until then only the first {} records are searched, in their order."
_NO_JOINS = "What other records of an article have is not looked at yet."


def scan(text: str, records: Iterable[IndexRecord], *, limit: int = 50) -> SearchResult:
    """The records that match a query, in their order.

    ``total`` counts what was seen until the time was up.
    """
    parsed = parse(text)
    matching = Matching(parsed.query)
    marker = Marker(parsed.query, "text")
    found: list[SearchHit] = []
    seen, total, until = 0, 0, monotonic() + _SECONDS
    for record in records if parsed.query is not query.NullQuery else ():
        seen += 1
        if matching.matches(record):
            total += 1
            if len(found) < limit:
                found.append(_hit(record, marker))
        if monotonic() > until:
            break
    hints = [parsed.hint, _HINT.format(f"{seen:,}"), _NO_JOINS if matching.joins else ""]
    return SearchResult(
        query=text,
        understood=parsed.understood,
        hits=tuple(found),
        total=total,
        hint=" ".join(filter(None, hints)),
        articles=len({hit.article_id for hit in found}),
    )


class Matching:
    """Says of single records whether they match a tree.

    Attributes:
        joins: The tree asks for other records of the same article; these are judged by the record alone.
    """

    def __init__(self, tree: query.Query) -> None:
        self._tree = tree
        self._markers: dict[int, Marker] = {}
        self.joins = any(isinstance(node, OfArticles) for node in _nodes(tree))

    def matches(self, record: IndexRecord) -> bool:
        return self._holds(self._tree, document_of(record))

    def _holds(self, tree: query.Query, document: dict[str, Any]) -> bool:
        if isinstance(tree, query.Sequence | Leaf):
            return self._stands(tree, document)
        if tree is query.NullQuery:
            return False
        if isinstance(tree, query.And):
            return all(self._holds(sub, document) for sub in tree.subqueries)
        if isinstance(tree, query.Or):
            return any(self._holds(sub, document) for sub in tree.subqueries)
        if isinstance(tree, query.Not):
            return not self._holds(tree.query, document)
        if isinstance(tree, query.AndNot):
            return self._holds(tree.a, document) and not self._holds(tree.b, document)
        return self._holds(tree.tree if isinstance(tree, OfArticles) else tree.a, document)

    def _stands(self, unit: query.Query, document: dict[str, Any]) -> bool:
        """Whether a leaf or a sequence stands in its field."""
        field = unit.fieldname if isinstance(unit, Leaf) else unit.subqueries[0].fieldname
        value = document.get(field)
        if not value:
            return False
        if isinstance(unit, Value):
            several = terms(value) if field in WORD_FIELDS else [value] if isinstance(value, str) else value
            return any(map(unit.accepts, several))
        if id(unit) not in self._markers:
            self._markers[id(unit)] = Marker(unit, field)
        return bool(self._markers[id(unit)].hits(value, 1))


def _nodes(tree: query.Query) -> Iterable[query.Query]:
    yield tree
    below = [getattr(tree, name, None) for name in ("a", "b", "query", "tree")]
    for sub in (*getattr(tree, "subqueries", ()), *filter(None, below)):
        yield from _nodes(sub)


def _hit(record: IndexRecord, marker: Marker) -> SearchHit:
    hits = marker.hits(record.text)
    is_article = record.annotation_id is None
    return SearchHit(
        key=record.key,
        kind=record.kind,
        article_id=record.article_id,
        annotation_id=record.annotation_id,
        title=record.title,
        score=0.0,
        snippet=passage(record.text, hits, 0 if is_article else -1),
        matches=hits if is_article else (),
    )
