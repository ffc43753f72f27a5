"""Pressmark's own index, asked through the query line as a person asks it."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from desktop.core.searching import SearchSort, SearchWishes
from desktop.operations.builders import BuilderPool
from desktop.search.follower import catch_up
from desktop.search.searcher import Searcher
from desktop.search.writer import merge_some, open_index
from tests.bench.engines.corpus import TableSource
from tests.bench.engines.engine import TOP, folder_size
from tests.bench.engines.questions import DATES, Question


@contextmanager
def _reading(corpus: Path) -> Iterator[TableSource]:
    source = TableSource(corpus)
    yield source
    source.close()


class Ours:
    """Exact words, as the other engines have them; ``forms`` asks as people do."""

    name = "Pressmark"

    def prepare(self, _corpus: Path, _folder: Path) -> None:
        """Nothing is needed."""

    def build(self, corpus: Path, folder: Path) -> None:
        builders = BuilderPool(partial(_reading, corpus))
        with _reading(corpus) as source:
            catch_up(source, folder / "index", builders=builders)

    def settle(self, _corpus: Path, folder: Path) -> None:
        while merge_some(open_index(folder / "index")):
            pass

    def size(self, _corpus: Path, folder: Path) -> int:
        return folder_size(folder)

    def open(self, corpus: Path, folder: Path) -> None:
        self._source, self._searcher = TableSource(corpus), Searcher(folder / "index")
        self._searcher.state()

    def ask(self, question: Question) -> int:
        wishes = SearchWishes(
            limit=TOP,
            sort=SearchSort.NEWEST if question.kind == "by date" else SearchSort.RELEVANCE,
            facets=question.kind == "facets",
            snippets=question.kind == "snippets",
            other_scripts=False,
        )
        result = self._searcher.search(
            _line(question), wishes, records=self._source.records, spans=lambda _: {}
        )
        return result.total


def _line(question: Question) -> str:
    words = [f"={word}" for word in question.words]
    if question.kind in ("phrase", "stop phrase"):
        return f'"{" ".join(question.words)}"'
    if question.kind == "prefix":
        return f"{question.words[0]}*"
    if question.kind == "wildcard":
        return question.words[0]
    if question.kind == "fuzzy":
        return f"{question.words[0]}~1"
    if question.kind == "forms":
        return question.words[0]
    if question.kind == "date":
        return f"{words[0]} date:{DATES[0]}..{DATES[1]}"
    return (" " if question.kind == "and" else " OR ").join(words)
