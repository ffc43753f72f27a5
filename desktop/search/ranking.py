"""The order of an answer, and the stretch of it that is wanted."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from desktop.core.searching import SearchSort, SearchWishes
from desktop.search.evaluate import Matches
from desktop.search.hits import Ranked
from desktop.search.matching import Segment
from desktop.search.sets import Documents, distinct, members

_FIELDS = {
    SearchSort.NEWEST: "date",
    SearchSort.OLDEST: "date",
    SearchSort.LAST_ADDED: "added",
    SearchSort.FIRST_ADDED: "added",
}
_DESCENDING = (SearchSort.NEWEST, SearchSort.LAST_ADDED)
# Documents looked at for each wanted article, at first.
_HITS_OF_ARTICLE = 4


class Place(NamedTuple):
    """A document of a segment."""

    segment: int
    document: int


class Ranking:
    """All matches of one query, ready to be asked for a stretch of them in some order.

    Without words there is nothing to be relevant, and the newest come first. Equals stand in the order
    in which they are indexed.
    """

    def __init__(self, matches: Matches, sort: SearchSort = SearchSort.RELEVANCE) -> None:
        self._matches, self._segments = matches, matches.segments
        self._sort = sort
        self._known: dict[Place, float] = {}
        if sort is SearchSort.RELEVANCE:
            self._scores = [matches.scores(number) for number in range(len(self._segments))]
            if not any(scores.any() for scores in self._scores):
                self._sort = SearchSort.NEWEST

    def best(self, limit: int, offset: int = 0) -> list[Ranked]:
        """The wanted stretch, record by record."""
        return self._ranked(self._first(offset + limit)[offset:])

    def best_articles(self, wishes: SearchWishes) -> tuple[list[Ranked], dict[str, int]]:
        """The wanted stretch, article by article; and of each listed one how many records match."""
        numbers = self._best_numbers(wishes.offset + wishes.limit)[wishes.offset :]
        within = [self._of_articles(number, numbers) for number in range(len(self._segments))]
        ranked = self._ranked(self._ordered(within, sum(map(len, within))))
        groups: dict[str, list[Ranked]] = {}
        for one in ranked:
            groups.setdefault(one.article_id, []).append(one)
        hits = [one for group in groups.values() for one in _text_first(group, wishes.marks)]
        return hits, {article_id: len(group) for article_id, group in groups.items()}

    def _best_numbers(self, count: int) -> NDArray[Any]:
        """The numbers of the first articles."""
        looked_at = count * _HITS_OF_ARTICLE
        while True:
            places = self._first(looked_at)
            numbers = np.array(
                [self._segments[one.segment].article_numbers()[one.document] for one in places], np.int64
            )
            _, firsts = np.unique(numbers, return_index=True)
            if len(firsts) >= count or len(places) == self._matches.total:
                return np.asarray(numbers[np.sort(firsts)[:count]])
            looked_at *= 4

    def _of_articles(self, number: int, wanted: NDArray[Any]) -> Documents:
        """The matching documents of a segment that belong to some articles."""
        documents = self._matches.documents[number]
        articles = self._segments[number].article_numbers()[documents]
        return documents[members(articles, wanted)]

    def _first(self, count: int) -> list[Place]:
        return self._ordered(self._matches.documents, count)

    def _ordered(self, documents: Sequence[Documents], count: int) -> list[Place]:
        """The first of these documents."""
        if self._sort is SearchSort.RELEVANCE:
            return self._by_score(documents, count)
        return self._by_date(documents, count, _FIELDS[self._sort], self._sort in _DESCENDING)

    def _by_score(self, documents: Sequence[Documents], count: int) -> list[Place]:
        scores: list[NDArray[np.float64]] = []
        numbers: list[NDArray[Any]] = []
        chosen: list[Documents] = []
        for number, found in enumerate(documents):
            if not len(found):
                continue
            whole = found is self._matches.documents[number]
            values = self._scores[number] if whole else self._matches.scores(number, found)
            best = greatest(values, count)
            scores.append(values[best])
            chosen.append(found[best].astype(np.int64))
            numbers.append(np.full(len(best), number))
        if not chosen:
            return []
        values, segments, listed = map(np.concatenate, (scores, numbers, chosen))
        order = np.lexsort((listed, segments, -values))[:count]
        places = list(map(Place, segments[order].tolist(), listed[order].tolist()))
        self._known |= zip(places, values[order].tolist(), strict=True)
        return places

    def _by_date(
        self, documents: Sequence[Documents], count: int, field: str, descending: bool
    ) -> list[Place]:
        """Within a segment by the numbers of the dates in its vocabulary, across segments by the dates."""
        dated: list[tuple[bytes, Place]] = []
        undated: list[Place] = []
        for number, found in enumerate(documents):
            segment = self._segments[number]
            terms = segment.postings(field).terms
            values = segment.ordinals(field)[found].astype(np.int64)
            order = np.where(values == len(terms), -1, values) if descending else -values
            for at in greatest(order, count).tolist():
                place, value = Place(number, int(found[at])), int(values[at])
                if value < len(terms):
                    dated.append((terms[value], place))
                else:
                    undated.append(place)
        dated.sort(key=lambda item: item[0], reverse=descending)
        return [*(place for _, place in dated), *undated][:count]

    def _ranked(self, places: Sequence[Place]) -> list[Ranked]:
        found: dict[Place, Ranked] = {}
        for number, segment in enumerate(self._segments):
            own = sorted(one.document for one in places if one.segment == number)
            if not own:
                continue
            documents = np.array(own)
            keys, scores = segment.keys(documents), self._scores_of(number, own)
            articles, kinds = _articles(segment, documents, keys), _kinds(segment, documents)
            ranked = map(Ranked, scores, keys, articles, kinds)
            found |= zip((Place(number, document) for document in own), ranked, strict=True)
        return [found[place] for place in places]

    def _scores_of(self, number: int, documents: list[int]) -> list[float]:
        if self._sort is SearchSort.RELEVANCE:
            return [self._known[Place(number, one)] for one in documents]
        scores: list[float] = self._matches.scores(number, np.array(documents)).tolist()
        return scores


def _articles(segment: Segment, documents: Documents, keys: list[str]) -> list[str]:
    """An article's key has its id in it."""
    if marks_among(segment, documents).any():
        return segment.articles(documents)
    return [key[2:] for key in keys]


def _kinds(segment: Segment, documents: Documents) -> list[str]:
    names = [*segment.postings("kind").terms.terms(), ""]
    return [names[kind] for kind in segment.ordinals("kind")[documents].tolist()]


def count_articles(matches: Matches) -> int:
    """How many articles have a record that matches.

    Of an article there is one text, so only marks can name it again.
    """
    texts, marked = 0, []
    for segment, found in zip(matches.segments, matches.documents, strict=True):
        is_mark = marks_among(segment, found)
        texts += len(found) - int(np.count_nonzero(is_mark))
        if is_mark.any():
            marked.append(segment.article_numbers()[found[is_mark]])
    if not marked:
        return texts
    only_marked = distinct(np.concatenate(marked))
    for segment, found in zip(matches.segments, matches.documents, strict=True):
        own = segment.article_numbers()[found[~marks_among(segment, found)]]
        known = own[members(own, only_marked)]
        only_marked = np.setdiff1d(only_marked, known, assume_unique=True)
    return texts + len(only_marked)


def marks_among(segment: Segment, documents: Documents) -> NDArray[np.bool_]:
    """For each of the documents whether it is an annotation: only these name their article."""
    terms = len(segment.postings("article").terms)
    if not terms:
        return np.zeros(len(documents), np.bool_)
    return np.asarray(segment.ordinals("article")[documents] < terms)


def greatest(values: NDArray[Any], count: int) -> NDArray[np.int64]:
    """Where the greatest values stand, greatest first, equals in their order."""
    chosen = np.arange(len(values))
    if len(values) > count:
        if not count:
            return chosen[:0]
        least = np.partition(values, len(values) - count)[len(values) - count]
        above = np.flatnonzero(values > least)
        chosen = np.concatenate((above, np.flatnonzero(values == least)[: count - len(above)]))
    return chosen[np.lexsort((chosen, -values[chosen]))]


def _text_first(group: list[Ranked], marks: int) -> list[Ranked]:
    """An article's own text, then the first of its marks as they were ordered."""
    text = [one for one in group if one.key.startswith("a:")]
    return text + [one for one in group if not one.key.startswith("a:")][:marks]
