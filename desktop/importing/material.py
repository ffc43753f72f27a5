"""What a format's reader is given: bytes, and what is known of them beside the bytes."""

from collections.abc import Callable
from dataclasses import dataclass, field

from desktop.core.extraction import Options
from desktop.core.progress import Progress

DEEPEST = 4
"""Containers within containers (a zip in a message in a zip) that are opened."""


def nothing_beside(_: str) -> bytes | None:
    """For what stands alone."""
    return None


@dataclass(frozen=True, slots=True)
class Material:
    """The bytes of one file, message part or archive member.

    Attributes:
        name: Path or name, for people, titles of last resort and the kept original.
        address: Where a page came from, where that is known.
        charset: What the carrier says of it (an HTTP header, a MIME part); it may lie.
        media_type: What the carrier says of it; it may lie, too.
        beside: The bytes of a file beside it by its relative path in POSIX form (the folder of a
            saved page); None where there is no such file, or it may not be read.
        depth: How many containers it was taken from.
        progress: How far a long reading has come; the process around it decides when that is too long.
    """

    data: bytes
    name: str
    address: str | None = None
    charset: str | None = None
    media_type: str | None = None
    options: Options = field(default_factory=Options)
    beside: Callable[[str], bytes | None] = nothing_beside
    depth: int = 0
    progress: Progress = field(default_factory=Progress)
