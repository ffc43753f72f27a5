"""What the selectors of the Web Annotation model (section 4.2) say of a place in a text."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from desktop.importing.records import values

_DEEPEST = 10


class Quoted(NamedTuple):
    """Words and where they stand; ``start`` and ``end`` count code points, and are 0 where not given."""

    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 0
    end: int = 0


def quoted(selector: Any) -> Quoted:
    """The words of a TextQuoteSelector, and the place of a TextPositionSelector, among the selectors."""
    found = Quoted()
    for one in _all(selector, 0):
        kind = one.get("type")
        if kind == "TextQuoteSelector" and not found.exact:
            exact, prefix, suffix = (_raw(one.get(key)) for key in ("exact", "prefix", "suffix"))
            found = found._replace(exact=exact, prefix=prefix, suffix=suffix)
        elif kind == "TextPositionSelector" and not found.end:
            start, end = _whole(one.get("start")), _whole(one.get("end"))
            found = found._replace(start=start, end=end) if end >= start else found
    return found


def _all(selector: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Every selector, those that refine another included; the items of a choice, too."""
    if depth > _DEEPEST:
        return
    if isinstance(selector, list):
        for one in selector[:100]:
            yield from _all(one, depth + 1)
    elif isinstance(selector, dict):
        yield selector
        for key in ("refinedBy", "items"):
            yield from _all(selector.get(key), depth + 1)


def _raw(value: Any) -> str:
    """A text with the space at its edges, which belongs to the surroundings."""
    if not isinstance(value, str):
        return ""
    text = value.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")[: values.MOST_LETTERS]
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _whole(value: Any) -> int:
    good = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 40
    return value if good else 0
