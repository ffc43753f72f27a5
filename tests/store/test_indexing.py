"""Whatever a record shows marks the record when it changes, and only that."""

import pytest

from desktop.core.document import Metadata
from desktop.operations import claims as claim_operations
from desktop.operations import library, marking, tagging
from desktop.operations import people as people_operations
from desktop.store import articles, claims, collections, people, tags
from desktop.store.archive import open_archive
from desktop.store.history import redo, undo
from desktop.store.indexing import ArchiveIndexSource, texts
from tests.archives import DRONES, FLOOD, add


@pytest.fixture
def source(archive):
    return ArchiveIndexSource(archive)


@pytest.fixture
def quote(archive, flood) -> str:
    changes = marking.mark(
        archive, flood, "quote", [(0, 4)], speaker="Иван", tags=["вода/паводок"], note="n", said_at="2026-01"
    )
    (annotation_id,) = changes.annotations
    return annotation_id


def changed(source, do) -> set[str]:
    """The keys that an operation marks."""
    before = source.head().seq
    do()
    return {change.key for change in source.changes(before, 1000)}


def test_an_article_as_a_record(archive, source):
    text_id = add(
        archive, FLOOD, publisher="Вести", language="ru", published_at="2026-03-01", byline=("Анна К.",)
    )
    tagging.tag_articles(archive, [text_id], "вода/паводок")
    library.create_collection(archive, "Весна/Март")
    march = collections.find_collection(archive, "весна/март")
    library.add_to_collection(archive, march.id, [text_id])
    library.edit_metadata(archive, [text_id], note="проверить")
    record = source.records([f"a:{text_id}"])[f"a:{text_id}"]
    assert (record.kind, record.article_id, record.text) == ("article", text_id, FLOOD)
    assert record.title == "Вода поднялась на два метра"
    assert (record.tags, record.collections) == (("вода/паводок",), ("Весна/Март",))
    assert (record.outlet, record.language, record.date) == ("Вести", "ru", "2026-03-01")
    assert (record.speakers, record.note, record.read_state) == (("Анна К.",), "проверить", "unread")
    assert texts(archive, [text_id]) == {text_id: FLOOD}


def test_an_annotation_as_a_record(archive, source, flood, quote):
    marking.edit(archive, quote, claim="Вода поднялась", kind="claim")
    person = people.find_person(archive, "Иван")
    people_operations.add_alias(archive, person.id, "Ivan")
    claim_operations.edit_claim(archive, claims.all_claims(archive)[0].id, verdict="supported")
    record = source.records([f"n:{quote}"])[f"n:{quote}"]
    assert (record.kind, record.article_id, record.annotation_id) == ("claim", flood, quote)
    assert (record.text, record.note, record.claim) == ("Вода", "n", "Вода поднялась")
    assert (record.title, record.outlet) == ("Вода поднялась на два метра", "Вести")
    assert record.speakers == ("Иван", "Ivan")
    assert record.tags == ("вода/паводок",)
    assert (record.date, record.verdict) == ("2026-01", "supported")


def test_each_kind_of_change_marks_who_shows_it(archive, source, flood, quote):
    article, mark = f"a:{flood}", f"n:{quote}"
    person = people.find_person(archive, "Иван").id
    tag = tags.find_tag(archive, "вода").id
    edit = library.edit_metadata
    assert changed(source, lambda: marking.edit(archive, quote, note="x")) == {mark}
    assert changed(source, lambda: marking.move(archive, quote, [(5, 9)])) == {mark}
    assert changed(source, lambda: tagging.tag_annotations(archive, [quote], "b")) == {mark}
    assert changed(source, lambda: tagging.tag_articles(archive, [flood], "вода/паводок")) == {article}
    assert changed(source, lambda: tagging.rename_tag(archive, tag, "Воды")) == {article, mark}
    assert changed(source, lambda: tagging.set_tag_colour(archive, tag, "red")) == set()
    assert changed(source, lambda: people_operations.edit_person(archive, person, name="Пётр")) == {mark}
    assert changed(source, lambda: people_operations.add_alias(archive, person, "Petr")) == {mark}
    assert changed(source, lambda: people_operations.edit_person(archive, person, note="z")) == set()
    assert changed(source, lambda: edit(archive, [flood], publisher="Новости")) == {article, mark}
    assert changed(source, lambda: library.set_read_state(archive, [flood], "read")) == {article, mark}
    assert changed(source, lambda: library.trash(archive, [flood])) == {article, mark}
    assert changed(source, lambda: undo(archive)) == {article, mark}
    assert changed(source, lambda: marking.remove(archive, [quote])) == {mark}


def test_claims_and_collections_mark_who_shows_them(archive, source, flood, quote):
    article, mark = f"a:{flood}", f"n:{quote}"
    assert changed(source, lambda: marking.edit(archive, quote, claim="c")) == {mark}
    claim = claims.all_claims(archive)[0].id
    assert changed(source, lambda: claim_operations.edit_claim(archive, claim, verdict="refuted")) == {mark}
    assert changed(source, lambda: claim_operations.delete_claim(archive, claim)) == {mark}
    library.create_collection(archive, "a/b")
    outer, inner = (collections.find_collection(archive, path).id for path in ("a", "a/b"))
    assert changed(source, lambda: library.add_to_collection(archive, inner, [flood])) == {article, mark}
    assert changed(source, lambda: library.rename_collection(archive, outer, "A1")) == {article, mark}
    assert changed(source, lambda: library.delete_collection(archive, outer)) == {article, mark}
    assert changed(source, lambda: undo(archive)) == {article, mark}
    assert changed(source, lambda: redo(archive)) == {article, mark}


def test_an_outer_conflict_clause_does_not_lose_the_mark(archive, source, flood, quote):
    statement = "UPDATE OR IGNORE annotations SET note = 'shell' WHERE id = ?"
    assert changed(source, lambda: archive.run(statement, (quote,))) == {f"n:{quote}"}


def test_many_edits_of_one_record_leave_one_mark(archive, source, flood, quote):
    before = source.head().seq
    for number in range(5):
        marking.edit(archive, quote, note=f"note {number}")
    assert len(source.changes(before, 10)) == 1


def test_trashed_things_do_not_exist(archive, source, flood, quote):
    assert source.count() == 2
    assert source.keys("", 10) == [f"a:{flood}", f"n:{quote}"]
    library.trash(archive, [flood])
    assert source.count() == 0
    assert source.keys("", 10) == []
    assert source.records([f"a:{flood}", f"n:{quote}"]) == {}
    undo(archive)
    marking.remove(archive, [quote])
    assert (source.count(), source.keys("", 10)) == (1, [f"a:{flood}"])


def test_keys_are_paged_in_order(archive, source, flood, drones):
    ids = [
        f"n:{next(iter(marking.mark(archive, drones, 'note', [(n, n + 1)]).annotations))}" for n in range(5)
    ]
    every, after = [], ""
    while page := source.keys(after, 3):
        every += page
        after = page[-1]
    assert every == sorted([f"a:{flood}", f"a:{drones}"]) + sorted(ids)
    assert source.count() == len(every)


def test_the_head_tells_a_restored_backup(archive, source, flood):
    head = source.head()
    assert (head.archive_id, head.chain) == (archive.id, source.chain_at(head.step))
    assert head.seq > 0
    assert source.chain_at(head.step + 1) is None


def test_an_empty_archive_has_a_head(source):
    head = source.head()
    assert (head.seq, head.step, head.chain) == (0, 0, "")
    assert source.chain_at(0) == ""


def test_an_article_without_facts_is_a_record(archive, source):
    nameless = add(archive, DRONES, title=None)
    archive_record = source.records([f"a:{nameless}"])[f"a:{nameless}"]
    assert (archive_record.title, archive_record.outlet, archive_record.date) == ("", "", "")
    assert articles.article(archive, nameless).metadata == Metadata()


def test_a_record_is_of_one_moment_though_others_write_between_two_looks(
    archive, archive_path, flood, quote, monkeypatch
):
    with open_archive(archive_path, read_only=True) as reader:
        looks, look = iter(range(100)), reader.rows

        def rows(*args):
            if next(looks) == 1:
                marking.remove(archive, [quote])
                library.empty_trash(archive)
            return look(*args)

        monkeypatch.setattr(reader, "rows", rows)
        source = ArchiveIndexSource(reader)
        assert source.records([f"n:{quote}"])[f"n:{quote}"].text == "Вода"
        assert source.records([f"n:{quote}"]) == {}


def test_a_renamed_tag_is_read_anew_whoever_renamed_it(archive, archive_path, source, flood):
    tagging.tag_articles(archive, [flood], "вода/паводок")
    assert tags_shown(source, flood) == ("вода/паводок",)
    water = tags.find_tag(archive, "вода").id
    tagging.rename_tag(archive, water, "Реки")
    assert tags_shown(source, flood) == ("Реки/паводок",)
    with open_archive(archive_path) as other:
        tagging.rename_tag(other, water, "Моря")
    assert tags_shown(source, flood) == ("Моря/паводок",)


def tags_shown(source, article_id: str) -> tuple[str, ...]:
    return source.records([f"a:{article_id}"])[f"a:{article_id}"].tags
