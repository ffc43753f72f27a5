"""One condition as a line: field, operator, value, and what takes it away."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from desktop.core.query_fields import DATE_WORDS
from desktop.core.sortkeys import name_key
from desktop.operations.conditions import ANYWHERE, Operator, Row, operators_of
from desktop.ui.completing import Choice, CompletingEdit
from desktop.ui.conditions.words import (
    TEXT_FIELD,
    example,
    field_choices,
    is_dated,
    number_choices,
    operator_label,
    value_choices,
)
from desktop.ui.notes import CalmCombo
from desktop.ui.theme import Theme

Names = Mapping[str, Sequence[str]]  # what the archive knows, by field
_MOST = 12


class RowEditor(QWidget):
    """Edits one ``Row``; nothing that was read into it is lost while it is not touched.

    Signals:
        edited: The row is another one now.
        removal_wanted: By its button.
    """

    edited = Signal(object)
    removal_wanted = Signal()

    def __init__(self, theme: Theme, row: Row, names: Names, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._names, self._quiet = theme, names, False
        self.row = row
        self.field, self.operator, self.choice = CalmCombo(self), CalmCombo(self), CalmCombo(self)
        self.value, self.last = self._edit(), self._edit()
        self._and = QLabel("and", self)
        self._and.setProperty("role", "muted")
        self.number = CalmCombo(self)
        self.remove = QToolButton(self)
        self._lay_out()
        self._fill()
        self._connect()

    def focus_first(self) -> None:
        """The value where it is empty, else the field."""
        first = self.choice if self.choice.isVisibleTo(self) else self.value
        (first if not self.row.value else self.field).setFocus()

    def _edit(self) -> CompletingEdit:
        edit = CompletingEdit(self._theme, self._suggest, self)
        edit.setMinimumWidth(90)
        return edit

    def _lay_out(self) -> None:
        named: tuple[tuple[QWidget, str], ...] = (
            (self.field, "Field"),
            (self.operator, "Operator"),
            (self.choice, "Value"),
            (self.value, "Value"),
            (self.last, "Last date"),
            (self.number, "How far"),
            (self.remove, "Remove this condition"),
        )
        for widget, name in named:
            widget.setAccessibleName(name)
        for name, label in field_choices():
            self.field.addItem(label, name)
        self.field.setFixedWidth(150)
        self.operator.setFixedWidth(178)
        self.remove.setToolTip("Remove this condition (Alt+Delete)")
        self.remove.setIcon(self._theme.icon("x"))
        self.remove.setFixedSize(28, 28)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        values = (self.choice, self.value, self._and, self.last)
        for widget in (self.field, self.operator, *values, self.number, self.remove):
            line.addWidget(widget, 1 if widget in values and widget is not self._and else 0)

    def _fill(self) -> None:
        """Show the row."""
        row, self._quiet = self.row, True
        is_line = row.operator is Operator.LINE
        self.field.set_value(TEXT_FIELD if is_line else row.field)
        self._fill_operators()
        choices = value_choices(row.field) if not is_line else []
        self.choice.clear()
        for value, label in _with_own(choices, row.value):
            self.choice.addItem(label, value)
        self.choice.set_value(row.value)
        self.choice.setVisible(bool(choices))
        self.value.setVisible(not choices)
        if not choices and self.value.text() != row.value:
            self.value.setText(row.value)
        self.value.setPlaceholderText(example(row.field, row.operator))
        between = row.operator is Operator.BETWEEN
        self._and.setVisible(between)
        self.last.setVisible(between)
        self.last.setPlaceholderText(example(row.field, row.operator))
        if self.last.text() != row.last:
            self.last.setText(row.last)
        self._fill_numbers()
        self._quiet = False

    def _fill_numbers(self) -> None:
        numbers = number_choices(self.row.operator, self.row.number)
        own = "" if self.row.number is None else str(self.row.number)
        self.number.clear()
        for number, label in _with_own(numbers, own):
            self.number.addItem(label, number)
        self.number.set_value(own)
        self.number.setVisible(bool(numbers))

    def _fill_operators(self) -> None:
        row = self.row
        known = (Operator.LINE,) if row.operator is Operator.LINE else operators_of(row.field)
        self.operator.clear()
        for negated in (False, True):
            if negated:
                self.operator.insertSeparator(self.operator.count())
            for operator in known:
                label = operator_label(row.field, operator, negated=negated)
                self.operator.addItem(label, f"{operator} {negated}")
        self.operator.set_value(f"{row.operator} {row.negated}")

    def _connect(self) -> None:
        self.field.currentIndexChanged.connect(self._field_chosen)
        self.operator.currentIndexChanged.connect(self._operator_chosen)
        self.choice.currentIndexChanged.connect(self._take)
        self.number.currentIndexChanged.connect(self._take)
        for edit in (self.value, self.last):
            edit.textChanged.connect(self._take)
        self.remove.clicked.connect(self.removal_wanted)

    def _field_chosen(self) -> None:
        """Another field: the operator stays where it fits, and so does the value."""
        if self._quiet:
            return
        name, old = self.field.value(), self.row
        if name == TEXT_FIELD:
            self._become(Row(ANYWHERE, Operator.LINE, old.value, negated=old.negated))
            return
        known = operators_of(name)
        operator = old.operator if old.operator in known else known[0]
        fits = not value_choices(name) or old.value in dict(value_choices(name))
        value = old.value if fits else value_choices(name)[0][0]
        if value_choices(old.field) and not value_choices(name):
            value = ""
        self._become(Row(name, operator, value, old.last, old.negated))

    def _operator_chosen(self) -> None:
        operator, _, negated = self.operator.value().partition(" ")
        if self._quiet or not operator:
            return
        old = self.row
        number = old.number if operator == old.operator else None
        self._become(Row(old.field, Operator(operator), old.value, old.last, negated == "True", number))

    def _take(self, *_: object) -> None:
        if self._quiet:
            return
        old = self.row
        value = self.choice.value() if self.choice.isVisibleTo(self) else self.value.text()
        number = int(self.number.value()) if self.number.value() else None
        self.row = Row(old.field, old.operator, value, self.last.text(), old.negated, number)
        if self.row != old:
            self.edited.emit(self.row)

    def _become(self, row: Row) -> None:
        if row != self.row:
            self.row = row
            self._fill()
            self.edited.emit(row)

    def _suggest(self, typed: str) -> list[Choice]:
        """Names that the archive knows, or ways to write a date."""
        return suggestions(self.row.field, self.row.operator, typed, self._names)


def suggestions(field: str, operator: Operator, typed: str, names: Names) -> list[Choice]:
    """Values that have what was typed in them; those that begin so come first."""
    wanted = name_key(typed)
    if operator is Operator.LINE:
        return []
    if is_dated(field):
        known: Sequence[str] = [words for line in DATE_WORDS.values() for words in line.split(", ")]
        known = known if wanted else DATE_WORDS["en"].split(", ")
    else:
        known = names.get(f"{field}:", ())
    fits = [(not name_key(one).startswith(wanted), one) for one in known if wanted in name_key(one)]
    found = [one for _, one in sorted(fits, key=lambda fit: fit[0])][:_MOST]
    return [] if found == [typed] else [Choice(one, one) for one in found]


def _with_own(choices: list[tuple[str, str]], value: str) -> list[tuple[str, str]]:
    """The choices, and a value that is none of them, for it was read and is not to be lost."""
    if not choices or value in dict(choices):
        return choices
    return [(value, value or "…"), *choices]
