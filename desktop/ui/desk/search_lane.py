"""What is done in the searching thread: answers with all that their rows show, and the places of hits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.core.progress import Progress
from desktop.core.searching import SearchSort, SearchWishes
from desktop.store import annotations, articles, claims, people
from desktop.store.archive import Archive, open_archive
from desktop.store.indexing import texts
from desktop.ui.search import narrowing
from desktop.ui.search.facets import asked_facets, field_of
from desktop.ui.search.results import MARKS, Answer, Range

if TYPE_CHECKING:
    from desktop.core.searching import SearchHit

PAGE = 20  # articles asked for at once
RENEWED = 100  # listed articles, up to which a growing index exchanges the rows, too
_ALL_MARKS = 300  # of one article
_EVERYTHING = "kind:article OR kind:mark"


@dataclass(frozen=True)
class Question:
    """A query line and how it is to be answered.

    Attributes:
        offset: The first wanted article.
        renewed: See ``Answer.renewed``.
    """

    query: str
    sort: SearchSort = SearchSort.RELEVANCE
    other_scripts: bool = True
    limit: int = PAGE
    offset: int = 0
    renewed: bool = False

    @property
    def wishes(self) -> SearchWishes:
        return SearchWishes(
            limit=self.limit,
            offset=self.offset,
            sort=self.sort,
            as_you_type=True,
            grouped=True,
            marks=MARKS,
            other_scripts=self.other_scripts,
        )


class Searching:
    """The archive and its search, opened together in the searching thread."""

    def __init__(self, path: Path) -> None:
        from desktop.operations.searching import ArchiveSearch  # slow to load: never in the window's thread

        self._archive = open_archive(path, read_only=True)
        self._search = ArchiveSearch(self._archive)

    def close(self) -> None:
        self._search.close()
        self._archive.close()

    def ask(self, question: Question, _progress: Progress) -> Answer:
        """A page of the answer; with the first one the facets."""
        first = not question.offset
        result = self._search.search(question.query, replace(question.wishes, facets=first))
        facets = self._facets(question, result.facets) if first else {}
        answer = Answer(result, offset=question.offset, facets=facets, renewed=question.renewed)
        return self._dressed(answer, question)

    def marks(self, question: Question, place: int, _progress: Progress) -> Answer:
        """All that was found in the article at this place of the answer."""
        wishes = replace(question.wishes, offset=place, limit=1, marks=_ALL_MARKS)
        return self._dressed(Answer(self._search.search(question.query, wishes)), question)

    def places(
        self, question: Question, article_id: str, place: int | None, _progress: Progress
    ) -> tuple[Range, ...]:
        """Where the hits stand in an article's text.

        Where only marks of it were found, the hits in these, or else all their words.

        Args:
            place: Of the article in the answer; None where it is not listed.
        """
        text = texts(self._archive, [article_id]).get(article_id, "")
        ranges = self._search.places(question.query, question.wishes).in_text(text)
        if place is None:
            return ranges
        wishes = replace(question.wishes, offset=place, limit=1, marks=_ALL_MARKS)
        found = self._search.search(question.query, wishes).hits
        if any(hit.annotation_id is None or hit.article_id != article_id for hit in found):
            return ranges
        spans = sorted({span for hit in found for span in hit.matches})
        return tuple(one for one in ranges if _within(one, spans)) or tuple(spans)

    def _facets(self, question: Question, counted: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
        """With the values beside those that the query asks for, as they would be found without asking."""
        facets = dict(counted)
        for name in asked_facets(question.query):
            field = "date:" if name == "year" else field_of(name)[0]
            line = narrowing.widened(question.query, field)
            typing = bool(line) and question.query.rstrip().endswith(line.split()[-1])
            wishes = SearchWishes(
                limit=1, facets=True, as_you_type=typing, other_scripts=question.other_scripts, snippets=False
            )
            facets[name] = self._search.search(line or _EVERYTHING, wishes).facets.get(name, {})
        return facets

    def _dressed(self, answer: Answer, question: Question) -> Answer:
        answer = with_names(self._archive, answer)
        finder = self._search.places(question.query, question.wishes)
        titles = {row.id: finder.in_title(row.title) for row in answer.rows.values()}
        return replace(answer, titles=titles)


def with_names(archive: Archive, answer: Answer) -> Answer:
    """The answer with what its rows show beside the hits."""
    hits = answer.result.hits
    rows = articles.article_rows(archive, list(dict.fromkeys(hit.article_id for hit in hits)))
    marks = annotations.annotations(archive, [hit.annotation_id for hit in hits if hit.annotation_id])
    names = {one.id: one.name for one in people.people(archive, _ids(mark.speaker_id for mark in marks))}
    verdicts = {
        one.id: str(one.verdict) for one in claims.claims(archive, _ids(mark.claim_id for mark in marks))
    }
    return replace(
        answer,
        rows={row.id: row for row in rows},
        speakers={mark.id: names[mark.speaker_id] for mark in marks if mark.speaker_id in names},
        verdicts={mark.id: verdicts[mark.claim_id] for mark in marks if mark.claim_id in verdicts},
    )


def hit_range(hit: "SearchHit") -> Range | None:
    """Where to jump: the first hit inside the snippet, else the first in the text."""
    shown = [one for one in hit.matches if hit.snippet.offset >= 0 and one[0] >= hit.snippet.offset]
    return next(iter(shown or hit.matches), None)


def _within(one: Range, spans: Sequence[Range]) -> bool:
    return any(start <= one[0] and one[1] <= end for start, end in spans)


def _ids(found: Iterable[str | None]) -> list[str]:
    return [one for one in dict.fromkeys(found) if one]
