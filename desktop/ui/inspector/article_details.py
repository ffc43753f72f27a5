"""What the page of an article shows beside its record."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ArticleDetails:
    """What the archive knows of an article beyond its record; everything may be empty.

    Attributes:
        collections: Paths.
        file_name: The name of the original file.
        source: The path or URL it was imported from.
        captured_at: UTC ISO 8601, of the capture shown.
        captures: How many there are.
    """

    collections: tuple[str, ...] = ()
    file_name: str = ""
    source: str = ""
    captured_at: str = ""
    captures: int = 1
    extractor: str = ""
    encoding: str = ""
