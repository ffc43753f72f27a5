"""Pages that Safari saved with everything in them: ``.webarchive``, a property list."""

import plistlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any
from xml.parsers.expat import ExpatError

from desktop.core.errors import ImportFailed
from desktop.importing.material import Material
from desktop.importing.reading import Reading
from desktop.importing.web.page import read_page

_MOST_FILES = 20_000
_DEEPEST = 4


def read(material: Material) -> Iterable[Reading]:
    """Take the page apart, with the pictures saved in it.

    Raises:
        ImportFailed: ``malformed``, ``no_text``.
    """
    archive = _opened(material)
    main = archive.get("WebMainResource")
    if not isinstance(main, dict) or not isinstance(main.get("WebResourceData"), bytes):
        raise ImportFailed(material.name, "malformed", "no page in it")
    page = replace(
        material,
        data=main["WebResourceData"],
        address=_words(main.get("WebResourceURL")) or material.address,
        charset=_words(main.get("WebResourceTextEncodingName")),
        beside=_files_of(archive),
    )
    return [replace(read_page(page, keep=False), data=material.data)]


def _opened(material: Material) -> dict[str, Any]:
    try:
        found = plistlib.loads(material.data)
    except (ValueError, TypeError, LookupError, OverflowError, AttributeError, ExpatError) as error:
        raise ImportFailed(material.name, "malformed", str(error)) from error
    if not isinstance(found, dict):
        raise ImportFailed(material.name, "malformed", "no web archive")
    return found


def _files_of(archive: dict[str, Any]) -> Callable[[str], bytes | None]:
    """What was saved beside the page, by address; that of its frames included."""
    files: dict[str, bytes] = {}
    waiting = [(archive, 0)]
    while waiting and len(files) < _MOST_FILES:
        one, depth = waiting.pop()
        for resource in _dicts(one.get("WebSubresources")):
            address, data = resource.get("WebResourceURL"), resource.get("WebResourceData")
            if isinstance(address, str) and isinstance(data, bytes):
                files.setdefault(address, data)
        if depth < _DEEPEST:
            waiting += [(frame, depth + 1) for frame in _dicts(one.get("WebSubframeArchives"))]
    return files.get


def _dicts(value: Any) -> list[dict[str, Any]]:
    listed = value if isinstance(value, list) else []
    return [one for one in listed[:_MOST_FILES] if isinstance(one, dict)]


def _words(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
