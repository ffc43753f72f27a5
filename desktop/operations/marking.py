"""Marking words, and changing or removing marks."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from desktop.core.errors import NotFound
from desktop.core.ids import new_id
from desktop.core.records import COLOURS, Annotation, AnnotationKind, Capture, Changes, QuoteMode, Stance
from desktop.operations.passages import Range, find_words, spans_of
from desktop.operations.words import counted
from desktop.store import annotations, captures, claims, people
from desktop.store import tags as store_tags
from desktop.store.archive import Archive
from desktop.store.history import actor, operation

_MARK = {
    AnnotationKind.HIGHLIGHT: "Highlight",
    AnnotationKind.QUOTE: "Mark quote",
    AnnotationKind.CLAIM: "Mark claim",
    AnnotationKind.NOTE: "Add note",
}
_EDIT = {
    "kind": "Change kind",
    "colour": "Change colour",
    "note": "Edit note",
    "speaker": "Set speaker",
    "cue": "Set cue",
    "mode": "Set mode of speech",
    "said_at": "Set date said",
    "stance": "Set stance",
    "claim": "Set claim",
}
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d([T ].+)?)?)?")


def mark(
    archive: Archive,
    article_id: str,
    kind: AnnotationKind | str,
    ranges: Iterable[Range],
    *,
    annotation_id: str | None = None,
    capture_id: str | None = None,
    colour: str | None = None,
    note: str = "",
    speaker: str | None = None,
    cue: str | None = None,
    mode: QuoteMode | str | None = None,
    said_at: str | None = None,
    tags: Iterable[str] = (),
    claim: str | None = None,
    stance: Stance | str | None = None,
) -> Changes:
    """Mark words of an article's text.

    Args:
        ranges: (start, end) in code points of the capture's canonical text.
        annotation_id: A new id of the caller's choice, so that it is known beforehand.
        capture_id: The capture the ranges are of; the current one where it is not given.
        speaker: A name or alias; the person is made where there is none.
        said_at: ISO 8601: a year, a month, a date, or a date with time.
        tags: Paths; the tags are made where they are missing.
        claim: A statement; the claim is made where it is missing.

    Raises:
        NotFound: The article is not there, or has no text.
        ValueError: No range, one outside the text, or an unknown kind, colour, mode or stance.
    """
    text = _text_of(archive, article_id, capture_id)
    fields = _checked(
        {"kind": kind, "colour": colour, "note": note, "cue": cue, "mode": mode, "said_at": said_at}
        | {"stance": stance}
    )
    spans, paths = spans_of(text.text, ranges), list(tags)
    with operation(archive, _MARK[fields["kind"]]) as step:
        new = Annotation(
            id=annotation_id or new_id(),
            article_id=article_id,
            capture_id=text.id,
            spans=spans,
            speaker_id=_person(archive, speaker),
            claim_id=_claim(archive, claim),
            creator=actor(),
            **fields,
        )
        annotations.add_annotation(archive, new)
        for path in paths:
            store_tags.link(archive, "annotation", [new.id], store_tags.make_tag(archive, path))
    return step.changes


def mark_words(
    archive: Archive, article_id: str, kind: AnnotationKind | str, words: str | Sequence[str], **more: Any
) -> Changes:
    """Mark words by what they are; everything else as ``mark``.

    Raises:
        WordsNotFound: They do not stand in the article's text, or in several places.
    """
    text = _text_of(archive, article_id, more.get("capture_id"))
    return mark(archive, article_id, kind, find_words(text.text, words), **more)


def edit(archive: Archive, annotation_id: str, **fields: Any) -> Changes:
    """Change what is said of a mark: kind, colour, note, speaker, cue, mode, said_at, stance, claim.

    ``speaker`` is a name or alias and ``claim`` a statement, found or made. None clears a field.

    Raises:
        NotFound
        ValueError: An unknown field or value.
    """
    annotations.annotation(archive, annotation_id)
    plain = _checked({name: value for name, value in fields.items() if name not in ("speaker", "claim")})
    label = _EDIT[next(iter(fields))] if len(fields) == 1 else "Edit annotation"
    with operation(archive, label) as step:
        columns: dict[str, object] = dict(plain)
        if "speaker" in fields:
            columns["speaker_id"] = _person(archive, fields["speaker"])
        if "claim" in fields:
            columns["claim_id"] = _claim(archive, fields["claim"])
        annotations.set_fields(archive, [annotation_id], columns)
    return step.changes


def move(
    archive: Archive, annotation_id: str, ranges: Iterable[Range], *, capture_id: str | None = None
) -> Changes:
    """Put a mark on other words of its article.

    Args:
        ranges: (start, end) in code points.
        capture_id: The capture the ranges are of; the one that it is on where it is not given.

    Raises:
        NotFound
        ValueError: No range, or one outside the text.
    """
    old = annotations.annotation(archive, annotation_id)
    text = _text_of(archive, old.article_id, capture_id or old.capture_id)
    spans = spans_of(text.text, ranges)
    with operation(archive, "Move mark") as step:
        if spans != old.spans or text.id != old.capture_id:
            annotations.set_fields(archive, [annotation_id], {"capture_id": text.id})
            annotations.set_spans(archive, annotation_id, spans)
    return step.changes


def remove(archive: Archive, annotation_ids: Iterable[str]) -> Changes:
    """Move marks to the trash."""
    ids = list(annotation_ids)
    with operation(archive, f"Delete {counted(len(ids), 'annotation')}") as step:
        annotations.move_to_trash(archive, ids)
    return step.changes


def restore(archive: Archive, annotation_ids: Iterable[str]) -> Changes:
    """Take marks from the trash."""
    ids = list(annotation_ids)
    with operation(archive, f"Restore {counted(len(ids), 'annotation')}") as step:
        annotations.take_from_trash(archive, ids)
    return step.changes


def _text_of(archive: Archive, article_id: str, capture_id: str | None) -> Capture:
    if capture_id is None:
        return captures.current_capture(archive, article_id)
    text = captures.capture(archive, capture_id)
    if text.article_id != article_id:
        raise NotFound("capture", capture_id)
    return text


def _person(archive: Archive, name: str | None) -> str | None:
    return people.make_person(archive, name) if name and name.strip() else None


def _claim(archive: Archive, statement: str | None) -> str | None:
    return claims.make_claim(archive, statement) if statement and statement.strip() else None


def _checked(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields as the store keeps them: enums checked, empty texts turned into None."""
    if unknown := fields.keys() - _EDIT.keys():
        raise ValueError(f"no such field: {', '.join(sorted(unknown))}")
    return {name: _CHECKS.get(name, _text_or_none)(value) for name, value in fields.items()}


def _text_or_none(value: str | None) -> str | None:
    return (value or "").strip() or None


def _colour(value: str | None) -> str | None:
    if value is not None and value not in COLOURS:
        raise ValueError(f"no such colour: {value}")
    return value


def _date(value: str | None) -> str | None:
    date = _text_or_none(value)
    if date is not None and not _DATE.fullmatch(date):
        raise ValueError(f"not an ISO 8601 date: {date}")
    return date


_CHECKS = {
    "kind": AnnotationKind,
    "colour": _colour,
    "note": lambda value: value or "",
    "mode": lambda value: QuoteMode(value) if value else None,
    "stance": lambda value: Stance(value) if value else None,
    "said_at": _date,
}
