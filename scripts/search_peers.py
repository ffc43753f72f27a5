"""SQLite FTS5 and stock Whoosh over a test collection, each asked in its own best honest way.

Both get the words of a query joined by OR, since with AND most questions find nothing at all.
"""

import re
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path

from search_measures import Collection
from whoosh import analysis, fields, index, qparser, scoring

from desktop.core.searching import IndexRecord

_WORD = re.compile(r"\w+")


class Peer(ABC):
    """Another search engine, filled with one collection."""

    @abstractmethod
    def found(self, query: str, limit: int) -> list[str]:
        """Ids of documents, best first."""

    @abstractmethod
    def close(self) -> None: ...


class Fts5(Peer):
    """SQLite's full-text index with its own bm25, a title counting twice.

    Args:
        tokenizer: ``unicode61`` (words as they stand), ``porter unicode61`` (English stems) or
            ``trigram`` (every three characters, for writing without spaces).
    """

    def __init__(self, documents: Sequence[IndexRecord], tokenizer: str) -> None:
        self._step = 3 if tokenizer == "trigram" else 0
        self._db = sqlite3.connect(":memory:")
        self._db.execute(
            f"CREATE VIRTUAL TABLE texts USING fts5(id UNINDEXED, title, text, tokenize='{tokenizer}')"
        )
        rows = ((one.article_id, one.title, one.text) for one in documents)
        self._db.executemany("INSERT INTO texts VALUES (?, ?, ?)", rows)

    def found(self, query: str, limit: int) -> list[str]:
        words = _WORD.findall(query)
        if self._step:
            words = [word[at : at + self._step] for word in words for at in range(len(word) - self._step + 1)]
        if not words:
            return []
        asked = " OR ".join(f'"{word}"' for word in words)
        sql = "SELECT id FROM texts WHERE texts MATCH ? ORDER BY bm25(texts, 0, 2, 1) LIMIT ?"
        return [name for (name,) in self._db.execute(sql, (asked, limit))]

    def close(self) -> None:
        self._db.close()


class Whoosh(Peer):
    """Whoosh as it comes, with BM25F and its analyser for the language; of Japanese it makes bigrams."""

    def __init__(self, documents: Sequence[IndexRecord], language: str, folder: Path) -> None:
        words = fields.TEXT(analyzer=_analyser(language), phrase=False)
        schema = fields.Schema(id=fields.STORED, title=words, text=words)
        folder.mkdir()
        made = index.create_in(str(folder), schema)
        writer = made.writer(limitmb=256)
        for one in documents:
            writer.add_document(id=one.article_id, title=one.title, text=one.text)
        writer.commit()
        boosts = {"title": 2.0, "text": 1.0}
        self._parser = qparser.MultifieldParser(
            list(boosts), schema, boosts, plugins=[], group=qparser.OrGroup
        )
        self._searcher = made.searcher(weighting=scoring.BM25F())

    def found(self, query: str, limit: int) -> list[str]:
        words = " ".join(_WORD.findall(query))
        return [hit["id"] for hit in self._searcher.search(self._parser.parse(words), limit=limit)]

    def close(self) -> None:
        self._searcher.close()


def _analyser(language: str) -> analysis.Analyzer:
    if language == "en":
        return analysis.StemmingAnalyzer()
    if language == "ja":
        return analysis.NgramTokenizer(2) | analysis.LowercaseFilter()
    return analysis.LanguageAnalyzer(language) if language == "ru" else analysis.StandardAnalyzer()


def peers(collection: Collection, folder: Path) -> dict[str, Peer]:
    """The engines to compare with, filled; FTS5 with every tokenizer that suits the language."""
    documents = collection.documents()
    other = {"en": "porter unicode61", "ja": "trigram"}.get(collection.language, "trigram")
    return {
        "FTS5 unicode61": Fts5(documents, "unicode61"),
        f"FTS5 {other.partition(' ')[0]}": Fts5(documents, other),
        "Whoosh": Whoosh(documents, collection.language, folder / "whoosh"),
    }
