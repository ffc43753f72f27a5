"""The archive's own checks, and its index beside it: what differs is told, and what to do."""

from dataclasses import replace

import pytest

from desktop import paths
from desktop.core.errors import Cancelled
from desktop.core.progress import Progress
from desktop.operations import library, marking, verifying
from desktop.operations.indexing import index_now
from desktop.operations.verifying import verify
from desktop.search import builder, follower, schema, writer
from desktop.search.writer import BatchWriter, open_index, read_state
from desktop.store.indexing import ArchiveIndexSource


@pytest.fixture
def indexed(archive, archive_path, flood, drones):
    """An archive with two articles and a quote, and its index."""
    marking.mark(archive, flood, "quote", [(0, 4)], speaker="Иван", tags=["вода/паводок"], note="важно")
    index_now(archive_path)
    return archive


def records(archive):
    source = ArchiveIndexSource(archive)
    return source.records(source.keys("", 100))


def change_index(archive, *, removed=(), added=()) -> None:
    """As only a fault of the program could."""
    opened = open_index(paths.index_dir(archive.id))
    with BatchWriter(opened) as changing:
        changing.remove(removed)
        changing.add(added)
        changing.commit(read_state(opened.schema))


def index_findings(archive, **options) -> list[tuple[str, str, bool]]:
    found = verify(archive, **options)
    assert found.archive == []
    return [(one.record, one.detail, one.serious) for one in found.index]


def test_an_index_that_agrees(indexed):
    told = []
    verified = verify(indexed, Progress(lambda done, total, what: told.append((done, total, what))))
    assert (verified.findings, verified.indexed, verified.records) == ([], 3, 3)
    assert told[-1] == (3, 3, "index")
    assert verify(indexed, thorough=True).findings == []


def test_no_index_is_no_damage(archive, flood):
    ((_, detail, serious),) = index_findings(archive)
    assert not serious and "none yet" in detail
    assert verify(archive).indexed == 0


def test_being_behind_is_no_damage(indexed, flood, drones):
    marking.mark(indexed, drones, "note", [(0, 8)], note="later")
    library.trash(indexed, [flood])
    ((_, detail, serious),) = index_findings(indexed)
    assert not serious and "behind" in detail


def test_an_unfinished_build_is_behind(archive, archive_path, flood, drones, monkeypatch):
    monkeypatch.setattr(follower, "_FIRST_BATCH", 1)
    progress = Progress(lambda done, _total, _what: progress.cancel() if done else None)
    with pytest.raises(Cancelled):
        index_now(archive_path, progress)
    ((_, detail, serious),) = index_findings(archive)
    assert not serious and "behind by 1 record;" in detail


@pytest.mark.parametrize(
    ("fault", "said"),
    [("missing", "not found"), ("surplus", "the archive does not"), ("twice", "more than once")],
)
def test_records_that_differ_are_told(indexed, flood, fault, said):
    record = records(indexed)[f"a:{flood}"]
    if fault == "missing":
        change_index(indexed, removed=[record.key])
    elif fault == "twice":
        change_index(indexed, added=[record])
    else:
        change_index(indexed, added=[replace(record, key="a:none", article_id="none")])
    ((named, detail, serious),) = index_findings(indexed)
    assert serious and said in detail and "pressmark reindex" in detail
    assert named == ("article none" if fault == "surplus" else f"article {flood}")


@pytest.mark.parametrize(
    "fact", ["text", "note", "tags", "speakers", "title", "date", "collections", "read_state"]
)
def test_every_fact_of_a_record_is_compared(indexed, flood, fact):
    record = records(indexed)[f"a:{flood}"]
    other = ("иное",) if isinstance(getattr(record, fact), tuple) else "иное"
    change_index(indexed, removed=[record.key], added=[replace(record, **{fact: other})])
    ((named, detail, serious),) = index_findings(indexed)
    assert (named, serious) == (f"article {flood}", True) and "another state" in detail


def test_words_that_do_not_lead_back_are_told(indexed, flood, monkeypatch):
    """As if the builder had lost a word of a record that it noted rightly."""
    record = records(indexed)[f"a:{flood}"]
    digest = schema.digest_of(record)
    with monkeypatch.context() as patch:
        patch.setattr(schema, "digest_of", lambda _: digest)
        wrong = replace(record, text=record.text.replace("вышел", "вошёл"))
        change_index(indexed, removed=[record.key], added=[wrong])
    ((named, detail, serious),) = index_findings(indexed)
    assert (named, serious) == (f"article {flood}", True) and "“вышел”" in detail


@pytest.mark.parametrize("how", ["flip", "truncate", "delete", "folder"])
def test_a_damaged_file_is_told(indexed, how):
    (path,) = paths.index_dir(indexed.id).glob("*.seg")
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 4
    path.unlink()
    if how == "flip":
        path.write_bytes(data)
    elif how == "truncate":
        path.write_bytes(data[:100])
    elif how == "folder":
        path.mkdir()
    ((_, detail, serious),) = index_findings(indexed)
    assert serious and "pressmark reindex" in detail


def test_a_flipped_bit_in_the_contents_is_told(indexed):
    (path,) = paths.index_dir(indexed.id).glob("*.toc")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    ((_, detail, serious),) = index_findings(indexed)
    assert serious and "pressmark reindex" in detail


def test_an_index_of_another_version_is_no_damage(indexed, monkeypatch):
    monkeypatch.setattr(writer, "VERSION", "next")
    ((_, detail, serious),) = index_findings(indexed)
    assert not serious and "another version" in detail


def test_a_record_left_out_is_told(archive, archive_path, flood, drones, monkeypatch):
    real = builder.SegmentBuilder.add

    def add(self, record):
        if record.key == f"a:{drones}":
            raise ValueError("no such words")
        real(self, record)

    monkeypatch.setattr(builder.SegmentBuilder, "add", add)
    assert index_now(archive_path).indexed == 1
    ((named, detail, serious),) = index_findings(archive)
    assert (named, serious) == (f"article {drones}", False) and "no such words" in detail


def test_many_findings_of_a_kind_are_counted(indexed, flood, monkeypatch):
    monkeypatch.setattr(verifying, "_MOST", 1)
    change_index(indexed, removed=list(records(indexed)))
    one, rest = index_findings(indexed)
    assert one[2] and "2 more records" in rest[1]


def test_comparing_can_be_cancelled(indexed):
    progress = Progress(lambda _done, _total, what: progress.cancel() if what == "index" else None)
    with pytest.raises(Cancelled):
        verify(indexed, progress)
