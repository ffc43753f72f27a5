"""What holds at a place of an RTF file."""

from typing import NamedTuple

from desktop.core.document import MarkKind
from desktop.importing.office.flow import PLAIN


class State(NamedTuple):
    """What a group begins with and may change until its end.

    Attributes:
        target: Where text goes: ``body``, ``skip``, or the name of what collects it.
        font: The number of the font.
        fallback: How many characters stand in for one in Unicode, for programs without it.
        hidden, inserted, deleted: Of text; who changed it, and when, is in ``author``, ``moment``.
        colour: The number of the colour behind the text, 0 for none.
        style, outline, listed, level, in_table: Of the paragraph; ``outline`` 9 is body text.
    """

    target: str = "body"
    kinds: frozenset[MarkKind] = PLAIN
    font: int = -1
    fallback: int = 1
    hidden: bool = False
    inserted: bool = False
    deleted: bool = False
    author: int = 0
    moment: int = 0
    colour: int = 0
    href: str | None = None
    style: int = 0
    outline: int = 9
    listed: int = 0
    level: int = 0
    in_table: bool = False


def moment_of(packed: int) -> str:
    """ISO 8601 from the bits of a date and time as Word packs them; empty where there is none."""
    minute, hour, day = packed & 63, packed >> 6 & 31, packed >> 11 & 31
    month, year = packed >> 16 & 15, 1900 + (packed >> 20 & 511)
    return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00" if day and month else ""
