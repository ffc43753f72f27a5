"""Test collections for the search, and how good an answer to one of their queries is.

A collection is a folder with docs.jsonl.gz ({id, title, text}), queries.json ({id: query}) and
qrels.json ({query: {document: grade}}).
"""

import gzip
import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from desktop.core.searching import IndexChange, IndexHead, IndexRecord


class Collection:
    """A test collection, which is at the same time an archive that the index can follow.

    Attributes:
        wanted: For each judged query the documents wanted, with grades above 0.
    """

    def __init__(self, folder: Path) -> None:
        self.name = folder.name
        with gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
            self._records = {record.key: record for record in map(_record, lines)}
        self._keys = sorted(self._records)
        self.queries: dict[str, str] = json.loads((folder / "queries.json").read_text("utf-8"))
        judged: dict[str, dict[str, int]] = json.loads((folder / "qrels.json").read_text("utf-8"))
        positive = {name: {d: g for d, g in grades.items() if g > 0} for name, grades in judged.items()}
        self.wanted = {name: grades for name, grades in positive.items() if grades}

    @property
    def language(self) -> str:
        """By the ending of its name; English without one."""
        ending = self.name.rpartition("_")[2]
        return ending if ending in ("ru", "uk", "ja") else "en"

    def documents(self) -> list[IndexRecord]:
        return [self._records[key] for key in self._keys]

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


class Figures(NamedTuple):
    """What one answer is worth, or the means over many."""

    ndcg: float
    precision: float
    f1: float

    @classmethod
    def of(cls, found: Sequence[str], wanted: dict[str, int]) -> "Figures":
        return cls(ndcg(found, wanted), average_precision(found, wanted), set_f1(found, wanted))

    @classmethod
    def mean(cls, all_of_them: Sequence["Figures"]) -> "Figures":
        return cls(*(math.fsum(column) / len(all_of_them) for column in zip(*all_of_them, strict=True)))


def ndcg(found: Sequence[str], wanted: dict[str, int], depth: int = 10) -> float:
    """Normalised discounted cumulative gain with the grade as gain (as trec_eval's ndcg_cut)."""
    gains = [wanted.get(name, 0) for name in found[:depth]]
    ideal = sorted(wanted.values(), reverse=True)[:depth]
    best = _discounted(ideal)
    return _discounted(gains) / best if best else 0.0


def _discounted(gains: list[int]) -> float:
    return math.fsum(gain / math.log2(place + 2) for place, gain in enumerate(gains))


def average_precision(found: Sequence[str], wanted: dict[str, int]) -> float:
    hits, total = 0, 0.0
    for place, name in enumerate(found, 1):
        if name in wanted:
            hits += 1
            total += hits / place
    return total / len(wanted)


def set_f1(found: Sequence[str], wanted: dict[str, int]) -> float:
    """The harmonic mean of precision and recall of the answer as a set."""
    both = len(wanted.keys() & set(found))
    return 2 * both / (len(found) + len(wanted))
