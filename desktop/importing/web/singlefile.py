"""Pages that SingleFile saved: when, and the ZIP within the page of its kind SingleFileZ."""

import json
import posixpath
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.core.errors import ImportFailed
from desktop.core.times import kept
from desktop.importing.zips import SafeZip

_SAVED = re.compile(
    r"<!--\s*Page saved with SingleFile.{0,4000}?saved date:\s*\w{3} "
    r"(\w{3} \d{1,2} \d{4} \d\d:\d\d:\d\d) GMT([+-]\d{4})",
    re.DOTALL,
)
_INDEX, _MANIFEST = "index.html", "manifest.json"
_LARGEST_MANIFEST = 4 * 1024 * 1024
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def saved_at(markup: str) -> str:
    """The moment at which SingleFile saved the page, UTC ISO 8601; empty where it did not."""
    found = _SAVED.search(markup[:16_384])
    if found is None:
        return ""
    try:
        return kept(datetime.strptime(f"{found[1]} {found[2]}", "%b %d %Y %H:%M:%S %z"))
    except (ValueError, OverflowError):
        return ""


@dataclass(frozen=True, slots=True)
class PackedPage:
    """A page in a ZIP of its own, with what the manifest beside it says.

    Attributes:
        folder: Where in the ZIP it is.
        saved_at: UTC ISO 8601, or empty.
    """

    files: SafeZip
    folder: str
    address: str | None = None
    saved_at: str = ""

    def index(self) -> bytes:
        """The page itself."""
        return self.files.read(posixpath.join(self.folder, _INDEX))


def packed_page(data: bytes, name: str) -> PackedPage | None:
    """The ZIP that is hidden in a page that unpacks itself; None in any other page."""
    if b"PK\x03\x04" not in data or b"PK\x05\x06" not in data:
        return None
    try:
        return page_in(SafeZip(data, name), declared=False)
    except ImportFailed:
        return None


def page_in(files: SafeZip, *, declared: bool = True) -> PackedPage | None:
    """The page that a ZIP holds with its pictures; None where it is a ZIP of anything.

    Args:
        declared: Only where a manifest says so; any ZIP may have a page named ``index.html``.

    Raises:
        ImportFailed: The manifest cannot be read.
    """
    indexes = [name for name in files.names if posixpath.basename(name) == _INDEX]
    if not indexes:
        return None
    folder = posixpath.dirname(min(indexes, key=lambda name: name.count("/")))
    known = _manifest(files, posixpath.join(folder, _MANIFEST))
    address, moment = known.get("originalUrl"), known.get("archiveTime")
    if declared and not isinstance(address, str):
        return None
    return PackedPage(
        files,
        folder,
        address if isinstance(address, str) and address.startswith("http") else None,
        moment if isinstance(moment, str) and _MOMENT.fullmatch(moment) else "",
    )


def _manifest(files: SafeZip, name: str) -> dict[str, Any]:
    if name not in files or files.size(name) > _LARGEST_MANIFEST:
        return {}
    try:
        found = json.loads(files.read(name, _LARGEST_MANIFEST))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
