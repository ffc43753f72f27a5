"""The corpus that all engines index: one SQLite table, made once and kept under build/bench.

The synthetic text is the bench's own; the real one is mixed from ``../shared/data`` by its script
``make_scale.py``. A million articles are hundred thousand told ten times over with other numbers.
"""

import hashlib
import json
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from desktop.core.searching import IndexChange, IndexHead, IndexRecord
from tests.bench import corpus as made_up

KEPT = Path(__file__).parents[3] / "build" / "bench"
SHARED = Path(__file__).parents[4] / "shared" / "data"
SOURCES = ("extraction", "quotes", "corpora")
TAGS = 200
OUTLETS = 40
_LARGEST_MADE = 100_000
_TABLE = """
CREATE TABLE articles (id INTEGER PRIMARY KEY, title TEXT, text TEXT, outlet TEXT, language TEXT, date TEXT);
CREATE TABLE tags (article INTEGER, tag TEXT);
"""
_AFTER = """
CREATE INDEX articles_date ON articles (date);
CREATE INDEX tags_article ON tags (article);
"""


@dataclass(frozen=True)
class Article:
    """A row of the corpus; ``date`` is a day in ISO 8601."""

    id: int
    title: str
    text: str
    outlet: str
    language: str
    date: str
    tags: tuple[str, ...]


def corpus_of(count: int, text: str) -> Path:
    """The database with so many articles."""
    path = KEPT / f"engines-{text}-{count}-{_version()}.db"
    if not path.exists():
        sys.stderr.write(f"Making {count:,} articles; they are kept in {KEPT}.\n")
        KEPT.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        with closing(sqlite3.connect(fresh)) as db:
            db.executescript(_TABLE)
            _fill(db, _articles(count, text))
            db.executescript(_AFTER)
            db.commit()
        fresh.replace(path)
    return path


def _version() -> str:
    sources = (Path(__file__), Path(made_up.__file__))
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:8]


def read(path: Path, first: int = 0, end: int | None = None) -> Iterator[Article]:
    """The articles with ``first <= id < end``, in order."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        tags: dict[int, list[str]] = {}
        span = (first, sys.maxsize if end is None else end)
        for article, tag in db.execute("SELECT * FROM tags WHERE article >= ? AND article < ?", span):
            tags.setdefault(article, []).append(tag)
        for row in db.execute("SELECT * FROM articles WHERE id >= ? AND id < ? ORDER BY id", span):
            yield Article(*row, tuple(tags.get(row[0], ())))


def _fill(db: sqlite3.Connection, articles: Iterable[Article]) -> None:
    rows = iter(articles)
    while batch := list(islice(rows, 1000)):
        plain = [(one.id, one.title, one.text, one.outlet, one.language, one.date) for one in batch]
        db.executemany("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?)", plain)
        db.executemany("INSERT INTO tags VALUES (?, ?)", [(one.id, tag) for one in batch for tag in one.tags])


def _articles(count: int, text: str) -> Iterator[Article]:
    if count > _LARGEST_MADE:
        yield from _repeated(count, text)
        return
    chance = random.Random(count)
    for number, (title, words, language) in enumerate(_texts(count, text)):
        yield Article(
            id=number,
            title=title,
            text=words,
            outlet=f"Outlet {min(int(chance.paretovariate(0.9)), OUTLETS)}",
            language=language,
            date=f"{chance.randint(2010, 2026)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}",
            tags=tuple(
                sorted(
                    {f"tag{min(int(chance.paretovariate(0.7)), TAGS)}" for _ in range(chance.randint(0, 4))}
                )
            ),
        )


def _repeated(count: int, text: str) -> Iterator[Article]:
    path = corpus_of(_LARGEST_MADE, text)
    for start in range(0, count, _LARGEST_MADE):
        for one in islice(read(path), count - start):
            yield Article(
                one.id + start,
                one.title,
                f"{one.text} № {start}",
                one.outlet,
                one.language,
                one.date,
                one.tags,
            )


def _texts(count: int, text: str) -> Iterator[tuple[str, str, str]]:
    """(title, text, language)"""
    if text == "real":
        yield from _mixed(count)
        return
    chance = random.Random(7)
    for made in made_up.articles(count):
        known = made.document.metadata
        yield (
            known.title or "",
            f"{made.document.text} {_tail(known.language or '', chance)}",
            known.language or "",
        )


def _tail(language: str, chance: random.Random) -> str:
    """Names and codes that hardly any other article has: real vocabularies never end."""
    letters = {"en": "abcdefghiklmnoprstuvw"}.get(language, "абвгдезиклмнопрстуфхчш")
    words = ["".join(chance.choices(letters, k=chance.randint(5, 9))) for _ in range(3)]
    return " ".join(word.capitalize() for word in words)


def _mixed(count: int) -> Iterator[tuple[str, str, str]]:
    script = SHARED / "scripts" / "make_scale.py"
    if not script.exists():
        raise FileNotFoundError(f"Real text is made by {script}, which is not here.")
    with tempfile.TemporaryDirectory(prefix="pressmark-real-") as folder:
        sources = [str(SHARED / name) for name in SOURCES]
        subprocess.run([sys.executable, str(script), folder, str(count), *sources], check=True)
        for path in sorted(Path(folder).glob("*.txt")):
            title, _, words = path.read_text("utf-8").partition("\n\n")
            yield title, words, _language(words)


def _language(text: str) -> str:
    if re.search("[\u3040-\u30ff]", text):
        return "ja"
    if re.search("[іїєґ]", text):
        return "uk"
    return "ru" if re.search("[а-я]", text) else "en"


class TableSource:
    """The corpus as an archive that our index can follow."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)

    def close(self) -> None:
        self._db.close()

    def head(self) -> IndexHead:
        return IndexHead(str(self.path), 0, 0, "")

    def chain_at(self, step: int) -> str | None:
        return "" if step == 0 else None

    def changes(self, _after: int, _limit: int) -> list[IndexChange]:
        return []

    def keys(self, after: str, limit: int) -> list[str]:
        first = int(after[2:]) + 1 if after else 0
        rows = self._db.execute("SELECT id FROM articles WHERE id >= ? ORDER BY id LIMIT ?", (first, limit))
        return [key_of(number) for (number,) in rows]

    def count(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM articles").fetchone()[0])

    def records(self, keys: Sequence[str]) -> dict[str, IndexRecord]:
        wanted = json.dumps([int(key[2:]) for key in keys])
        chosen = "(SELECT value FROM json_each(?))"
        tags: dict[int, list[str]] = {}
        for article, tag in self._db.execute(f"SELECT * FROM tags WHERE article IN {chosen}", (wanted,)):
            tags.setdefault(article, []).append(tag)
        rows = self._db.execute(f"SELECT * FROM articles WHERE id IN {chosen}", (wanted,))
        records = (record_of(Article(*row, tuple(tags.get(row[0], ())))) for row in rows)
        return {record.key: record for record in records}


def key_of(number: int) -> str:
    return f"a:{number:036d}"


def record_of(article: Article) -> IndexRecord:
    key = key_of(article.id)
    return IndexRecord(
        key=key,
        kind="article",
        article_id=key[2:],
        title=article.title,
        text=article.text,
        tags=article.tags,
        outlet=article.outlet,
        language=article.language,
        date=article.date,
        added="2026-01-01",
        read_state="unread",
    )


def copy_of(path: Path, target: Path) -> Path:
    """The table alone in another place, for engines that keep their index beside it."""
    return Path(shutil.copyfile(path, target))
