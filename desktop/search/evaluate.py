"""Running a query tree over all segments of an index: everything that matches, and how well."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from whoosh import query

from desktop.search.expanding import Expander
from desktop.search.leaves import Leaf
from desktop.search.matching import Matching, Segment
from desktop.search.postings import Postings
from desktop.search.scoring import Scores, Scoring, Statistics
from desktop.search.sets import Documents, distinct


class Evaluator:
    """Evaluates trees over a fixed set of segments.

    Args:
        expander: That of the evaluator before, where the segments have changed.
    """

    def __init__(self, segments: Sequence[Segment], expander: Expander | None = None) -> None:
        self.segments = segments
        self.expander = expander or Expander()
        self._statistics = Statistics(segments)

    def matches(self, tree: query.Query) -> "Matches":
        """All live documents that match."""
        return Matches(tree, self.segments, self.expander, self._statistics)

    def meant(self, leaf: Leaf) -> dict[str, int]:
        """The terms that a leaf stands for, with the number of records that have each."""
        found: dict[str, int] = {}
        for segment in self.segments:
            postings = segment.postings(leaf.fieldname)
            for first, end in self.expander.expand(leaf, postings):
                counts = _live_counts(segment, postings, first, end).tolist()
                for term, count in zip(postings.terms.terms(first, end), counts, strict=True):
                    if count:  # else only deleted records have it
                        found[term] = found.get(term, 0) + count
        return found

    def values(self, field: str) -> set[str]:
        """Every value of a field."""
        return {value for segment in self.segments for value in segment.postings(field).terms.terms()}


def _live_counts(segment: Segment, postings: Postings, first: int, end: int) -> NDArray[np.int64]:
    """Of neighbouring terms in how many documents that are not deleted each stands."""
    if segment.live is None:
        return postings.frequencies[first:end]
    starts = postings.starts[first : end + 1]
    sums = np.concatenate(([0], np.cumsum(segment.live[postings.ids[starts[0] : starts[-1]]])))
    return np.asarray(np.diff(sums[starts - starts[0]]))


class Matches:
    """What a tree matches.

    Attributes:
        segments: In the order in which their documents are counted.
        documents: Of each segment the live documents that match, sorted.
        total: How many there are.
    """

    def __init__(
        self, tree: query.Query, segments: Sequence[Segment], expander: Expander, statistics: Statistics
    ) -> None:
        self.segments = segments
        self._tree = tree
        self._joined: dict[int, NDArray[np.int64]] = {}
        matchings = [Matching(segment, expander, self._articles_of) for segment in segments]
        self._matchings, self._scoring = matchings, Scoring(matchings, statistics)
        self.documents: list[Documents] = [matching.live(tree) for matching in matchings]
        self.total = sum(map(len, self.documents))

    def scores(self, number: int, documents: Documents | None = None) -> Scores:
        """Of these of the matching documents of a segment; of all of them where None is given."""
        wanted = self.documents[number] if documents is None else documents
        return self._scoring.scores(self._tree, number, wanted) if len(wanted) else np.zeros(0)

    def _articles_of(self, tree: query.Query) -> NDArray[np.int64]:
        known = self._joined.get(id(tree))
        if known is None:
            found = [one.segment.article_numbers()[one.live(tree)] for one in self._matchings]
            known = self._joined[id(tree)] = distinct(np.concatenate(found))
        return known
