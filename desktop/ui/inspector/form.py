"""The fields of a mark in one column: how they look, what they hold, which of them a kind needs."""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.core.records import AnnotationKind, QuoteMode, Stance, Verdict
from desktop.ui.completing import CompletingEdit
from desktop.ui.inspector.fields import MarkFields
from desktop.ui.notes import CalmCombo, NoteEdit
from desktop.ui.paint import paragraph, rounded
from desktop.ui.segments import Segment, Segments
from desktop.ui.swatches import Swatches
from desktop.ui.tags.field import TagField
from desktop.ui.theme import Theme
from desktop.ui.tokens import GLYPHS, KINDS
from desktop.ui.words import name_of

REWORD, ANOTHER = "reword", "another"


class MarkForm(QWidget):
    """Signals: resized, when it wants another height."""

    resized = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: dict[str, QWidget] = {}
        self._make_fields()
        self._lay_out()
        self.kind.value_chosen.connect(self.show_for_kind)
        for field in (self.note, self.claim_note):
            field.height_changed.connect(self.resized)
        self.tags.paths_changed.connect(self.resized)
        self.claim.textChanged.connect(self.claim.setToolTip)  # a statement is longer than its field
        theme.changed.connect(self._tint)
        self._tint()

    def load(self, values: MarkFields) -> None:
        """Fill the fields, leaving alone those that say it already."""
        self.kind.set_value(values.kind)
        self.colour.set_value(values.colour)
        set_line(self.speaker, values.speaker or "")
        set_line(self.cue, values.cue or "")
        set_line(self.said_at, values.said_at or "")
        set_line(self.claim, values.claim or "")
        self.mode.set_value(values.mode or "")
        self.stance.set_value(values.stance or "")
        self.verdict.set_value(values.verdict)
        self.note.set_text(values.note)
        self.claim_note.set_text(values.claim_note)
        if tuple(self.tags.paths()) != values.tags:
            self.tags.set_paths(values.tags)
        self.date_error.hide()

    def show_for_kind(self) -> None:
        """The fields of the kind, and others that hold something: nothing is hidden that is kept."""
        kind = self.kind.value()
        quote, claim = kind == AnnotationKind.QUOTE, kind == AnnotationKind.CLAIM
        has_claim = bool(self.claim.text())
        shown = {
            "speaker": quote or claim or bool(self.speaker.text()),
            "cue": quote or bool(self.cue.text() or self.said_at.text()),
            "mode": quote or bool(self.mode.value()),
            "claim": claim or has_claim,
            "stance": claim or has_claim or bool(self.stance.value()),
            "claim_note": claim or has_claim,
        }
        for name, visible in shown.items():
            self._rows[name].setVisible(visible)
        self.colour.set_default_token(kind)
        self.resized.emit()

    def focus_field(self, name: str | None) -> None:
        """``note``, ``tags``, ``speaker``, ``claim`` …; None goes to the first field of the kind."""
        first = {"quote": self.speaker, "claim": self.claim}.get(self.kind.value(), self.note)
        target = getattr(self, name) if name in FIELDS else first
        for row in self._rows.values():
            if row.isAncestorOf(target) and row.isHidden():
                row.show()
                self.resized.emit()
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if isinstance(target, QLineEdit):
            length = len(target.text())
            target.setSelection(length, -length)  # all of it, with its beginning in sight
        if isinstance(target, CompletingEdit) and not target.text():
            target.propose()

    def _make_fields(self) -> None:
        theme, tr = self._theme, self.tr
        self.words = Words(theme, self)
        self.kind = Segments(
            theme, [Segment(kind, name_of(kind), GLYPHS[kind], kind) for kind in KINDS], self
        )
        self.colour = Swatches(theme, self)
        self.speaker, self.cue, self.claim = (CompletingEdit(theme, lambda _: [], self) for _ in range(3))
        for field in (self.speaker, self.cue, self.claim):
            field.goes_on = True
        self.said_at = QLineEdit(self)
        self.said_at.setPlaceholderText("2026-03-14")
        self.date_error = QLabel(tr("Not a date. Write it as 2026-03-14, 2026-03 or 14.03.2026."), self)
        self.date_error.setWordWrap(True)
        self.mode = Segments(theme, [Segment(mode, name_of(mode)) for mode in QuoteMode], self, optional=True)
        every = tr("Change the statement for all mentions of this claim")
        other = tr("Leave that claim alone; this mark states another one")
        choices = [
            Segment(REWORD, tr("Reword"), tooltip=every),
            Segment(ANOTHER, tr("Another claim"), tooltip=other),
        ]
        self.reword = Segments(theme, choices, self)
        self.stance, self.verdict = CalmCombo(self), CalmCombo(self)
        self.stance.addItem("—", "")
        for stance in Stance:
            self.stance.addItem(name_of(stance), str(stance))
        for verdict in Verdict:
            self.verdict.addItem(name_of(verdict), str(verdict))
        self.claim_note, self.note = NoteEdit(self, least=1), NoteEdit(self)
        self.tags = TagField(theme, self)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        for widget in (self.kind, self.words, self.colour):
            column.addWidget(widget)
        tr = self.tr
        self._add_row("speaker", (tr("Speaker"), self.speaker))
        self._add_row("cue", (tr("Cue"), self.cue), (tr("Said on"), self.said_at))
        column.addWidget(self.date_error)
        self._add_row("mode", (tr("Speech"), self.mode))
        self._add_row("claim", (tr("Claim"), self.claim))
        column.addWidget(self.reword)
        self._add_row("stance", (tr("Stance"), self.stance), (tr("Verdict"), self.verdict))
        self._add_row("claim_note", (tr("Note on the claim"), self.claim_note))
        self._add_row("tags", (tr("Tags"), self.tags))
        self._add_row("note", (tr("Note"), self.note))
        column.addSpacing(4)
        column.addLayout(self._buttons())

    def _add_row(self, name: str, *fields: tuple[str, QWidget]) -> None:
        """Labelled fields side by side, shown and hidden together."""
        row = QWidget(self)
        grid = QGridLayout(row)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        for place, (text, widget) in enumerate(fields):
            label = QLabel(text, row)
            label.setProperty("role", "section")
            label.setBuddy(widget)
            widget.setAccessibleName(text)
            grid.addWidget(label, 0, place)
            grid.addWidget(widget, 1, place)
            grid.setColumnStretch(place, 1)
        column = self.layout()
        if column is not None:
            column.addWidget(row)
        self._rows[name] = row

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.done = QPushButton(self.tr("Save"), self)
        self.done.setProperty("primary", True)
        self.done.setToolTip(self.tr("Save (Enter, in a note Ctrl+Enter)"))
        self.back = QPushButton(self.tr("Cancel"), self)
        self.back.setToolTip(self.tr("Cancel (Escape)"))
        row.addStretch()
        row.addWidget(self.back)
        row.addWidget(self.done)
        return row

    def _tint(self) -> None:
        for row, verdict in enumerate(Verdict):
            self.verdict.setItemIcon(row, self._theme.icon(GLYPHS[verdict], verdict))
        ink = self._theme.ink("refuted").name()
        self.date_error.setStyleSheet(f"QLabel {{ color: {ink}; font-size: 11px; }}")
        self.update()

    # Qt's own names from here on.

    def event(self, event: QEvent) -> bool:
        """Once the layout has settled the height may be another than was thought at first."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.resized.emit()
        return done

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme, box = QPainter(self), self._theme, QRectF(self.rect())
        rounded(painter, box, theme.color("raised"), theme.color("accent"), 8)
        rounded(painter, box.adjusted(1, 1, -1, -1), None, theme.color("accent", 0.35), 7)
        painter.end()


# The names that ``focus_field`` knows.
FIELDS = frozenset(
    (
        "kind",
        "colour",
        "speaker",
        "cue",
        "said_at",
        "mode",
        "claim",
        "stance",
        "verdict",
        "claim_note",
        "tags",
        "note",
    )
)


class Words(QWidget):
    """The marked words above the fields, two lines at most."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._words = theme, ""
        theme.changed.connect(self.update)

    def set_words(self, words: str) -> None:
        self._words = words
        self.setToolTip(words)
        self._fit()
        self.update()

    def _fit(self) -> None:
        laid = paragraph(self._words, max(40, self.width()), self._theme.font(14, serif=True), lines=2)
        self.setFixedHeight(round(laid.height))

    # Qt's own names from here on.

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = self._theme.font(14, serif=True)
        laid = paragraph(self._words, self.width(), font, lines=2)
        laid.draw(painter, 0, 0, self._theme.color("muted"))
        painter.end()


def set_line(field: QLineEdit, text: str) -> None:
    """Take ``text`` unless it stands there already, so that the cursor keeps its place."""
    if field.text() != text:
        field.setText(text)
        field.setCursorPosition(0)
