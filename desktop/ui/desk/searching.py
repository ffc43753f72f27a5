"""Searching as you type: in a thread of its own, the newest query wins, the window never waits."""

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.core.progress import Progress
from desktop.core.searching import SearchWishes
from desktop.jobs.lanes import ArchiveLane
from desktop.operations import saved_searches
from desktop.store import annotations, articles, claims, collections, people, tags
from desktop.store.archive import Archive, open_archive
from desktop.ui.desk.places import ask_name
from desktop.ui.desk.tools import Tools
from desktop.ui.search.field import SearchField
from desktop.ui.search.pane import ResultPane
from desktop.ui.search.results import Answer
from desktop.ui.status import found_words

if TYPE_CHECKING:
    from desktop.core.searching import SearchHit

PAGE = 60  # hits asked for at once
Range = tuple[int, int]


class _Searching:
    """The archive and its search, opened together in the searching thread."""

    def __init__(self, path: Path) -> None:
        from desktop.operations.searching import ArchiveSearch  # slow to load: never in the window's thread

        self._archive = open_archive(path, read_only=True)
        self._search = ArchiveSearch(self._archive)

    def ask(self, query: str, offset: int, _progress: Progress) -> Answer:
        wishes = SearchWishes(limit=PAGE, offset=offset, as_you_type=True, facets=not offset)
        result = self._search.search(query, wishes)
        return with_names(self._archive, Answer(result, offset=offset))

    def close(self) -> None:
        self._search.close()
        self._archive.close()


class SearchDesk(QObject):
    """Field and results, and the way from a hit into its article.

    Signals:
        answered: There is something to show, or (False) no query any more.
        hit_wanted: Show this ``SearchHit`` in its article.
        article_wanted: Show this article.
        understood: How the query was read, and a hint.
        index_missed: The answer had to be read from the articles themselves.
    """

    answered = Signal(bool)
    hit_wanted = Signal(object)
    article_wanted = Signal(str)
    understood = Signal(str, str)
    index_missed = Signal()

    def __init__(self, tools: Tools, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools, self._session = tools, tools.session
        self.field = SearchField(tools.theme)
        self.pane = ResultPane(tools.theme)
        self._lane: ArchiveLane[_Searching] | None = None
        self._answer: Answer | None = None
        self._names_known = False
        self._connect()

    @property
    def active(self) -> bool:
        """There is a query."""
        return bool(self.field.query)

    @property
    def waiting(self) -> bool:
        """A query has not been answered yet."""
        return self._lane is not None and bool(self._lane.jobs)

    @property
    def answer(self) -> Answer | None:
        return self._answer

    def start(self) -> None:
        """An archive was opened."""
        self.stop()
        self._lane = ArchiveLane(partial(_Searching, self._session.path), "search", self)
        self._lane.failed.connect(lambda job: self._tools.messages.fail(job.error))

    def stop(self) -> None:
        """Before the archive closes."""
        if self._lane is not None:
            self._lane.close()
            self._lane = None
        self.field.clear()
        self._forget()
        self._names_known = False

    def ask_again(self) -> None:
        """The index has moved on: the present query may have another answer."""
        if self.active:
            self._ask(self.field.query)

    def hits_by_article(self) -> dict[str, Sequence[Range]]:
        """The places of the hits in the texts of the found articles.

        A found mark counts with its whole words, unless the article's text was found by itself.
        """
        texts: dict[str, set[Range]] = {}
        marks: dict[str, set[Range]] = {}
        for hit in self.pane.model.hits():
            found = marks if hit.annotation_id else texts
            found.setdefault(hit.article_id, set()).update(hit.matches)
        return {article_id: sorted(ranges) for article_id, ranges in (marks | texts).items()}

    def found_articles(self) -> list[str]:
        """Their ids, the best first."""
        return list(dict.fromkeys(hit.article_id for hit in self.pane.model.hits()))

    def _connect(self) -> None:
        self.field.query_changed.connect(self._ask)
        self.field.accepted.connect(self._accept)
        self.field.down_requested.connect(self.pane.focus)
        self.field.edit.textEdited.connect(self._learn_names)
        self.pane.hit_chosen.connect(self.hit_wanted)
        self.pane.article_chosen.connect(self.article_wanted)
        self.pane.query_wanted.connect(self.field.set_query)
        self.pane.model.more_requested.connect(self._more)
        self._tools.actions["find"].triggered.connect(self.field.focus)
        self._tools.actions["save_search"].triggered.connect(self._keep)
        self._session.changed.connect(self._names_changed)
        self._session.stirred.connect(self._names_changed)

    def _ask(self, query: str) -> None:
        if not query or self._lane is None:
            self._drop_questions()
            self._forget()
            self.answered.emit(False)
            return
        self._submit(query, 0)

    def _submit(self, query: str, offset: int) -> None:
        assert self._lane is not None
        self._lane.submit(
            lambda searching, progress: searching.ask(query, offset, progress), self._show, slot="search"
        )

    def _drop_questions(self) -> None:
        """An answer that comes after its question was taken back is not wanted any more."""
        if self._lane is not None:
            for job in self._lane.jobs:
                self._lane.drop(job)

    def _more(self, offset: int) -> None:
        """The next page; it must not take the place of a newer question."""
        if self._answer is not None and self._lane is not None and not self.waiting:
            self._submit(self._answer.result.query, offset)

    def _show(self, answer: Answer) -> None:
        self._answer = answer
        self.pane.show_answer(answer)
        self.field.show_tail(found_words(answer.result))
        self.understood.emit(answer.result.understood, answer.result.hint)
        if answer.result.records and not answer.result.indexed:
            self.index_missed.emit()
        self.answered.emit(True)

    def _forget(self) -> None:
        self._answer = None
        self.pane.clear()
        self.field.show_tail("")
        self.understood.emit("", "")

    def _accept(self) -> None:
        """Enter opens the best hit, once it is there."""
        hit = self.pane.first_hit()
        if hit is not None and not self.waiting:
            self.hit_wanted.emit(hit)
        else:
            self.pane.focus()

    def _keep(self) -> None:
        query = self.field.query
        if not query:
            self._tools.messages.tell("Type a search first; then it can be kept under a name.")
            return
        ask_name(self._tools, "Keep this search as", query, partial(self._save, query))

    def _save(self, query: str, name: str) -> None:
        self._tools.run(saved_searches.save_search, name, query, words=f"Kept the search “{name}”")

    def _names_changed(self, *_: object) -> None:
        self._names_known = False

    def _learn_names(self, *_: object) -> None:
        """Completion knows the archive's names once somebody begins to type."""
        if not self._names_known and self._session.is_open:
            self._names_known = True
            self._session.read(names_of, self.field.set_values, slot="names")


def with_names(archive: Archive, answer: Answer) -> Answer:
    """The answer with what its rows show beside the hits."""
    hits = answer.result.hits
    rows = articles.article_rows(archive, list(dict.fromkeys(hit.article_id for hit in hits)))
    marks = annotations.annotations(archive, [hit.annotation_id for hit in hits if hit.annotation_id])
    names = {one.id: one.name for one in people.people(archive, _ids(mark.speaker_id for mark in marks))}
    verdicts = {
        one.id: str(one.verdict) for one in claims.claims(archive, _ids(mark.claim_id for mark in marks))
    }
    return Answer(
        answer.result,
        {row.id: row for row in rows},
        {mark.id: names[mark.speaker_id] for mark in marks if mark.speaker_id in names},
        {mark.id: verdicts[mark.claim_id] for mark in marks if mark.claim_id in verdicts},
        answer.offset,
    )


def names_of(archive: Archive) -> dict[str, list[str]]:
    """What the search field completes, by field."""
    return {
        "tag:": [tag.path for tag in tags.all_tags(archive)],
        "speaker:": [name for one in people.all_people(archive) for name in (one.name, *one.aliases)],
        "outlet:": list(articles.publishers(archive)),
        "lang:": list(articles.languages(archive)),
        "collection:": [one.path for one in collections.all_collections(archive)],
    }


def hit_range(hit: "SearchHit") -> Range | None:
    """Where to jump: the first hit inside the snippet, else the first in the text."""
    shown = [one for one in hit.matches if hit.snippet.offset >= 0 and one[0] >= hit.snippet.offset]
    return next(iter(shown or hit.matches), None)


def _ids(found: Iterable[str | None]) -> list[str]:
    return [one for one in dict.fromkeys(found) if one]
