"""Which records a step touched, read off the rows it recorded."""

import json
from typing import TYPE_CHECKING

from desktop.core.records import Changes

if TYPE_CHECKING:
    from desktop.store.archive import Archive, Row

# Of each table, which records a row of it belongs to: (field of Changes, place in its key).
_BELONGS = {
    "articles": (("articles", 0),),
    "article_tags": (("articles", 0),),
    "annotations": (("annotations", 0),),
    "annotation_spans": (("annotations", 0),),
    "annotation_tags": (("annotations", 0),),
    "claims": (("claims", 0),),
    "people": (("people", 0),),
    "people_aliases": (("people", 0),),
    "tags": (("tags", 0),),
    "tag_aliases": (("tags", 0),),
    "collections": (("collections", 0),),
    "collection_articles": (("collections", 0), ("articles", 1)),
    "saved_searches": (("searches", 0),),
    "frozen_searches": (("searches", 0),),
}
FIELDS = ("articles", "annotations", "tags", "people", "claims", "collections", "searches")


class Effects:
    """Collects the touched records of one step."""

    def __init__(self) -> None:
        self._found: dict[str, set[str]] = {field: set() for field in FIELDS}

    def note(self, row: "Row") -> None:
        """Take in one recorded row (seq, step, tbl, pk, before, after)."""
        _, _, table, pk, before, after = row
        key = json.loads(pk)
        for field, place in _BELONGS.get(table, ()):
            self._found[field].add(key[place])
        if table == "annotations" and (before is None or after is None):
            self._found["articles"].add(json.loads(before or after)["article_id"])
        if table == "relations":
            images = [json.loads(image) for image in (before, after) if image]
            self._found["annotations"] |= {
                image[end] for image in images for end in ("source_id", "target_id") if end in image
            }

    def changes(self, archive: "Archive", label: str, step: int) -> Changes:
        """The records, the articles of all touched annotations included."""
        articles = archive.rows(
            "SELECT DISTINCT article_id FROM annotations WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(self._found["annotations"])),),
        )
        self._found["articles"].update(row[0] for row in articles)
        return Changes(label, step, **{field: frozenset(ids) for field, ids in self._found.items()})


def together(label: str, parts: list[Changes]) -> Changes:
    """The changes of several steps that were taken as one."""
    united = {field: frozenset().union(*(getattr(part, field) for part in parts)) for field in FIELDS}
    return Changes(label, parts[-1].step, **united)
