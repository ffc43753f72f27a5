"""SQLite FTS5 beside the texts as external content: bm25, exact totals by a second statement."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.bench.engines.corpus import copy_of
from tests.bench.engines.engine import TOP, Unsupported
from tests.bench.engines.questions import DATES, Question

_SNIPPET = "snippet(words, 1, '<b>', '</b>', '…', 30)"


class Fts5:
    """``prefix`` is what makes its prefix questions quick, as an application would have it."""

    name = "FTS5"
    prefix = "prefix='2 3'"

    def prepare(self, corpus: Path, folder: Path) -> None:
        copy_of(corpus, _place(folder))

    def build(self, _corpus: Path, folder: Path) -> None:
        with closing(sqlite3.connect(_place(folder))) as db:
            db.executescript(
                "PRAGMA journal_mode=wal; PRAGMA synchronous=normal; PRAGMA cache_size=-200000;"
                "CREATE VIRTUAL TABLE words USING fts5(title, text, content='articles', content_rowid='id', "
                f"{self.prefix}, tokenize='unicode61 remove_diacritics 0')"
            )
            db.execute("INSERT INTO words (words) VALUES ('rebuild')")
            db.commit()
            db.execute("PRAGMA wal_checkpoint(truncate)")

    def settle(self, _corpus: Path, _folder: Path) -> None:
        """It does nothing later."""

    def size(self, corpus: Path, folder: Path) -> int:
        return _place(folder).stat().st_size - corpus.stat().st_size

    def open(self, _corpus: Path, folder: Path) -> None:
        self._db = sqlite3.connect(_place(folder))
        self._db.executescript("PRAGMA cache_size=-400000; PRAGMA mmap_size=8000000000;")

    def ask(self, question: Question) -> int:
        asked = _line(question)
        total: int = self._db.execute(
            f"SELECT count(*) FROM {_FROM.get(question.kind, _ANY)}", (asked,)
        ).fetchone()[0]
        self._db.execute(_BEST.get(question.kind, _BEST["mid"]), (asked,)).fetchall()
        if question.kind == "facets":
            for counted in _FACETS:
                self._db.execute(counted, (asked,)).fetchall()
        return total


class Fts5Plain(Fts5):
    """Without an index of prefixes: smaller, and slow where one is needed."""

    name = "FTS5 without prefixes"
    prefix = "prefix=''"


def _place(folder: Path) -> Path:
    return folder / "fts5.db"


_WITHIN = (
    "words f JOIN articles a ON a.id = f.rowid WHERE words MATCH ? "
    f"AND a.date BETWEEN '{DATES[0]}' AND '{DATES[1]}'"
)
_ANY = "words WHERE words MATCH ?"
_FROM = {"date": _WITHIN}
_BEST = {
    "mid": f"SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT {TOP}",
    "date": f"SELECT f.rowid FROM {_WITHIN} ORDER BY f.rank LIMIT {TOP}",
    "by date": "SELECT f.rowid FROM words f JOIN articles a ON a.id = f.rowid WHERE words MATCH ? "
    f"ORDER BY a.date DESC LIMIT {TOP}",
    "snippets": f"SELECT rowid, {_SNIPPET} FROM words WHERE words MATCH ? ORDER BY rank LIMIT {TOP}",
}
_MATCHING = "FROM words f JOIN {} WHERE words MATCH ? GROUP BY 1"
_FACETS = (
    f"SELECT a.outlet, count(*) {_MATCHING.format('articles a ON a.id = f.rowid')}",
    f"SELECT substr(a.date, 1, 4), count(*) {_MATCHING.format('articles a ON a.id = f.rowid')}",
    f"SELECT t.tag, count(*) {_MATCHING.format('tags t ON t.article = f.rowid')}",
)


def _line(question: Question) -> str:
    words = [f'"{word}"' for word in question.words]
    if question.kind in ("fuzzy", "wildcard"):
        raise Unsupported
    if question.kind == "and":
        return " AND ".join(words)
    if question.kind in ("phrase", "stop phrase"):
        return f'"{" ".join(question.words)}"'
    if question.kind == "prefix":
        return f"{words[0]}*"
    return " OR ".join(dict.fromkeys(words))
