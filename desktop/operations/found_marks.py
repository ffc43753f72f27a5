"""Marks that somebody made in another program become annotations; none is dropped.

Where the words are found for certain, the annotation stands on them. Otherwise its span keeps the
words without a place, and the reader shows it as unsure, or as an orphan, until a person decides.
"""

from collections.abc import Iterator

from desktop.core.anchors import AnchorState, Span, describe, resolve
from desktop.core.extraction import Extraction, FoundMark
from desktop.core.ids import new_id
from desktop.core.records import Annotation
from desktop.operations.passages import spans_of
from desktop.store import annotations, articles, people, tags
from desktop.store.archive import Archive

_CERTAIN = (AnchorState.EXACT, AnchorState.TYPOGRAPHIC)
Identity = tuple[str, str, str, str]


def add_found_marks(archive: Archive, article_id: str, capture_id: str, extraction: Extraction) -> int:
    """Add the extraction's marks to its capture, within an open operation; returns how many are new.

    A mark that the article has already (the same words, note and maker) is not added twice, so that
    a list that has grown can be imported again. What has no words is a note on the whole article.
    """
    if not extraction.marks:
        return 0
    known = {_identity(one) for one in annotations.annotations_of(archive, article_id)}
    text, added = extraction.document.text, 0
    for mark in extraction.marks:
        spans = _spans(mark, text)
        if not spans:
            _note(archive, article_id, mark)
            continue
        new = _annotation(archive, article_id, capture_id, mark, spans)
        if (identity := _identity(new)) in known:
            continue
        known.add(identity)
        annotations.add_annotation(archive, new)
        for path in mark.tags:
            tags.link(archive, "annotation", [new.id], tags.make_tag(archive, path))
        added += 1
    return added


def _spans(mark: FoundMark, text: str) -> tuple[Span, ...]:
    ranges = [(start, end) for start, end in mark.ranges if 0 <= start < end <= len(text)]
    if ranges:
        return spans_of(text, ranges)
    if not mark.exact.strip():
        return ()
    near = min(max(mark.near, 0), len(text))
    unplaced = Span(near, near, mark.exact, mark.prefix, mark.suffix)
    found = resolve(unplaced, text)
    return (describe(text, found.start, found.end) if found.state in _CERTAIN else unplaced,)


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
        creator=mark.creator,
        created_at=mark.created_at,
    )


def _identity(one: Annotation) -> Identity:
    return str(one.kind), one.exact, one.note, one.creator


def _note(archive: Archive, article_id: str, mark: FoundMark) -> None:
    """A note without words is about the whole article; its tags are the article's."""
    words = "\n".join(_note_lines(mark))
    known = articles.article(archive, article_id).note
    if words and words not in known:
        articles.set_note(archive, [article_id], f"{known}\n\n{words}" if known else words)
    for path in mark.tags:
        tags.link(archive, "article", [article_id], tags.make_tag(archive, path))


def _note_lines(mark: FoundMark) -> Iterator[str]:
    if mark.note.strip():
        who = ", ".join(part for part in (mark.creator, mark.created_at[:10]) if part)
        yield f"{who}: {mark.note.strip()}" if who else mark.note.strip()
