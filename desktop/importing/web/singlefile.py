"""Pages that SingleFile saved: when, and the ZIP within the page of its kind SingleFileZ."""

import re
from datetime import UTC, datetime

from desktop.core.errors import ImportFailed
from desktop.importing.zips import SafeZip

_SAVED = re.compile(
    r"<!--\s*Page saved with SingleFile.{0,4000}?saved date:\s*\w{3} "
    r"(\w{3} \d{1,2} \d{4} \d\d:\d\d:\d\d) GMT([+-]\d{4})",
    re.DOTALL,
)
_INDEX = "index.html"


def saved_at(markup: str) -> str:
    """The moment at which SingleFile saved the page, UTC ISO 8601; empty where it did not."""
    found = _SAVED.search(markup[:16_384])
    if found is None:
        return ""
    try:
        moment = datetime.strptime(f"{found[1]} {found[2]}", "%b %d %Y %H:%M:%S %z").astimezone(UTC)
    except (ValueError, OverflowError):
        return ""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def packed_page(data: bytes, name: str) -> SafeZip | None:
    """The ZIP that is hidden in a page that unpacks itself; None in any other page."""
    if b"PK\x03\x04" not in data or b"PK\x05\x06" not in data:
        return None
    try:
        package = SafeZip(data, name)
    except ImportFailed:
        return None
    return package if _INDEX in package else None


def index_of(package: SafeZip) -> bytes:
    """The page itself."""
    return package.read(_INDEX)
