"""Where a mark sits in a text, kept well enough to find it again in another text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one canonical text (W3C TextPositionSelector and TextQuoteSelector).

    Attributes:
        start, end: Code points in the capture it was marked on.
        exact: The words between them, as the reader saw them.
        prefix, suffix: Text on each side, to tell twins apart.
    """

    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""
