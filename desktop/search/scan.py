"""Finding words without an index: for the first moments of an archive, or after damage.

It reads the records one by one, so it stops after a while and says what it did.
"""

from collections.abc import Iterable, Iterator
from time import monotonic

from whoosh import query

from desktop.core.searching import IndexRecord, SearchHit, SearchResult
from desktop.search.cjk import is_cjk
from desktop.search.fold import parts
from desktop.search.leaves import WordForms
from desktop.search.marking import Marker
from desktop.search.query import parse
from desktop.search.schema import WORD_FIELDS
from desktop.search.snippet import passage
from desktop.search.syntax import All, Node, Phrase, Word, read
from desktop.search.trees import run_query

_SECONDS = 1.5
_HINT = "The index is being built; until then only plain words are searched for, in the first {} records."


def scan(text: str, records: Iterable[IndexRecord], *, limit: int = 50) -> SearchResult:
    """Records whose title, text or note has every plain word of the query, in any form.

    Filters and operators are left out. ``total`` counts what was seen until the time was up.
    """
    words = list(_words(read(text).node))
    found: list[SearchHit] = []
    seen, total, until = 0, 0, monotonic() + _SECONDS
    markers = [{field: Marker(_tree(field, word), field) for field in WORD_FIELDS} for word in words]
    for record in records if words else ():
        seen += 1
        if all(_stands_in(record, marker) for marker in markers):
            total += 1
            if len(found) < limit:
                found.append(_hit(record, words))
        if monotonic() > until:
            break
    return SearchResult(
        query=text,
        understood=parse(text).understood,
        hits=tuple(found),
        total=total,
        hint=_HINT.format(f"{seen:,}"),
        articles=len({hit.article_id for hit in found}),
    )


def _words(node: Node | None) -> Iterator[str]:
    if isinstance(node, Word | Phrase):
        yield from parts(node.text)
    elif isinstance(node, All):
        for part in node.parts:
            yield from _words(part)


def _tree(field: str, word: str) -> query.Query:
    return run_query(word, field) if is_cjk(word) else WordForms(field, word)


def _stands_in(record: IndexRecord, markers: dict[str, Marker]) -> bool:
    texts = {"title": record.title, "text": record.text, "note": record.note, "claim": record.claim}
    return any(marker.hits(texts[field]) for field, marker in markers.items())


def _hit(record: IndexRecord, words: list[str]) -> SearchHit:
    hits = Marker(query.Or([_tree("text", word) for word in words]), "text").hits(record.text)
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
