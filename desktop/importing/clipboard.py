"""What was copied in another program: text, and often the same as HTML."""

import json
import re
from dataclasses import replace

from desktop.core.document import Block, BlockKind, Document
from desktop.core.errors import ImportFailed
from desktop.core.extraction import Extraction, Options
from desktop.importing.extract import extract_bytes
from desktop.importing.reading import TITLE_FROM_NAME, TITLE_FROM_TEXT, squeezed
from desktop.importing.sources import Form, Source

_SOURCE = re.compile(r"^SourceURL:(\S+)", re.MULTILINE)
_FRAGMENT = re.compile(r"<!--\s*StartFragment\s*-->(.*?)<!--\s*EndFragment\s*-->", re.DOTALL)


def clip_source(text: str, html: str, title: str | None) -> Source:
    """A clipboard as a source for ``ExtractionPool``."""
    data = json.dumps({"text": text, "html": html, "title": title}).encode()
    return Source("clipboard", data=data, form=Form.CLIP)


def extract_clip(data: bytes) -> Extraction:
    """The other end of ``clip_source``."""
    clip = json.loads(data)
    return extract_html(clip["html"], clip["text"], clip["title"])


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
            markup.encode("utf-8", "replace"),
            "clipboard.html",
            address[1] if address else None,
            Options(whole=True),
        )
    except ImportFailed:
        if not text.strip():
            raise
        return extract_text(text, title)
    if len(squeezed(extraction.document.text)) < 0.7 * len(squeezed(text)):
        return extract_text(text, title)
    return _entitled(extraction, title, lifted=False)


def _entitled(extraction: Extraction, title: str | None, *, lifted: bool = True) -> Extraction:
    """The person's title; the one that was found and lifted goes back into the text."""
    found = extraction.document.metadata.title
    if not title or title == found:
        return extraction
    blocks = extraction.document.blocks
    if found and lifted and not {TITLE_FROM_TEXT, TITLE_FROM_NAME} & set(extraction.warnings):
        blocks = (Block(BlockKind.HEADING, found, level=1), *blocks)
    metadata = replace(extraction.document.metadata, title=title)
    warnings = tuple(w for w in extraction.warnings if w not in (TITLE_FROM_TEXT, TITLE_FROM_NAME))
    return replace(extraction, document=Document.build(blocks, metadata), warnings=warnings)
