"""The bytes as they are to be kept: hashed, and packed the way SQLite's ``sqlar`` packs."""

import hashlib
import re
import zlib
from pathlib import PurePath

from desktop.core.extraction import Original

_LARGE = 64 * 1024
_EXTENSION = re.compile(r"\.[a-z0-9]{1,10}")


def pack(data: bytes, media_type: str, filename: str) -> Original:
    """Compress lightly above 64 KB (saved pages), well below it; store what would only grow."""
    packed = zlib.compress(data, 1 if len(data) > _LARGE else 6)
    return Original(
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        data=packed if len(packed) < len(data) else data,
        media_type=media_type,
        extension=extension_of(filename),
        filename=filename,
    )


def extension_of(filename: str) -> str:
    """The last suffix in lower-case ASCII with its dot, or nothing."""
    suffix = PurePath(filename).suffix.lower()
    return suffix if _EXTENSION.fullmatch(suffix) else ""
