"""What every engine can do in the bench."""

from pathlib import Path
from typing import Protocol

from tests.bench.engines.questions import Question

TOP = 50


class Unsupported(Exception):
    """This engine has no such question."""


class Engine(Protocol):
    """One engine. Building and asking happen in different processes."""

    name: str

    def prepare(self, corpus: Path, folder: Path) -> None:
        """What has to be there before the clock starts."""

    def build(self, corpus: Path, folder: Path) -> None:
        """Index the whole corpus into an empty folder, durably."""

    def settle(self, corpus: Path, folder: Path) -> None:
        """What it does later by itself, when there is nothing else to do."""

    def size(self, corpus: Path, folder: Path) -> int:
        """Bytes of the index, without the texts."""

    def open(self, corpus: Path, folder: Path) -> None: ...

    def ask(self, question: Question) -> int:
        """Find the best 50 with their keys, and return the exact total.

        Raises:
            Unsupported: It has no such question.
        """


def folder_size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
