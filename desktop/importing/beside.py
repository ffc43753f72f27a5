"""The files beside a page on the disk, for the pictures of pages that were saved with their folder."""

from collections.abc import Callable
from functools import cache
from pathlib import Path, PurePosixPath

from desktop.importing.sources import read_bytes

LARGEST = 32 * 1024 * 1024


def files_beside(path: str) -> Callable[[str], bytes | None]:
    """A look-up by relative path that never leaves the folder of ``path``, links included."""
    folder = Path(path).parent
    home = cache(folder.resolve)  # asked for once, and only where something is found

    def look_up(relative: str) -> bytes | None:
        if relative.startswith("/") or "\0" in relative or ":" in relative.split("/", 1)[0]:
            return None
        parts = PurePosixPath(relative)
        if ".." in parts.parts:
            return None
        try:
            found = folder.joinpath(*parts.parts)
            if not found.exists() or not (found := found.resolve()).is_relative_to(home()):
                return None
            if not found.is_file():
                return None
            if found.stat().st_size > LARGEST:
                return None
            return read_bytes(str(found))
        except (OSError, ValueError):
            return None

    return look_up
