"""What verbs say: lines for people or JSON Lines on stdout, progress and failures on stderr."""

import json
import sys
import time
import unicodedata
from itertools import accumulate
from typing import Any

import click

from desktop.core.progress import Progress


def emit(as_json: bool, record: dict[str, Any], text: str) -> None:
    """One item: as a JSON object on a line of its own, or as text."""
    click.echo(json.dumps(record, ensure_ascii=False) if as_json else text)


def tell(text: str) -> None:
    """Something for the person and not for the pipe."""
    click.echo(text, err=True)


def plural(count: int, one: str, many: str | None = None) -> str:
    """``3 articles``, ``1 article``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


class Meter:
    """A line of progress on a terminal; nothing at all elsewhere.

    Use as a context manager; the line is wiped at the end.
    """

    def __init__(self, what: str) -> None:
        self.progress = Progress(self._show if sys.stderr.isatty() else None)
        self._what, self._drawn_at, self._width = what, 0.0, 0

    def __enter__(self) -> Progress:
        return self.progress

    def __exit__(self, *_: object) -> None:
        self.wipe()

    def wipe(self) -> None:
        """Clear the line, so that something else can be said."""
        if self._width:
            click.echo("\r" + " " * self._width + "\r", err=True, nl=False)
            self._width = 0

    def _show(self, done: int, total: int, what: str) -> None:
        moment = time.monotonic()
        if moment - self._drawn_at < 0.1 and done < total:
            return
        self._drawn_at = moment
        line = fitted(f"{self._what} {done:,}{f' of {total:,}' if total else ''} {what}", 78)
        self.wipe()
        click.echo("\r" + line, err=True, nl=False)
        self._width = columns(line)


def columns(text: str) -> int:
    """How wide a terminal draws the text: ideographs take two columns, combining marks none."""
    return sum(map(_columns, text))


def fitted(text: str, most: int) -> str:
    """The beginning of the text that fits into so many columns."""
    for end, width in enumerate(accumulate(map(_columns, text))):
        if width > most:
            return text[:end]
    return text


def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
