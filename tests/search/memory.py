"""An index in memory: segments of made-up records, for trees to be run over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from whoosh.util.numeric import length_to_byte

from desktop.search.postings import EMPTY, Postings

# Of a record: the words of each field of words, in order.
Words = Mapping[str, Sequence[str]]


@dataclass
class MemorySegment:
    """Records as an evaluator sees them; ``articles_of`` names each record's article, ``known_keys`` each."""

    records: Sequence[Words]
    values: Sequence[Mapping[str, Sequence[str]]] = ()
    articles_of: Sequence[str] = ()
    deleted: frozenset[int] = frozenset()
    id: str = "memory"
    known_keys: Sequence[str] = ()
    _known: dict[str, Postings] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.records)

    @property
    def live(self):
        if not self.deleted:
            return None
        live = np.ones(self.size, bool)
        live[sorted(one for one in self.deleted if one < self.size)] = False
        return live

    def postings(self, name: str) -> Postings:
        if name not in self._known:
            found: dict[str, dict[int, list[int]]] = {}
            for number, record in enumerate(self.records):
                for place, word in enumerate(record.get(name, ())):
                    found.setdefault(word, {}).setdefault(number, []).append(place)
            for number, record in enumerate(self.values):
                for value in record.get(name, ()):
                    found.setdefault(value, {})[number] = []
            self._known[name] = Postings.of(found) if found else EMPTY
        return self._known[name]

    def lengths(self, name: str):
        return np.array([length_to_byte(len(record.get(name, ()))) for record in self.records], np.uint8)

    def total_length(self, name: str) -> int:
        return sum(len(record.get(name, ())) for record in self.records)

    def ordinals(self, name: str):
        postings = self.postings(name)
        found = np.full(self.size, len(postings.terms), np.uint32)
        for term in range(len(postings.terms)):
            found[postings.documents(term)] = term
        return found

    def keys(self, numbers) -> list[str]:
        return [self.known_keys[number] for number in numbers]

    def articles(self, numbers) -> list[str]:
        return [self.articles_of[number] for number in numbers]

    def article_numbers(self):
        return np.array([ord(one) for one in self.articles_of], np.int64)
