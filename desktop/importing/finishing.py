"""From a reader's ``Reading`` to the ``Extraction`` that is handed over."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from desktop.core.document import Block, BlockKind, Document, InlineMark, MarkKind, Metadata
from desktop.core.errors import ImportFailed
from desktop.core.extraction import Extraction, FoundMark
from desktop.importing.language import settle_language
from desktop.importing.material import Material
from desktop.importing.originals import pack
from desktop.importing.reading import TITLE_FROM_NAME, TITLE_FROM_TEXT, Marked, Reading, title_from_text

MOST_MARKS = 20_000
LONGEST = 20_000_000
"""Code points of one article: six times *War and Peace*. Handing more over would hold the window up."""
TOO_MANY_MARKS = f"It has more than {MOST_MARKS:,} marks of another program; the others were left out."
_NUMBER = "\0mark:"


def finished(reading: Reading, material: Material, media_type: str) -> Extraction:
    """The extraction of one article of the material.

    Raises:
        ImportFailed: ``no_text``: there is not a word in it, and no page to look at either; ``too_large``.
    """
    if sum(len(block.text) for block in reading.blocks) > LONGEST:
        raise ImportFailed(material.name, "too_large", f"more than {LONGEST:,} characters")
    document, marks = _anchored(reading)
    if not document.text.strip() and not (reading.pages and reading.pages.sizes):
        raise ImportFailed(material.name, "no_text")
    metadata, warnings = _titled(document.metadata, document, reading, material)
    words = _own_words(metadata, document) if reading.partial else document.text
    document = replace(document, metadata=_with_language(metadata, words))
    if len(reading.marks) > MOST_MARKS:
        warnings += (TOO_MANY_MARKS,)
    data = material.data if reading.data is None else reading.data
    filename = PurePath(reading.name or material.name).name
    return Extraction(
        document,
        pack(data, reading.media_type or media_type, filename),
        reading.extractor,
        reading.encoding,
        reading.warnings + warnings,
        name=reading.name,
        pictures=reading.pictures,
        pages=reading.pages,
        marks=marks,
        tags=reading.tags,
        collections=reading.collections,
        note=reading.note,
        partial=reading.partial,
        key=reading.key,
        captured_at=reading.captured_at,
    )


def _own_words(metadata: Metadata, document: Document) -> str:
    """The title and the passages of what is not the article itself: the rest of it is in English."""
    passages = [block.text for block in document.blocks if block.kind is BlockKind.QUOTE]
    return "\n".join([metadata.title or "", *(passages or [document.text])])


def _anchored(reading: Reading) -> tuple[Document, tuple[FoundMark, ...]]:
    """The document, and its marks in code points of the canonical text.

    Tidying a block moves places in it. So each place is put into its block as inline formatting,
    which tidying carries along, and is taken out again afterwards.
    """
    marks = reading.marks[:MOST_MARKS]
    document = Document.build(_with_places(reading.blocks, marks), reading.metadata)
    found: dict[int, list[tuple[int, int]]] = {}
    for block, start in zip(document.blocks, document.starts(), strict=True):
        for inline in block.marks:
            if inline.href and inline.href.startswith(_NUMBER):
                number = int(inline.href.removeprefix(_NUMBER))
                found.setdefault(number, []).append((start + inline.start, start + inline.end))
    clean = tuple(replace(block, marks=_own(block.marks)) for block in document.blocks) if marks else ()
    document = replace(document, blocks=clean) if marks else document
    return document, tuple(_mark(one, found.get(index, [])) for index, one in enumerate(marks))


def _with_places(blocks: Sequence[Block], marks: Sequence[Marked]) -> Sequence[Block]:
    if not marks:
        return blocks
    added: dict[int, list[InlineMark]] = {}
    for index, one in enumerate(marks):
        for block, start, end in one.places:
            added.setdefault(block, []).append(InlineMark(start, end, MarkKind.LINK, f"{_NUMBER}{index}"))
    return [
        replace(block, marks=(*block.marks, *added[index])) if index in added else block
        for index, block in enumerate(blocks)
    ]


def _own(marks: Sequence[InlineMark]) -> tuple[InlineMark, ...]:
    return tuple(mark for mark in marks if not (mark.href and mark.href.startswith(_NUMBER)))


def _mark(one: Marked, ranges: Sequence[tuple[int, int]]) -> FoundMark:
    return replace(one.mark, ranges=tuple(ranges)) if ranges else one.mark


def _titled(
    metadata: Metadata, document: Document, reading: Reading, material: Material
) -> tuple[Metadata, tuple[str, ...]]:
    """A title of last resort, where the reader found none: nothing in the library is nameless."""
    if metadata.title:
        return metadata, ()
    words = next((block.text for block in document.blocks if any(map(str.isalpha, block.text))), "")
    if words:
        return replace(metadata, title=title_from_text(words)), (TITLE_FROM_TEXT,)
    stem = PurePath(reading.name or material.name).stem
    return replace(metadata, title=stem), (TITLE_FROM_NAME,)


def _with_language(metadata: Metadata, text: str) -> Metadata:
    language, confidence = settle_language(metadata.language, text)
    return replace(metadata, language=language, language_confidence=confidence)
