"""A folder whose new files are imported: which of them are new, and whole."""

import json
import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path, PurePath

from desktop.core.extraction import ImportReport
from desktop.core.progress import Progress
from desktop.importing.sources import is_page, is_wanted
from desktop.store import meta
from desktop.store.archive import Archive

MOST_FILES = 50_000

_PARTIAL = frozenset(".download .partial .opdownload .aria2 .!ut .filepart".split())
_SETTINGS, _SEEN = "watch", "watch.seen"

Stamp = tuple[int, int]
"""Size in bytes, and time of the last change in nanoseconds."""
Listing = Mapping[str, Stamp]


@dataclass(frozen=True, slots=True)
class Watch:
    """What a person wants; kept in the archive.

    Attributes:
        folder: Its path; empty until one is chosen.
        tag, collection: Paths for what comes from there; empty for none.
    """

    on: bool = False
    folder: str = ""
    tag: str = ""
    collection: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What was found in the folder before.

    Attributes:
        seen: Files that were imported, could not be, or were left alone.
        waiting: New ones that may still grow, and since when (seconds) they have been as they are.
    """

    seen: Listing = field(default_factory=dict)
    waiting: Mapping[str, tuple[Stamp, float]] = field(default_factory=dict)


def list_folder(folder: Path | str, progress: Progress) -> dict[str, Stamp]:
    """The files in a folder that an import of it would read, without half-finished downloads.

    Raises:
        OSError: The folder itself is not there or cannot be read.
        Cancelled
    """
    found: dict[str, Stamp] = {}
    waiting, entered = [os.fspath(folder)], set[tuple[int, int]]()
    while waiting and len(found) < MOST_FILES:
        progress.check()
        here = waiting.pop()
        try:
            facts = Path(here).stat()
            if (facts.st_dev, facts.st_ino) in entered:
                continue
            entered.add((facts.st_dev, facts.st_ino))
            folders = _read(here, found)
        except OSError:
            if here == os.fspath(folder):
                raise
            continue
        waiting += folders
    return found


def _read(folder: str, found: dict[str, Stamp]) -> list[str]:
    """Add a folder's files to ``found``; returns the folders in it."""
    folders = []
    with os.scandir(folder) as entries:
        inside = list(entries)
    pages = {PurePath(entry.name).stem for entry in inside if is_page(entry.name)}
    for entry in inside:
        try:
            facts = entry.stat()
        except OSError:
            continue  # it is gone again, or leads nowhere
        is_folder = stat.S_ISDIR(facts.st_mode)
        if not is_wanted(entry.name, is_folder, pages) or _is_partial(entry.name):
            continue
        if is_folder:
            folders.append(entry.path)
        elif stat.S_ISREG(facts.st_mode) and facts.st_size:
            found[entry.path] = (facts.st_size, facts.st_mtime_ns)
    return folders


def _is_partial(name: str) -> bool:
    return PurePath(name).suffix.lower() in _PARTIAL


def compare(known: Known, listing: Listing, now: float, settled: float) -> tuple[list[str], Known]:
    """Which files are new or other ones than before and have settled, and what is known from now on.

    What has settled stays among the waiting until it is told to be seen (``with_seen``).

    Args:
        now: Seconds of any clock that only goes forward.
        settled: Seconds that a file must stay as it is: until then another program may be writing it.
    """
    ready: list[str] = []
    waiting: dict[str, tuple[Stamp, float]] = {}
    for path, stamp in listing.items():
        if known.seen.get(path) == stamp:
            continue
        before, since = known.waiting.get(path, (None, now))
        if before != stamp:
            since = now
        waiting[path] = (stamp, since)
        if now - since >= settled:
            ready.append(path)
    seen = {path: stamp for path, stamp in known.seen.items() if path in listing}
    return sorted(ready), Known(seen, waiting)


def with_seen(known: Known, paths: Iterable[str]) -> Known:
    """These were dealt with, as they were when they had settled."""
    done = {path: known.waiting[path][0] for path in paths if path in known.waiting}
    rest = {path: one for path, one in known.waiting.items() if path not in done}
    return Known({**known.seen, **done}, rest)


def read_watch(archive: Archive) -> Watch:
    """What is wanted; the default where nothing, or nothing readable, is kept."""
    kept = _kept(archive, _SETTINGS)
    fields = {name: kept.get(name) for name in ("on", "folder", "tag", "collection")}
    return replace(
        Watch(),
        **{name: one for name, one in fields.items() if isinstance(one, type(getattr(Watch(), name)))},
    )


def write_watch(archive: Archive, watch: Watch) -> None:
    """Keep what is wanted; the files of another folder are all new."""
    if read_watch(archive).folder != watch.folder:
        meta.set_setting(archive, _SEEN, None)
    meta.set_setting(archive, _SETTINGS, json.dumps(asdict(watch)))


def read_seen(archive: Archive) -> Known | None:
    """The files that were dealt with; None where the folder has never been looked at."""
    if meta.setting(archive, _SEEN) is None:
        return None
    found = {}
    for path, stamp in _kept(archive, _SEEN).items():
        if isinstance(stamp, list) and len(stamp) == 2 and all(isinstance(one, int) for one in stamp):
            found[path] = (stamp[0], stamp[1])
    return Known(found)


def write_seen(archive: Archive, known: Known) -> None:
    meta.set_setting(archive, _SEEN, json.dumps(known.seen))


def import_ready(
    archive: Archive, watch: Watch, ready: list[str], known: Known, progress: Progress
) -> tuple[ImportReport, Known]:
    """Import what has settled, and remember it in the same breath, so that nothing comes twice.

    What could not be imported is remembered too: it is told of once. After a cancel nothing is
    remembered; what was imported by then is known by its bytes.

    Raises:
        ArchiveError: The archive cannot be written.
    """
    from desktop.operations.importing import import_paths  # slow to load, and every window asks for the rest

    tags = (watch.tag,) if watch.tag else ()
    report = import_paths(archive, ready, progress, tags=tags, collection=watch.collection or None)
    if report.cancelled:
        return report, known
    after = with_seen(known, ready)
    write_seen(archive, after)
    return report, after


def _kept(archive: Archive, key: str) -> dict[str, object]:
    """A JSON object of the archive's settings; empty where somebody has put anything else there."""
    try:
        found = json.loads(meta.setting(archive, key) or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
