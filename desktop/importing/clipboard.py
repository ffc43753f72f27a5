"""What was copied in another program: text, and often the same as HTML."""

import re
from dataclasses import replace

from desktop.core.errors import ImportFailed
from desktop.core.extraction import Extraction
from desktop.importing.extract import extract_bytes
from desktop.importing.reading import squeezed

_SOURCE = re.compile(r"^SourceURL:(\S+)", re.MULTILINE)
_FRAGMENT = re.compile(r"<!--\s*StartFragment\s*-->(.*?)<!--\s*EndFragment\s*-->", re.DOTALL)


def extract_text(text: str, title: str | None = None) -> Extraction:
    """Take apart pasted text; its UTF-8 bytes are the original.

    Raises:
        ImportFailed: ``empty`` or ``no_text``.
    """
    extraction = extract_bytes(text.encode("utf-8", "replace"), "clipboard.txt")
    return _entitled(extraction, title)


def extract_html(html: str, text: str = "", title: str | None = None) -> Extraction:
    """Take apart a copied piece of a page, whole: the person chose it.

    Args:
        text: The same as plain text; it is used instead where the HTML lost words.

    Raises:
        ImportFailed: ``empty`` or ``no_text``.
    """
    fragment = _FRAGMENT.search(html)
    address = _SOURCE.search(html)
    markup = f"<html><body>{fragment[1] if fragment else html}</body></html>"
    try:
        extraction = extract_bytes(
            markup.encode("utf-8", "replace"), "clipboard.html", address[1] if address else None, plain=True
        )
    except ImportFailed:
        if not text.strip():
            raise
        return extract_text(text, title)
    if len(squeezed(extraction.document.text)) < 0.7 * len(squeezed(text)):
        return extract_text(text, title)
    return _entitled(extraction, title)


def _entitled(extraction: Extraction, title: str | None) -> Extraction:
    if not title:
        return extraction
    document = extraction.document
    return replace(extraction, document=replace(document, metadata=replace(document.metadata, title=title)))
