"""From hit to hit and from article to article of a search, in the results and in the reader alike."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.ui.desk.reading import ReadingDesk
from desktop.ui.desk.searching import SearchDesk
from desktop.ui.desk.tools import Tools
from desktop.ui.search.results import Range
from desktop.ui.wording import thousands

_LAST, _FIRST = "That was the last hit of all.", "That was the first hit of all."


class HitSteps(QObject):
    """Goes on into the next found article where one ends, and says where it is.

    Signals:
        article_wanted: Open this found article in the reader.
        moved: ``words`` may be others now.
    """

    article_wanted = Signal(str)
    moved = Signal()

    def __init__(
        self,
        tools: Tools,
        searching: SearchDesk,
        reading: ReadingDesk,
        in_results: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._searching, self._reading, self._in_results = searching, reading, in_results
        self._pane, self._reader = searching.pane, reading.reader
        self._landing: tuple[str, bool] | None = None  # an article, and whether its last hit is wanted
        self._again: Callable[[], object] | None = None  # once further articles are listed
        self._end = ""
        for name, step in (("next", 1), ("previous", -1)):
            tools.actions[f"{name}_hit"].triggered.connect(partial(self._step_hit, step))
            tools.actions[f"{name}_found"].triggered.connect(partial(self._step_article, step))
        self._reader.hits_ended.connect(self._go_on)
        self._reader.hit_changed.connect(self._moved)
        searching.places_found.connect(self._take_places)
        searching.paged.connect(self._go_on_listed)
        searching.answered.connect(self._begin)
        self._pane.current_changed.connect(self._moved)

    @property
    def words(self) -> str:
        """Where in the answer the person is; empty where that is nowhere."""
        answer = self._searching.answer
        if answer is None or not self._searching.active:
            return ""
        row = self._pane.current
        article_id = (row.article_id if row else None) if self._in_results() else self._reading.article_id
        place = self._pane.model.place_of(article_id) if article_id is not None else None
        if place is None:
            return self._end
        words = f"Article {thousands(place + 1)} of {thousands(max(answer.result.articles, place + 1))} found"
        return f"{words}  ·  {self._end}" if self._end else words

    def _begin(self, something: bool) -> None:
        """Another answer."""
        self._landing, self._again, self._end = None, None, ""
        self._reader.goes_on = something

    def _moved(self, *_: object) -> None:
        self._end = ""
        self.moved.emit()

    def _step_hit(self, step: int, *_: object) -> None:
        if self._in_results():
            if not self._pane.step_hit(step):
                self._beyond(step, partial(self._step_hit, step))
        elif self._reading.has_hits:
            self._reader.next_hit() if step > 0 else self._reader.previous_hit()
        else:
            self._go_on(step)

    def _step_article(self, step: int, *_: object) -> None:
        if not self._in_results():
            self._go_on(step, at_its_first=True)
        elif not self._pane.step_article(step):
            self._beyond(step, partial(self._step_article, step))

    def _go_on(self, step: int, at_its_first: bool = False) -> None:
        """Into the next or previous found article, from one that was not found into the first."""
        place, count = self._place(), len(self._pane.model.articles)
        wanted = 0 if place is None else place + step
        if not 0 <= wanted < count:
            self._beyond(step, partial(self._go_on, step, at_its_first))
            return
        article_id = self._pane.model.articles[wanted]
        self._landing = article_id, step < 0 and not at_its_first
        self._pane.choose(article_id)
        self.article_wanted.emit(article_id)

    def _place(self) -> int | None:
        article_id = self._reading.article_id
        return self._pane.model.place_of(article_id) if article_id is not None else None

    def _beyond(self, step: int, again: Callable[[], object]) -> None:
        """Past the articles that are listed: more of them, or the end."""
        if step > 0 and self._pane.model.canFetchMore():
            self._again = again
            self._pane.model.fetchMore()
        elif not self._pane.model.waiting:
            self._end = _LAST if step > 0 else _FIRST
            self.moved.emit()

    def _go_on_listed(self) -> None:
        again, self._again = self._again, None
        if again is not None:
            again()

    def _take_places(self, article_id: str, places: tuple[Range, ...]) -> None:
        """The hits of an article are known: mark them, and go to the one that was wanted."""
        self._reading.add_hits(article_id, places)
        if self._landing is None or self._landing[0] != article_id:
            return
        last, self._landing = self._landing[1], None
        if places:
            self._reading.go_to(*places[-1 if last else 0])
        elif marks := [hit.annotation_id for hit in self._pane.model.hits_in(article_id)]:
            mark = marks[-1 if last else 0]
            if mark is not None:
                self._reading.go_to_mark(mark)
        self.moved.emit()
