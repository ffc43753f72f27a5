"""The status area: what runs in the background, how far, cancel, and what there is to read after."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QToolButton, QWidget

from desktop.jobs.job import Job
from desktop.jobs.lanes import Lane
from desktop.ui.theme import Theme
from desktop.ui.wording import counted, thousands

if TYPE_CHECKING:
    from desktop.core.searching import SearchResult


class StatusBar(QFrame):
    """One line at the bottom: words at the left, work at the right.

    Signals:
        cancel_requested: The person wants the shown job (its number) to stop.
    """

    cancel_requested = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bars")
        self._theme = theme
        self._jobs: dict[int, Job] = {}
        self._report: Callable[[], object] | None = None
        self._build()
        theme.changed.connect(self._tint)

    def follow(self, lane: Lane) -> None:
        """Show the titled jobs of a lane while they run."""
        lane.started.connect(self._start)
        lane.advanced.connect(self._show)
        lane.ended.connect(self._end)

    def say(self, words: str) -> None:
        """What is chosen, at the left."""
        self._left.setText(words)

    def show_index(self, indexed: int, records: int, why: str = "") -> None:
        """How far the search index is behind the archive; ``why`` it will not come nearer, if so."""
        behind = indexed < records
        self._index.setText(
            f"{thousands(indexed)} of {thousands(records)} indexed" if behind else "Index ready"
        )
        self._index.setToolTip(why)
        self._index.setVisible(True)
        self._index_bar.setVisible(behind and not why and not self._jobs)
        self._index_bar.setRange(0, max(records, 1))
        self._index_bar.setValue(indexed)

    def show_watch(self, words: str, tip: str) -> None:
        """Which folder is watched; empty for none."""
        self._watch.setText(words)
        self._watch.setToolTip(tip)
        self._watch.setVisible(bool(words))

    def offer_report(self, label: str, show: Callable[[], object]) -> None:
        """Keep a job's report at hand after it has ended."""
        self._report = show
        self._report_button.setText(label)
        self._report_button.setVisible(True)

    @property
    def busy(self) -> bool:
        return bool(self._jobs)

    @property
    def words(self) -> str:
        """What is shown of the running job, for tests and for screen readers."""
        return self._what.text()

    def _build(self) -> None:
        self._left, self._index, self._what, self._watch = QLabel(), QLabel(), QLabel(), QLabel()
        for label in (self._left, self._index, self._watch):
            label.setProperty("role", "muted")
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._what.setTextFormat(Qt.TextFormat.PlainText)
        self._bar, self._index_bar = _bar(), _bar()
        self._cancel = QToolButton()
        self._cancel.setToolTip("Stop this")
        self._cancel.setAccessibleName("Stop this")
        self._cancel.clicked.connect(self._request_cancel)
        self._report_button = QPushButton()
        self._report_button.setAccessibleName("Show the report")
        self._report_button.setObjectName("report")
        self._report_button.clicked.connect(self._show_report)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(12)
        row.addWidget(self._left)
        row.addStretch(1)
        for widget in (
            self._what,
            self._bar,
            self._cancel,
            self._watch,
            self._index_bar,
            self._index,
            self._report_button,
        ):
            row.addWidget(widget)
            widget.setVisible(False)
        self.setFixedHeight(36)
        self._tint()

    def _tint(self) -> None:
        self._cancel.setIcon(self._theme.icon("x"))
        self._report_button.setIcon(self._theme.icon("triangle-alert", "disputed"))

    def _start(self, job: Job) -> None:
        if job.title:
            self._jobs[job.number] = job
            self._show(job)

    def _end(self, job: Job) -> None:
        if self._jobs.pop(job.number, None) is not None:
            last = next(reversed(self._jobs.values()), None)
            self._show(last) if last is not None else self._hide_job()

    def _show(self, job: Job) -> None:
        if job.number not in self._jobs:
            return
        count = f" {thousands(job.done)} of {thousands(job.total)}" if job.total else ""
        self._what.setText(f"{job.title}{count}")
        self._what.setToolTip(job.what)
        self._bar.setRange(0, job.total)
        self._bar.setValue(job.done)
        self._cancel.setProperty("job", job.number)
        self._index_bar.setVisible(False)
        for widget in (self._what, self._bar, self._cancel):
            widget.setVisible(True)

    def _hide_job(self) -> None:
        for widget in (self._what, self._bar, self._cancel):
            widget.setVisible(False)

    def _request_cancel(self) -> None:
        self.cancel_requested.emit(self._cancel.property("job"))

    def _show_report(self) -> None:
        self._report_button.setVisible(False)
        if self._report is not None:
            self._report()


def _bar() -> QProgressBar:
    bar = QProgressBar(textVisible=False)
    bar.setFixedWidth(96)
    return bar


def found_words(result: "SearchResult") -> str:
    """``37 hits in 21 articles · 6 ms``."""
    hits = counted(result.total, "hit", "hits")
    where = f" in {counted(result.articles, 'article', 'articles')}" if result.articles else ""
    return f"{hits}{where} · {round(result.milliseconds)} ms"
