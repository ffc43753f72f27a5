"""What there is to choose of an export, and what was chosen."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desktop.core.selection import Selection


class ExportFormat(Protocol):
    """What the dialog needs of a format; ``extension`` has its dot."""

    @property
    def name(self) -> str: ...
    @property
    def extension(self) -> str: ...
    @property
    def title(self) -> str: ...


@dataclass(frozen=True, slots=True)
class ExportScope:
    """One answer to “what?”.

    Attributes:
        title: e.g. “This list”.
        articles: How many; None where that is not known yet.
        name: Proposed for the file, e.g. the collection's name.
    """

    title: str
    selection: Selection
    articles: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What was chosen; ``path`` has the format's extension."""

    format: str
    selection: Selection
    path: Path
