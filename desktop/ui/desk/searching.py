"""Searching as you type: in a thread of its own, the newest query wins, the window never waits."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.core.searching import SearchSort
from desktop.jobs.job import Job
from desktop.jobs.lanes import ArchiveLane
from desktop.operations import saved_searches
from desktop.store import articles, collections, people, tags
from desktop.store.archive import Archive
from desktop.ui.desk.choices import facet_entries
from desktop.ui.desk.places import ask_name
from desktop.ui.desk.search_lane import PAGE, RENEWED, Question, Searching
from desktop.ui.desk.tools import Tools
from desktop.ui.search.facets import field_of
from desktop.ui.search.field import SearchField
from desktop.ui.search.orders import read_order
from desktop.ui.search.pane import ResultPane
from desktop.ui.search.results import Answer, Range
from desktop.ui.segments import Segment, Segments
from desktop.ui.settings.store import OTHER_SCRIPTS, SEARCH_SORT
from desktop.ui.status import found_words

_RENEW_AFTER = 1500  # milliseconds between two looks at an index that grows
_WARM_AFTER = 700  # milliseconds after opening: the first question is not to wait for a library to load
_LIKE = 23  # characters of an id: its time, and enough of it for marks imported at the same moment
_SPELLINGS = {"all": "In all spellings and scripts", "own": "As they are typed"}
_SLOT = "search"  # of questions: a newer one takes the place of an older one


class SearchDesk(QObject):
    """Field and results, and the way from a hit into its article.

    Signals:
        answered: There is something to show, or (False) no query any more.
        paged: Further articles, or further marks of one, are listed.
        hit_wanted: Show this ``SearchHit`` in its article.
        article_wanted: Show this article.
        places_found: (article id, places of the hits in its text), in answer to ``find_places``.
        understood: How the query was read, and a hint.
        index_missed: The answer had to be read from the articles themselves.
    """

    answered = Signal(bool)
    paged = Signal()
    hit_wanted = Signal(object)
    article_wanted = Signal(str)
    places_found = Signal(str, object)
    understood = Signal(str, str)
    index_missed = Signal()

    def __init__(self, tools: Tools, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools, self._session = tools, tools.session
        self.field = SearchField(tools.theme)
        self.pane = ResultPane(tools.theme)
        self._lane: ArchiveLane[Searching] | None = None
        self._beside: ArchiveLane[Searching] | None = None  # a book's hits must not keep a question waiting
        self._answer: Answer | None = None
        self._names_known = False
        self._later = QTimer(self, singleShot=True, interval=_RENEW_AFTER)
        self._later.timeout.connect(self.ask_again)
        self._warm = QTimer(self, singleShot=True, interval=_WARM_AFTER)
        self._warm.timeout.connect(self._open_lane)
        self._connect()
        self._take_settings()

    @property
    def active(self) -> bool:
        """There is a query."""
        return bool(self.field.query)

    @property
    def waiting(self) -> bool:
        """A query has not been answered yet, or the hits of an article are not known yet."""
        return any(lane.jobs for lane in (self._lane, self._beside) if lane is not None)

    @property
    def answer(self) -> Answer | None:
        return self._answer

    @property
    def order(self) -> SearchSort:
        return read_order(self._tools.settings.get(SEARCH_SORT))

    @property
    def other_scripts(self) -> bool:
        """Names are found in their other spellings, too."""
        return self._tools.settings.get(OTHER_SCRIPTS)

    def start(self) -> None:
        """An archive was opened."""
        self.stop()
        look = partial(Searching, self._session.path)
        self._lane, self._beside = ArchiveLane(look, "search", self), ArchiveLane(look, "hits", self)
        for lane in (self._lane, self._beside):
            lane.failed.connect(self._fail)
        self._warm.start()

    def stop(self) -> None:
        """Before the archive closes."""
        self._warm.stop()
        for lane in (self._lane, self._beside):
            if lane is not None:
                lane.close()
        self._lane = self._beside = None
        self.field.clear()
        self._forget()
        self._names_known = False

    def ask_again(self) -> None:
        """The index has moved on: the present query may have another answer, shown in its place."""
        self._later.stop()
        if self.active and not self._asking:
            listed = len(self.pane.model.articles)
            limit = max(PAGE, listed) if listed <= RENEWED else PAGE
            self._submit(self._question(self.field.query, limit=limit, renewed=True))

    def follow_index(self, indexed: int, _records: int) -> None:
        """While the index grows the answer grows with it, every now and then."""
        behind = self._answer is not None and self._answer.result.indexed < indexed
        if behind and self.active and not self._later.isActive():
            self._later.start()

    def set_order(self, order: SearchSort) -> None:
        self._tools.settings.set(SEARCH_SORT, str(order))
        self._take_settings()
        self._ask(self.field.query)

    def set_other_scripts(self, wanted: bool) -> None:
        self._tools.settings.set(OTHER_SCRIPTS, wanted)
        self._take_settings()
        self._ask(self.field.query)

    def make_panel(self) -> Segments:
        """The switch for other spellings, in the preferences."""
        panel = Segments(self._tools.theme, [Segment(value, label) for value, label in _SPELLINGS.items()])
        panel.set_value("all" if self.other_scripts else "own")
        panel.value_chosen.connect(lambda value: self.set_other_scripts(value == "all"))
        return panel

    def find_places(self, article_id: str) -> None:
        """Where the present query's hits stand in an article, however it was opened."""
        if self._beside is None or not self.active or not article_id:
            return
        question = self._question(self.field.query)
        place = self.pane.model.place_of(article_id)
        self._beside.submit(
            lambda searching, progress: searching.places(question, article_id, place, progress),
            partial(self._tell_places, question.query, article_id),
            slot="places",
        )

    def found_articles(self) -> list[str]:
        """The ids of those that are listed, in the order of the answer."""
        return self.pane.model.articles

    def listed_places(self, article_id: str) -> list[Range]:
        """What the answer itself says of the hits in an article: some hundred, or the words of marks."""
        hits = self.pane.model.hits_in(article_id)
        texts = [hit for hit in hits if hit.annotation_id is None]
        return sorted({one for hit in texts or hits for one in hit.matches})

    def search_like(self, record_id: str) -> None:
        """Find what resembles this article or mark."""
        self.field.set_query(f"like:{record_id[:_LIKE]}")

    def _connect(self) -> None:
        pane, actions = self.pane, self._tools.actions
        self.field.query_changed.connect(self._ask)
        self.field.accepted.connect(self._accept)
        self.field.down_requested.connect(pane.focus)
        self.field.edit.textEdited.connect(self._learn_names)
        pane.hit_chosen.connect(self.hit_wanted)
        pane.article_chosen.connect(self.article_wanted)
        pane.query_wanted.connect(self.field.set_query)
        pane.order_chosen.connect(self.set_order)
        pane.marks_wanted.connect(self._open_marks)
        pane.facets.more_wanted.connect(self._choose_value)
        pane.model.more_requested.connect(self._more)
        pane.menu.addActions([actions[name] for name in ("other_scripts", "more_like", "save_search")])
        actions["find"].triggered.connect(self.field.focus)
        actions["save_search"].triggered.connect(self._keep)
        actions["other_scripts"].triggered.connect(self.set_other_scripts)
        actions["take_proposal"].triggered.connect(pane.notes.take_best)
        self._session.changed.connect(self._names_changed)
        self._session.stirred.connect(self._names_changed)

    def _take_settings(self) -> None:
        self.pane.set_order(self.order)
        self._tools.actions["other_scripts"].setChecked(self.other_scripts)

    def _open_lane(self) -> None:
        """Have the archive and the search opened before somebody types."""
        if self._lane is not None and not self._lane.jobs:
            self._lane.submit(lambda _searching, _progress: None)

    # Asking

    @property
    def _asking(self) -> bool:
        return self._lane is not None and any(job.slot == _SLOT for job in self._lane.jobs)

    def _question(self, query: str, **fields: Any) -> Question:
        return Question(query, self.order, self.other_scripts, **fields)

    def _ask(self, query: str) -> None:
        self._later.stop()
        if not query or self._lane is None:
            self._drop_questions()
            self._forget()
            self.answered.emit(False)
            return
        self._submit(self._question(query))

    def _submit(self, question: Question) -> None:
        if self._lane is not None:
            ask: Callable[..., Answer] = lambda searching, progress: searching.ask(question, progress)  # noqa: E731
            self._lane.submit(ask, self._show, slot=_SLOT)

    def _drop_questions(self) -> None:
        """An answer that comes after its question was taken back is not wanted any more."""
        for lane in (self._lane, self._beside):
            if lane is not None:
                for job in lane.jobs:
                    lane.drop(job)

    def _more(self, offset: int) -> None:
        """The next page; it must not take the place of a newer question."""
        if self._answer is not None and not self._asking:
            self._submit(self._question(self._answer.result.query, offset=offset))
        else:
            self.pane.model.stop_waiting()

    def _open_marks(self, article_id: str) -> None:
        """All marks that were found in an article."""
        place = self.pane.model.place_of(article_id)
        if self._lane is None or self._answer is None or place is None:
            return
        question = self._question(self._answer.result.query)
        self._lane.submit(
            lambda searching, progress: searching.marks(question, place, progress),
            partial(self._show_marks, article_id),
            slot=f"marks {article_id}",
        )

    def _fail(self, job: Job) -> None:
        """Say why; what was asked for can be asked for again."""
        self.pane.model.stop_waiting()
        if job.error is not None:
            self._tools.messages.fail(job.error)

    # Showing

    def _show(self, answer: Answer) -> None:
        if not answer.offset:
            self._answer = answer
            self.field.show_tail(found_words(answer.result))
            self.understood.emit(answer.result.understood, answer.result.hint)
        self.pane.show_answer(answer)
        if answer.result.records and not answer.result.indexed:
            self.index_missed.emit()
        if answer.offset or answer.renewed:
            self.paged.emit()
        else:
            self.answered.emit(True)

    def _show_marks(self, article_id: str, answer: Answer) -> None:
        self.pane.open_article(answer, article_id)
        self.paged.emit()

    def _tell_places(self, query: str, article_id: str, places: tuple[Range, ...]) -> None:
        if query == self.field.query:
            self.places_found.emit(article_id, places)

    def _forget(self) -> None:
        self._answer = None
        self.pane.clear()
        self.field.show_tail("")
        self.understood.emit("", "")

    def _accept(self) -> None:
        """Enter opens the best hit, once it is there."""
        hit = self.pane.first_hit()
        if hit is not None and not self._asking:
            self.hit_wanted.emit(hit)
        else:
            self.pane.focus()

    # Choosing

    def _choose_value(self, name: str) -> None:
        """All values of a facet, with a filter, in the pop-up for choices."""
        facets = self.pane.facets
        values = facets.values(name)
        self._tools.palette.open(
            facet_entries(values, lambda value: facets.include(field_of(name)[0], value)),
            f"{field_of(name)[1]}: type to filter",
            hint="↑↓ choose     ⏎ narrow the search, or widen it again     Esc close",
        )

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


def names_of(archive: Archive) -> dict[str, list[str]]:
    """What the search field completes, by field."""
    return {
        "tag:": [tag.path for tag in tags.all_tags(archive)],
        "speaker:": [name for one in people.all_people(archive) for name in (one.name, *one.aliases)],
        "outlet:": list(articles.publishers(archive)),
        "lang:": list(articles.languages(archive)),
        "collection:": [one.path for one in collections.all_collections(archive)],
    }
