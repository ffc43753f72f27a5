"""Marks that somebody made in another program become annotations; none is dropped.

Where the words are found for certain, the annotation stands on them. Otherwise its span keeps the
words without a place, and the reader shows it as unsure, or as an orphan, until a person decides.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace

from desktop.core.anchors import AnchorState, Span, describe, resolve
from desktop.core.extraction import Extraction, FoundMark
from desktop.core.ids import new_id
from desktop.core.records import Annotation
from desktop.operations.passages import ELLIPSIS, spans_of
from desktop.store import annotations, articles, claims, people, tags
from desktop.store.archive import Archive

_CERTAIN = (AnchorState.EXACT, AnchorState.TYPOGRAPHIC)
Identity = tuple[str, str]


def add_found_marks(archive: Archive, article_id: str, capture_id: str, extraction: Extraction) -> int:
    """Add the extraction's marks to its capture, within an open operation; returns how many are new.

    A mark that the article has already (the same words, maker, and time or note) is not added twice, so
    that a list that has grown can be imported again: what has no note yet takes the note that was
    written since, and one that a person deleted stays deleted. What has no words is a note on the
    whole article.
    """
    if not extraction.marks:
        return 0
    known = _Known(archive, article_id, partial=extraction.partial)
    added = 0
    for mark in extraction.marks:
        spans = _spans(mark, extraction)
        if not spans:
            added += _note(archive, article_id, mark)
            continue
        new = _annotation(archive, article_id, capture_id, mark, spans)
        if (old := known.find(new)) is not None:
            _add_to(archive, old, new, mark)
            continue
        annotations.add_annotation(archive, new)
        known.add(new)
        tag(archive, "annotation", new.id, mark.tags)
        added += 1
    return added


class _Known:
    """The article's annotations by what makes a mark the same, those in the trash included.

    Args:
        partial: The marks come with passages rather than with the text. There a passage that is told
            twice is one; in a text one word may well be marked in two places.
    """

    def __init__(self, archive: Archive, article_id: str, *, partial: bool) -> None:
        self._by: dict[Identity, list[Annotation]] = {}
        self._partial = partial
        self._met: set[str] = set()  # each is one mark of the extraction at most
        for one in annotations.all_annotations_of(archive, article_id):
            self._by.setdefault(_identity(one), []).append(one)
        self._before = {one.id for alike in self._by.values() for one in alike}

    def add(self, one: Annotation) -> None:
        self._by.setdefault(_identity(one), []).append(one)

    def find(self, new: Annotation) -> Annotation | None:
        """The one that ``new`` is again; None where it is new indeed."""
        found = self._same(new, self._by.get(_identity(new), ()))
        if found is not None:
            self._met.add(found.id)
        return found

    def _same(self, new: Annotation, alike: Iterable[Annotation]) -> Annotation | None:
        """One with the same note; where its time is known, one of that time without a note."""
        alike = [one for one in alike if self._may_be(one, new)]
        alike.sort(key=lambda one: one.spans != new.spans)
        if new.created_at:
            alike = [one for one in alike if one.created_at[:19] == new.created_at[:19]]
        same = next((one for one in alike if one.note == new.note), None)
        if same or not new.created_at:
            return same
        return next((one for one in alike if not (one.note and new.note)), None)

    def _may_be(self, one: Annotation, new: Annotation) -> bool:
        if self._partial or one.spans == new.spans:
            return True
        return one.id in self._before and one.id not in self._met


def _identity(one: Annotation) -> Identity:
    """Words as they read: the same mark may have been found in texts with other quotes and spaces."""
    return re.sub(r"[\W_]+", "", one.exact).casefold() or one.exact, one.creator


def _add_to(archive: Archive, old: Annotation, new: Annotation, mark: FoundMark) -> None:
    """What was written or tagged since the mark was last imported."""
    if old.trashed_at:
        return
    if new.note and not old.note:
        annotations.set_fields(archive, [old.id], {"note": new.note})
    tag(archive, "annotation", old.id, mark.tags)


def _spans(mark: FoundMark, extraction: Extraction) -> tuple[Span, ...]:
    text = extraction.document.text
    ranges = [(start, end) for start, end in mark.ranges if 0 <= start < end <= len(text)]
    if ranges:
        spans = spans_of(text, ranges)
        return _surrounded(spans, mark) if extraction.partial else spans
    if not mark.exact.strip():
        return ()
    parts = mark.exact.split(ELLIPSIS) if ELLIPSIS not in text else [mark.exact]
    parts = [part for part in parts if part.strip()]
    near = min(max(mark.near, 0), len(text))
    unplaced = _surrounded([Span(near, near, part) for part in parts], mark)
    return tuple(_placed(span, text) for span in unplaced)


def _surrounded(spans: Iterable[Span], mark: FoundMark) -> tuple[Span, ...]:
    """With the surroundings that the other program knew: those in a mere list of passages mean nothing."""
    bare = [replace(span, prefix="", suffix="") for span in spans]
    bare[0] = replace(bare[0], prefix=mark.prefix)
    bare[-1] = replace(bare[-1], suffix=mark.suffix)
    return tuple(bare)


def _placed(unplaced: Span, text: str) -> Span:
    found = resolve(unplaced, text)
    return describe(text, found.start, found.end) if found.state in _CERTAIN else unplaced


def _annotation(
    archive: Archive, article_id: str, capture_id: str, mark: FoundMark, spans: tuple[Span, ...]
) -> Annotation:
    return Annotation(
        id=new_id(),
        article_id=article_id,
        capture_id=capture_id,
        kind=mark.kind,
        spans=spans,
        colour=mark.colour,
        note=mark.note,
        speaker_id=people.make_person(archive, mark.speaker) if mark.speaker else None,
        cue=mark.cue,
        mode=mark.mode,
        said_at=mark.said_at,
        claim_id=_claim(archive, mark),
        stance=mark.stance,
        creator=mark.creator,
        created_at=mark.created_at,
    )


def _claim(archive: Archive, mark: FoundMark) -> str | None:
    """The claim that is mentioned; a verdict on it that a person has given here stays."""
    if not (mark.claim and mark.claim.strip()):
        return None
    known = claims.find_claim(archive, claims.tidy(mark.claim))
    claim = known.id if known else claims.make_claim(archive, mark.claim)
    if known is None and mark.verdict:
        claims.set_fields(archive, claim, {"verdict": str(mark.verdict)})
    return claim


def _note(archive: Archive, article_id: str, mark: FoundMark) -> int:
    """A note without words is about the whole article; its tags are the article's."""
    tag(archive, "article", article_id, mark.tags)
    return int(add_note(archive, article_id, "\n".join(_note_lines(mark))))


def _note_lines(mark: FoundMark) -> Iterator[str]:
    if mark.note.strip():
        who = ", ".join(part for part in (mark.creator, mark.created_at[:10]) if part)
        yield f"{who}: {mark.note.strip()}" if who else mark.note.strip()


def add_note(archive: Archive, article_id: str, words: str) -> bool:
    """Add a paragraph to the article's note; False where it has it already."""
    known = articles.article(archive, article_id).note
    if not words or words in known.split("\n\n") or words == known:
        return False
    articles.set_note(archive, [article_id], f"{known}\n\n{words}" if known else words)
    return True


def tag(archive: Archive, kind: tags.Link, record: str, paths: Iterable[str]) -> None:
    """Put tags on a record; paths of other programs that name nothing are left out."""
    for path in paths:
        with suppress(ValueError):
            tags.link(archive, kind, [record], tags.make_tag(archive, path))
