"""KOReader's notes beside a book (``.sdr/metadata.epub.lua``), of its old and its new form."""

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from desktop.core.document import Metadata
from desktop.core.errors import ImportFailed
from desktop.importing.material import Material
from desktop.importing.records import values
from desktop.importing.records.citation import language_of
from desktop.importing.records.lua_values import table
from desktop.importing.records.record import Passage, Record, RecordPart, highlight, remark, words_of

EXTRACTOR = "koreader/1"
Table = dict[Any, Any]


def records(text: str, material: Material) -> Iterator[RecordPart]:
    """One record: the book.

    Raises:
        ImportFailed: ``malformed``: not a table of literals.
    """
    try:
        book = table(text)
    except ValueError as error:
        raise ImportFailed(material.name, "malformed", str(error)) from error
    record = Record(_metadata(book, material), material.data, ".lua")
    props = _table(book, "doc_props")
    record.texts = (
        [words_of(description)] if (description := values.paragraphs(props.get("description"))) else []
    )
    record.tags = values.split_tags(props.get("keywords"), ",;\n")
    if "annotations" in book:
        _add_annotations(record, book)
    else:
        _add_old(record, book)
    yield record


def _table(book: Table, key: str) -> Table:
    found = book.get(key)
    return found if isinstance(found, dict) else {}


def _metadata(book: Table, material: Material) -> Metadata:
    props, stats = _table(book, "doc_props"), _table(book, "stats")
    title = values.words(props.get("title") or stats.get("title"))
    path = values.words(book.get("doc_path"))
    title = title or PurePath(path or PurePath(material.name).parent.name.removesuffix(".sdr")).stem
    names = values.paragraphs(props.get("authors") or stats.get("authors"))
    authors = tuple(
        name for line in names.split("\n") if (name := values.person(line.rstrip("\\"))) and name != "N/A"
    )
    return Metadata(
        title=title or PurePath(material.name).stem,
        byline=authors,
        language=language_of(values.words(props.get("language") or stats.get("language"))),
        identifier=values.isbn(props.get("identifiers"))
        or "urn:x-pressmark:koreader:" + values.slug(title, *authors),
    )


def _items(value: Any) -> list[Table]:
    """The tables of a list, in its order."""
    if not isinstance(value, dict):
        return []
    pairs = sorted(value.items(), key=lambda pair: pair[0] if isinstance(pair[0], int | float) else 1 << 60)
    return [one for _, one in pairs if isinstance(one, dict)]


def _add_annotations(record: Record, book: Table) -> None:
    for one in _items(book["annotations"]):
        marked = "drawer" in one or "pos0" in one
        _add(
            record,
            one,
            values.paragraphs(one.get("text")) if marked else "",
            values.paragraphs(one.get("note")),
        )
        if not marked:
            record.facts.append(("Bookmark", _bookmark(one)))


def _bookmark(one: Table) -> str:
    return " · ".join(part for part in (_place(one), values.words(one.get("text"))) if part)


def _add(record: Record, one: Table, words: str, note: str) -> None:
    mark = highlight(
        words,
        note,
        created_at=values.moment(one.get("datetime")),
        colour=values.colour(one.get("color")),
    )
    if words:
        record.passages.append(Passage(mark, _place(one), values.words(one.get("chapter"))))
    elif note:
        record.notes.append(remark(note, created_at=mark.created_at))


def _place(one: Table) -> str:
    page = (
        one.get("pageref")
        or one.get("pageno")
        or (one.get("page") if isinstance(one.get("page"), int) else "")
    )
    return f"Page {values.words(page)}" if values.words(page) else ""


def _add_old(record: Record, book: Table) -> None:
    """Two lists: what was marked, by page; and bookmarks, which hold the notes on the same words."""
    notes: dict[tuple[str, str], str] = {}
    for one in _items(book.get("bookmarks")):
        if one.get("highlighted"):
            notes[values.words(one.get("datetime")), values.words(one.get("notes"))] = _own_note(one)
        else:
            record.facts.append(("Bookmark", values.words(one.get("text") or one.get("notes"))))
    pages = _table(book, "highlight")
    for page in sorted(pages, key=lambda key: key if isinstance(key, int | float) else 1 << 60):
        for one in _items(pages[page]):
            words = values.paragraphs(one.get("text"))
            key = (values.words(one.get("datetime")), values.words(one.get("text")))
            _add(record, {"pageno": page, **one}, words, notes.pop(key, ""))
    for (made, words), note in notes.items():  # marked, but in the second list only
        _add(record, {"datetime": made}, words, note)


def _own_note(one: Table) -> str:
    """The note on a bookmark; where nobody wrote one, KOReader puts a line of its own in its place."""
    text, words = values.paragraphs(one.get("text")), values.paragraphs(one.get("notes"))
    made = values.words(one.get("datetime"))
    own = not text or text == words or (words and words in text) or (made and made in text)
    return "" if own else text
