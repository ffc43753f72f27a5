"""Whoosh as it comes: its own analyser, codec, writer and searcher, in its quickest honest setting."""

from pathlib import Path
from typing import Any

from whoosh import analysis, columns, fields, index, query, sorting

from tests.bench.engines.corpus import read
from tests.bench.engines.engine import TOP, Unsupported, folder_size
from tests.bench.engines.questions import DATES, Question


class StockWhoosh:
    """The same words and values; memory enough that it never sorts on disk."""

    name = "stock Whoosh"

    def prepare(self, _corpus: Path, _folder: Path) -> None:
        """Nothing is needed."""

    def build(self, corpus: Path, folder: Path) -> None:
        def words() -> Any:
            return fields.TEXT(analyzer=analysis.StandardAnalyzer(stoplist=None, minsize=1), phrase=True)

        schema = fields.Schema(
            id=fields.COLUMN(columns.NumericColumn("q")),
            title=words(),
            text=words(),
            outlet=fields.ID(sortable=True),
            date=fields.ID(sortable=True),
            tag=fields.KEYWORD(commas=True),
        )
        writer = index.create_in(str(folder), schema).writer(limitmb=1024)
        for one in read(corpus):
            writer.add_document(
                id=one.id,
                title=one.title,
                text=one.text,
                outlet=one.outlet,
                date=one.date,
                tag=",".join(one.tags),
            )
        writer.commit()

    def settle(self, _corpus: Path, _folder: Path) -> None:
        """It does nothing later."""

    def size(self, _corpus: Path, folder: Path) -> int:
        return folder_size(folder)

    def open(self, _corpus: Path, folder: Path) -> None:
        self._searcher = index.open_dir(str(folder)).searcher()

    def ask(self, question: Question) -> int:
        options: dict[str, Any] = {}
        if question.kind == "by date":
            options["sortedby"] = sorting.FieldFacet("date", reverse=True)
        if question.kind == "date":
            options["filter"] = query.TermRange("date", *DATES)
        if question.kind == "facets":
            options["groupedby"] = ["outlet"]
        found = self._searcher.search(_query(question), limit=TOP, **options)
        if question.kind == "facets":
            found.groups("outlet")
        return len(found)


def _query(question: Question) -> query.Query:
    words = question.words
    if question.kind == "snippets":
        raise Unsupported  # it would need the texts stored in it
    if question.kind == "and":
        return query.And([_anywhere(query.Term, word) for word in words])
    if question.kind in ("phrase", "stop phrase"):
        return query.Or([query.Phrase(name, list(words)) for name in ("title", "text")])
    if question.kind == "prefix":
        return _anywhere(query.Prefix, words[0])
    if question.kind == "wildcard":
        return _anywhere(query.Wildcard, words[0])
    if question.kind == "fuzzy":
        return _anywhere(query.FuzzyTerm, words[0])
    return query.Or([_anywhere(query.Term, word) for word in dict.fromkeys(words)])


def _anywhere(make: Any, word: str) -> query.Query:
    title = make("title", word)
    title.boost = 2.0
    return query.Or([title, make("text", word)])
