"""Where Pressmark's own files are: bundled resources, settings and the disposable index."""

import hashlib
import os
import re
import sys
from pathlib import Path

import platformdirs

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def resource(*parts: str) -> Path:
    """A bundled file, in a checkout, an installed wheel or a frozen bundle alike."""
    here = Path(__file__).parent
    homes = [here / "resources", here.parent / "resources"]
    if bundle := getattr(sys, "_MEIPASS", None):
        homes.insert(0, Path(bundle) / "resources")
    home = next((home for home in homes if home.is_dir()), homes[-1])
    return home.joinpath(*parts)


def cache_dir() -> Path:
    """For what can be made again. ``PRESSMARK_CACHE`` moves it."""
    return Path(
        os.environ.get("PRESSMARK_CACHE") or platformdirs.user_cache_dir("Pressmark", appauthor=False)
    )


def data_dir() -> Path:
    """For settings and the sample archive. ``PRESSMARK_DATA`` moves it."""
    return Path(os.environ.get("PRESSMARK_DATA") or platformdirs.user_data_dir("Pressmark", appauthor=False))


def index_dir(archive_id: str) -> Path:
    """The folder of one archive's index; deleting it is always safe.

    The id comes out of a file that anybody may have made: one that is no UUID names no folder.
    """
    if not _UUID.fullmatch(archive_id):
        archive_id = hashlib.sha256(archive_id.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return cache_dir() / "index" / archive_id
