"""The captures of an article: two of them side by side, and its marks to be confirmed in one list."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from desktop.core.comparing import Fate, PassageKind, passage_at
from desktop.core.records import Capture
from desktop.operations.captures import CapturesCompared
from desktop.ui.captures.delegates import MarkDelegate, PassageDelegate
from desktop.ui.captures.model import RowsModel
from desktop.ui.captures.rows import FoldRow, MarkRow, mark_rows, passage_rows
from desktop.ui.painted import prepare
from desktop.ui.theme import Theme
from desktop.ui.wording import counted

_CERTAIN = (Fate.KEPT, Fate.MOVED)


class CapturesDialog(QDialog):
    """Not modal; asks for what is to be compared and done, and shows what it is given.

    Signals:
        compare_requested: Ids of the older and the newer capture.
        confirm_requested: {annotation id: its ranges in the newer capture}.
        read_requested: Make the newer capture the one that is read.
        mark_chosen: The id of an annotation.
    """

    compare_requested = Signal(str, str)
    confirm_requested = Signal(object)
    read_requested = Signal(str)
    mark_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Captures"))
        self.resize(1080, 700)
        self._compared: CapturesCompared | None = None
        self._current = ""
        self._opened: set[int] = set()
        self._writable = True
        self.passages, self.marks = RowsModel(self), RowsModel(self)
        self._make_choice()
        self._make_lists(theme)
        self._make_buttons()
        self._lay_out()
        self._connect()

    # What is shown

    def set_captures(self, title: str, captures: Sequence[Capture], current: str) -> None:
        """All captures, the oldest first; the one that is read is compared with the one before it."""
        self.heading.setText(title)
        self._current = current
        chosen = self.old.currentData(), self.new.currentData()
        ids = [capture.id for capture in captures]
        for box in (self.old, self.new):
            with QSignalBlocker(box):
                box.clear()
                for capture in captures:
                    box.addItem(_name(capture, current), capture.id)
        if not (set(chosen) <= set(ids) and all(chosen)):
            chosen = _pair(ids, current)
        for box, wanted in zip((self.old, self.new), chosen, strict=True):
            with QSignalBlocker(box):
                box.setCurrentIndex(box.findData(wanted))
        self._ask()

    def show_comparison(self, compared: CapturesCompared) -> None:
        """Fill both lists."""
        if self._compared is None or self._compared.comparison != compared.comparison:
            self._opened = set()
        self._compared = compared
        self._show_passages()
        self.marks.set_rows(mark_rows(compared.marks, compared.new.text))
        self.summary.setText(_summary(compared))
        self._refresh_buttons()

    def set_writable(self, writable: bool) -> None:
        self._writable = writable
        self._refresh_buttons()

    def chosen_marks(self) -> list[MarkRow]:
        rows = sorted(index.row() for index in self.mark_list.selectionModel().selectedIndexes())
        return [self.marks.rows[row] for row in rows]

    # Making

    def _make_choice(self) -> None:
        tr = self.tr
        self.heading = QLabel(self)
        self.heading.setProperty("role", "title")
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.old, self.new = QComboBox(self), QComboBox(self)
        self.old.setAccessibleName(tr("Older capture"))
        self.new.setAccessibleName(tr("Newer capture"))
        for box in (self.old, self.new):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(24)
        self.folded = QCheckBox(tr("Only what changed"), self)
        self.folded.setChecked(True)
        self.summary = QLabel(self)
        self.summary.setProperty("role", "muted")

    def _make_lists(self, theme: Theme) -> None:
        self.passage_list, self.mark_list = QListView(self), QListView(self)
        self.passage_list.setModel(self.passages)
        self.passage_list.setItemDelegate(PassageDelegate(theme, self.passage_list))
        self.passage_list.setAccessibleName(self.tr("Sentences of both captures"))
        self.passage_list.setLayoutMode(QListView.LayoutMode.Batched)
        self.passage_list.setBatchSize(60)
        self.mark_list.setModel(self.marks)
        self.mark_list.setItemDelegate(MarkDelegate(theme, self.mark_list))
        self.mark_list.setAccessibleName(self.tr("Marks"))
        self.mark_list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        for view in (self.passage_list, self.mark_list):
            prepare(view)
            theme.changed.connect(view.viewport().update)

    def _make_buttons(self) -> None:
        tr = self.tr
        self.confirm = QPushButton(tr("Put on these words"), self)
        self.confirm.setToolTip(tr("Put the chosen marks on the words of the newer capture (Enter)"))
        self.confirm_all = QPushButton(self)
        self.confirm_all.setToolTip(tr("Put every mark whose words are the same on the newer capture"))
        self.read = QPushButton(tr("Read the newer one"), self)
        self.read.setToolTip(tr("Make the newer capture the text of the article"))
        self.close_ = QPushButton(tr("Close"), self)
        for button in (self.confirm, self.confirm_all, self.read, self.close_):
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        choice = QHBoxLayout()
        choice.addWidget(self.old, 1)
        choice.addWidget(QLabel("→", self))
        choice.addWidget(self.new, 1)
        facts = QHBoxLayout()
        facts.addWidget(self.summary, 1)
        facts.addWidget(self.folded)
        buttons = QHBoxLayout()
        buttons.addWidget(self.confirm)
        buttons.addWidget(self.confirm_all)
        buttons.addStretch()
        buttons.addWidget(self.read)
        buttons.addWidget(self.close_)
        halves = QSplitter(Qt.Orientation.Vertical, self)
        halves.addWidget(self.passage_list)
        halves.addWidget(self.mark_list)
        halves.setStretchFactor(0, 3)
        halves.setStretchFactor(1, 1)
        halves.setSizes([420, 160])
        halves.setChildrenCollapsible(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(12)
        whole.addWidget(self.heading)
        whole.addLayout(choice)
        whole.addLayout(facts)
        whole.addWidget(halves, 1)
        whole.addLayout(buttons)

    def _connect(self) -> None:
        self.old.currentIndexChanged.connect(self._ask)
        self.new.currentIndexChanged.connect(self._ask)
        self.folded.toggled.connect(self._show_passages)
        self.passage_list.activated.connect(self._open_fold)
        self.passage_list.clicked.connect(self._open_fold)
        self.mark_list.selectionModel().selectionChanged.connect(self._refresh_buttons)
        self.mark_list.selectionModel().currentChanged.connect(self._go_to_mark)
        self.mark_list.activated.connect(self._confirm_chosen)
        self.confirm.clicked.connect(self._confirm_chosen)
        self.confirm_all.clicked.connect(self._confirm_certain)
        self.read.clicked.connect(lambda: self.read_requested.emit(self.new.currentData()))
        self.close_.clicked.connect(self.close)

    # Doing

    def _ask(self) -> None:
        if self.old.currentData() and self.new.currentData():
            self.compare_requested.emit(self.old.currentData(), self.new.currentData())

    def _show_passages(self) -> None:
        if self._compared is not None:
            comparison = self._compared.comparison
            rows = passage_rows(comparison, folded=self.folded.isChecked(), opened=self._opened)
            self.passages.set_rows(rows)

    def _open_fold(self, index: QModelIndex) -> None:
        row = self.passages.rows[index.row()]
        if isinstance(row, FoldRow):
            at = self.passage_list.verticalScrollBar().value()
            self._opened.add(row.first)
            self._show_passages()
            self.passage_list.verticalScrollBar().setValue(at)

    def _go_to_mark(self, index: QModelIndex) -> None:
        """Bring the sentence of a mark into view."""
        if not index.isValid() or self._compared is None:
            return
        row: MarkRow = self.marks.rows[index.row()]
        self.mark_chosen.emit(row.annotation)
        if not row.ranges:
            return
        number = passage_at(self._compared.comparison.passages, row.ranges[0][0])
        for place, shown in enumerate(self.passages.rows):
            last = shown.first + shown.count - 1 if isinstance(shown, FoldRow) else shown.number
            if last >= number:
                self.passage_list.setCurrentIndex(self.passages.index(place))
                self.passage_list.scrollTo(
                    self.passages.index(place), QAbstractItemView.ScrollHint.PositionAtCenter
                )
                return

    def _confirm_chosen(self) -> None:
        self._confirm(self.chosen_marks())

    def _confirm_certain(self) -> None:
        self._confirm(self._certain())

    def _certain(self) -> list[MarkRow]:
        return [row for row in self.marks.rows if row.fate in _CERTAIN and not row.confirmed]

    def _confirm(self, rows: Sequence[MarkRow]) -> None:
        places = {row.annotation: row.ranges for row in rows if row.ranges and not row.confirmed}
        if places and self._writable:
            self.confirm_requested.emit(places)

    def _refresh_buttons(self) -> None:
        certain = len(self._certain())
        can = [row for row in self.chosen_marks() if row.ranges and not row.confirmed]
        self.confirm.setEnabled(self._writable and bool(can))
        one, more = self.tr("mark that kept its words"), self.tr("marks that kept their words")
        self.confirm_all.setText(self.tr("Confirm {marks}").format(marks=counted(certain, one, more)))
        self.confirm_all.setEnabled(self._writable and certain > 0)
        self.read.setEnabled(self._writable and self.new.currentData() not in (None, self._current))

    # Qt's own names from here on.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return  # the lists have had it; a dialog would press a button
        super().keyPressEvent(event)


def _pair(ids: Sequence[str], current: str) -> tuple[str, str]:
    """The capture that is read, and the one before it (or after it, where it is the oldest)."""
    at = ids.index(current) if current in ids else len(ids) - 1
    return (ids[at - 1], ids[at]) if at > 0 else (ids[0], ids[min(1, len(ids) - 1)])


def _name(capture: Capture, current: str) -> str:
    moment = capture.captured_at[:16].replace("T", " ")
    facts = [moment, capture.extractor.partition("/")[0], capture.encoding or ""]
    if capture.partial:
        facts.append("what another program knew of it")
    if capture.id == current:
        facts.append("is read")
    return "  ·  ".join(fact for fact in facts if fact)


def _summary(compared: CapturesCompared) -> str:
    if compared.old.id == compared.new.id:
        return "Choose two captures to compare."
    comparison = compared.comparison
    moved = comparison.count(PassageKind.MOVED) // 2
    numbers = [
        (comparison.count(PassageKind.CHANGED), "changed"),
        (comparison.count(PassageKind.REMOVED), "removed"),
        (comparison.count(PassageKind.ADDED), "added"),
        (moved, "moved"),
    ]
    told = [f"{number:,} {word}" for number, word in numbers if number]
    sentences = f"Sentences: {', '.join(told)}." if told else "The words are the same in both."
    fates = [(Fate.KEPT, "kept"), (Fate.MOVED, "moved"), (Fate.CHANGED, "changed"), (Fate.GONE, "gone")]
    marks = [f"{compared.count(kind):,} {word}" for kind, word in fates if compared.count(kind)]
    return f"{sentences} Marks: {', '.join(marks)}." if marks else f"{sentences} No marks."
