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
    fields: list[Field] = []
    raw: list[str] = []
    for one in text.splitlines():
        match = line.match(one)
        if match and match[1] == begins and any(field.tag == begins or field.value for field in fields):
            yield Fields(_tidy(fields), "\n".join(raw))
            fields, raw = [], []
        if match and ends and match[1] == ends:
            if fields:
                yield Fields(_tidy(fields), "\n".join([*raw, one]))
            fields, raw = [], []
        elif match:
            fields.append(Field(match[1], (match[2] or "").strip()))
            raw.append(one)
        elif fields:  # the value goes on
            last = fields[-1]
            fields[-1] = last._replace(value=f"{last.value}\n{one.strip()}")
            raw.append(one)
    if fields:
        yield Fields(_tidy(fields), "\n".join(raw))


def _tidy(fields: Iterable[Field]) -> list[Field]:
    return [one._replace(value=one.value.strip()) for one in fields]
