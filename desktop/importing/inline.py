"""Collects the words of one block together with the formatting that opens and closes on the way."""

from desktop.core.document import InlineMark, MarkKind


class InlineText:
    """A growing text with marks; offsets in code points of that text.

    Formatting that is open while ``take`` is called is closed there and goes on in the next text,
    as a bold stretch goes on over a line that a page's block breaks.

    Attributes:
        length: Code points so far.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.length = 0
        self._marks: list[InlineMark] = []
        self._open: list[tuple[MarkKind, str | None, int]] = []

    def add(self, text: str) -> None:
        self._parts.append(text)
        self.length += len(text)

    def open(self, kind: MarkKind, href: str | None = None) -> None:
        self._open.append((kind, href, self.length))

    def close(self, kind: MarkKind) -> None:
        """Close the innermost open mark of this kind; none is no error, pages are not that tidy."""
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index][0] is kind:
                self._mark(*self._open.pop(index))
                return

    def take(self) -> tuple[str, tuple[InlineMark, ...]]:
        """The text and its marks in order; the collector is empty afterwards."""
        for entry in self._open:
            self._mark(*entry)
        text, marks = "".join(self._parts), tuple(self._marks)
        if len(marks) > 1:
            marks = tuple(sorted(marks, key=lambda m: (m.start, -m.end)))
        self._parts, self._marks, self.length = [], [], 0
        self._open = [(kind, href, 0) for kind, href, _ in self._open]
        return text, marks

    def _mark(self, kind: MarkKind, href: str | None, start: int) -> None:
        if start < self.length:
            self._marks.append(InlineMark(start, self.length, kind, href))
