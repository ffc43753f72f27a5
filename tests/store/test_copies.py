"""Copies of an archive: backups, subsets, export sets; and verification of all of them."""

import sqlite3

import pytest

from desktop.core.errors import ArchiveDamaged, Cancelled, ExportFailed
from desktop.core.progress import Progress
from desktop.core.selection import Chosen
from desktop.operations import library, marking, tagging
from desktop.store import annotations, articles, captures, claims, collections, originals, people, tags
from desktop.store.archive import open_archive
from desktop.store.backup import backup
from desktop.store.exportset import ArchiveExportSet
from desktop.store.history import undo_label
from desktop.store.stats import stats
from desktop.store.subset import write_subset
from desktop.store.verify import verify
from tests.archives import DRONES, FLOOD


@pytest.fixture
def marked(archive, flood, drones) -> tuple[str, str]:
    """A quote in each of two articles, with everything that can hang on one."""
    made = []
    for article_id, speaker, claim, tag in (
        (flood, "Губернатор", "Вода поднялась", "вода/паводок"),
        (drones, "Zelensky", "450 companies", "оборона/дроны"),
    ):
        changes = marking.mark(
            archive, article_id, "quote", [(0, 4)], speaker=speaker, claim=claim, tags=[tag], note=tag
        )
        made += changes.annotations
    library.create_collection(archive, "Весна/Март")
    march = collections.find_collection(archive, "весна/март")
    library.add_to_collection(archive, march.id, [flood])
    marking.edit(archive, made[0], note="secret that was deleted")
    marking.edit(archive, made[0], note="public")
    return made[0], made[1]


def test_a_backup_is_whole_and_opens_anywhere(archive, marked, tmp_path):
    copy = backup(archive, tmp_path / "new" / "Copy.pressmark")
    assert copy.read_bytes()[18] == 1  # not in WAL mode: opens in folders that cannot be written
    with open_archive(copy, read_only=True) as found:
        assert found.id == archive.id
        assert annotations.annotation(found, marked[0]) == annotations.annotation(archive, marked[0])
        assert verify(found) == []
        assert undo_label(found) == "Edit note"
    assert [one.name for one in copy.parent.iterdir()] == [copy.name]


def test_a_backup_replaces_a_file_but_never_the_archive(archive, archive_path, marked, tmp_path):
    target = tmp_path / "old.pressmark"
    target.write_text("old")
    backup(archive, target)
    with open_archive(target) as found:
        assert articles.count(found) == 2
    with pytest.raises(ExportFailed):
        backup(archive, archive_path)
    with pytest.raises(ExportFailed):
        backup(archive, tmp_path / "old.pressmark" / "below a file.pressmark")


def test_a_subset_holds_the_selection_and_nothing_else(archive, flood, marked, tmp_path):
    path = write_subset(archive, tmp_path / "Set.pressmark", Chosen((flood,)), title="Паводок")
    with open_archive(path) as found:
        assert not found.read_only
        assert found.id != archive.id
        assert articles.article_ids(found) == [flood]
        assert articles.article(found, flood) == articles.article(archive, flood)
        assert annotations.annotations_of(found, flood) == annotations.annotations_of(archive, flood)
        assert captures.captures_of(found, flood) == captures.captures_of(archive, flood)
        sha256 = captures.current_capture(found, flood).original
        assert originals.read_original(found, sha256) == FLOOD.encode()
        assert [person.name for person in people.all_people(found)] == ["Губернатор"]
        assert [claim.statement for claim in claims.all_claims(found)] == ["Вода поднялась"]
        assert [tag.path for tag in tags.all_tags(found)] == ["вода", "вода/паводок"]
        assert [one.path for one in collections.all_collections(found)] == ["Весна", "Весна/Март"]
        assert undo_label(found) is None
        assert verify(found) == []
        marking.mark(found, flood, "note", [(0, 3)])
        assert undo_label(found) == "Add note"
    content = path.read_bytes()
    for secret in ("secret that was deleted", "Zelensky", "450 companies", "оборона"):
        assert secret.encode() not in content


def test_a_subset_of_annotations_leaves_the_others_out(archive, flood, marked, tmp_path):
    (other,) = marking.mark(archive, flood, "claim", [(5, 14)], claim="Другое").annotations
    tagging.tag_articles(archive, [flood], "статья")
    chosen = Chosen((flood,), frozenset({other}))
    with open_archive(write_subset(archive, tmp_path / "Set.pressmark", chosen)) as found:
        assert [one.id for one in annotations.annotations_of(found, flood)] == [other]
        assert people.all_people(found) == []
        assert [tag.path for tag in tags.all_tags(found)] == ["статья"]


def test_trashed_records_are_not_handed_on(archive, flood, drones, marked, tmp_path):
    library.trash(archive, [drones])
    marking.remove(archive, [marked[0]])
    with open_archive(write_subset(archive, tmp_path / "S.pressmark", Chosen((flood, drones)))) as found:
        assert stats(found).articles == 1
        assert stats(found).annotations == {}


def test_a_subset_never_replaces_an_archive_in_use(archive, archive_path, flood):
    with pytest.raises(ExportFailed):
        write_subset(archive, archive_path, Chosen((flood,)))
    assert articles.count(archive) == 1


def test_a_stopped_subset_leaves_nothing(archive, flood, tmp_path):
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        write_subset(archive, tmp_path / "sub" / "S.pressmark", Chosen((flood,)), progress=progress)
    assert list((tmp_path / "sub").iterdir()) == []


def test_an_export_set_reads_one_article_at_a_time(archive, flood, drones, marked):
    tagging.tag_articles(archive, [drones], "оборона")
    chosen = ArchiveExportSet(archive, Chosen((drones, flood), frozenset({marked[0]})))
    first, second = chosen
    assert (len(chosen), chosen.title, chosen.archive_id) == (2, "Empty", archive.id)
    assert (first.article.id, first.tags, first.annotations) == (drones, ("оборона",), ())
    assert first.document.text == first.capture.text == DRONES
    assert [one.id for one in second.annotations] == [marked[0]]
    assert (second.original_name, len(second.original_sha256)) == ("file.txt", 64)
    assert chosen.vocabulary.people[second.annotations[0].speaker_id].name == "Губернатор"


def test_counts_and_sizes(archive, flood, marked):
    library.trash(archive, [flood])
    found = stats(archive)
    assert (found.articles, found.captures, found.originals, found.trashed) == (1, 2, 2, 1)
    assert (found.annotations, found.languages) == ({"quote": 1}, {"en": 1})
    assert (found.tags, found.people, found.claims, found.collections) == (4, 2, 2, 2)
    assert found.original_bytes == len(FLOOD.encode()) + len(DRONES.encode())
    assert found.file_bytes > 100_000


DAMAGE = {
    "captures": "UPDATE captures SET text = replace(text, 'два', 'три')",
    "originals": "UPDATE sqlar SET data = zeroblob(sz)",
    "anchors": "UPDATE annotation_spans SET start = start + 1",
    "history": "UPDATE history SET label = 'Nothing' WHERE step = 2",
    "replay": "DROP TRIGGER history_people_update; UPDATE people SET name = 'Иной'",
    "database": "PRAGMA ignore_check_constraints=on; UPDATE annotations SET mode = 'd,rect'",
    "schema": "DROP TRIGGER mark_claims_update",
    "foreign keys": "PRAGMA foreign_keys=off; DELETE FROM originals",
    "outside": "UPDATE people SET note = 'by hand'",
}


@pytest.mark.parametrize(("check", "damage"), DAMAGE.items())
def test_verification_finds_what_was_changed(archive_path, archive, marked, check, damage):
    assert verify(archive) == []
    archive.close()
    shell = sqlite3.connect(archive_path, isolation_level=None)
    shell.executescript(damage)
    shell.close()
    with open_archive(archive_path, read_only=True) as damaged:
        found = verify(damaged)
    assert check in {finding.check for finding in found}
    assert all(finding.serious == (finding.check != "outside") for finding in found)


def test_a_record_that_cannot_be_read_is_a_finding(archive, marked):
    archive.run("UPDATE history_rows SET after = '{\"a' WHERE seq = (SELECT max(seq) FROM history_rows)")
    found = {finding.check: finding.detail for finding in verify(archive)}
    assert "history" in found
    assert "cannot be read" in found["replay"]


def test_a_value_that_the_schema_forbids_is_damage(archive, flood, marked, tmp_path):
    archive.run("PRAGMA ignore_check_constraints=on")
    archive.run("UPDATE annotations SET mode = 'd,rect'")
    with pytest.raises(ArchiveDamaged):
        annotations.annotations_of(archive, flood)
    with pytest.raises(ArchiveDamaged):
        write_subset(archive, tmp_path / "part.pressmark", Chosen((flood,)))
    assert not (tmp_path / "part.pressmark").exists()


def test_a_missing_step_is_found_at_its_place(archive, marked):
    archive.run("DELETE FROM history WHERE step = 3")
    assert [one.record for one in verify(archive) if one.check == "history"] == ["step 4"]
