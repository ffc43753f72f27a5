"""Random operations as people do them, and dumps of an archive to compare."""

import random
from collections.abc import Callable

from desktop.core.errors import NameTaken, TagCycle
from desktop.core.ids import new_id
from desktop.core.records import COLOURS, AnnotationKind
from desktop.operations import claims, frozen, library, marking, people, saved_searches, tagging
from desktop.store.archive import Archive
from desktop.store.frozen import FoundList
from desktop.store.history import operation
from tests.archives import add

# Untracked on purpose; everything else in the file belongs to the state that undo restores.
NO_STATE = {
    "history",
    "history_rows",
    "history_now",
    "index_marks",
    "captures",
    "originals",
    "sqlar",
    "frozen_lists",
    "search_looks",
    "meta",
    "_sqlite_migrations",
}
NAMES = ["Дрон", "дроны", "Tag", "tag ", "ゼレンスキー", "a😀", "Ёж"]
Random = random.Random
State = dict[str, list[tuple]]


def state(archive: Archive) -> State:
    """All rows of all tables with a history, found in the file itself; without ``updated_at``."""
    found: State = {}
    for (table,) in archive.rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
        if table not in NO_STATE and not table.startswith("sqlite_"):
            info = archive.rows(f"PRAGMA table_xinfo({table})")
            names = ", ".join(f'"{row[1]}"' for row in info if row[1] != "updated_at")
            found[table] = sorted(archive.rows(f"SELECT {names} FROM {table}"), key=repr)
    return found


def assert_same(archive: Archive, expected: State) -> None:
    """The archive is in this state, but for articles in the trash whose import was undone."""
    found = state(archive)
    known = {row[0] for row in expected["articles"]}
    left_over = {row[0] for row in found["articles"]} - known
    assert set(ids(archive, "articles", "trashed_at IS NULL")).isdisjoint(left_over)
    found["articles"] = [row for row in found["articles"] if row[0] in known]
    assert found == expected


def ids(archive: Archive, table: str, where: str = "true") -> list[str]:
    return [row[0] for row in archive.rows(f"SELECT id FROM {table} WHERE {where} ORDER BY id")]


def some(r: Random, found: list[str]) -> list[str]:
    return r.sample(found, r.randint(1, len(found))) if found else []


def one(r: Random, found: list[str]) -> str | None:
    return r.choice(found) if found else None


def import_article(archive: Archive, r: Random) -> None:
    add(archive, f"Заголовок {r.randrange(99)}\nтекст со словами {r.random()} и 😀 ещё")


def mark(archive: Archive, r: Random) -> None:
    if article := one(r, ids(archive, "articles", "trashed_at IS NULL")):
        start = r.randrange(10)
        marking.mark(
            archive,
            article,
            r.choice(list(AnnotationKind)),
            [(start, start + 3), (start + 5, start + 9)][: r.randint(1, 2)],
            note=r.choice(["", "\x00n", "Ж"]),
            speaker=r.choice([None, *NAMES]),
            claim=r.choice([None, *NAMES]),
            tags=r.sample(["a", "a/b", "c/d/e", "a/b/Ё"], r.randrange(3)),
        )


def edit_mark(archive: Archive, r: Random) -> None:
    if mark_id := one(r, ids(archive, "annotations")):
        fields = {
            "kind": r.choice(list(AnnotationKind)),
            "colour": r.choice([None, *COLOURS]),
            "note": r.choice(["", "x"]),
            "speaker": r.choice([None, *NAMES]),
            "claim": r.choice([None, *NAMES]),
            "stance": r.choice([None, "disputes"]),
        }
        marking.edit(archive, mark_id, **dict(r.sample(sorted(fields.items()), r.randint(1, 3))))


def move_mark(archive: Archive, r: Random) -> None:
    if mark_id := one(r, ids(archive, "annotations")):
        marking.move(archive, mark_id, [(0, r.randint(1, 9))])


def remove_marks(archive: Archive, r: Random) -> None:
    marking.remove(archive, some(r, ids(archive, "annotations")))


def restore_marks(archive: Archive, r: Random) -> None:
    marking.restore(archive, some(r, ids(archive, "annotations")))


def tag(archive: Archive, r: Random) -> None:
    tagging.tag_articles(archive, some(r, ids(archive, "articles")), r.choice(["a", "a/b", "Ё"]))
    tagging.tag_annotations(archive, some(r, ids(archive, "annotations")), r.choice(["a", "c/d"]))


def untag(archive: Archive, r: Random) -> None:
    if tag_id := one(r, ids(archive, "tags")):
        tagging.untag_annotations(archive, some(r, ids(archive, "annotations")), tag_id)
        tagging.untag_articles(archive, some(r, ids(archive, "articles")), tag_id)


def change_tag(archive: Archive, r: Random) -> None:
    tags = ids(archive, "tags")
    if tag_id := one(r, tags):
        r.choice(
            [
                lambda: tagging.rename_tag(archive, tag_id, r.choice(NAMES)),
                lambda: tagging.move_tag(archive, tag_id, r.choice([None, *tags])),
                lambda: tagging.merge_tags(archive, tag_id, some(r, tags)[:2]),
                lambda: tagging.delete_tag(archive, tag_id),
                lambda: tagging.set_tag_colour(archive, tag_id, r.choice([None, *COLOURS])),
                lambda: tagging.pin_tag(archive, tag_id, r.choice([None, 1, 2])),
                lambda: tagging.describe_tag(archive, tag_id, r.choice(["", "d"])),
            ]
        )()


def change_person(archive: Archive, r: Random) -> None:
    everybody = ids(archive, "people")
    if person := one(r, everybody):
        r.choice(
            [
                lambda: people.edit_person(archive, person, name=r.choice(NAMES), note=r.choice(["", "n"])),
                lambda: people.add_alias(archive, person, r.choice(NAMES)),
                lambda: people.remove_alias(archive, person, r.choice(NAMES)),
                lambda: people.merge_people(archive, person, some(r, everybody)),
                lambda: people.delete_person(archive, person),
            ]
        )()


def change_claim(archive: Archive, r: Random) -> None:
    if claim := one(r, ids(archive, "claims")):
        r.choice(
            [
                lambda: claims.edit_claim(archive, claim, verdict=r.choice(["open", "refuted"])),
                lambda: claims.edit_claim(archive, claim, statement=r.choice(NAMES), note="n"),
                lambda: claims.delete_claim(archive, claim),
            ]
        )()


def change_articles(archive: Archive, r: Random) -> None:
    chosen = some(r, ids(archive, "articles"))
    r.choice(
        [
            lambda: library.set_read_state(archive, chosen, r.choice(["unread", "reading", "read"])),
            lambda: library.edit_metadata(archive, chosen, publisher=r.choice([None, *NAMES])),
            lambda: library.edit_metadata(archive, chosen, byline=r.sample(NAMES, 2), note="n"),
            lambda: library.trash(archive, chosen),
            lambda: library.restore(archive, chosen),
        ]
    )()


def change_collections(archive: Archive, r: Random) -> None:
    library.create_collection(archive, r.choice(["A", "A/B", "C"]))
    every = ids(archive, "collections")
    collection, articles = r.choice(every), some(r, ids(archive, "articles"))
    r.choice(
        [
            lambda: library.rename_collection(archive, collection, r.choice(NAMES)),
            lambda: library.move_collection(archive, collection, r.choice([None, *every])),
            lambda: library.delete_collection(archive, collection),
            lambda: library.add_to_collection(archive, collection, articles),
            lambda: library.remove_from_collection(archive, collection, articles),
        ]
    )()


def change_searches(archive: Archive, r: Random) -> None:
    saved_searches.save_search(archive, r.choice(NAMES), r.choice(["a", "b"]))
    if search := one(r, ids(archive, "saved_searches")):
        if r.random() < 0.5:
            saved_searches.rename_search(archive, search, r.choice(NAMES))
        else:
            saved_searches.delete_search(archive, search)


def freeze_searches(archive: Archive, r: Random) -> None:
    marks = dict(archive.rows("SELECT id, article_id FROM annotations"))
    found = FoundList(frozenset(some(r, ids(archive, "articles"))), marks)
    frozen.freeze(archive, r.choice(NAMES), frozen.Asked("a", "a", "1", 1, found))
    if kept := one(r, ids(archive, "frozen_searches")):
        if r.random() < 0.5:
            frozen.rename_frozen(archive, kept, r.choice(NAMES))
        else:
            frozen.delete_frozen(archive, kept)


def relate(archive: Archive, r: Random) -> None:
    marks = ids(archive, "annotations")
    with operation(archive, "Relate"):
        if len(marks) > 1:
            archive.write(
                "INSERT INTO relations (id, source_id, target_id, kind, created_at) VALUES (?, ?, ?, ?, ?)",
                (new_id(), *r.sample(marks, 2), "supports", "now"),
            )


def purge_rows(archive: Archive, r: Random) -> None:
    """Rows that are deleted outright, with a cascade over spans, tags and relations."""
    with operation(archive, "Delete rows"):
        for mark_id in some(r, ids(archive, "annotations"))[:3]:
            archive.write("DELETE FROM annotations WHERE id = ?", (mark_id,))


def replace_rows(archive: Archive, r: Random) -> None:
    """REPLACE removes a row without a DELETE of ours: its triggers must fire all the same."""
    with operation(archive, "Replace"):
        archive.write(
            "INSERT OR REPLACE INTO saved_searches (id, name, name_key, name_sort, query, updated_at) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (f"S{r.randrange(2)}", "n", f"k{r.randrange(2)}", "n", str(r.randrange(4)), "now"),
        )


def nothing(archive: Archive, r: Random) -> None:
    library.set_read_state(archive, [], "read")


OPERATIONS: list[Callable[[Archive, Random], None]] = [
    import_article,
    mark,
    mark,
    edit_mark,
    move_mark,
    remove_marks,
    restore_marks,
    tag,
    untag,
    change_tag,
    change_tag,
    change_person,
    change_claim,
    change_articles,
    change_collections,
    change_searches,
    freeze_searches,
    relate,
    purge_rows,
    replace_rows,
    nothing,
]
REFUSED = (NameTaken, TagCycle)
