"""Is the archive as it was left, and does its search index say what it says?

The index is disposable: what is wrong with it is no loss, but an answer may be wrong until it is
built anew.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop import paths
from desktop.core.errors import ArchiveError
from desktop.core.progress import Progress
from desktop.core.searching import IndexRecord
from desktop.search.comparing import Comparison
from desktop.search.follower import is_stale
from desktop.search.writer import IndexDamaged, IndexOutdated, damaged_files
from desktop.store.archive import Archive
from desktop.store.indexing import ArchiveIndexSource
from desktop.store.verify import Finding
from desktop.store.verify import verify as verify_archive

INDEX = "index"

# Findings of each kind that are told one by one.
_MOST = 20
# Records whose words are looked up, unless all are wished for.
_SAMPLE = 200
_AGAIN = "“pressmark reindex” builds the index anew"
_DIFFERENCES = {
    "missing": "it is not in the index, so that it is not found",
    "differs": "the index has another state of it",
    "twice": "the index has it more than once",
    "surplus": "the index has it, the archive does not",
    "words": "words of it do not lead to it",
}


@dataclass(frozen=True)
class Verified:
    """What was found.

    Attributes:
        archive, index: What is not as it should be, in the archive and in its search index.
        indexed, records: How many records the index has, and the archive.
    """

    archive: list[Finding]
    index: list[Finding]
    indexed: int
    records: int

    @property
    def findings(self) -> list[Finding]:
        return self.archive + self.index


def verify(archive: Archive, progress: Progress | None = None, *, thorough: bool = False) -> Verified:
    """Check the archive, then compare its index with it; nothing is changed.

    Args:
        thorough: Look up the words of every record in the index, not only those of a sample.

    Raises:
        Cancelled
    """
    progress = progress or Progress()
    found = verify_archive(archive, progress)
    source, folder = ArchiveIndexSource(archive), paths.index_dir(archive.id)
    try:
        check = _IndexCheck(source, folder, progress, thorough=thorough)
        index = list(check.findings())
        return Verified(found, index, check.indexed, source.count())
    except ArchiveError as error:  # where the checks above have said so already
        told = [] if any(one.serious for one in found) else [Finding(INDEX, error.path.name, error.detail)]
        return Verified(found, told, 0, 0)


class _IndexCheck:
    """One look at an index."""

    def __init__(
        self, source: ArchiveIndexSource, folder: Path, progress: Progress, *, thorough: bool
    ) -> None:
        self._source, self._folder, self._progress = source, folder, progress
        self._thorough = thorough
        self.indexed = 0

    def findings(self) -> Iterator[Finding]:
        if not self._folder.exists():
            yield _note("there is none yet; it is made when the archive is opened or searched")
            return
        try:
            with Comparison(self._source, self._folder) as comparison:
                yield from self._compared(comparison)
        except IndexOutdated as reason:
            yield _note(f"it is {reason}; it is built anew when the archive is opened or searched")
        except (IndexDamaged, OSError) as error:
            yield _damage("", f"it cannot be read ({error}); {_AGAIN}")

    def _compared(self, comparison: Comparison) -> Iterator[Finding]:
        state = comparison.state
        self.indexed = state.records
        if is_stale(state, self._source):
            yield _note("it follows another state of the archive; it is built anew when that is opened")
            return
        damaged = damaged_files(self._folder, state, checksums=True, check=self._progress.check)
        for name in damaged:
            yield _damage(name, f"this file is not as it was written; {_AGAIN}")
        if not damaged:
            yield from self._differences(comparison)
        for key, reason in sorted(state.left_out.items())[:_MOST]:
            yield _note(f"it could not be indexed ({reason})", _named(key))

    def _differences(self, comparison: Comparison) -> Iterator[Finding]:
        """Records that differ, each kind up to a bound; then how many are only behind."""
        told: Counter[str] = Counter()
        done = behind = 0
        total = self._source.count()
        every = 1 if self._thorough else max(1, total // _SAMPLE)
        for each in comparison.slices():
            self._progress.check()
            self._progress.report(done, max(total, done), INDEX)
            for difference in each.differences:
                told[difference.what] += 1
                if told[difference.what] <= _MOST:
                    yield _damage(_named(difference.key), f"{_DIFFERENCES[difference.what]}; {_AGAIN}")
            yield from self._lost(comparison, each.records, -done % every, every, told)
            done += each.compared
            behind += each.behind
        for what, count in sorted(told.items()):
            if count > _MOST:
                yield _damage("", f"and {count - _MOST:,} more records: {_DIFFERENCES[what]}")
        if behind:
            words = "record; it follows" if behind == 1 else "records; they follow"
            yield _note(f"it is behind by {behind:,} {words} when the archive is opened")
        self._progress.report(total, total, INDEX)

    def _lost(
        self,
        comparison: Comparison,
        records: Sequence[IndexRecord],
        first: int,
        every: int,
        told: Counter[str],
    ) -> Iterator[Finding]:
        """The words of some records are looked up: each has to lead back to where it stands."""
        for record in records[first::every]:
            self._progress.check()
            lost = comparison.lost_words(record)
            told["words"] += bool(lost)
            if lost and told["words"] <= _MOST:
                shown = ", ".join(f"“{word}”" for word in lost[:5])
                yield _damage(_named(record.key), f"it is not found by {shown}; {_AGAIN}")


def _named(key: str) -> str:
    return f"{'article' if key.startswith('a:') else 'annotation'} {key[2:]}"


def _damage(record: str, detail: str) -> Finding:
    return Finding(INDEX, record, detail)


def _note(detail: str, record: str = "") -> Finding:
    return Finding(INDEX, record, detail, serious=False)
