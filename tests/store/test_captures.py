"""Captures and originals: what was imported comes back as it was."""

import hashlib
import os
import shutil
import subprocess
import zlib
from dataclasses import replace

import pytest

from desktop.core.document import Document
from desktop.core.errors import ArchiveDamaged, NotFound
from desktop.core.extraction import Original
from desktop.operations import library
from desktop.store import captures, originals
from desktop.store.articles import article, set_current_capture
from desktop.store.history import operation, transaction
from tests.archives import DRONES, FLOOD, add, document, original


def test_a_document_comes_back_as_it_was(archive, drones):
    capture = captures.current_capture(archive, drones)
    found = captures.document(archive, capture.id)
    assert found.blocks == document(DRONES).blocks
    assert found.text == capture.text == DRONES
    assert found.metadata.publisher == "The Times"
    assert capture.text_sha256 == hashlib.sha256(DRONES.encode()).hexdigest()


def test_a_later_capture_becomes_current_and_the_older_stays(archive, flood):
    newer = Document.build(document(FLOOD + "\nДобавлено позже").blocks)
    with operation(archive, "Import") as step:
        capture_id = captures.add_capture(archive, flood, newer, original=None, extractor="text/1")
        set_current_capture(archive, flood, capture_id)
    assert step.changes.articles == {flood}
    assert captures.current_capture(archive, flood).text.endswith("позже")
    assert [one.text for one in captures.captures_of(archive, flood)] == [FLOOD, FLOOD + "\nДобавлено позже"]
    assert captures.count_of(archive, flood) == 2


def test_articles_are_found_by_bytes_and_address(archive):
    one = add(archive, FLOOD, url="https://example.org/1")
    sha256 = hashlib.sha256(FLOOD.encode()).hexdigest()
    assert captures.find_by_original(archive, sha256) == one
    assert captures.articles_at(archive, ["https://example.org/2", "https://example.org/1"]) == [one]
    assert captures.articles_at(archive, ["https://example.org/2", "https://example.org"]) == []
    assert captures.articles_at(archive, [], ["https://example.org"]) == [one]
    assert captures.articles_at(archive, [], ["https://example.org/1?"]) == []
    library.trash(archive, [one])
    assert captures.find_by_original(archive, sha256) is None
    assert captures.articles_at(archive, ["https://example.org/1"]) == []


def test_a_capture_that_is_not_there_is_told(archive):
    for missing in (captures.capture, captures.current_capture, captures.document):
        with pytest.raises(NotFound):
            missing(archive, "nobody")


def test_the_facts_of_a_capture_come_without_its_text(archive, drones):
    whole = captures.current_capture(archive, drones)
    assert captures.capture_facts(archive, whole.id) == replace(whole, text="", layout="")
    with pytest.raises(NotFound):
        captures.capture_facts(archive, "nothing")


def test_a_layout_that_does_not_fit_is_damage(archive, flood):
    capture = captures.current_capture(archive, flood)
    archive.run('UPDATE captures SET layout = \'[{"k": "paragraph", "n": 3}]\'')
    with pytest.raises(ArchiveDamaged):
        captures.document(archive, capture.id)


@pytest.mark.parametrize("data", [b"", b"x", b"compressible " * 1000, os.urandom(5000), bytes(range(256))])
def test_bytes_come_back_unchanged(archive, data):
    kept = original(data)
    with transaction(archive):
        originals.add_original(archive, kept)
        originals.add_original(archive, kept)
    assert originals.read_original(archive, kept.sha256) == data
    info = originals.original_info(archive, kept.sha256)
    assert (info.size, info.filename, info.media_type) == (len(data), "file.txt", "text/plain")
    assert archive.value("SELECT count(*) FROM sqlar") == 1


def test_no_foreign_path_gets_into_a_name(archive):
    odd = Original("0" * 64, 1, b"x", "text/plain", "/../../etc/passwd", "../x")
    with transaction(archive):
        originals.add_original(archive, odd)
    assert archive.value("SELECT name FROM sqlar") == f"originals/{'0' * 64}"
    with pytest.raises(ValueError), transaction(archive):
        originals.add_original(archive, Original("../x", 1, b"x", "", "", ""))


@pytest.mark.parametrize(
    "data",
    [zlib.compress(bytes(10**6)), zlib.compress(b"0123456789")[:-6], b"no zlib", zlib.compress(b"1234")],
)
def test_a_size_that_lies_is_damage(archive, data):
    with transaction(archive):
        originals.add_original(archive, Original("a" * 64, 10, data, "text/plain", "", ""))
    with pytest.raises(ArchiveDamaged):
        originals.read_original(archive, "a" * 64)


def test_bytes_that_are_not_there_are_told(archive):
    with pytest.raises(NotFound):
        originals.read_original(archive, "b" * 64)
    with pytest.raises(NotFound):
        originals.original_info(archive, "b" * 64)


@pytest.mark.skipif(not shutil.which("sqlite3"), reason="no sqlite3 shell here")
def test_the_sqlite_shell_unpacks_the_originals(archive, archive_path, flood, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    subprocess.run(["sqlite3", str(archive_path), "-Ax"], cwd=out, check=True)
    (file,) = (out / "originals").iterdir()
    assert file.read_text() == FLOOD
    assert file.stem == hashlib.sha256(FLOOD.encode()).hexdigest()


def test_metadata_comes_back_whole(archive):
    facts = {
        "byline": ("Анна К.", "AP"),
        "date_is_guess": True,
        "language_confidence": 870,
        "url": "https://example.org",
        "description": "о воде",
    }
    one = add(archive, FLOOD, **facts)
    assert article(archive, one).metadata == document(FLOOD, **facts).metadata
