"""What another program knows of one article, and how that becomes a reading.

Such a record seldom has the article's own text. Then its reading is partial: its blocks are what is
known (the abstract, the marked passages in order, the facts of a catalogue), and each mark stands on
its words among them, to be looked for in the article itself when that is there.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any, NamedTuple, TypeVar

from desktop.core.document import Block, BlockKind, InlineMark, MarkKind, Metadata
from desktop.core.errors import ImportFailed
from desktop.core.extraction import FoundMark
from desktop.core.records import AnnotationKind
from desktop.importing.reading import DATE_IS_GUESS, Marked, Member, Reading, title_from_text

MOST_BLOCKS = 100_000


@dataclass(frozen=True, slots=True)
class Passage:
    """Marked words of an article whose text is not at hand.

    Attributes:
        mark: Its ``exact`` are the words.
        place: Where they stand, in words: ``page 12, location 123-125``.
        chapter: The heading under which they stand.
        parts: The words of each stretch, where the mark is on several.
        ranges: Where they stand in the record's ``blocks``, as one text of lines; empty where that
            is not known.
    """

    mark: FoundMark
    place: str = ""
    chapter: str = ""
    parts: tuple[str, ...] = ()
    ranges: tuple[tuple[int, int], ...] = ()


class Attached(NamedTuple):
    """A file that belongs to the article, as the source names it."""

    path: str
    title: str = ""
    media_type: str | None = None


@dataclass(slots=True)
class Record:
    """One article as another program knows it.

    Attributes:
        data: The part of the source that it was read from, or its like.
        suffix: What ``data`` is, as the end of a file name.
        texts: Paragraphs about it: abstract, description.
        facts: Label and value of what the archive has no field for.
        passages: In the order of the article where that is known.
        notes: What was written about the whole article.
        html: The article's own text as markup, where the program kept it.
        blocks: The article's own text, where the program kept that.
        files: To be looked for beside the source.
        tags, collections, captured_at, key, warnings: As ``Reading`` has them.
    """

    metadata: Metadata
    data: bytes
    suffix: str = ".json"
    texts: list[str] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    notes: list[FoundMark] = field(default_factory=list)
    html: str = ""
    blocks: list[Block] = field(default_factory=list)
    files: list[Attached] = field(default_factory=list)
    tags: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    captured_at: str = ""
    key: str | None = None
    warnings: tuple[str, ...] = ()


RecordPart = Record | Member | ImportFailed
Item = TypeVar("Item")


def guarded(items: Iterable[Item], read: Callable[[Item], Record | None], name: str) -> Iterator[RecordPart]:
    """The records of the items; one that cannot be read is told, and costs no other."""
    for number, item in enumerate(items, 1):
        try:
            record = read(item)
        except ImportFailed as failure:
            yield ImportFailed(f"{name}/{number}", failure.reason, failure.detail)
        except (ValueError, TypeError, AttributeError, LookupError, ArithmeticError) as error:
            yield ImportFailed(f"{name}/{number}", "malformed", f"{type(error).__name__}: {error}")
        else:
            if record is not None:
                yield record


MEDIA_TYPES = {
    ".json": "application/json",
    ".csv": "text/csv",
    ".txt": "text/plain",
    ".html": "text/html",
    ".xml": "application/xml",
    ".rdf": "application/rdf+xml",
    ".ris": "application/x-research-info-systems",
    ".bib": "application/x-bibtex",
    ".enw": "application/x-endnote-refer",
    ".nbib": "application/nbib",
    ".lua": "text/x-lua",
}


def reading_of(record: Record, extractor: str, encoding: str | None = None) -> Reading:
    """The record as a reading: the article's own text where it has one, else what is known of it.

    Args:
        extractor: The format's name and version, e.g. ``kindle/1``.
    """
    if any(block.text.strip() for block in record.blocks):
        return replace(_whole(record, extractor), encoding=encoding)
    if record.html.strip() and (reading := _own_text(record, extractor)) is not None:
        return replace(reading, encoding=encoding)
    return replace(_partial(record, extractor), encoding=encoding)


def _own_text(record: Record, extractor: str) -> Reading | None:
    from desktop.importing.extract import overlaid
    from desktop.importing.html.page import read_html

    name = record.metadata.title or record.metadata.url or ""
    try:
        page = read_html(_titled_page(record), name, record.metadata.url, whole=True)
    except ImportFailed:
        return None  # pictures only, or nothing: what is known of it is kept still
    marks = [Marked(passage.mark) for passage in record.passages]
    return replace(
        _bare(record, extractor),
        blocks=page.blocks,
        metadata=overlaid(record.metadata, page.metadata),
        marks=(*marks, *map(Marked, record.notes)),
        warnings=(*record.warnings, *(one for one in page.warnings if one == DATE_IS_GUESS)),
    )


def _titled_page(record: Record) -> str:
    """The kept markup with its title, so that no heading of the text is taken for it."""
    title = record.metadata.title
    if not title or re.search(r"<title\b", record.html[:8192], re.IGNORECASE):
        return record.html
    head = f"<head><title>{escape(title)}</title></head>"
    if match := re.search(r"<html\b[^>]*>", record.html[:8192], re.IGNORECASE):
        return record.html[: match.end()] + head + record.html[match.end() :]
    return f"<html>{head}<body>{record.html}</body></html>"


def _whole(record: Record, extractor: str) -> Reading:
    starts = [0]
    for block in record.blocks:
        starts.append(starts[-1] + len(block.text) + 1)
    marks = [Marked(one.mark, tuple(_places(one.ranges, starts))) for one in record.passages]
    return replace(_bare(record, extractor), blocks=record.blocks, marks=(*marks, *map(Marked, record.notes)))


def _places(ranges: Iterable[tuple[int, int]], starts: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Ranges of the text as places in its blocks; one over several blocks is a place in each."""
    for start, end in ranges:
        block = bisect_right(starts, start) - 1
        while start < end and block + 1 < len(starts):
            stop = min(end, starts[block + 1] - 1)
            if start < stop:
                yield block, start - starts[block], stop - starts[block]
            start, block = starts[block + 1], block + 1


def _bare(record: Record, extractor: str) -> Reading:
    """All but its text and its marks."""
    return Reading(
        (),
        record.metadata,
        extractor,
        record.warnings,
        name=file_name(record.metadata.title or record.metadata.url or "untitled", record.suffix),
        data=record.data,
        media_type=MEDIA_TYPES[record.suffix],
        tags=record.tags,
        collections=record.collections,
        key=record.key,
        captured_at=record.captured_at,
    )


def _partial(record: Record, extractor: str) -> Reading:
    blocks = [Block(BlockKind.PARAGRAPH, text) for text in _split(record.texts)]
    marks: list[Marked] = []
    chapter = ""
    for passage in record.passages[:MOST_BLOCKS]:
        if passage.chapter and passage.chapter != chapter:
            chapter = passage.chapter
            blocks.append(Block(BlockKind.HEADING, chapter, level=2))
        places = []
        for part in passage.parts or (passage.mark.exact,):
            words = " ".join(part.split())
            places.append((len(blocks), 0, len(words)))
            blocks.append(Block(BlockKind.QUOTE, words, level=1, group=len(marks) + 1))
        marks.append(Marked(passage.mark, tuple(places)))
        if passage.place:
            blocks.append(Block(BlockKind.PARAGRAPH, passage.place))
    if record.facts:
        blocks.append(
            Block(BlockKind.PARAGRAPH, "; ".join(f"{label}: {value}" for label, value in record.facts))
        )
    reading = _bare(record, extractor)
    return replace(
        reading,
        blocks=blocks or _hardly(record),
        metadata=_titled(record),
        marks=(*marks, *map(Marked, record.notes)),
        partial=True,
    )


def _split(texts: Iterable[str]) -> list[str]:
    lines = (line for text in texts for line in re.split(r"\n\s*\n|\n", text))
    return [line for line in lines if line.strip()]


def _hardly(record: Record) -> list[Block]:
    """Of a mere bookmark there is its address, or its title."""
    if url := record.metadata.url:
        return [Block(BlockKind.PARAGRAPH, url, marks=(InlineMark(0, len(url), MarkKind.LINK, url),))]
    known = record.metadata.title or next((note.note for note in record.notes), "")
    return [Block(BlockKind.PARAGRAPH, known)] if known else []


def _titled(record: Record) -> Metadata:
    """Something to call it by: its title, the beginning of what is known of it, or its address."""
    if record.metadata.title:
        return record.metadata
    said = next((passage.mark.exact for passage in record.passages if passage.mark.exact.strip()), "")
    said = said or next((text for text in record.texts if text.strip()), "")
    said = record.metadata.url or said or next((note.note for note in record.notes), "")
    return replace(record.metadata, title=title_from_text(said)) if said else record.metadata


def file_name(title: str, suffix: str) -> str:
    """A title as a file's name on every system."""
    plain = re.sub(r"[\\/:*?\"<>|\x00-\x1f]+", " ", title)
    return (" ".join(plain.split()).strip(". ")[:80].strip() or "untitled") + suffix


def as_json(value: Any) -> bytes:
    """A part of a JSON source as bytes of its own."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return text.encode("utf-8", "replace")


def highlight(words: str, note: str = "", **fields: Any) -> FoundMark:
    """A mark on words; one without words is a note."""
    kind = AnnotationKind.HIGHLIGHT if words else AnnotationKind.NOTE
    return FoundMark(kind, words, note=note, **fields)


def remark(text: str, **fields: Any) -> FoundMark:
    """What was written about the whole article."""
    return FoundMark(AnnotationKind.NOTE, "", note=text, **fields)


def labelled(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The facts that are there."""
    return [(label, value) for label, value in pairs if value]


def words_of(markup: str) -> str:
    """The words of a bit of HTML, a line for each block; a plain text stays as it is."""
    if not re.search(r"</?[a-zA-Z][^<>]*>|&[#\w]{2,10};", markup):
        return markup
    from desktop.importing.html.fragment import fragment_blocks

    return "\n".join(block.text for block in fragment_blocks(markup) if block.text.strip())
