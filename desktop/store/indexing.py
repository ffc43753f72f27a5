"""What the search index reads from the archive: its head, the dirty marks, and whole records."""

import json
from collections.abc import Iterable, Sequence

from desktop.core.records import SPANS_JOINED
from desktop.core.searching import IndexChange, IndexHead, IndexRecord
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
        self._tags = _Paths(archive, TAGS, "article_tags", "article_id", "tag_id")
        self._marked = _Paths(archive, TAGS, "annotation_tags", "annotation_id", "tag_id")
        self._collections = _Paths(archive, COLLECTIONS, "collection_articles", "article_id", "collection_id")

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
        """The live records among ``keys``, all of one moment, in a few statements."""
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
        tags, collections = self._tags.of(ids), self._collections.of(ids)
        return [_article_record(row, tags.get(row[0], ()), collections.get(row[0], ())) for row in rows]

    def _annotations(self, ids: list[str]) -> list[IndexRecord]:
        if not ids:
            return []
        rows = self._archive.rows(
            "SELECT n.id, n.article_id, n.kind, n.note, n.said_at, n.created_at, a.title, publisher, "
            "language, published_at, read_state, p.name, n.speaker_id, claims.statement, claims.verdict "
            "FROM annotations n JOIN articles a ON a.id = n.article_id "
            "LEFT JOIN people p ON p.id = n.speaker_id LEFT JOIN claims ON claims.id = n.claim_id "
            f"WHERE n.id {_IN} AND n.trashed_at IS NULL AND a.trashed_at IS NULL",
            (ids_json(ids),),
        )
        words = self._listed(
            f"SELECT annotation_id, exact FROM annotation_spans WHERE annotation_id {_IN} "
            "ORDER BY annotation_id, ord",
            ids,
        )
        aliases = self._listed(
            f"SELECT person_id, alias FROM people_aliases WHERE person_id {_IN} ORDER BY alias_key",
            {row[12] for row in rows if row[12]},
        )
        tags, collections = self._marked.of(ids), self._collections.of({row[1] for row in rows})
        return [
            _annotation_record(
                row,
                SPANS_JOINED.join(words.get(row[0], ())),
                (row[11], *aliases.get(row[12], ())) if row[11] else (),
                tags.get(row[0], ()),
                collections.get(row[1], ()),
            )
            for row in rows
        ]

    def _listed(self, sql: str, ids: Iterable[str]) -> dict[str, list[str]]:
        """What a statement lists for each of these owners, in its order."""
        found: dict[str, list[str]] = {}
        for owner, value in self._archive.rows(sql, (ids_json(ids),)):
            found.setdefault(owner, []).append(value)
        return found


class _Paths:
    """The paths of what records are linked to; the tree is read again only after a change."""

    def __init__(self, archive: Archive, tree: Tree, links: str, owner: str, node: str) -> None:
        self._archive, self._tree = archive, tree
        self._sql = f"SELECT {owner}, {node} FROM {links} WHERE {owner} {_IN}"
        self._moment: tuple[int, int] | None = None
        self._places: dict[str, tuple[int, str]] = {}

    def of(self, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Of each owner, the paths of its nodes in tree order. Call it within a snapshot."""
        linked = self._archive.rows(self._sql, (ids_json(ids),))
        if not linked:
            return {}
        self._read_tree()
        found: dict[str, list[tuple[int, str]]] = {}
        for owner_id, node_id in linked:
            if node_id in self._places:
                found.setdefault(owner_id, []).append(self._places[node_id])
        return {owner_id: tuple(path for _, path in sorted(ones)) for owner_id, ones in found.items()}

    def _read_tree(self) -> None:
        # SQLite's number tells of other connections' changes, its count of our own.
        moment = self._archive.data_version(), self._archive.connection.total_changes
        if moment != self._moment:
            nodes = self._tree.nodes(self._archive)
            self._places = {one.id: (place, one.path) for place, one in enumerate(nodes)}
            self._moment = moment


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
    words: str,
    speakers: tuple[str, ...],
    tags: tuple[str, ...],
    collections: tuple[str, ...],
) -> IndexRecord:
    annotation_id, article_id, kind, note, said_at, created_at, title, publisher, language = row[:9]
    published_at, read_state, _, _, statement, verdict = row[9:]
    return IndexRecord(
        key=ANNOTATION + annotation_id,
        kind=kind,
        article_id=article_id,
        title=title or "",
        text=words,
        annotation_id=annotation_id,
        note=note,
        claim=statement or "",
        tags=tags,
        speakers=speakers,
        outlet=publisher or "",
        language=language or "",
        date=said_at or published_at or "",
        added=created_at,
        read_state=read_state,
        verdict=verdict or "",
        collections=collections,
    )


def texts(archive: Archive, article_ids: Iterable[str]) -> dict[str, str]:
    """The canonical texts that these articles are read in, for snippets."""
    rows = archive.rows(
        f"SELECT a.id, c.text FROM articles a JOIN captures c ON c.id = a.current_capture WHERE a.id {_IN}",
        (ids_json(article_ids),),
    )
    return dict(rows)
