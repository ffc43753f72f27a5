"""Fields of a Word document: instructions and their results."""

import re
from dataclasses import dataclass, field

from desktop.importing.office.links import safe_link

_HYPERLINK = re.compile(r"\s*HYPERLINK\s+(?:\\[a-z]\s+)*\"?(?P<href>[^\"\s\\][^\"\s]*)\"?", re.IGNORECASE)
_DEEPEST_FIELD = 50


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
