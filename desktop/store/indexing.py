"""What the search index reads from the archive: its head, the dirty marks, and whole records."""

import json
from collections.abc import Iterable, Sequence

from desktop.core.records import Annotation, Claim, Person
from desktop.core.searching import IndexChange, IndexHead, IndexRecord
from desktop.store import annotations, claims, people
from desktop.store.archive import Archive, Row
from desktop.store.trees import COLLECTIONS, TAGS, Tree, ids_json

ARTICLE, ANNOTATION = "a:", "n:"
_KEY = f"CASE kind WHEN 'article' THEN '{ARTICLE}' ELSE '{ANNOTATION}' END || id"
_IN = "IN (SELECT value FROM json_each(?))"
_HIDDEN = "(SELECT id FROM articles WHERE trashed_at IS NOT NULL)"


class ArchiveIndexSource:
    """Implements ``core.searching.IndexSource`` on an open archive.

    Keys are ``a:`` and an article's id, or ``n:`` and an annotation's; so all articles stand
    before all annotations.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def head(self) -> IndexHead:
        """In one statement, so that its parts belong to one moment."""
        row = self._archive.rows(
            "SELECT (SELECT seq FROM sqlite_sequence WHERE name = 'index_marks'), step, chain "
            "FROM (SELECT 1) LEFT JOIN (SELECT step, chain FROM history ORDER BY step DESC LIMIT 1)"
        )[0]
        return IndexHead(self._archive.id, row[0] or 0, row[1] or 0, row[2] or "")

    def chain_at(self, step: int) -> str | None:
        """The chain value of a step, None where the archive has no such step; of step 0 empty."""
        if step == 0:
            return ""
        found: str | None = self._archive.value("SELECT chain FROM history WHERE step = ?", (step,))
        return found

    def changes(self, after: int, limit: int) -> list[IndexChange]:
        rows = self._archive.rows(
            f"SELECT seq, {_KEY} FROM index_marks WHERE seq > ? ORDER BY seq LIMIT ?", (after, limit)
        )
        return [IndexChange(*row) for row in rows]

    def keys(self, after: str, limit: int) -> list[str]:
        found: list[str] = []
        if after < ANNOTATION:
            found += self._keys(
                f"SELECT '{ARTICLE}' || id FROM articles WHERE id > ? AND trashed_at IS NULL "
                "ORDER BY id LIMIT ?",
                after.removeprefix(ARTICLE),
                limit,
            )
            after = ANNOTATION
        if len(found) < limit:
            found += self._keys(
                f"SELECT '{ANNOTATION}' || id FROM annotations WHERE id > ? AND trashed_at IS NULL "
                f"AND article_id NOT IN {_HIDDEN} ORDER BY id LIMIT ?",
                after.removeprefix(ANNOTATION),
                limit - len(found),
            )
        return found

    def _keys(self, sql: str, after: str, limit: int) -> list[str]:
        return [row[0] for row in self._archive.rows(sql, (after, limit))]

    def count(self) -> int:
        return int(
            self._archive.value(
                "SELECT (SELECT count(*) FROM articles) - (SELECT count(*) FROM articles "
                "WHERE trashed_at IS NOT NULL) + (SELECT count(*) FROM annotations) - (SELECT count(*) "
                "FROM annotations WHERE trashed_at IS NOT NULL) - (SELECT count(*) FROM annotations "
                f"WHERE article_id IN {_HIDDEN} AND trashed_at IS NULL)"
            )
        )

    def records(self, keys: Sequence[str]) -> dict[str, IndexRecord]:
        with self._archive.snapshot():
            found = self._articles([key[2:] for key in keys if key.startswith(ARTICLE)])
            found += self._annotations([key[2:] for key in keys if key.startswith(ANNOTATION)])
        return {record.key: record for record in found}

    def _articles(self, ids: list[str]) -> list[IndexRecord]:
        if not ids:
            return []
        rows = self._archive.rows(
            "SELECT a.id, title, c.text, note, byline, publisher, language, published_at, added_at, "
            "read_state FROM articles a LEFT JOIN captures c ON c.id = a.current_capture "
            f"WHERE a.id {_IN} AND trashed_at IS NULL",
            (ids_json(ids),),
        )
        tags = self._paths(TAGS, "article_tags", "article_id", "tag_id", ids)
        collections = self._paths(COLLECTIONS, "collection_articles", "article_id", "collection_id", ids)
        return [_article_record(row, tags.get(row[0], ()), collections.get(row[0], ())) for row in rows]

    def _annotations(self, ids: list[str]) -> list[IndexRecord]:
        if not ids:
            return []
        rows = self._archive.rows(
            "SELECT n.id, n.article_id, title, publisher, language, published_at, read_state "
            f"FROM annotations n JOIN articles a ON a.id = n.article_id WHERE n.id {_IN} "
            "AND n.trashed_at IS NULL AND a.trashed_at IS NULL",
            (ids_json(ids),),
        )
        marks = {one.id: one for one in annotations.annotations(self._archive, ids)}
        speakers = {
            one.id: one
            for one in people.people(self._archive, {m.speaker_id for m in marks.values() if m.speaker_id})
        }
        stated = {
            one.id: one
            for one in claims.claims(self._archive, {m.claim_id for m in marks.values() if m.claim_id})
        }
        tags = self._paths(TAGS, "annotation_tags", "annotation_id", "tag_id", ids)
        collections = self._paths(
            COLLECTIONS, "collection_articles", "article_id", "collection_id", {row[1] for row in rows}
        )
        found = []
        for row in rows:
            mark = marks[row[0]]
            speaker, claim = speakers.get(mark.speaker_id or ""), stated.get(mark.claim_id or "")
            names = tags.get(mark.id, ()), collections.get(mark.article_id, ())
            found.append(_annotation_record(row, mark, speaker, claim, *names))
        return found

    def _paths(
        self, tree: Tree, links: str, owner: str, node: str, ids: Iterable[str]
    ) -> dict[str, tuple[str, ...]]:
        """Of each owner, the paths of its nodes in tree order."""
        linked = self._archive.rows(
            f"SELECT {owner}, {node} FROM {links} WHERE {owner} {_IN}", (ids_json(ids),)
        )
        if not linked:
            return {}
        paths = {one.id: (place, one.path) for place, one in enumerate(tree.nodes(self._archive))}
        found: dict[str, list[tuple[int, str]]] = {}
        for owner_id, node_id in linked:
            if node_id in paths:
                found.setdefault(owner_id, []).append(paths[node_id])
        return {owner_id: tuple(path for _, path in sorted(ones)) for owner_id, ones in found.items()}


def _article_record(row: Row, tags: tuple[str, ...], collections: tuple[str, ...]) -> IndexRecord:
    article_id, title, text, note, byline, publisher, language, published_at, added_at, read_state = row
    return IndexRecord(
        key=ARTICLE + article_id,
        kind="article",
        article_id=article_id,
        title=title or "",
        text=text or "",
        note=note,
        tags=tags,
        speakers=tuple(json.loads(byline)),
        outlet=publisher or "",
        language=language or "",
        date=published_at or "",
        added=added_at,
        read_state=read_state,
        collections=collections,
    )


def _annotation_record(
    row: Row,
    mark: Annotation,
    speaker: Person | None,
    claim: Claim | None,
    tags: tuple[str, ...],
    collections: tuple[str, ...],
) -> IndexRecord:
    _, article_id, title, publisher, language, published_at, read_state = row
    return IndexRecord(
        key=ANNOTATION + mark.id,
        kind=str(mark.kind),
        article_id=article_id,
        title=title or "",
        text=mark.exact,
        annotation_id=mark.id,
        note=mark.note,
        claim=claim.statement if claim else "",
        tags=tags,
        speakers=(speaker.name, *speaker.aliases) if speaker else (),
        outlet=publisher or "",
        language=language or "",
        date=mark.said_at or published_at or "",
        added=mark.created_at,
        read_state=read_state,
        verdict=str(claim.verdict) if claim else "",
        collections=collections,
    )


def texts(archive: Archive, article_ids: Iterable[str]) -> dict[str, str]:
    """The canonical texts that these articles are read in, for snippets."""
    rows = archive.rows(
        f"SELECT a.id, c.text FROM articles a JOIN captures c ON c.id = a.current_capture WHERE a.id {_IN}",
        (ids_json(article_ids),),
    )
    return dict(rows)
