"""Annotations with their spans and tags."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from desktop.core.anchors import Span
from desktop.core.errors import ArchiveDamaged, NotFound
from desktop.core.records import Annotation, AnnotationKind, QuoteMode, Stance
from desktop.core.times import now
from desktop.store.archive import Archive, Row, Values
from desktop.store.trees import ids_json

_ANNOTATION = (
    "id, article_id, capture_id, kind, colour, note, speaker_id, cue, mode, said_at, claim_id, stance, "
    "creator, created_at, updated_at, trashed_at"
)
_EDITABLE = frozenset(
    {"capture_id", "kind", "colour", "note", "speaker_id", "cue", "mode", "said_at", "claim_id", "stance"}
)


def annotation(archive: Archive, annotation_id: str) -> Annotation:
    """One annotation, in the trash or not.

    Raises:
        NotFound
    """
    found = annotations(archive, [annotation_id])
    if not found:
        raise NotFound("annotation", annotation_id)
    return found[0]


def annotations(archive: Archive, ids: Sequence[str]) -> list[Annotation]:
    """These annotations in the order of their ids; unknown ids are left out."""
    found = {
        one.id: one for one in _load(archive, "id IN (SELECT value FROM json_each(?))", (ids_json(ids),))
    }
    return [found[one] for one in ids if one in found]


def annotations_of(archive: Archive, article_id: str) -> list[Annotation]:
    """The live annotations of an article in text order."""
    return in_text_order(_load(archive, "article_id = ? AND trashed_at IS NULL", (article_id,)))


def all_annotations_of(archive: Archive, article_id: str) -> list[Annotation]:
    """The annotations of an article, those in the trash included, the oldest first."""
    return _load(archive, "article_id = ?", (article_id,))


def annotations_of_claim(archive: Archive, claim_id: str) -> list[Annotation]:
    """The live mentions of a claim in articles that are not in the trash, the oldest first."""
    return _load(archive, f"claim_id = ? AND {_LIVE}", (claim_id,))


_LIVE = "trashed_at IS NULL AND article_id IN (SELECT id FROM articles WHERE trashed_at IS NULL)"


def live_counts(archive: Archive, column: Literal["speaker_id", "claim_id"]) -> dict[str, int]:
    """How many live annotations name each person or claim, in articles that are not in the trash.

    Counted on the column's index alone; what is in the trash is few and is subtracted.
    """
    count = f"SELECT {column}, count(*) FROM annotations WHERE"
    with archive.snapshot():
        counts: dict[str, int] = dict(archive.rows(f"{count} {column} IS NOT NULL GROUP BY {column}"))
        for hidden in (
            "trashed_at IS NOT NULL",
            "trashed_at IS NULL AND article_id IN (SELECT id FROM articles WHERE trashed_at IS NOT NULL)",
        ):
            # The plus keeps the planner from walking the column's index instead of the few in the trash.
            sql = f"{count} +{column} IS NOT NULL AND {hidden} GROUP BY {column}"
            for owner, number in archive.rows(sql):
                counts[owner] -= number
    return {owner: number for owner, number in counts.items() if number}


def in_text_order(found: Iterable[Annotation]) -> list[Annotation]:
    return sorted(found, key=lambda one: (one.start, -one.spans[0].end if one.spans else 0, one.id))


def _load(archive: Archive, condition: str, values: Values) -> list[Annotation]:
    """Three queries whatever the number, of one moment; by id, which is by age."""
    with archive.snapshot():
        spans = _spans(archive, condition, values)
        tags = _tags(archive, condition, values)
        rows = archive.rows(f"SELECT {_ANNOTATION} FROM annotations WHERE {condition} ORDER BY id", values)
    try:
        return [_annotation(row, spans.get(row[0], []), tags.get(row[0], [])) for row in rows]
    except ValueError as error:  # a kind, mode or stance that the schema does not allow
        raise ArchiveDamaged(archive.path, str(error)) from error


def _spans(archive: Archive, condition: str, values: Values) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for owner, *span in archive.rows(
        'SELECT annotation_id, start, "end", exact, prefix, suffix FROM annotation_spans '
        f"WHERE annotation_id IN (SELECT id FROM annotations WHERE {condition}) ORDER BY annotation_id, ord",
        values,
    ):
        found.setdefault(owner, []).append(Span(*span))
    return found


def _tags(archive: Archive, condition: str, values: Values) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for owner, tag in archive.rows(
        "SELECT annotation_id, tag_id FROM annotation_tags JOIN tags ON tags.id = tag_id WHERE annotation_id "
        f"IN (SELECT id FROM annotations WHERE {condition}) ORDER BY name_sort, tag_id",
        values,
    ):
        found.setdefault(owner, []).append(tag)
    return found


def _annotation(row: Row, spans: list[Span], tags: list[str]) -> Annotation:
    return Annotation(
        id=row[0],
        article_id=row[1],
        capture_id=row[2],
        kind=AnnotationKind(row[3]),
        spans=tuple(spans),
        colour=row[4],
        note=row[5],
        speaker_id=row[6],
        cue=row[7],
        mode=row[8] and QuoteMode(row[8]),
        said_at=row[9],
        claim_id=row[10],
        stance=row[11] and Stance(row[11]),
        tag_ids=tuple(tags),
        creator=row[12],
        created_at=row[13],
        updated_at=row[14],
        trashed_at=row[15],
    )


def add_annotation(archive: Archive, new: Annotation) -> None:
    """Add an annotation with its spans; its tags are added by ``tags.tag_annotations``."""
    moment = now()
    archive.write(
        f"INSERT INTO annotations ({_ANNOTATION}) VALUES ({', '.join('?' * 16)})",
        (
            new.id,
            new.article_id,
            new.capture_id,
            str(new.kind),
            new.colour,
            new.note,
            new.speaker_id,
            new.cue,
            new.mode and str(new.mode),
            new.said_at,
            new.claim_id,
            new.stance and str(new.stance),
            new.creator,
            new.created_at or moment,
            moment,
            new.trashed_at,
        ),
    )
    _add_spans(archive, new.id, new.spans)


def set_spans(archive: Archive, annotation_id: str, spans: Sequence[Span]) -> None:
    """Put other spans in place of all it had."""
    archive.write("DELETE FROM annotation_spans WHERE annotation_id = ?", (annotation_id,))
    _add_spans(archive, annotation_id, spans)
    archive.write("UPDATE annotations SET updated_at = ? WHERE id = ?", (now(), annotation_id))


def _add_spans(archive: Archive, annotation_id: str, spans: Sequence[Span]) -> None:
    archive.write_many(
        'INSERT INTO annotation_spans (annotation_id, ord, start, "end", exact, prefix, suffix) '
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(annotation_id, ord_, s.start, s.end, s.exact, s.prefix, s.suffix) for ord_, s in enumerate(spans)],
    )


def set_fields(archive: Archive, ids: Iterable[str], fields: Mapping[str, object]) -> None:
    """Set columns of several annotations at once; those that have the values already are untouched."""
    if not fields:
        return
    if unknown := fields.keys() - _EDITABLE:
        raise ValueError(f"no such field: {', '.join(sorted(unknown))}")
    values = [None if value is None else str(value) for value in fields.values()]
    archive.write(
        f"UPDATE annotations SET {', '.join(f'{name} = ?' for name in fields)}, updated_at = ? "
        "WHERE id IN (SELECT value FROM json_each(?)) "
        f"AND ({' OR '.join(f'{name} IS NOT ?' for name in fields)})",
        (*values, now(), ids_json(ids), *values),
    )


def move_to_trash(archive: Archive, ids: Iterable[str]) -> None:
    archive.write(
        "UPDATE annotations SET trashed_at = ?, updated_at = ? "
        "WHERE id IN (SELECT value FROM json_each(?)) AND trashed_at IS NULL",
        (now(), now(), ids_json(ids)),
    )


def take_from_trash(archive: Archive, ids: Iterable[str]) -> None:
    archive.write(
        "UPDATE annotations SET trashed_at = NULL, updated_at = ? "
        "WHERE id IN (SELECT value FROM json_each(?)) AND trashed_at IS NOT NULL",
        (now(), ids_json(ids)),
    )
