"""An entry of a catalogue, whatever format it was written in, and the record it makes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from desktop.core.document import Metadata
from desktop.core.extraction import FoundMark
from desktop.importing.records import values
from desktop.importing.records.months import month_in
from desktop.importing.records.record import Attached, Passage, Record, labelled, remark, words_of

FALLBACK_TITLE = "Untitled {kind}"


@dataclass(slots=True)
class Citation:
    """What catalogues know of a publication.

    Attributes:
        authors, editors, others: As they are spoken.
        container: What it appeared in: journal, newspaper, site, book.
        date: As the source writes it.
        identifiers: Texts in which a DOI or an ISBN may stand.
        facts: Label and value of everything else.
        notes: As somebody wrote them, perhaps as HTML.
    """

    kind: str = ""
    title: str = ""
    authors: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    container: str = ""
    publisher: str = ""
    date: str = ""
    language: str = ""
    url: str = ""
    doi: str = ""
    isbn: str = ""
    abstract: str = ""
    keywords: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)
    files: list[Attached] = field(default_factory=list)
    collections: list[str] = field(default_factory=list)
    added: str = ""
    passages: list[Passage] = field(default_factory=list)
    marks: list[FoundMark] = field(default_factory=list)
    key: str | None = None

    def record(self, data: bytes, suffix: str) -> Record:
        """The record of this entry; ``data`` is what it was read from."""
        record = Record(self._metadata(), data, suffix)
        if abstract := words_of(self.abstract):
            record.texts.append(abstract)
        record.facts = self._facts()
        record.notes = [remark(note) for text in self.notes if (note := words_of(text).strip())]
        record.notes += self.marks
        record.passages = self.passages
        record.tags = values.paths(self.keywords)
        record.collections = values.paths(self.collections)
        record.captured_at = values.moment(self.added)
        record.files = self.files
        record.key = self.key
        return record

    def _metadata(self) -> Metadata:
        title = " ".join(words_of(self.title).split())
        names = self.authors or self.editors
        return Metadata(
            title=title or self._stand_in(),
            byline=tuple(dict.fromkeys(name for name in names if name)),
            publisher=self.container or self.publisher or None,
            published_at=date_of(self.date),
            language=language_of(self.language),
            url=values.address(self.url),
            identifier=values.doi(self.doi) or values.doi(self.url) or values.isbn(self.isbn),
        )

    def _stand_in(self) -> str | None:
        """What it may be called by where it has no title."""
        found = values.doi(self.doi) or self.container or values.isbn(self.isbn)
        return found or FALLBACK_TITLE.format(kind=self.kind.lower() or "work")

    def _facts(self) -> list[tuple[str, str]]:
        known = [
            ("Type", self.kind),
            ("In", self.container),
            ("Publisher", self.publisher),
            ("Editors", ", ".join(self.editors) if self.authors else ""),
            ("Date", "" if date_of(self.date) else self.date),
            ("DOI", (values.doi(self.doi) or "").removeprefix("doi:") or self.doi),
            ("ISBN", self.isbn),
            ("Address", self.url),
        ]
        return labelled([*known, *self.facts])


_PARTS = re.compile(r"(\d{4})(?:[-/.](\d{1,2}))?(?:[-/.](\d{1,2}))?(?:[-/].*)?")


def date_of(text: str) -> str | None:
    """A date of a catalogue as ISO 8601, as precise as it is; of a stretch of time its beginning."""
    text = " ".join(text.split())
    if not text:
        return None
    if match := _PARTS.fullmatch(text.rstrip("/").strip()):
        return _dated(match[1], match[2], match[3])
    year = re.search(r"(?<!\d)\d{4}(?!\d)", text)
    if year and (month := month_in(text)):
        day = re.search(r"(?<!\d)\d{1,2}(?!\d)", text)
        return _dated(year[0], str(month), day[0] if day else None)
    return values.day(text)


def _dated(year: str, month: str | None, day: str | None) -> str:
    good = month and 1 <= int(month) <= 12
    parts = [year] if not good else [year, f"{int(month or 0):02}"]
    if good and day and 1 <= int(day) <= 31:
        parts.append(f"{int(day):02}")
    return "-".join(parts)


def parts_date(parts: Sequence[object]) -> str:
    """Year, month and day as numbers, of which the later ones may be missing."""
    numbers = [str(part).strip() for part in parts[:3]]
    if not numbers or not re.fullmatch(r"-?\d{1,4}", numbers[0]):
        return ""
    month = numbers[1] if len(numbers) > 1 and numbers[1].isdigit() else None
    day = numbers[2] if len(numbers) > 2 and numbers[2].isdigit() else None
    return _dated(numbers[0].zfill(4), month, day)


_LANGUAGES = {
    "english": "en", "eng": "en", "russian": "ru", "rus": "ru", "русский": "ru", "ukrainian": "uk",
    "ukr": "uk", "українська": "uk", "japanese": "ja", "jpn": "ja", "日本語": "ja", "german": "de",
    "ger": "de", "deu": "de", "deutsch": "de", "ngerman": "de", "french": "fr", "fre": "fr", "fra": "fr",
    "français": "fr", "spanish": "es", "spa": "es", "español": "es", "italian": "it", "ita": "it",
    "italiano": "it", "polish": "pl", "pol": "pl", "polski": "pl", "portuguese": "pt", "por": "pt",
    "chinese": "zh", "chi": "zh", "zho": "zh", "dutch": "nl", "dut": "nl", "nld": "nl",
}  # fmt: skip


def language_of(text: str) -> str | None:
    """The BCP 47 subtag of a language's code or name."""
    word = re.split(r"[-_;,/ ]", text.strip().lower(), maxsplit=1)[0]
    return _LANGUAGES.get(word) or (word if re.fullmatch(r"[a-z]{2}", word) else None)


def people(names: Iterable[str]) -> list[str]:
    """``Family, Given`` each, as they are spoken."""
    return list(dict.fromkeys(name for one in names if (name := values.person(one))))


def pages(first: str, last: str) -> str:
    return f"{first}\N{EN DASH}{last}" if first and last and last != first else first or last
