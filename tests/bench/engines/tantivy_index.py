"""tantivy, through its Python binding: two threads to build, exact totals on."""

from datetime import date
from pathlib import Path
from typing import Any

from tests.bench.engines.corpus import read
from tests.bench.engines.engine import TOP, Unsupported, folder_size
from tests.bench.engines.questions import DATES, Question


class Tantivy:
    """The same fields; the title counts double, as it does for ours."""

    name = "tantivy"

    def __init__(self) -> None:
        import tantivy

        self._module: Any = tantivy

    def prepare(self, _corpus: Path, _folder: Path) -> None:
        """Nothing is needed."""

    def build(self, corpus: Path, folder: Path) -> None:
        index = self._module.Index(self._schema(), path=str(folder))
        writer = index.writer(heap_size=300_000_000, num_threads=2)
        for one in read(corpus):
            document = self._module.Document()
            document.add_integer("id", one.id)
            document.add_text("title", one.title)
            document.add_text("text", one.text)
            document.add_text("outlet", one.outlet)
            document.add_integer("year", int(one.date[:4]))
            document.add_integer("day", _day(one.date))
            for tag in one.tags:
                document.add_text("tag", tag)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def _schema(self) -> Any:
        builder = self._module.SchemaBuilder()
        builder.add_integer_field("id", stored=True, indexed=True, fast=True)
        for name in ("title", "text"):
            builder.add_text_field(name, tokenizer_name="default")
        for name in ("outlet", "tag"):
            builder.add_text_field(name, tokenizer_name="raw", fast=True)
        for name in ("year", "day"):
            builder.add_integer_field(name, indexed=True, fast=True)
        return builder.build()

    def settle(self, _corpus: Path, _folder: Path) -> None:
        """It does nothing later."""

    def size(self, _corpus: Path, folder: Path) -> int:
        return folder_size(folder)

    def open(self, _corpus: Path, folder: Path) -> None:
        index = self._module.Index.open(str(folder))
        self._known, self._searcher = index.schema, index.searcher()

    def ask(self, question: Question) -> int:
        query = self._query(question)
        order = {"order_by_field": "day"} if question.kind == "by date" else {}
        found = self._searcher.search(query, limit=TOP, count=True, **order)
        for _, address in found.hits:
            self._searcher.doc(address)["id"]
        if question.kind == "facets":
            self._searcher.aggregate(
                query, {name: {"terms": {"field": name, "size": 300}} for name in ("outlet", "tag", "year")}
            )
        return int(found.count)

    def _query(self, question: Question) -> Any:
        query, words = self._module.Query, question.words
        if question.kind == "snippets":
            raise Unsupported  # it would need the texts stored in it
        if question.kind == "and":
            return self._all([self._anywhere(self._term, word) for word in words])
        if question.kind in ("phrase", "stop phrase"):
            return self._any([query.phrase_query(self._known, name, list(words)) for name in _FIELDS])
        if question.kind in ("prefix", "wildcard"):
            pattern = words[0].replace("*", ".*") + (".*" if question.kind == "prefix" else "")
            return self._anywhere(lambda name, text: query.regex_query(self._known, name, text), pattern)
        if question.kind == "fuzzy":
            return self._anywhere(
                lambda name, text: query.fuzzy_term_query(self._known, name, text, distance=1), words[0]
            )
        if question.kind == "date":
            days = (_day(DATES[0]), _day(DATES[1]))
            within = query.range_query(self._known, "day", self._module.FieldType.Integer, *days)
            return self._all([self._anywhere(self._term, words[0]), within])
        return self._any([self._anywhere(self._term, word) for word in dict.fromkeys(words)])

    def _term(self, name: str, word: str) -> Any:
        return self._module.Query.term_query(self._known, name, word)

    def _anywhere(self, make: Any, word: str) -> Any:
        return self._any([make("title", word), make("text", word)])

    def _any(self, queries: list[Any]) -> Any:
        return self._module.Query.boolean_query([(self._module.Occur.Should, one) for one in queries])

    def _all(self, queries: list[Any]) -> Any:
        return self._module.Query.boolean_query([(self._module.Occur.Must, one) for one in queries])


_FIELDS = ("title", "text")


def _day(text: str) -> int:
    return date.fromisoformat(text).toordinal()
