"""The tag tree, its links to articles and annotations, and its counts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal

from desktop.core.errors import NotFound
from desktop.core.records import Tag
from desktop.core.sortkeys import name_key
from desktop.core.times import now
from desktop.store.archive import Archive
from desktop.store.trees import TAGS, ids_json, parts_of

Link = Literal["article", "annotation"]

# What is in the trash, or belongs to what is.
_TRASHED = {
    "article": "SELECT id FROM articles WHERE trashed_at IS NOT NULL",
    "annotation": "SELECT id FROM annotations WHERE trashed_at IS NOT NULL UNION SELECT id FROM annotations "
    "WHERE article_id IN (SELECT id FROM articles WHERE trashed_at IS NOT NULL)",
}


def all_tags(archive: Archive) -> list[Tag]:
    """All tags, each after its parent, siblings in alphabetical order."""
    with archive.snapshot():
        nodes, rows = TAGS.nodes(archive), archive.rows("SELECT id, colour, description FROM tags")
    more = {tag_id: (colour, description) for tag_id, colour, description in rows}
    return [Tag(node.id, node.name, node.path, node.parent_id, *more[node.id]) for node in nodes]


def tag(archive: Archive, tag_id: str) -> Tag:
    """One tag.

    Raises:
        NotFound
    """
    found = next((one for one in all_tags(archive) if one.id == tag_id), None)
    if found is None:
        raise NotFound("tag", tag_id)
    return found


def find_tag(archive: Archive, path: str) -> Tag | None:
    """The tag at a path, or the one that a merge left this path to."""
    found = find_id(archive, path)
    return tag(archive, found) if found else None


def find_id(archive: Archive, path: str) -> str | None:
    if found := TAGS.find(archive, path):
        return found
    alias: str | None = archive.value(
        "SELECT tag_id FROM tag_aliases WHERE alias_key = ? ORDER BY tag_id", (_alias_key(path),)
    )
    return alias


def make_tag(archive: Archive, path: str) -> str:
    """The id of the tag at ``path``, made with its ancestors where it is missing.

    Raises:
        ValueError: There is no name in ``path``.
    """
    parts_of(path)
    return find_id(archive, path) or TAGS.make(archive, path)


def tag_counts(archive: Archive) -> dict[str, tuple[int, int]]:
    """Of each tag itself, how many live articles and how many live annotations carry it."""
    with archive.snapshot():
        articles = _counts(archive, "article")
        annotations = _counts(archive, "annotation")
    return {one: (articles.get(one, 0), annotations.get(one, 0)) for one in articles | annotations}


def _counts(archive: Archive, link: Link) -> dict[str, int]:
    """Counted on the index of the links alone; what is in the trash is few and is subtracted."""
    every: dict[str, int] = dict(archive.rows(f"SELECT tag_id, count(*) FROM {link}_tags GROUP BY tag_id"))
    hidden = archive.rows(
        f"SELECT tag_id, count(*) FROM {link}_tags WHERE {link}_id IN ({_TRASHED[link]}) GROUP BY tag_id"
    )
    for tag_id, count in hidden:
        every[tag_id] -= count
    return {tag_id: count for tag_id, count in every.items() if count}


def branch_counts(archive: Archive) -> dict[str, int]:
    """Of each tag with its branches, how many live articles and annotations it gathers, each once."""
    with archive.snapshot():
        counts = Counter({one: sum(both) for one, both in tag_counts(archive).items()})
        articles, annotations = _gathered(archive, "article"), _gathered(archive, "annotation")
    return counts | (articles + annotations)


def _gathered(archive: Archive, link: Link) -> Counter[str]:
    """The same for records of one kind, and only for tags that have branches: it costs more."""
    return Counter(
        dict(
            archive.rows(
                "WITH RECURSIVE above (id, ancestor) AS ("
                "SELECT id, parent_id FROM tags WHERE parent_id IS NOT NULL UNION "
                "SELECT above.id, parent_id FROM above JOIN tags t ON t.id = ancestor "
                "WHERE parent_id IS NOT NULL), gathered (ancestor, record) AS ("
                f"SELECT ancestor, {link}_id FROM above JOIN {link}_tags l ON l.tag_id = above.id UNION "
                f"SELECT tag_id, {link}_id FROM {link}_tags WHERE tag_id IN (SELECT ancestor FROM above)) "
                f"SELECT ancestor, count(*) FROM gathered WHERE record NOT IN ({_TRASHED[link]}) "
                "GROUP BY ancestor"
            )
        )
    )


def tags_of_article(archive: Archive, article_id: str) -> list[Tag]:
    """The tags an article itself carries, in tree order."""
    rows = archive.rows("SELECT tag_id FROM article_tags WHERE article_id = ?", (article_id,))
    ids = {row[0] for row in rows}
    return [one for one in all_tags(archive) if one.id in ids] if ids else []


def tag_ids_of_articles(archive: Archive, ids: Iterable[str]) -> dict[str, list[str]]:
    """The ids of the tags that each of these articles carries; articles without are left out."""
    found: dict[str, list[str]] = {}
    for article_id, tag_id in archive.rows(
        "SELECT article_id, tag_id FROM article_tags JOIN tags ON tags.id = tag_id "
        "WHERE article_id IN (SELECT value FROM json_each(?)) ORDER BY name_sort, tag_id",
        (ids_json(ids),),
    ):
        found.setdefault(article_id, []).append(tag_id)
    return found


def pinned(archive: Archive) -> list[Tag]:
    """The pinned tags in the order of their places, for the digit keys."""
    places: dict[str, int] = dict(archive.rows("SELECT id, pinned FROM tags WHERE pinned IS NOT NULL"))
    return sorted((one for one in all_tags(archive) if one.id in places), key=lambda one: places[one.id])


def at_pin(archive: Archive, place: int | None) -> list[str]:
    """The ids of the tags at this place; none for no place."""
    rows = archive.rows("SELECT id FROM tags WHERE pinned = ? ORDER BY id", (place,))
    return [row[0] for row in rows]


def aliases(archive: Archive, tag_id: str) -> list[str]:
    """Paths of tags that were merged into this one."""
    rows = archive.rows("SELECT alias FROM tag_aliases WHERE tag_id = ? ORDER BY alias_key", (tag_id,))
    return [row[0] for row in rows]


def link(archive: Archive, kind: Link, ids: Iterable[str], tag_id: str) -> None:
    """Put a tag on records; those that carry it already are untouched."""
    archive.write(
        f"INSERT INTO {kind}_tags ({kind}_id, tag_id) SELECT value, ? FROM json_each(?) "
        "WHERE true ON CONFLICT DO NOTHING",
        (tag_id, ids_json(ids)),
    )


def unlink(archive: Archive, kind: Link, ids: Iterable[str], tag_id: str) -> None:
    archive.write(
        f"DELETE FROM {kind}_tags WHERE tag_id = ? AND {kind}_id IN (SELECT value FROM json_each(?))",
        (tag_id, ids_json(ids)),
    )


def set_fields(archive: Archive, tag_id: str, fields: Mapping[str, object]) -> None:
    """Set ``colour``, ``description`` or ``pinned``."""
    for name, value in fields.items():
        if name not in ("colour", "description", "pinned"):
            raise ValueError(f"no such field: {name}")
        archive.write(
            f"UPDATE tags SET {name} = ?, updated_at = ? WHERE id = ? AND {name} IS NOT ?",
            (value, now(), tag_id, value),
        )


def absorb(archive: Archive, keep: str, absorbed: str) -> None:
    """Let ``keep`` take over the links, the children, the aliases and the path of ``absorbed``.

    Children that ``keep`` has a namesake of are absorbed into it in turn.
    """
    path = tag(archive, absorbed).path
    for kind in ("article", "annotation"):
        archive.write(
            f"INSERT INTO {kind}_tags ({kind}_id, tag_id) SELECT {kind}_id, ? FROM {kind}_tags "
            "WHERE tag_id = ? ON CONFLICT DO NOTHING",
            (keep, absorbed),
        )
    # Its name is free from now on, for a child of that name, too: a/b/b takes the place of a/b.
    archive.write("UPDATE tags SET name_key = id WHERE id = ?", (absorbed,))
    for child, name in archive.rows("SELECT id, name FROM tags WHERE parent_id = ?", (absorbed,)):
        if namesake := TAGS.child(archive, keep, name):
            absorb(archive, namesake, child)
        else:
            TAGS.move(archive, child, keep)
    archive.write(
        "INSERT INTO tag_aliases (tag_id, alias_key, alias) SELECT ?, alias_key, alias FROM tag_aliases "
        "WHERE tag_id = ? ON CONFLICT DO NOTHING",
        (keep, absorbed),
    )
    archive.write(
        "INSERT INTO tag_aliases (tag_id, alias_key, alias) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (keep, _alias_key(path), path),
    )
    archive.write("DELETE FROM tags WHERE id = ?", (absorbed,))


def remove(archive: Archive, tag_id: str) -> None:
    """Delete a tag with its descendants and all their links."""
    for one in reversed(TAGS.below(archive, tag_id)):
        archive.write("DELETE FROM tags WHERE id = ?", (one,))


def _alias_key(path: str) -> str:
    return "/".join(name_key(part) for part in path.split("/") if part.strip())
