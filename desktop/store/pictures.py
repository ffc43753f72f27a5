"""The pictures of captures, as the window shows them."""

from desktop.core.extraction import Picture
from desktop.store.archive import Archive
from desktop.store.originals import add_original


def add_pictures(archive: Archive, capture_id: str, found: tuple[Picture, ...]) -> None:
    """Keep them; the same picture of several captures is kept once."""
    for picture in found:
        archive.run(
            "INSERT INTO pictures (sha256, media_type, width, height, data) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT DO NOTHING",
            (picture.sha256, picture.media_type, picture.width, picture.height, picture.data),
        )
        if picture.original is not None:
            add_original(archive, picture.original)
        archive.run(
            "INSERT INTO capture_pictures (capture_id, src, picture, original) VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO NOTHING",
            (capture_id, picture.src, picture.sha256, picture.original and picture.original.sha256),
        )


def carry_pictures(archive: Archive, from_capture: str, to_capture: str) -> None:
    """Give a capture those pictures of another one that it lacks (files beside a page are read once)."""
    archive.run(
        "INSERT INTO capture_pictures (capture_id, src, picture, original) "
        "SELECT ?, src, picture, original FROM capture_pictures WHERE capture_id = ? ON CONFLICT DO NOTHING",
        (to_capture, from_capture),
    )


def picture_sizes(archive: Archive, capture_id: str) -> dict[str, tuple[int, int]]:
    """Width and height in pixels of each picture of a capture, by its ``Block.src``."""
    rows = archive.rows(
        "SELECT src, width, height FROM capture_pictures JOIN pictures ON picture = sha256 "
        "WHERE capture_id = ?",
        (capture_id,),
    )
    return {src: (width, height) for src, width, height in rows}


def read_picture(archive: Archive, capture_id: str, src: str) -> bytes | None:
    """The PNG or JPEG; None where the capture has no such picture."""
    found: bytes | None = archive.value(
        "SELECT data FROM capture_pictures JOIN pictures ON picture = sha256 "
        "WHERE capture_id = ? AND src = ?",
        (capture_id, src),
    )
    return found


def picture_originals(archive: Archive, capture_id: str) -> dict[str, str]:
    """The originals of pictures that were found beside a page (its folder, its server), by ``Block.src``."""
    rows = archive.rows(
        "SELECT src, original FROM capture_pictures WHERE capture_id = ? AND original IS NOT NULL",
        (capture_id,),
    )
    return dict(rows)
