"""Writing a whole file beside its place, then moving it there."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from desktop.core import errors
from desktop.core.ids import new_id
from desktop.store.connection import translated


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A path to write to; when all went well it takes the place of ``target``, else it vanishes.

    Raises:
        ExportFailed: The folder cannot be made or written.
        DiskFull
    """
    fresh = target.with_name(f".{target.name}.{new_id()}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with translated(target):
            yield fresh
        fresh.replace(target)
    except OSError as error:
        raise errors.ExportFailed(target, str(error)) from error
    except errors.ArchiveReadOnly as error:
        raise errors.ExportFailed(target, error.detail) from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
