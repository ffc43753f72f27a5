"""Commits: records by batches of keys, each commit saying how far it has brought the index.

A batch is worked on here or, with ``Builders``, in processes beside this one; it is committed here and
in order either way, so that the index never has a gap that its state does not tell of.
"""

import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from whoosh import index

from desktop.core.progress import Progress
from desktop.core.searching import IndexHead, IndexSource
from desktop.search.building import Builders, Part, parts_of
from desktop.search.writer import BatchWriter, IndexState, read_state

# From so many records on, what a writer leaves behind is worth collecting at once.
_LARGE = 100


@dataclass(frozen=True)
class Batch:
    """Keys whose records are to be indexed together.

    Attributes:
        then: What the index's state is when so many of the keys are committed.
        replaces: The index may have these keys; what it has of them is taken out.
    """

    keys: Sequence[str]
    then: Callable[[IndexState, int], IndexState]
    replaces: bool = True


def of_build(keys: Sequence[str], upto: str | None) -> Batch:
    """The next keys of a full build, which has come to the key ``upto`` then, to its end with None."""

    def then(state: IndexState, done: int) -> IndexState:
        after = upto if done == len(keys) else keys[done - 1]
        return replace(state, building_after=after, mending=state.mending and after is not None)

    return Batch(keys, then, replaces=False)


def of_marks(marks: Sequence[tuple[str, int]], head: IndexHead) -> Batch:
    """Keys with the numbers of their marks, ascending, and the archive's head from before they were read."""

    def then(state: IndexState, done: int) -> IndexState:
        return replace(state, applied=replace(head, seq=marks[done - 1][1])) if done else state

    return Batch([key for key, _ in marks], then)


def of_repair(keys: Sequence[str]) -> Batch:
    """Keys that the index has wrongly."""
    return Batch(keys, lambda state, _: state)


class Run:
    """Applies batches to an index that is open for writing, and tells how far it is."""

    def __init__(
        self,
        source: IndexSource,
        opened: index.FileIndex,
        progress: Progress,
        builders: Builders | None = None,
    ) -> None:
        self.source, self.opened = source, opened
        self._folder = Path(opened.storage.folder)
        self._progress, self._builders = progress, builders
        self._done = self._total = self._told = 0

    @property
    def state(self) -> IndexState:
        """Of the last commit."""
        return read_state(self.opened.schema)

    def begin(self, done: int, total: int) -> None:
        """From now on progress goes from ``done`` to ``total`` records."""
        self._done, self._total, self._told = done, total, 0
        self._tell(0)

    def apply(self, batch: Batch, start: int = 0) -> None:
        """Index the keys from ``start`` on in this process."""
        done = start
        for part in parts_of(self.source, self._folder, batch.keys[start:], self._tell):
            done = self._commit(batch, done, part)

    def apply_all(self, batches: Iterable[Batch]) -> None:
        """Index many records, with builders where there are any."""
        if self._builders is None:
            for batch in batches:
                self.apply(batch)
            return
        begun: deque[Batch] = deque()
        done = 0
        with self._builders.build(self._folder, _keys(batches, begun), self._tell) as parts:
            for part in parts:
                if part is None:
                    self.apply(begun[0], done)
                    done = len(begun[0].keys)
                else:
                    done = self._commit(begun[0], done, part)
                if done == len(begun[0].keys):
                    begun.popleft()
                    done = 0

    def _commit(self, batch: Batch, start: int, part: Part) -> int:
        """Make a part of a batch visible; returns how many keys of the batch are done then."""
        done = start + part.done
        keys = batch.keys[start:done]
        state = batch.then(self.state, done)
        left_out = {key: why for key, why in state.left_out.items() if key not in set(keys)}
        with BatchWriter(self.opened) as writer:
            if batch.replaces:
                writer.remove(keys)
            for segment in part.segments:
                writer.take(segment)
            writer.commit(replace(state, left_out=left_out | part.left_out))
        if len(keys) > _LARGE:
            # Whoosh's writers are cycles that hold much: they must not pile up.
            gc.collect()
        self._done += len(keys)
        self._tell(0)
        return done

    def _tell(self, read: int) -> None:
        """So many keys beyond those that are committed have been read."""
        self._progress.check()
        # A batch that is done again does not take back what was told.
        self._told = min(max(self._told, self._done + read), self._total)
        self._progress.report(self._told, self._total, "index")


def _keys(batches: Iterable[Batch], begun: deque[Batch]) -> Iterator[Sequence[str]]:
    """The keys of each batch, which is noted as begun when they are asked for."""
    for batch in batches:
        begun.append(batch)
        yield batch.keys
