"""Paragraphs and rows of an RTF file as they begin and end."""

from dataclasses import dataclass

from desktop.core.document import BlockKind
from desktop.importing.office.flow import PARAGRAPH, Flow, Shape, Table
from desktop.importing.office.rich.header import Header
from desktop.importing.office.rich.state import State


@dataclass
class Paragraphs:
    """A paragraph begins with its first word, and is what its properties say there.

    Attributes:
        headline: The words of the first paragraph in the title's style.
        label: What stands before the next paragraph as an item of a list.
        columns: Of the row that is being read; a row of one is a frame around paragraphs.
        heads: That row heads its table.
        boxed: A text box is being read: its paragraphs are never in a table.
        note: The shape of the next paragraph, which begins a footnote.
    """

    flow: Flow
    header: Header
    headline: str = ""
    label: str | None = None
    columns: int = 0
    heads: bool = False
    boxed: bool = False
    note: Shape | None = None
    _begun: bool = False
    _titled: bool = False
    _table: Table | None = None
    _row: bool = False
    _cell: bool = False

    @property
    def in_row(self) -> bool:
        return self._row

    def begin(self, state: State) -> None:
        """Words follow."""
        if self._begun:
            return
        self._begun = True
        if state.in_table and self.columns != 1 and not self.boxed:
            self._begin_cell()
            self.flow.begin(PARAGRAPH)
            return
        if self._row and not self.boxed:
            self.end_row()
            self._begun = True
        self._table = self._table if state.in_table else None
        self._titled = self.note is None and self.header.is_title(state)
        shape = self.header.shape_of(state, self.label)
        if self.note is not None:
            shape, self.note = self.note, PARAGRAPH
        self.flow.begin(shape)

    def end(self) -> None:
        if self._begun and not self._row:
            self.flow.end()
            if self._titled and not self.headline and self.flow.blocks:
                self.headline = self.flow.blocks[-1].text
        self._begun, self._titled, self.label = False, False, None

    def begin_row(self) -> None:
        """The description of a row follows."""
        self.columns, self.heads = 0, False

    def end_cell(self) -> None:
        if self.columns == 1 or self.boxed:
            self.end()
            return
        self._begin_cell()
        self._cell, self._begun, self.label = False, False, None

    def end_row(self) -> None:
        if self._row:
            self.flow.end_row()
        self._row = self._cell = self._begun = False

    def begin_note(self, number: int) -> None:
        """A footnote follows: an item of the list of notes; its further paragraphs follow it."""
        self.note = Shape(BlockKind.LIST_ITEM, 1, number, "notes")

    def end_note(self) -> None:
        self.end_row()
        self.end()
        self.note = None

    def _begin_cell(self) -> None:
        if not self._row:
            self._table = self._table or Table()
            self.flow.begin_row(self._table, header=self.heads)
            self._row = True
        if not self._cell:
            self.flow.begin_cell()
            self._cell = True
