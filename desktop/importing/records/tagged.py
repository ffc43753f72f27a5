"""Formats in which every line begins with a tag, as fields in the order of the file."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Field(NamedTuple):
    tag: str
    value: str


class Fields:
    """The fields of one entry; a tag may stand several times."""

    def __init__(self, fields: Iterable[Field], raw: str) -> None:
        self.fields = list(fields)
        self.raw = raw

    def all(self, *tags: str) -> list[str]:
        """The values of these tags that are not empty, tag by tag."""
        return [one.value for tag in tags for one in self.fields if one.tag == tag and one.value]

    def first(self, *tags: str) -> str:
        """The first value of the first of these tags that has one."""
        return next(iter(self.all(*tags)), "")

    def __bool__(self) -> bool:
        return any(one.value for one in self.fields)


def entries(text: str, line: re.Pattern[str], begins: str, ends: str = "") -> Iterator[Fields]:
    """The entries of a text.

    Args:
        line: Groups 1 and 2 are tag and value.
        begins, ends: The tags with which an entry begins, and ends where the format says so. What
            stands between two entries belongs to none.
    """
    open_entry = _Open()
    for one in text.splitlines():
        match = line.match(one)
        if match and match[1] == begins and open_entry.says(begins):
            yield open_entry.taken()
        if match and ends and match[1] == ends:
            open_entry.raw.append(one)
            yield from (found for found in [open_entry.taken()] if found.fields)
        elif match:
            open_entry.fields.append((match[1], [(match[2] or "").strip()]))
            open_entry.raw.append(one)
        elif open_entry.fields:  # the value goes on
            open_entry.fields[-1][1].append(one.strip())
            open_entry.raw.append(one)
    if open_entry.fields:
        yield open_entry.taken()


class _Open:
    """The entry that is being read."""

    def __init__(self) -> None:
        self.fields: list[tuple[str, list[str]]] = []
        self.raw: list[str] = []

    def says(self, begins: str) -> bool:
        """Whether it has begun already, rather than holding a few empty tags."""
        return any(tag == begins or any(lines) for tag, lines in self.fields)

    def taken(self) -> Fields:
        """It, whole; the next one begins empty."""
        fields = [Field(tag, "\n".join(lines).strip()) for tag, lines in self.fields]
        found = Fields(fields, "\n".join(self.raw))
        self.fields, self.raw = [], []
        return found
