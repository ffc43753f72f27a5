"""Measure the search's quality on test collections, through the real index and the real query line.

    python scripts/score_search.py FOLDER [SET...]

FOLDER holds one folder a set with docs.jsonl.gz ({id, title, text}), queries.json ({id: query}) and
qrels.json ({query: {document: grade}}). Prints nDCG@10, MAP and the F1 of the whole answer
(for sets of word forms, where every text with any form is wanted).
"""

import argparse
import gzip
import json
import math
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

from desktop.core.searching import IndexChange, IndexHead, IndexRecord, SearchWishes
from desktop.search.follower import catch_up
from desktop.search.searcher import Searcher

_DEPTH = 1000


class Collection:
    """A test collection as an archive that the index can follow."""

    def __init__(self, folder: Path) -> None:
        with gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
            self._records = {record.key: record for record in map(_record, lines)}
        self._keys = sorted(self._records)
        self.queries: dict[str, str] = json.loads((folder / "queries.json").read_text("utf-8"))
        self.wanted: dict[str, dict[str, int]] = json.loads((folder / "qrels.json").read_text("utf-8"))

    def head(self) -> IndexHead:
        return IndexHead("score", 0, 0, "")

    def chain_at(self, step: int) -> str | None:
        return "" if step == 0 else None

    def changes(self, _after: int, _limit: int) -> list[IndexChange]:
        return []

    def keys(self, after: str, limit: int) -> list[str]:
        return [key for key in self._keys if key > after][:limit]

    def count(self) -> int:
        return len(self._keys)

    def records(self, keys: Sequence[str]) -> dict[str, IndexRecord]:
        return {key: self._records[key] for key in keys}


def _record(line: str) -> IndexRecord:
    document = json.loads(line)
    name = str(document["id"])
    return IndexRecord(
        key=f"a:{name}",
        kind="article",
        article_id=name,
        title=document.get("title") or "",
        text=document["text"],
    )


def answers(collection: Collection, folder: Path) -> Iterator[tuple[str, list[str], float]]:
    """Each judged query with the documents found, best first, and the milliseconds of its first page."""
    catch_up(collection, folder)
    searcher, deep = Searcher(folder), SearchWishes(limit=_DEPTH, snippets=False)
    for name in collection.wanted:
        query = collection.queries[name]
        began = perf_counter()
        searcher.search(query, records=collection.records, spans=lambda _: {})
        spent = (perf_counter() - began) * 1000
        result = searcher.search(query, deep, records=collection.records, spans=lambda _: {})
        yield name, [hit.article_id for hit in result.hits], spent
    searcher.close()


def ndcg(found: list[str], wanted: dict[str, int], depth: int = 10) -> float:
    """Normalised discounted cumulative gain with the grade as gain (as trec_eval's ndcg_cut)."""
    gains = [wanted.get(name, 0) for name in found[:depth]]
    ideal = sorted(wanted.values(), reverse=True)[:depth]
    best = _discounted(ideal)
    return _discounted(gains) / best if best else 0.0


def _discounted(gains: list[int]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))


def average_precision(found: list[str], wanted: dict[str, int]) -> float:
    hits, total = 0, 0.0
    for place, name in enumerate(found, 1):
        if name in wanted:
            hits += 1
            total += hits / place
    return total / len(wanted)


def set_f1(found: list[str], wanted: dict[str, int]) -> float:
    """The harmonic mean of precision and recall of the answer as a set."""
    both = len(wanted.keys() & set(found))
    return 2 * both / (len(found) + len(wanted))


def score(folder: Path) -> dict[str, float]:
    """The means over all judged queries of one set."""
    collection = Collection(folder)
    scores: list[tuple[float, float, float, float]] = []
    with tempfile.TemporaryDirectory() as place:
        for name, found, spent in answers(collection, Path(place) / "index"):
            wanted = {document: grade for document, grade in collection.wanted[name].items() if grade > 0}
            if wanted:
                scores.append(
                    (ndcg(found, wanted), average_precision(found, wanted), set_f1(found, wanted), spent)
                )
    columns = [statistics.fmean(column) for column in zip(*scores, strict=True)]
    return dict(zip(("nDCG@10", "MAP", "set F1", "ms"), columns, strict=True))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("sets", nargs="*")
    given = arguments.parse_args()
    names = given.sets or sorted(path.parent.name for path in given.folder.glob("*/qrels.json"))
    for name in names:
        figures = score(given.folder / name)
        told = "  ".join(f"{label} {value:.3f}" for label, value in figures.items())
        sys.stdout.write(f"{name:14} {told}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
