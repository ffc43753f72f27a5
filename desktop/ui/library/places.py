"""Where the library can be, as plain values."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """Where the library can be: ``all``, ``unread``, ``trash``, or one ``collection``, ``tag``,
    ``person``, ``search`` or ``frozen`` (search) by its id. ``section`` and ``hint`` are headings and
    cannot be gone to.
    """

    kind: str
    id: str = ""

    @property
    def reachable(self) -> bool:
        return self.kind not in ("section", "hint")


ALL, UNREAD, TRASH = Place("all"), Place("unread"), Place("trash")


@dataclass(frozen=True, slots=True)
class Node:
    """A line of the navigation, with the lines below it.

    Attributes:
        text: The whole name, shown when the line is pointed at.
        new: How many of ``count`` nobody has seen yet.
        hint: What is wrong with it, in a sentence.
    """

    place: Place
    label: str
    icon: str = ""
    dot: str = ""
    count: int | None = None
    text: str = ""
    children: tuple["Node", ...] = field(default_factory=tuple)
    new: int = 0
    hint: str = ""
