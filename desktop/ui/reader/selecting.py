"""The selection of the reader, in code points: kept ranges, sentences, words."""

from PySide6.QtWidgets import QWidget

from desktop.ui.reader import words
from desktop.ui.reader.sheet import Sheet
from desktop.ui.reader.words import Range


class SelectingReader(QWidget):
    """What can be selected on the sheet in front.

    Attributes:
        sheet: The text or the pages.
    """

    sheet: Sheet
    _kept: list[Range]

    @property
    def text(self) -> str:
        """The canonical text that is shown."""
        return self.sheet.canonical

    def selection(self) -> list[Range]:
        """The selected ranges in text order: what was kept, and what is selected now."""
        now = self.sheet.selected_points()
        return words.joined([*self._kept, *([now] if now else [])])

    def select(self, start: int, end: int) -> None:
        """Select code points; kept ranges are dropped."""
        self._kept = []
        self.sheet.select(*self.sheet.map.to_range(start, end))

    def select_sentence(self) -> None:
        """Select the sentence at the caret; again, and the next one joins."""
        now, caret = self.sheet.selected_points(), self.sheet.caret_point()
        self._select_now(words.more_sentences(self.text, now, caret))

    def shrink_selection(self) -> None:
        """Take the last sentence of several away, or else the last word of several."""
        if now := self.sheet.selected_points():
            self._select_now(words.less(self.text, now))

    def extend_to_words(self) -> None:
        """Round the selection to whole words, or select the word at the caret."""
        now, caret = self.sheet.selected_points(), self.sheet.caret_point()
        self._select_now(words.whole_words(self.text, now, caret))

    def extend_selection(self) -> None:
        """One word more."""
        now, caret = self.sheet.selected_points(), self.sheet.caret_point()
        self._select_now(words.one_word_more(self.text, now or (caret, caret)))

    def keep_selection(self) -> None:
        """Keep what is selected while more is selected: a quotation broken by “he said”."""
        if self.sheet.selected_points():
            self._kept = self.selection()
            self.sheet.select(self.sheet.caret, self.sheet.caret)

    def drop_selection(self) -> None:
        self._kept = []
        self.sheet.select(self.sheet.caret, self.sheet.caret)

    def _select_now(self, one: Range) -> None:
        if one[0] < one[1]:
            self.sheet.select(*self.sheet.map.to_range(*one))
