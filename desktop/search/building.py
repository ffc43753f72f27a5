"""Segments from the records of given keys: bounded in memory, and never lost for one bad record.

The same is done by the process that commits, for little, and by others beside it, for much.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from desktop.core.errors import PressmarkError
from desktop.core.searching import IndexRecord, IndexSource
from desktop.search.builder import SegmentBuilder

logger = logging.getLogger(__name__)

# Code points and records read from the archive at a time.
_READ_TEXT = 2_000_000
_FIRST_READ, _MOST_READ = 50, 500
# Records, and code points, between two words on how far it is.
_TELL_EVERY, _TELL_TEXT = 50, 200_000
# When so many records of a batch cannot be indexed, the fault is not theirs.
_MOST_LEFT_OUT = 100

# Told how many keys of the batch were read so far; it may raise, which ends the work.
Tell = Callable[[int], None]


@dataclass(frozen=True)
class Part:
    """What came of the next keys of a batch.

    Attributes:
        done: How many keys.
        segments: Whoosh's, whose files are in the index's folder; not part of the index until committed.
        left_out: Keys of records that could not be indexed, and why.
    """

    done: int
    segments: tuple[Any, ...] = ()
    left_out: dict[str, str] = field(default_factory=dict)

    def __add__(self, other: "Part") -> "Part":
        return Part(self.done + other.done, self.segments + other.segments, self.left_out | other.left_out)


class Builders(Protocol):
    """Other processes that build segments, each with an eye of its own on the archive."""

    def build(
        self, folder: Path, batches: Iterator[Sequence[str]], tell: Tell
    ) -> AbstractContextManager[Iterator[Part | None]]:
        """The parts of all batches in their order, for as long as the context lasts.

        Several batches are in work at once. None stands for all that is left of a batch whose process
        failed; it is the caller's to do. ``tell`` is called several times a second with the number of
        keys read for parts that were not given out yet.
        """


def parts_of(source: IndexSource, folder: Path, keys: Sequence[str], tell: Tell) -> Iterator[Part]:
    """Index these records here, a part for each segment; one part at least.

    Raises:
        OSError: The index cannot be written.
        PressmarkError: The archive cannot be read.
        Exception: So many records failed that no part can be trusted.
    """
    done = 0
    while True:
        part = _part(source, folder, keys[done:], partial(_tell_from, tell, done))
        done += part.done
        yield part
        if done == len(keys):
            return


def _tell_from(tell: Tell, before: int, read: int) -> None:
    tell(before + read)


def _part(source: IndexSource, folder: Path, keys: Sequence[str], tell: Tell) -> Part:
    """One segment of as many records as it holds; smaller ones beside a record that has to be left out."""
    builder, done = SegmentBuilder(), 0
    try:
        for record in _records(source, keys, tell):
            done += 1
            if record is not None:
                builder.add(record)
            if builder.full:
                break
        return Part(done, (builder.write(folder),) if builder.documents else ())
    except (OSError, MemoryError, PressmarkError):
        raise
    except Exception as error:
        if len(keys) == 1:
            logger.info("A record could not be indexed: %s", keys[0], exc_info=True)
            return Part(1, left_out={keys[0]: repr(error)})
        return _halves(source, folder, keys, tell, error)


def _halves(source: IndexSource, folder: Path, keys: Sequence[str], tell: Tell, error: Exception) -> Part:
    """Close in on the record that cannot be indexed: whatever fails about it, the others succeed."""
    whole, middle = Part(0), (len(keys) + 1) // 2
    for half in (keys[:middle], keys[middle:]):
        for part in parts_of(source, folder, half, tell):
            whole += part
            if len(whole.left_out) > _MOST_LEFT_OUT:
                raise error
    return whole


def _records(source: IndexSource, keys: Sequence[str], tell: Tell) -> Iterator[IndexRecord | None]:
    """The record of each key, None where it does not exist any more."""
    at, size, untold = 0, _FIRST_READ, _TELL_TEXT
    while chunk := keys[at : at + size]:
        found = source.records(chunk)
        for number, key in enumerate(chunk, at):
            record = found.get(key)
            if untold >= _TELL_TEXT or number % _TELL_EVERY == 0:
                tell(number)
                untold = 0
            untold += len(record.text) if record else 0
            yield record
        at += len(chunk)
        size = _next_size(size, len(chunk), sum(len(record.text) for record in found.values()))


def _next_size(size: int, records: int, length: int) -> int:
    """How many records to read next, by how long the last were."""
    fitting = _READ_TEXT * records // max(length, 1)
    return max(1, min(fitting, size * 2, _MOST_READ))
