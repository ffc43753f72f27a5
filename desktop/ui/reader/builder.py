"""Fills a text document from a plan, a little at a time."""

from itertools import pairwise
from time import perf_counter

from PySide6.QtGui import (
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextTable,
)

from desktop.core.document import MarkKind
from desktop.ui.reader.plan import Element, Leaf, Sheet
from desktop.ui.reader.styles import Styles

AT_ONCE = 1_500  # units of text between two looks at the clock


class PageBuilder:
    """Appends the elements of a plan to an empty document.

    The user state of every paragraph of Qt is the number of its leaf, in the order of the page.

    Attributes:
        built: Every position below it is there.
        finished: Nothing is left to append.
    """

    def __init__(self, document: QTextDocument, plan: list[Element], styles: Styles) -> None:
        self._plan = plan
        self._styles = styles
        self._next = 0
        self._leaf = 0
        self._fresh = True  # the last paragraph is empty and free: at the start and behind a table
        document.setUndoRedoEnabled(False)
        document.clear()
        self._cursor = QTextCursor(document)

    @property
    def finished(self) -> bool:
        return self._next >= len(self._plan)

    @property
    def built(self) -> int:
        return self._cursor.position()

    def build_until(self, position: int) -> None:
        """Append until ``position`` is there, however long it takes."""
        while not self.finished and self.built <= position:
            self._append_some()

    def build_for(self, seconds: float) -> None:
        """Append for about that long."""
        end = perf_counter() + seconds
        while not self.finished and perf_counter() < end:
            self._append_some()

    def finish(self) -> None:
        while not self.finished:
            self._append_some()

    def _append_some(self) -> None:
        self._cursor.beginEditBlock()
        enough = self.built + AT_ONCE
        while not self.finished and self.built < enough:
            element = self._plan[self._next]
            self._next += 1
            if isinstance(element, Sheet):
                self._append_sheet(element)
                break  # cells cost more than letters
            self._append_leaf(element)
        self._cursor.endEditBlock()

    def _append_leaf(self, leaf: Leaf) -> None:
        block, char = self._styles.block_format(leaf), self._styles.char_format(leaf, frozenset(), None)
        if self._fresh:
            self._cursor.setBlockFormat(block)
            self._cursor.setBlockCharFormat(char)
        else:
            self._cursor.insertBlock(block, char)
        self._fresh = False
        self._fill(self._cursor, leaf)

    def _append_sheet(self, sheet: Sheet) -> None:
        columns = len(sheet.widths)
        table = self._cursor.insertTable(
            len(sheet.cells) // columns, columns, self._styles.table_format(sheet)
        )
        for number, leaf in enumerate(sheet.cells):
            self._fill_cell(table, number // columns, number % columns, leaf)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._cursor.setBlockFormat(QTextBlockFormat())
        self._fresh = True

    def _fill_cell(self, table: QTextTable, row: int, column: int, leaf: Leaf) -> None:
        cursor = table.cellAt(row, column).firstCursorPosition()
        cursor.setBlockFormat(self._styles.block_format(leaf))
        cursor.setBlockCharFormat(self._styles.char_format(leaf, frozenset(), None))
        self._fill(cursor, leaf)

    def _fill(self, cursor: QTextCursor, leaf: Leaf) -> None:
        cursor.block().setUserState(self._leaf)
        self._leaf += 1
        for text, char in self._stretches(leaf):
            cursor.insertText(text, char)

    def _stretches(self, leaf: Leaf) -> list[tuple[str, QTextCharFormat]]:
        if not leaf.marks:
            return [(leaf.text, self._styles.char_format(leaf, frozenset(), None))] if leaf.text else []
        edges = sorted({0, len(leaf.text), *(edge for m in leaf.marks for edge in (m.start, m.end))})
        found = []
        for start, end in pairwise(edges):
            here = [mark for mark in leaf.marks if mark.start <= start and mark.end >= end]
            href = next((mark.href for mark in here if mark.kind is MarkKind.LINK), None)
            kinds = frozenset(mark.kind for mark in here)
            found.append((leaf.text[start:end], self._styles.char_format(leaf, kinds, href)))
        return found


def leaf_number(block: QTextBlock) -> int:
    """Which leaf of the plan a paragraph shows; -1 for the empty one behind a table."""
    return block.userState()
