"""What becomes of one extraction: a new article, a further capture of one, or nothing new."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace

from desktop.core.document import Metadata
from desktop.core.extraction import Extraction, ImportLine, ImportStatus
from desktop.core.records import Capture
from desktop.operations.found_marks import add_found_marks, add_note, tag
from desktop.operations.mark_fates import fates_of_marks
from desktop.operations.sameness import (
    is_same_address,
    names_a_whole,
    names_an_article,
    same_addresses,
    texts_agree,
    titles_agree,
    tracked_beginnings,
)
from desktop.store import articles, captures, collections, originals, pages, pictures
from desktop.store.archive import Archive

RESTORED = "It was in the trash and is back in the library, with its marks."
OLDER = "It is older than the capture that is read, which stays the current one."
KNOWN = "More of it is in the archive already."
SHORTER = "It is much shorter than the copy in the archive, which stays the current one."
JOINED = "The article was here already; what was marked elsewhere was added to it ({count})."
APART = "Another article has its address or its number, but says something else: this one is kept on its own."
PARTIAL = (
    "Its own text is not here, only what another program knows of it. Import the article itself to add it."
)

_MUCH_SHORTER = 0.5


@dataclass
class Keeper:
    """Keeps extractions within an open operation; one for a whole import.

    Attributes:
        keys: The articles of parts that belong together (``Extraction.key``), by source and key.
        made: Articles that this import has made: what it found out about them nobody has corrected yet.
    """

    archive: Archive
    keys: dict[tuple[str, str], str] = field(default_factory=dict)
    made: set[str] = field(default_factory=set)

    def keep(self, source: str, extraction: Extraction) -> ImportLine:
        """Keep it and say what became of it; ``source`` is the path or address it came from."""
        name = f"{source}/{extraction.name}" if extraction.name else source
        line = self._kept(name, (source, extraction.key or ""), extraction)
        assert line.article is not None
        if extraction.key:
            self.keys[source, extraction.key] = line.article
        self._file(line.article, extraction)
        return line

    def read_again(self, article: str, extraction: Extraction, known: Metadata) -> None:
        """A further capture from the original of the current one, which it replaces: a person asked.

        Args:
            known: What is to be kept of the article's metadata; its gaps are filled.
        """
        current = self._current(article)
        assert current is not None
        capture = self._capture(article, current.source, replace(extraction, captured_at=current.captured_at))
        pictures.carry_pictures(self.archive, current.id, capture)
        articles.set_current_capture(self.archive, article, capture)
        completed = _completed(known, extraction.document.metadata)
        if completed != articles.article(self.archive, article).metadata:
            articles.set_metadata(self.archive, article, completed)
        if extraction.pages is not None:  # words that were recognised may be those of its marks
            add_found_marks(self.archive, article, capture, extraction)

    def _kept(self, name: str, key: tuple[str, str], extraction: Extraction) -> ImportLine:
        if (line := self._duplicate(name, extraction)) is not None:
            return line
        if extraction.key and key in self.keys:
            return self._further(self.keys[key], name, extraction)
        alike = list(self._named_alike(extraction))
        for article, identifier in alike:
            if self._is_same(article, extraction, identifier):
                return self._further(article, name, extraction)
        return self._new(name, extraction, apart=bool(alike))

    def _duplicate(self, name: str, extraction: Extraction) -> ImportLine | None:
        sha256 = extraction.original.sha256
        warnings: tuple[str, ...] = ()
        if (known := captures.find_by_original(self.archive, sha256)) is None:
            known = captures.find_trashed_by_original(self.archive, sha256)
            if known is None:
                return None
            articles.take_from_trash(self.archive, [known])
            warnings = (RESTORED,)
        return ImportLine(name, ImportStatus.DUPLICATE, known, self._title(known), warnings=warnings)

    def _named_alike(self, extraction: Extraction) -> Iterator[tuple[str, str | None]]:
        """Articles with its address, or with its identifier, which is told then."""
        metadata = extraction.document.metadata
        if metadata.url and names_an_article(metadata.url, extraction.extractor):
            yield from ((article, None) for article in self._at(metadata.url))
        if name := metadata.identifier:
            yield from ((article, name) for article in captures.articles_named(self.archive, name))

    def _at(self, url: str) -> list[str]:
        """The articles with the address, however it is written."""
        found = captures.articles_at(self.archive, [*same_addresses(url)], tracked_beginnings(url))
        known = articles.articles(self.archive, found)
        return [one.id for one in known if is_same_address(url, one.metadata.url or "")]

    def _is_same(self, article: str, extraction: Extraction, identifier: str | None = None) -> bool:
        """Whether what names both really names one article.

        What another program knows of an article says too little to be held against it; nor does a text
        that is much shorter, such as a login page that has its address.
        """
        current = self._current(article)
        found, known = extraction.document.metadata, articles.article(self.archive, article).metadata
        if current is None or extraction.partial or current.partial:
            return not names_a_whole(identifier) or titles_agree(known, found)
        one, other = current.text, extraction.document.text
        if identifier is None and min(len(one), len(other)) < _MUCH_SHORTER * max(len(one), len(other)):
            return True
        return titles_agree(known, found) or texts_agree(one, other)

    def _further(self, article: str, name: str, extraction: Extraction) -> ImportLine:
        current = self._current(article)
        capture = self._capture(article, name, extraction)
        stays = _why_it_stays(current, extraction)
        if stays is None:
            articles.set_current_capture(self.archive, article, capture)
        metadata = articles.article(self.archive, article).metadata
        found = extraction.document.metadata
        # A catalogue knows better than what was read off the file that is attached to its entry.
        catalogued = extraction.partial and extraction.key is not None and article in self.made
        completed = _completed(found, metadata) if catalogued else _completed(metadata, found)
        if completed != metadata:
            articles.set_metadata(self.archive, article, completed)
        marks = add_found_marks(self.archive, article, capture, extraction)
        if extraction.partial and stays is not None:
            told = (*extraction.warnings, *((JOINED.format(count=marks),) if marks else ()))
            return ImportLine(
                name, ImportStatus.DUPLICATE, article, completed.title or "", warnings=told, marks=marks
            )
        fates = fates_of_marks(self.archive, article)
        told_marks = (fates.in_words(),) if stays is None and fates.total else ()
        warnings = (*extraction.warnings, *((stays,) if stays else told_marks))
        return ImportLine(
            name, ImportStatus.CAPTURE, article, completed.title or "", warnings=warnings, marks=marks
        )

    def _new(self, name: str, extraction: Extraction, *, apart: bool) -> ImportLine:
        metadata = extraction.document.metadata
        article = articles.add_article(self.archive, metadata)
        self.made.add(article)
        capture = self._capture(article, name, extraction)
        articles.set_current_capture(self.archive, article, capture)
        marks = add_found_marks(self.archive, article, capture, extraction)
        told = (PARTIAL,) if extraction.partial else (APART,) if apart else ()
        return ImportLine(
            name,
            ImportStatus.ADDED,
            article,
            metadata.title or "",
            warnings=(*extraction.warnings, *told),
            marks=marks,
        )

    def _capture(self, article: str, name: str, extraction: Extraction) -> str:
        originals.add_original(self.archive, extraction.original)
        capture = captures.add_capture(
            self.archive,
            article,
            extraction.document,
            original=extraction.original.sha256,
            extractor=extraction.extractor,
            encoding=extraction.encoding,
            source=name,
            partial=extraction.partial,
            captured_at=extraction.captured_at,
        )
        pictures.add_pictures(self.archive, capture, extraction.pictures)
        if extraction.pages is not None:
            pages.add_pages(self.archive, capture, extraction.pages)
        return capture

    def _file(self, article: str, extraction: Extraction) -> None:
        tag(self.archive, "article", article, extraction.tags)
        for path in extraction.collections:
            with suppress(ValueError):  # a path of another program that names nothing
                made = collections.make_collection(self.archive, path)
                collections.add_articles(self.archive, made, [article])
        add_note(self.archive, article, extraction.note)

    def _current(self, article: str) -> Capture | None:
        capture_id = articles.article(self.archive, article).current_capture
        return captures.capture(self.archive, capture_id) if capture_id else None

    def _title(self, article: str) -> str:
        return articles.article(self.archive, article).metadata.title or ""


def _why_it_stays(current: Capture | None, extraction: Extraction) -> str | None:
    """Why the capture that is read stays the current one; None where the new one takes its place."""
    if current is None:
        return None
    if extraction.partial:
        known_more = not current.partial or len(current.text) > len(extraction.document.text)
        return KNOWN if known_more else None
    if current.partial:
        return None
    if extraction.captured_at and extraction.captured_at < current.captured_at:
        return OLDER
    if len(extraction.document.text) < _MUCH_SHORTER * len(current.text):
        return SHORTER
    return None


def _completed(known: Metadata, found: Metadata) -> Metadata:
    """What is known, kept as it is (a person may have corrected it), its gaps filled."""
    gaps = {
        name: getattr(found, name)
        for name in ("title", "byline", "publisher", "language", "url", "description", "identifier")
        if not getattr(known, name) and getattr(found, name)
    }
    if "language" in gaps:
        gaps["language_confidence"] = found.language_confidence
    if not known.published_at and found.published_at:
        gaps |= {"published_at": found.published_at, "date_is_guess": found.date_is_guess}
    return replace(known, **gaps)
