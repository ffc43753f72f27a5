"""Which files are records of another program, by their shape first and their name second."""

from collections.abc import Callable

Shape = Callable[[bytes, str], bool]

# Each looks at the bytes of a file and its name.
SHAPES: tuple[Shape, ...] = ()


def is_records(data: bytes, name: str) -> bool:
    """Whether a reader of this package knows the file; the bytes are text."""
    return any(shape(data, name) for shape in SHAPES)
