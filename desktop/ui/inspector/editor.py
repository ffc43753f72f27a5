"""The card that is being edited: when what was typed is saved, and what of it is asked for."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.core.records import Vocabulary
from desktop.ui.completing import Choice
from desktop.ui.inspector.cards import Card
from desktop.ui.inspector.dates import tolerant_date
from desktop.ui.inspector.fields import MarkFields, edit_between, find_claim, looks_reworded, rebase
from desktop.ui.inspector.form import ANOTHER, REWORD, MarkForm, set_line
from desktop.ui.people.completion import suggest_claims, suggest_people, suggest_texts
from desktop.ui.tags.completion import TagIndex
from desktop.ui.theme import Theme

PAUSE = 4000  # milliseconds without a key after which a typed note is saved


class MarkEditor(MarkForm):
    """Edits one mark; asks for what changed once, when the person leaves, pauses or says so.

    Signals:
        edited: With an ``Edit``; never an empty one.
        closed: Ctrl+Enter or Escape; the card should come back.
        field_entered: The focus came to this widget.
    """

    edited = Signal(object)
    closed = Signal()
    field_entered = Signal(QWidget)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._vocabulary = Vocabulary()
        self._opened = self._saved = MarkFields()
        self._words = ""
        self._reword_touched = False
        self.pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._connect()

    def open(self, card: Card, values: MarkFields, exact: str = "") -> None:
        """Begin with a mark; what was typed for another one must have been saved before.

        Args:
            exact: All its words, to offer as the statement of its claim.
        """
        self._opened = self._saved = values
        self._reword_touched = False
        self._words = " ".join(exact.split())
        self.words.set_words(card.words)
        self.tags.line.clear()
        self._show(values)

    def set_vocabulary(self, vocabulary: Vocabulary, tags: TagIndex, cues: list[str]) -> None:
        self._vocabulary = vocabulary
        self.tags.set_index(tags)
        self.speaker.set_suggest(suggest_people(vocabulary.people.values()))
        known = suggest_claims(vocabulary.claims.values())
        self.claim.set_suggest(lambda typed: known(typed) if typed.strip() else self._marked_words())
        self.cue.set_suggest(suggest_texts(cues))

    def take_news(self, values: MarkFields) -> None:
        """The archive changed: show it, except in fields with something typed and not yet saved."""
        typing, told = self.pause.isActive(), not self.date_error.isHidden()
        merged = rebase(self._saved, self.values(), values)
        date, place = self.said_at.text(), self.said_at.cursorPosition()
        half_typed = date != (self._saved.said_at or "")
        self._saved = values
        self._show(merged)
        if half_typed:
            self.said_at.setText(date)
            self.said_at.setCursorPosition(place)
            self._tell_date(wrong=told)
        if typing:
            self.pause.start()

    def values(self) -> MarkFields:
        """What the fields say now; a date that is none counts as unchanged."""
        saved = self._saved
        return MarkFields(
            kind=self.kind.value(),
            colour=self.colour.value(),
            note=_unless_same(self.note.toPlainText(), saved.note) or "",
            speaker=_unless_same(self.speaker.text(), saved.speaker),
            cue=_unless_same(self.cue.text(), saved.cue),
            mode=self.mode.value() or None,
            said_at=self._said_at(),
            stance=self.stance.value() or None,
            claim=_unless_same(self.claim.text(), saved.claim),
            tags=tuple(self.tags.paths()),
            verdict=self.verdict.value(),
            claim_note=_unless_same(self.claim_note.toPlainText(), saved.claim_note) or "",
        )

    def save(self) -> None:
        """Ask for what changed since the last time, if anything."""
        self.pause.stop()
        self.tags.take_typed()
        now = self.values()
        target = find_claim(self._vocabulary.claims.values(), now.claim or "")
        edit = edit_between(self._saved, now, reword=self.reword.value() == REWORD, target=target)
        self._saved = now
        self._offer_reword()
        if edit:
            self.edited.emit(edit)

    def finish(self) -> None:
        """Save and close; a date that cannot be read keeps the editor open."""
        if not self._check_date():
            self.said_at.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.save()
        self.closed.emit()

    def cancel(self) -> None:
        """Back to how it was when the editing began, even where a pause has saved since."""
        self.tags.line.clear()
        reworded = self._opened.claim != self._saved.claim and self._opened.claim is not None
        self._show(self._opened)
        if reworded:
            self._undo_claim()
        self.save()
        self.closed.emit()

    def _connect(self) -> None:
        self.pause.timeout.connect(self.save)
        self.done.clicked.connect(self.finish)
        self.back.clicked.connect(self.cancel)
        self.tags.entered.connect(self.finish)
        self.said_at.editingFinished.connect(self._check_date)
        self.claim.textEdited.connect(self._claim_typed)
        self.claim.choice_taken.connect(self._claim_taken)
        self.reword.value_chosen.connect(self._reword_chosen)
        for field in (self.note, self.claim_note):
            field.textChanged.connect(self.pause.start)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def _show(self, values: MarkFields) -> None:
        self.load(values)
        self._offer_reword()
        self.show_for_kind()
        self.pause.stop()

    # -- the claim

    def _marked_words(self) -> list[Choice]:
        """The simplest statement there is: what was marked."""
        words = self._words.strip(' «»“”"')
        return [Choice(words, words, self.tr("as marked"))] if words else []

    def _claim_typed(self, _text: str) -> None:
        self._reword_touched = False
        self._offer_reword()

    def _claim_taken(self, statement: str) -> None:
        """An existing claim brings its own verdict and note."""
        claim = find_claim(self._vocabulary.claims.values(), statement)
        if claim is not None:
            self.verdict.set_value(claim.verdict)
            self.claim_note.set_text(claim.note)
        self._offer_reword()

    def _reword_chosen(self, value: str) -> None:
        """The old claim keeps its verdict in other words; another claim begins with none."""
        self._reword_touched = True
        self.verdict.set_value(self._saved.verdict if value == REWORD else "open")
        self.claim_note.set_text(self._saved.claim_note if value == REWORD else "")

    def _offer_reword(self) -> None:
        """Ask only where it matters: the mark had a claim, and the new statement is not one yet."""
        old, new = self._saved.claim or "", self.claim.text().strip()
        known = find_claim(self._vocabulary.claims.values(), new)
        same_claim = known is not None and find_claim([known], old) is not None
        asked = bool(old and new and new != old and known is None)
        if not self._reword_touched:
            likely = same_claim or (asked and looks_reworded(old, new))
            self.reword.set_value(REWORD if likely else ANOTHER)
        if asked == self.reword.isHidden():
            self.reword.setVisible(asked)
            self.resized.emit()

    def _undo_claim(self) -> None:
        """What was saved of the claim in between is taken back the way it was done."""
        known = find_claim(self._vocabulary.claims.values(), self._opened.claim or "")
        self._reword_touched = True
        self.reword.set_value(ANOTHER if known is not None else REWORD)

    # -- the date

    def _said_at(self) -> str | None:
        text = self.said_at.text()
        if text == (self._saved.said_at or ""):
            return self._saved.said_at
        try:
            return tolerant_date(text)
        except ValueError:
            return self._saved.said_at

    def _check_date(self) -> bool:
        """Show the date as it will be kept, or say that it is none."""
        try:
            if self.said_at.text() != (self._saved.said_at or ""):
                set_line(self.said_at, tolerant_date(self.said_at.text()) or "")
        except ValueError:
            self._tell_date(wrong=True)
            return False
        self._tell_date(wrong=False)
        return True

    def _tell_date(self, *, wrong: bool) -> None:
        if wrong == self.date_error.isHidden():
            self.date_error.setVisible(wrong)
            self.resized.emit()

    # -- the focus

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if self.isHidden():
            return
        if _within(new, self):
            self.field_entered.emit(new)
        elif _within(old, self):
            self.save()

    # Qt's own names from here on.

    def event(self, event: QEvent) -> bool:
        """Escape is the editor's before it is the window's."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """No key goes through to the list below.

        Enter arrives here from fields that have no use for it: a note and a list of choices do.
        """
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat()
        enter = enter and (control or not self.tags.line.hasFocus())  # there it adds what was typed
        if event.key() == Qt.Key.Key_Escape or (enter and self.back.hasFocus()):
            self.cancel()
        elif enter:
            self.finish()
        event.accept()


def _unless_same(text: str, saved: str | None) -> str | None:
    """What was typed, without spaces around it; exactly what is kept where nothing was typed."""
    return saved if text == (saved or "") else text.strip() or None


def _within(widget: QWidget | None, ancestor: QWidget) -> bool:
    """``widget`` is ``ancestor`` or stands in it, its pop-ups included."""
    at: QObject | None = widget
    while at is not None and at is not ancestor:
        at = at.parent()
    return at is not None
