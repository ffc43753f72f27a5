"""What an index needs when nothing else happens, a little at a time: merges, and a look at every record."""

import logging
import time
from collections.abc import Callable
from pathlib import Path

from desktop.core.searching import IndexSource
from desktop.search.comparing import Comparison
from desktop.search.follower import is_stale, locked, mend
from desktop.search.writer import IndexBusy, IndexDamaged, damaged_files, merge_some, open_index

logger = logging.getLogger(__name__)


class Tidying:
    """Looks after one index; every call is short, or ends when it is disturbed.

    Args:
        disturbed: Whether there is something better to do.
        again: Seconds after which records that were compared are compared once more.
    """

    def __init__(
        self, source: IndexSource, folder: Path, disturbed: Callable[[], bool], again: float
    ) -> None:
        self._source, self._folder, self._disturbed, self._again = source, folder, disturbed, again
        self._after = ""
        self._not_before = 0.0

    def merge(self) -> bool:
        """Join some large segments, if there are too many; False when there was nothing to join.

        Raises:
            IndexDamaged, OSError
        """
        try:
            with locked(self._folder):
                return merge_some(open_index(self._folder), self._disturbed)
        except IndexBusy:
            return False

    def compare(self) -> bool:
        """Compare the next records with the archive and index anew what differs; False when none did.

        Raises:
            IndexDamaged, OSError
        """
        if time.monotonic() < self._not_before:
            return False
        with Comparison(self._source, self._folder) as comparison:
            if is_stale(comparison.state, self._source):
                return False
            if not self._after and not self._files_are_whole(comparison):
                return False
            found = comparison.after(self._after)
        wrong = [difference.key for difference in found.differences]
        if wrong:
            logger.info("The index had %d records wrongly; they are indexed again.", len(wrong))
            if not mend(self._source, self._folder, wrong):
                return False
        self._after = found.upto or ""
        if not self._after:
            self._not_before = time.monotonic() + self._again
        return bool(wrong)

    def _files_are_whole(self, comparison: Comparison) -> bool:
        """Compare files with their checksums; False where that was given up."""
        try:
            damaged = damaged_files(self._folder, comparison.state, checksums=True, check=self._give_way)
        except _Disturbed:
            return False
        if damaged:
            raise IndexDamaged(f"not as committed: {', '.join(damaged)}")
        return True

    def _give_way(self) -> None:
        if self._disturbed():
            raise _Disturbed


class _Disturbed(Exception):
    """There is something better to do."""
