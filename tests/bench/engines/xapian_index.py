"""Xapian's glass backend, through its Python binding; its totals are made exact by checking every match."""

from datetime import date
from pathlib import Path
from typing import Any

from tests.bench.engines.corpus import read
from tests.bench.engines.engine import TOP, Unsupported, folder_size
from tests.bench.engines.questions import DATES, Question

_DAY, _OUTLET, _TAGS, _YEAR = range(4)


class Xapian:
    """Words of title and text under one prefix; the title's count double."""

    name = "Xapian"

    def __init__(self) -> None:
        import xapian

        self._module: Any = xapian

    def prepare(self, _corpus: Path, _folder: Path) -> None:
        """Nothing is needed."""

    def build(self, corpus: Path, folder: Path) -> None:
        xapian = self._module
        db = xapian.WritableDatabase(str(folder), xapian.DB_CREATE_OR_OVERWRITE | xapian.DB_BACKEND_GLASS)
        maker = xapian.TermGenerator()
        for one in read(corpus):
            document = xapian.Document()
            maker.set_document(document)
            maker.set_termpos(0)
            maker.index_text(one.title, 2)
            maker.increase_termpos()
            maker.index_text(one.text)
            document.add_value(_DAY, xapian.sortable_serialise(date.fromisoformat(one.date).toordinal()))
            document.add_value(_OUTLET, one.outlet)
            document.add_value(_TAGS, " ".join(one.tags))
            document.add_value(_YEAR, one.date[:4])
            document.set_data(str(one.id))
            db.add_document(document)
        db.commit()
        db.close()

    def settle(self, _corpus: Path, _folder: Path) -> None:
        """It does nothing later."""

    def size(self, _corpus: Path, folder: Path) -> int:
        return folder_size(folder)

    def open(self, _corpus: Path, folder: Path) -> None:
        self._db = self._module.Database(str(folder))
        self._parser = self._module.QueryParser()
        self._parser.set_database(self._db)

    def ask(self, question: Question) -> int:
        xapian = self._module
        enquire = xapian.Enquire(self._db)
        enquire.set_query(self._query(question))
        enquire.set_weighting_scheme(xapian.BM25Weight(1.2, 0, 0, 0.75, 0.5))
        if question.kind == "by date":
            enquire.set_sort_by_value(_DAY, True)
        if question.kind == "facets":
            for slot in (_OUTLET, _TAGS, _YEAR):
                enquire.add_matchspy(xapian.ValueCountMatchSpy(slot))
        found = enquire.get_mset(0, TOP, self._db.get_doccount())
        for one in found:
            one.document.get_data()
        return int(found.get_matches_estimated())

    def _query(self, question: Question) -> Any:
        xapian, words = self._module, list(dict.fromkeys(question.words))
        if question.kind in ("fuzzy", "snippets"):
            raise Unsupported
        if question.kind in ("prefix", "wildcard"):
            if question.kind == "wildcard":
                raise Unsupported
            return self._parser.parse_query(f"{words[0]}*", xapian.QueryParser.FLAG_WILDCARD)
        if question.kind in ("phrase", "stop phrase"):
            return xapian.Query(xapian.Query.OP_PHRASE, list(question.words))
        joined = xapian.Query(xapian.Query.OP_AND if question.kind == "and" else xapian.Query.OP_OR, words)
        if question.kind != "date":
            return joined
        ends = [xapian.sortable_serialise(date.fromisoformat(day).toordinal()) for day in DATES]
        within = xapian.Query(xapian.Query.OP_VALUE_RANGE, _DAY, *ends)
        return xapian.Query(xapian.Query.OP_FILTER, joined, within)
