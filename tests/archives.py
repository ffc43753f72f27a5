"""Archives for tests: an empty one, and a small one with real sentences in it."""

import hashlib
import shutil
import zlib
from pathlib import Path

import pytest

from desktop.core.document import Block, BlockKind, Document, Metadata
from desktop.core.extraction import Original
from desktop.store import articles, captures, originals
from desktop.store.archive import Archive, create_archive, open_archive
from desktop.store.history import operation

FLOOD = "Вода поднялась на два метра\nГубернатор сказал: «Мы эвакуируем всех», и вышел. Мы эвакуируем."
DRONES = "Zelensky visits Tokyo\n“We want a new page”, he said. About 450 companies make drones 🛩 in Ukraine."


@pytest.fixture(scope="session")
def empty_archive(tmp_path_factory) -> Path:
    """Migrated once; copied for each test."""
    path = tmp_path_factory.mktemp("archive") / "Empty.pressmark"
    create_archive(path).close()
    return path


@pytest.fixture
def archive_path(empty_archive, tmp_path) -> Path:
    return Path(shutil.copy(empty_archive, tmp_path / "Test.pressmark"))


@pytest.fixture
def archive(archive_path):
    with open_archive(archive_path) as opened:
        yield opened


@pytest.fixture
def flood(archive) -> str:
    return add(archive, FLOOD, publisher="Вести", language="ru", published_at="2026-03-01")


@pytest.fixture
def drones(archive) -> str:
    return add(archive, DRONES, publisher="The Times", language="en", published_at="2026-02-11T09:00:00Z")


def document(text: str, **metadata) -> Document:
    title, *lines = text.split("\n")
    blocks = [Block(BlockKind.HEADING, title, level=1), *(Block(BlockKind.PARAGRAPH, line) for line in lines)]
    return Document.build(blocks, Metadata(**{"title": title} | metadata))


def original(data: bytes, extension: str = ".txt", name: str = "file.txt") -> Original:
    packed = zlib.compress(data)
    kept = packed if len(packed) < len(data) else data
    return Original(hashlib.sha256(data).hexdigest(), len(data), kept, "text/plain", extension, name)


def add(archive: Archive, text: str, **metadata) -> str:
    """Import a text, as an operation of its own; the id of the article."""
    with operation(archive, "Import 1 article"):
        return add_within(archive, document(text, **metadata))


def add_within(archive: Archive, content: Document) -> str:
    kept = original(content.text.encode())
    originals.add_original(archive, kept)
    article_id = articles.add_article(archive, content.metadata)
    capture_id = captures.add_capture(
        archive,
        article_id,
        content,
        original=kept.sha256,
        extractor="text/1",
        encoding="utf-8",
        source="x.txt",
    )
    articles.set_current_capture(archive, article_id, capture_id)
    return article_id
