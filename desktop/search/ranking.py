"""The order of an answer, and the stretch of it that is wanted."""

from collections import Counter
from collections.abc import Sequence

from desktop.core.searching import SearchSort, SearchWishes
from desktop.search.evaluate import Matches
from desktop.search.hits import Ranked
from desktop.search.segments import Segment

_FIELDS = {
    SearchSort.NEWEST: "date",
    SearchSort.OLDEST: "date",
    SearchSort.LAST_ADDED: "added",
    SearchSort.FIRST_ADDED: "added",
}
_DESCENDING = (SearchSort.NEWEST, SearchSort.LAST_ADDED)

# (segment, document, score)
_Place = tuple[int, int, float]


class Ranking:
    """All matches of one query, ready to be asked for stretches of it."""

    def __init__(self, segments: Sequence[Segment], matches: Matches) -> None:
        self._segments, self._matches = segments, matches
        self._scored = any(any(found.values()) for found in matches)

    def best(self, wishes: SearchWishes) -> list[Ranked]:
        """The wanted stretch; of a grouped answer, article after article."""
        places = self._ordered(wishes.sort)
        end = wishes.offset + wishes.limit
        if not wishes.grouped:
            return [self._ranked(place) for place in places[wishes.offset : end]]
        groups: dict[str, list[Ranked]] = {}
        for one in map(self._ranked, places):
            groups.setdefault(one.article_id, []).append(one)
        listed = list(groups.values())[wishes.offset : end]
        return [one for group in listed for one in _text_first(group)[: wishes.marks + 1]]

    def hits_of(self) -> Counter[str]:
        """For each article how many of its records match."""
        return Counter(
            segment.identities()[document].article_id
            for segment, found in zip(self._segments, self._matches, strict=True)
            for document in found
        )

    def _ordered(self, sort: SearchSort) -> list[_Place]:
        """Without words there is nothing to be relevant: the newest come first then."""
        if sort is SearchSort.RELEVANCE and not self._scored:
            sort = SearchSort.NEWEST
        places = [
            (number, document, score)
            for number, found in enumerate(self._matches)
            for document, score in sorted(found.items())
        ]
        if sort is SearchSort.RELEVANCE:
            return sorted(places, key=lambda place: -place[2])
        dates = [self._dates(number, _FIELDS[sort]) for number in range(len(self._segments))]
        dated = [place for place in places if place[1] in dates[place[0]]]
        undated = [place for place in places if place[1] not in dates[place[0]]]
        dated.sort(key=lambda place: dates[place[0]][place[1]], reverse=sort in _DESCENDING)
        return dated + undated

    def _dates(self, number: int, field: str) -> dict[int, str]:
        found = self._matches[number].keys()
        values = self._segments[number].values(field)
        return {document: date for date, documents in values.items() for document in documents & found}

    def _ranked(self, place: _Place) -> Ranked:
        number, document, score = place
        segment = self._segments[number]
        key, article_id = segment.identities()[document]
        kinds = (kind for kind, documents in segment.values("kind").items() if document in documents)
        return Ranked(score, key, article_id, next(kinds, ""))


def _text_first(group: list[Ranked]) -> list[Ranked]:
    """An article's own text, then its marks as they were ordered."""
    return sorted(group, key=lambda one: not one.key.startswith("a:"))
