"""Kindle's ``My Clippings.txt``: highlights, notes and bookmarks of all books, in the order they were made.

The file's words are those of the device's language, so it is read by its structure: blocks parted by
a line of equals signs, each a title with its author, a line of facts, and the words. Of the facts
only numbers and a few words are needed; a language that is not known costs a date at most.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from desktop.core.document import Metadata
from desktop.core.errors import ImportFailed
from desktop.core.extraction import FoundMark
from desktop.importing.material import Material
from desktop.importing.records import values
from desktop.importing.records.kindle_dates import moment_in
from desktop.importing.records.record import Passage, Record, RecordPart, guarded, highlight, remark

EXTRACTOR = "kindle/1"
SEPARATOR = re.compile(r"^={6,}[ \t]*$", re.MULTILINE)
_NOTE = re.compile(
    r"\bnot(?:e|a|iz|itie|atka|at)\b|\bпримечани|\bзаметк|\bнотатк|\banmerkung|メモ|笔记|筆記|메모|\banteckning",
    re.IGNORECASE,
)
_BOOKMARK = re.compile(
    r"bookmark|закладк|lesezeichen|signet|marcador|segnalibro|bladwijzer|zakładk|书签|書籤|ブックマーク|북마크|bokmärke",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(?P<start>\d{1,7})(?:\s*[-–—~]\s*(?P<end>\d{1,7}))?")
_PAGE_BEFORE = re.compile(
    r"(?:page|seite|página|pagina|страниц\w*|стор\w*|стр\.?|strona|stronie|strony|sida|sidan|第|ページ|페이지|p\.)\W{0,3}$",
    re.IGNORECASE,
)
_PAGE_AFTER = re.compile(r"\s?(?:页|頁|ページ|페이지|쪽)")


@dataclass(slots=True)
class _Clipping:
    """One block.

    Attributes:
        page, start, end: Numbers as the device counts; 0 where they are not given.
        kind: ``highlight``, ``note`` or ``bookmark``.
    """

    book: str
    kind: str
    words: str
    raw: str
    page: int = 0
    start: int = 0
    end: int = 0
    made_at: str = ""

    @property
    def place(self) -> str:
        span = str(self.start) if self.end == self.start else f"{self.start}-{self.end}"
        parts = [f"page {self.page}" if self.page else "", f"location {span}" if self.start else ""]
        return ", ".join(part for part in parts if part).capitalize()


def records(text: str, material: Material) -> Iterator[RecordPart]:
    """One record for each book.

    Raises:
        ImportFailed: ``no_text``: no block is whole.
    """
    books: dict[str, list[_Clipping]] = {}
    for block in SEPARATOR.split(text):
        if (clipping := _clipping(block)) is not None:
            books.setdefault(clipping.book, []).append(clipping)
    if not books:
        raise ImportFailed(material.name, "no_text", "no clipping in it")
    yield from guarded(books.values(), _record, material.name)


def _clipping(block: str) -> _Clipping | None:
    lines = [
        line.strip().strip("\ufeff\u200b").strip() for line in block.strip().strip("\ufeff").splitlines()
    ]
    while lines and not lines[0]:
        lines.pop(0)
    if len(lines) < 2 or not lines[1].startswith(("-", "–", "—")):
        return None
    book, detail, words = lines[0], lines[1], "\n".join(lines[2:]).strip()
    facts, _, date = detail.lstrip("-–— ").rpartition("|")
    facts = facts or date
    kind = (
        "bookmark" if not words or _BOOKMARK.search(facts) else "note" if _NOTE.search(facts) else "highlight"
    )
    found = _Clipping(" ".join(book.split()), kind, words, block.strip(), made_at=moment_in(date))
    _set_place(found, facts)
    return found


def _set_place(clipping: _Clipping, facts: str) -> None:
    """Page and location; where only one is named, a location is what is no page."""
    for match in _RANGE.finditer(facts):
        start, end = int(match["start"]), int(match["end"] or match["start"])
        if end < start:  # 1234-40, as old devices shortened it
            digits = str(start)
            end = (
                int(digits[: len(digits) - len(str(end))] + str(end))
                if len(str(end)) < len(digits)
                else start
            )
        if _PAGE_BEFORE.search(facts[: match.start()]) or _PAGE_AFTER.match(facts, match.end()):
            clipping.page = clipping.page or start
        elif not clipping.start:
            clipping.start, clipping.end = start, max(start, end)


def _record(clippings: list[_Clipping]) -> Record:
    title, authors = title_and_authors(clippings[0].book)
    record = Record(
        Metadata(title=title, byline=authors, identifier=identifier(title, authors)),
        "\n==========\n".join(one.raw for one in clippings).encode(),
        ".txt",
    )
    marks = _collapsed(one for one in clippings if one.kind == "highlight")
    loose = _joined(marks, [one for one in clippings if one.kind == "note"])
    marks.sort(key=lambda one: (one.start or one.page, one.end))
    record.passages = [
        Passage(highlight(one.words, "\n\n".join(one.notes), created_at=one.made_at), one.place)
        for one in marks
    ]
    record.notes = [_loose_note(one) for one in loose]
    places = [one.place for one in clippings if one.kind == "bookmark" and one.place]
    record.facts = [("Bookmarks", "; ".join(dict.fromkeys(places)))] if places else []
    record.captured_at = max((one.made_at for one in clippings), default="")
    return record


@dataclass(slots=True)
class _Mark(_Clipping):
    notes: tuple[str, ...] = ()


def _collapsed(highlights: Iterable[_Clipping]) -> list[_Mark]:
    """Without those that were extended or cut afterwards: the device writes each state; the longest stays."""
    kept: list[_Mark] = []
    for one in highlights:
        twin = next((index for index, other in enumerate(kept) if _same(one, other)), None)
        mark = _Mark(one.book, one.kind, one.words, one.raw, one.page, one.start, one.end, one.made_at)
        if twin is None:
            kept.append(mark)
        elif len(one.words) > len(kept[twin].words):
            kept[twin] = replace(mark, made_at=kept[twin].made_at or mark.made_at)
    return kept


def _same(one: _Clipping, other: _Clipping) -> bool:
    if one.start and other.start:
        near = one.start <= other.end and other.start <= one.end
    else:
        near = one.page == other.page
    if not near:
        return False
    long, short = sorted((_plain(one.words), _plain(other.words)), key=len, reverse=True)
    return long.startswith(short) or long.endswith(short)


def _plain(words: str) -> str:
    return " ".join(words.split()).strip(" .,;:…")


def _joined(marks: list[_Mark], notes: Iterable[_Clipping]) -> list[_Clipping]:
    """Give each note to the highlight it lies in; returns those that lie in none."""
    loose = []
    for note in notes:
        inside = [one for one in marks if _holds(one, note)]
        if not inside:
            loose.append(note)
            continue
        # The device puts a note at the end of its highlight.
        mark = min(inside, key=lambda one: (one.end != note.end, one.end - one.start))
        mark.notes = tuple(dict.fromkeys((*mark.notes, note.words)))
    return loose


def _holds(mark: _Clipping, note: _Clipping) -> bool:
    if mark.start and note.start:
        return mark.start <= note.start <= mark.end
    return bool(mark.page) and mark.page == note.page and not (mark.start or note.start)


def _loose_note(note: _Clipping) -> FoundMark:
    return remark(f"{note.place}: {note.words}" if note.place else note.words, created_at=note.made_at)


def title_and_authors(line: str) -> tuple[str, tuple[str, ...]]:
    """``The Title (Part two) (Family, Given; Other, One)`` taken apart; the last brackets hold authors."""
    line = line.strip()
    if not line.endswith((")", "）")):
        return line, ()
    depth = 0
    for at in range(len(line) - 1, 0, -1):
        depth += (line[at] in ")）") - (line[at] in "(（")
        if depth == 0:
            names = (values.person(name) for name in re.split(r"[;；]", line[at + 1 : -1]))
            return line[:at].strip() or line, tuple(name for name in names if name)
    return line, ()


def identifier(title: str, authors: Iterable[str]) -> str:
    """The same for a book however far its clippings have grown."""
    return "urn:x-pressmark:kindle:" + values.slug(title, *authors)
