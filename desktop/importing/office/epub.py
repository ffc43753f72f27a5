"""Books (EPUB 2 and 3): one article a book, or one a chapter."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from desktop.core.document import Block, BlockKind, Metadata
from desktop.core.errors import ImportFailed
from desktop.core.extraction import Entry
from desktop.importing.material import Material
from desktop.importing.office.book.chapter import chapter_blocks
from desktop.importing.office.book.contents import Heading, read_contents
from desktop.importing.office.book.package import Book, open_book
from desktop.importing.office.entitling import entitled
from desktop.importing.pictures import pictures_of
from desktop.importing.reading import Part, Reading, lift_title, same_words

EXTRACTOR = "epub/1"
UNREADABLE = "A part of the book could not be read and is missing: {member}."

_MOST_WARNINGS = 20


@dataclass(frozen=True, slots=True)
class Chapter:
    """What one entry of the table of contents leads to: a document, and those behind it without an entry.

    Attributes:
        key: The first of the documents.
        suggested: It is more than the pages before the text.
    """

    key: str
    members: tuple[str, ...]
    heading: Heading | None
    suggested: bool = True


def entries(material: Material) -> list[Entry]:
    """The chapters.

    Raises:
        ImportFailed: As ``read`` does.
    """
    book = open_book(material.data, material.name)
    return [
        Entry(
            one.key,
            one.heading.title if one.heading else _title_within(book, one.key),
            size=sum(map(book.zip.size, one.members)),
            suggested=one.suggested,
        )
        for one in _chapters(book)
    ]


def read(material: Material) -> Iterator[Part]:
    """Take a book apart, as one article or as one a chapter (``Options.by_chapter``, ``Options.parts``).

    The cover and the table of contents are left out of the text; chapters that the table of contents
    names get their headings from it where they have none.

    Raises:
        ImportFailed: ``malformed``, ``encrypted``, ``hostile``, ``too_large``, ``too_many``,
            ``no_such_part``.
    """
    book = open_book(material.data, material.name)
    chapters = _chapters(book)
    parts = material.options.parts
    if parts is not None:
        chapters = [one for one in chapters if one.key in set(parts)]
        if not chapters:
            raise ImportFailed(material.name, "no_such_part")
    if material.options.by_chapter:
        yield from _by_chapter(book, chapters, material, asked=parts is not None)
    else:
        yield _whole(book, chapters, material)


def _chapters(book: Book) -> list[Chapter]:
    contents = read_contents(book)
    spine = [member for member in book.spine if member not in book.skipped] or book.spine
    grouped: list[list[str]] = []
    for member in spine:
        if grouped and contents and member not in contents and grouped[-1][0] in contents:
            grouped[-1].append(member)
        else:
            grouped.append([member])
    return [
        Chapter(group[0], tuple(group), contents.get(group[0]), not contents or group[0] in contents)
        for group in grouped
    ]


# the book as one article


def _whole(book: Book, chapters: Sequence[Chapter], material: Material) -> Reading:
    blocks: list[Block] = []
    pictures: dict[str, str] = {}
    warnings: list[str] = []
    groups = 0
    for chapter in chapters:
        material.progress.check()
        found, shown, missing = _read_chapter(book, chapter)
        blocks += _regrouped(_headed(found, chapter.heading), groups)
        groups = _most(found, groups)
        pictures |= shown
        warnings += [UNREADABLE.format(member=failure.source) for failure in missing]
    title, blocks, _, more = entitled(blocks, (), book.metadata.title, material.name)
    return Reading(
        blocks,
        replace(book.metadata, title=title),
        EXTRACTOR,
        (*more, *warnings[:_MOST_WARNINGS]),
        pictures=pictures_of(book.zip.read_each(pictures.items())),
    )


def _read_chapter(book: Book, chapter: Chapter) -> tuple[list[Block], dict[str, str], list[ImportFailed]]:
    """Its blocks, its pictures, and what of it could not be read."""
    blocks: list[Block] = []
    pictures: dict[str, str] = {}
    failures: list[ImportFailed] = []
    groups = 0
    for member in chapter.members:
        try:
            found, shown = chapter_blocks(book, member)
        except ImportFailed as failure:
            if failure.reason == "hostile":
                raise
            failures.append(ImportFailed(member, failure.reason, failure.detail))
            continue
        if not _is_cover(found, shown, book):
            blocks += _regrouped(found, groups)
            groups = _most(found, groups)
            pictures |= shown
    return blocks, pictures, failures


def _is_cover(blocks: Sequence[Block], pictures: dict[str, str], book: Book) -> bool:
    shown = {pictures.get(block.src or "") for block in blocks if block.kind is BlockKind.IMAGE}
    return bool(book.cover) and shown == {book.cover} and not any(block.text.strip() for block in blocks)


def _headed(blocks: list[Block], heading: Heading | None) -> list[Block]:
    """With the chapter's title before it, where it does not begin with one of its own."""
    first = next((index for index, block in enumerate(blocks) if block.text.strip()), None)
    if heading is None or first is None:
        return blocks
    if any(block.kind is BlockKind.HEADING for block in blocks[: first + 4]):
        return blocks
    if same_words(blocks[first].text, heading.title) and blocks[first].kind is BlockKind.PARAGRAPH:
        own = replace(blocks[first], kind=BlockKind.HEADING, level=heading.level, group=0)
        return [*blocks[:first], own, *blocks[first + 1 :]]
    made = Block(BlockKind.HEADING, heading.title, level=heading.level)
    return blocks if heading.within else [made, *blocks]


def _regrouped(blocks: Iterable[Block], before: int) -> list[Block]:
    """With numbers of groups above those of the blocks before them."""
    return [replace(block, group=block.group + before) if block.group else block for block in blocks]


def _most(blocks: Iterable[Block], before: int) -> int:
    return before + max((block.group for block in blocks), default=0)


# chapters as articles


def _by_chapter(
    book: Book, chapters: Sequence[Chapter], material: Material, *, asked: bool
) -> Iterator[Part]:
    named = any(chapter.suggested for chapter in chapters)
    for chapter in chapters:
        if chapter.suggested or asked or not named:
            yield from _article(book, chapter, material)


def _article(book: Book, chapter: Chapter, material: Material) -> Iterator[Part]:
    blocks, pictures, failures = _read_chapter(book, chapter)
    for failure in failures:
        yield ImportFailed(f"{material.name}/{failure.source}", failure.reason, failure.detail)
    if not any(block.text.strip() for block in blocks):
        return
    declared = chapter.heading.title if chapter.heading else None
    title, blocks, _, warnings = entitled(blocks, (), declared, chapter.key)
    kept = b"\n".join(book.zip.read(member) for member in chapter.members)
    yield Reading(
        lift_title(blocks, title),
        _metadata(book.metadata, title, chapter.key),
        EXTRACTOR,
        warnings,
        name=chapter.key,
        data=kept,
        media_type="application/xhtml+xml",
        pictures=pictures_of(book.zip.read_each(pictures.items()), keep=True),
        collections=(_collection(book.metadata.title),) if book.metadata.title else (),
    )


def _metadata(book: Metadata, title: str, key: str) -> Metadata:
    """The book's, for one chapter of it; its identifier tells it from the others."""
    identifier = f"{book.identifier}#{key}" if book.identifier else None
    return replace(book, title=title, identifier=identifier, description=None)


def _collection(title: str) -> str:
    """A book's chapters stand in a collection of its name; a slash would make two of it."""
    return re.sub(r"\s*/\s*", " – ", title)[:200]


def _title_within(book: Book, member: str) -> str:
    try:
        blocks, _ = chapter_blocks(book, member)
    except ImportFailed:
        return member
    return entitled(blocks, (), None, member)[0]
