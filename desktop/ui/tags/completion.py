"""Which tags are meant by a few typed letters; pure, and quick with thousands of tags."""

from collections.abc import Iterable, Mapping

from desktop.core.records import Tag
from desktop.core.sortkeys import name_key
from desktop.ui.completing import Choice

Counts = Mapping[str, tuple[int, int]]  # tag id: (articles, annotations)


def tidy_path(path: str) -> str:
    """Single spaces, no empty parts: `` оборона / дроны/`` becomes ``оборона/дроны``."""
    parts = (" ".join(part.split()) for part in path.split("/"))
    return "/".join(part for part in parts if part)


class TagIndex:
    """Tags by name, however they are typed."""

    def __init__(self, tags: Iterable[Tag] = (), counts: Counts | None = None) -> None:
        self._counts = counts or {}
        self._entries = [(tag, name_key(tag.path)) for tag in tags]
        self._by_key = {key: tag for tag, key in self._entries}

    def find(self, path: str) -> Tag | None:
        """The tag of this path, whatever its case and spacing."""
        return self._by_key.get(name_key(tidy_path(path)))

    def uses(self, tag: Tag) -> int:
        return sum(self._counts.get(tag.id, (0, 0)))

    def matches(self, typed: str, limit: int = 12, *, without: Iterable[str] = ()) -> list[Tag]:
        """The best tags for ``typed``: whole path, start of the path, start of any part, of any word, within.

        Among equals the one used more comes first. Nothing typed gives the most used ones.

        Args:
            without: Paths that are chosen already.
        """
        wanted, hidden = name_key(typed.strip().strip("/")), {name_key(path) for path in without}
        ranked = [
            (rank, -self.uses(tag), place, tag)
            for place, (tag, key) in enumerate(self._entries)
            if key not in hidden and (rank := _rank(wanted, key)) is not None
        ]
        return [tag for *_, tag in sorted(ranked, key=lambda one: one[:3])[:limit]]


def _rank(wanted: str, key: str) -> int | None:
    """0 is best; None does not match. ``об/др`` matches ``оборона/дроны`` part by part."""
    if not wanted or key == wanted:
        return 0
    if key.startswith(wanted):
        return 1
    if "/" in wanted:
        return 2 if _parts_start(wanted.split("/"), key.split("/")) else None
    if wanted not in key:
        return None
    at = key.find(wanted)
    if "/" + wanted in key:
        return 2
    return 3 if " " + wanted in key or not key[at - 1].isalnum() else 4


def _parts_start(wanted: list[str], parts: list[str]) -> bool:
    last = len(parts) - len(wanted)
    return any(
        all(part.startswith(piece.strip()) for piece, part in zip(wanted, parts[start:], strict=False))
        for start in range(last + 1)
    )


def tag_choices(index: TagIndex, typed: str, *, without: Iterable[str] = (), create: str) -> list[Choice]:
    """Suggestions for a tag field; the last one creates what was typed, unless that exists.

    Args:
        create: The words for making a new tag, with ``{path}`` in them.
    """
    without = list(without)
    found = [_choice(index, tag) for tag in index.matches(typed, without=without)]
    path = tidy_path(typed)
    taken = {name_key(one) for one in without}
    if path and index.find(path) is None and name_key(path) not in taken:
        found.append(Choice(path, create.format(path=path), glyph="tag"))
    return found


def _choice(index: TagIndex, tag: Tag) -> Choice:
    uses = index.uses(tag)
    token = f"colour.{tag.colour}" if tag.colour else "muted"
    return Choice(tag.path, tag.path, f"{uses:,}" if uses else "", dot=token)
