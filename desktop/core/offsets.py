"""The one place where code points and Qt's UTF-16 units meet.

Everywhere else an offset is a Python code point. ``a😀b`` has three code points and four units.
"""

from bisect import bisect_left


class Utf16Map:
    """Converts between code points and UTF-16 units of one text.

    Text without astral characters costs nothing; otherwise a conversion is one bisection.
    """

    def __init__(self, text: str) -> None:
        self._points = [i for i, char in enumerate(text) if char > "\uffff"] if _has_astral(text) else []
        self._units = [point + rank for rank, point in enumerate(self._points)]

    def to_units(self, point: int) -> int:
        """The UTF-16 offset of the boundary before code point ``point``."""
        return point + bisect_left(self._points, point)

    def to_points(self, unit: int) -> int:
        """The code-point offset of a UTF-16 boundary; one inside a surrogate pair goes before it."""
        rank = bisect_left(self._units, unit)
        if rank and self._units[rank - 1] + 1 == unit:
            return self._points[rank - 1]
        return unit - rank


def _has_astral(text: str) -> bool:
    # As fast as copying: a look at each letter would hold up the other threads with a book.
    return not text.isascii() and len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text)
