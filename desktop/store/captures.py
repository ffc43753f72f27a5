"""Captures: every import of an article, with its canonical text. They never change."""

import hashlib
from collections.abc import Collection
from dataclasses import replace

from desktop.core.document import Document
from desktop.core.errors import ArchiveDamaged, NotFound
from desktop.core.ids import new_id
from desktop.core.records import Capture
from desktop.core.times import now
from desktop.store.archive import Archive, Row
from desktop.store.articles import article

_CAPTURE = (
    "id, article_id, text, layout, text_sha256, original, extractor, encoding, source, captured_at, partial"
)


def capture(archive: Archive, capture_id: str) -> Capture:
    """One capture.

    Raises:
        NotFound
    """
    row = archive.row(f"SELECT {_CAPTURE} FROM captures WHERE id = ?", (capture_id,))
    if row is None:
        raise NotFound("capture", capture_id)
    return _capture(row)


def capture_facts(archive: Archive, capture_id: str) -> Capture:
    """A capture with its text and layout left empty: of a book they take a while to read.

    Raises:
        NotFound
    """
    columns = _CAPTURE.replace("text, layout", "'', ''", 1)
    row = archive.row(f"SELECT {columns} FROM captures WHERE id = ?", (capture_id,))
    if row is None:
        raise NotFound("capture", capture_id)
    return _capture(row)


def _capture(row: Row) -> Capture:
    return replace(Capture(*row), partial=bool(row[-1]))


def captures_of(archive: Archive, article_id: str) -> list[Capture]:
    """All captures of an article, the oldest first."""
    rows = archive.rows(
        f"SELECT {_CAPTURE} FROM captures WHERE article_id = ? ORDER BY captured_at, id", (article_id,)
    )
    return [_capture(row) for row in rows]


def count_of(archive: Archive, article_id: str) -> int:
    """How many captures an article has, without reading their texts."""
    return int(archive.value("SELECT count(*) FROM captures WHERE article_id = ?", (article_id,)))


def current_capture(archive: Archive, article_id: str) -> Capture:
    """The capture that an article is read in.

    Raises:
        NotFound: There is no such article, or it has no capture.
    """
    capture_id = article(archive, article_id).current_capture
    if capture_id is None:
        raise NotFound("capture", article_id)
    return capture(archive, capture_id)


def document(archive: Archive, capture_id: str) -> Document:
    """A capture's blocks over its text, with its article's metadata.

    Raises:
        NotFound
        ArchiveDamaged: Layout and text do not fit each other.
    """
    found = capture(archive, capture_id)
    try:
        metadata = article(archive, found.article_id).metadata
        return Document.from_layout(found.text, found.layout, metadata)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise ArchiveDamaged(archive.path, f"capture {capture_id}: {error}") from error


def add_capture(
    archive: Archive,
    article_id: str,
    content: Document,
    *,
    original: str | None,
    extractor: str,
    encoding: str | None = None,
    source: str = "",
    partial: bool = False,
    captured_at: str = "",
) -> str:
    """Add a capture and return its id; it becomes current by ``articles.set_current_capture``.

    Args:
        original: SHA-256 of bytes already added by ``originals.add_original``.
        source: The path or URL it came from.
        partial: As ``records.Capture`` has it.
        captured_at: UTC ISO 8601; now where the source does not say.
    """
    capture_id, text = new_id(), content.text
    archive.run(
        f"INSERT INTO captures ({_CAPTURE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            capture_id,
            article_id,
            text,
            content.layout_json(),
            text_hash(text),
            original,
            extractor,
            encoding,
            source,
            captured_at or now(),
            int(partial),
        ),
    )
    return capture_id


def text_hash(text: str) -> str:
    """SHA-256 of the text in UTF-8, in lower-case hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def find_by_original(archive: Archive, sha256: str) -> str | None:
    """The article, not in the trash, that was made from these bytes."""
    found: str | None = archive.value(
        "SELECT a.id FROM captures c JOIN articles a ON a.id = c.article_id "
        "WHERE c.original = ? AND a.trashed_at IS NULL ORDER BY a.id",
        (sha256,),
    )
    return found


def find_trashed_by_original(archive: Archive, sha256: str) -> str | None:
    """The article in the trash that was made from these bytes; the one thrown away last."""
    found: str | None = archive.value(
        "SELECT a.id FROM captures c JOIN articles a ON a.id = c.article_id "
        "WHERE c.original = ? AND a.trashed_at IS NOT NULL ORDER BY a.trashed_at DESC, a.id",
        (sha256,),
    )
    return found


def articles_at(archive: Archive, addresses: Collection[str], beginnings: Collection[str] = ()) -> list[str]:
    """The articles, not in the trash, with one of the addresses, or with one that begins so.

    Those with an address that was named earlier come first, then the oldest.
    """
    found: list[str] = []
    for where, values in (
        *(("url = ?", (url,)) for url in addresses),
        *(("url >= ? AND url < ?", (one, f"{one}\U0010ffff")) for one in beginnings),
    ):
        rows = archive.rows(
            f"SELECT id FROM articles WHERE {where} AND trashed_at IS NULL ORDER BY id", values
        )
        found += (row[0] for row in rows)
    return list(dict.fromkeys(found))


def articles_named(archive: Archive, identifier: str) -> list[str]:
    """The articles, not in the trash, with this identifier; the oldest first."""
    rows = archive.rows(
        "SELECT id FROM articles WHERE identifier = ? AND trashed_at IS NULL ORDER BY id", (identifier,)
    )
    return [row[0] for row in rows]
