"""What one walk over a Word document keeps in mind: fields, highlights, tracked changes, notes."""

import re
from dataclasses import dataclass, field

from desktop.core.extraction import FoundMark
from desktop.importing.office.flow import Flow
from desktop.importing.office.remarks import deleted, highlight, inserted

_HYPERLINK = re.compile(r"\s*HYPERLINK\s+(?:\\[a-z]\s+)*\"?(?P<href>[^\"\s\\][^\"\s]*)\"?", re.IGNORECASE)
_SAFE = re.compile(r"(?:https?|ftp|mailto):", re.IGNORECASE)
_DEEPEST_FIELD = 50


def safe_link(href: str) -> str | None:
    """An address that leads somewhere by itself; None for a place within the document or a program."""
    href = href.strip()
    return href if _SAFE.match(href) else None


def link_of(instruction: str) -> str | None:
    """Where a field leads, if it is a link."""
    match = _HYPERLINK.match(instruction)
    return safe_link(match["href"]) if match else None


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    shown: bool = False
    href: str | None = None


@dataclass
class Fields:
    """The fields that are open; what stands between their beginning and their result is not text.

    Attributes:
        balanced: All that begin end; where they do not, nothing is hidden.
    """

    balanced: bool
    stack: list[_Field] = field(default_factory=list)

    def mark(self, kind: str) -> None:
        """``begin``, ``separate`` or ``end``."""
        if kind == "begin" and len(self.stack) < _DEEPEST_FIELD:
            self.stack.append(_Field())
        elif kind == "separate" and self.stack:
            top = self.stack[-1]
            top.shown, top.href = True, link_of(top.instruction)
        elif kind == "end" and self.stack:
            self.stack.pop()

    def instruct(self, words: str) -> None:
        if self.stack and not self.stack[-1].shown and len(self.stack[-1].instruction) < 5000:
            self.stack[-1].instruction += words

    @property
    def hidden(self) -> bool:
        return self.balanced and any(not one.shown for one in self.stack)

    @property
    def href(self) -> str | None:
        return next((one.href for one in reversed(self.stack) if one.href), None)


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

    def _new(self, letter: str, mark: FoundMark) -> str:
        key = f"{letter}{len(self.marks)}"
        self.marks[key] = mark
        return key
