"""Marks of highlights and tracked changes, made while a document is read."""

from dataclasses import dataclass, field, replace

from desktop.core.extraction import FoundMark
from desktop.importing.office.flow import Flow
from desktop.importing.office.remarks import deleted, highlight, inserted


@dataclass
class Marker:
    """Makes marks of highlights and tracked changes; what adjoins and is alike is one mark.

    Attributes:
        marks: By their keys in the flow; comments are put in by others.
    """

    flow: Flow
    marks: dict[str, FoundMark] = field(default_factory=dict)
    _colour: str | None = None
    _colour_key: str = ""
    _coloured_to: int = -1
    _change: tuple[str, str, int] = ("", "", -1)
    _change_key: str = ""

    def colour(self, name: str | None) -> None:
        """The highlight of the words that follow; None for none."""
        adjoins = name == self._colour and self._coloured_to == self.flow.written
        if self._colour_key and not adjoins:
            self.flow.close(self._colour_key, worded=True)
            self._colour_key = ""
        if name and not adjoins:
            self._colour_key = self._new("h", highlight(name))
            self.flow.open(self._colour_key)
        self._colour = name

    def coloured(self) -> None:
        """Words were written; where the next ones have the same colour, they adjoin."""
        self._coloured_to = self.flow.written

    def begin_inserted(self, creator: str, moment: str) -> str:
        """Words follow that were inserted; returns the key to close."""
        if self._change != ("ins", creator, self.flow.written):
            self._change_key = self._new("i", inserted(creator, moment))
        self.flow.open(self._change_key)
        return self._change_key

    def end_inserted(self, key: str, creator: str) -> None:
        self.flow.close(key, worded=True)
        self._change, self._change_key = ("ins", creator, self.flow.written), key

    def deleted(self, words: str, creator: str, moment: str) -> None:
        """Words stood here and were deleted."""
        if not words.strip():
            return
        if self._change == ("del", creator, self.flow.written):
            known = self.marks[self._change_key]
            before = known.note.partition("“")[2].removesuffix("”")
            self.marks[self._change_key] = deleted(before + words, creator, known.created_at)
            return
        self._change_key = self._new("d", deleted(words, creator, moment))
        self.flow.point(self._change_key)
        self._change = ("del", creator, self.flow.written)

    def answer(self, key: str, reply: FoundMark) -> bool:
        """Put a reply into the note of the comment that it answers; False where there is none."""
        known = self.marks.get(key)
        if known is None:
            return False
        note = f"{known.note}\n\n{reply.creator or '—'}: {reply.note}"
        self.marks[key] = replace(known, note=note)
        return True

    def _new(self, letter: str, mark: FoundMark) -> str:
        key = f"{letter}{len(self.marks)}"
        self.marks[key] = mark
        return key
