"""The title of an archive and settings that travel with it; outside the history."""

from desktop.store.archive import Archive
from desktop.store.history import transaction

_FIXED = frozenset({"archive_id", "created_at", "sort_key_version"})


def title(archive: Archive) -> str:
    return setting(archive, "title") or archive.path.stem


def set_title(archive: Archive, text: str) -> None:
    set_setting(archive, "title", text)


def setting(archive: Archive, key: str) -> str | None:
    found: str | None = archive.value("SELECT value FROM meta WHERE key = ?", (key,))
    return found


def set_setting(archive: Archive, key: str, value: str | None) -> None:
    """Keep a setting in the archive; None removes it."""
    if key in _FIXED:
        raise ValueError(f"{key} never changes")
    with transaction(archive):
        if value is None:
            archive.run("DELETE FROM meta WHERE key = ?", (key,))
        else:
            archive.run(
                "INSERT INTO meta (key, value) VALUES (?, ?) "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (key, value),
            )
