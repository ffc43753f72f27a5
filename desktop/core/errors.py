"""What can go wrong in the world outside, one small class each, carrying data and no wording.

The sentences people read are made from these in ``desktop.core.sentences``. Faults of our own
are not listed here: they are ordinary Python exceptions and end in a report.
"""

from pathlib import Path


class PressmarkError(Exception):
    """Something expected that a person should be told about in a sentence."""


class ArchiveError(PressmarkError):
    """Something about one archive file."""

    def __init__(self, path: Path | str, detail: str = "") -> None:
        super().__init__(str(path), detail)
        self.path = Path(path)
        self.detail = detail


class ArchiveMissing(ArchiveError):
    """There is no file at this path."""


class ArchiveMoved(ArchiveError):
    """The file was renamed, deleted or replaced while it was open."""


class ArchiveExists(ArchiveError):
    """A new archive was to be made where a file already is."""


class NotAnArchive(ArchiveError):
    """The file is not SQLite, or not one of ours."""


class ArchiveDamaged(ArchiveError):
    """SQLite or our own checks found damage."""


class ArchiveTooNew(ArchiveError):
    """A later version of Pressmark wrote it."""

    def __init__(self, path: Path | str, found: int, known: int) -> None:
        super().__init__(path, f"{found} > {known}")
        self.found, self.known = found, known


class ArchiveAltered(ArchiveError):
    """The schema holds objects that Pressmark did not put there; it may be read, never written."""


class ArchiveReadOnly(ArchiveError):
    """A change was asked for, but the file or its folder cannot be written."""


class ArchiveBusy(ArchiveError):
    """Another program held the write lock for longer than we wait."""


class DiskFull(ArchiveError):
    """No room left where the file is."""


class UndoConflict(PressmarkError):
    """A step cannot be undone because its rows were changed since."""

    def __init__(self, label: str, detail: str = "") -> None:
        super().__init__(label, detail)
        self.label, self.detail = label, detail


class NothingToUndo(PressmarkError):
    """There is no step to undo (or to redo)."""


class NotText(PressmarkError):
    """Words that hold bytes, or half a character, that no text can."""

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self.words = words.encode("utf-8", "replace").decode()


class NotFound(PressmarkError):
    """A record that was asked for by name or id is not in the archive."""

    def __init__(self, what: str, key: str) -> None:
        super().__init__(what, key)
        self.what, self.key = what, key


class WordsNotFound(PressmarkError):
    """A quotation to be marked does not stand in the article's text."""

    def __init__(self, words: str, matches: int = 0) -> None:
        super().__init__(words, matches)
        self.words, self.matches = words, matches


class NameTaken(PressmarkError):
    """A tag, collection or person of this name is already there."""

    def __init__(self, what: str, name: str) -> None:
        super().__init__(what, name)
        self.what, self.name = what, name


class TagCycle(PressmarkError):
    """A tag or collection was to become its own ancestor."""


class ImportFailed(PressmarkError):
    """One source could not be imported.

    Attributes:
        reason: A key from ``desktop.core.sentences.IMPORT_REASONS``.
        detail: What the library said, for the report.
    """

    def __init__(self, source: str, reason: str, detail: str = "") -> None:
        super().__init__(source, reason, detail)
        self.source, self.reason, self.detail = source, reason, detail


class ExportFailed(PressmarkError):
    """The target could not be written; whatever stood there before is untouched."""

    def __init__(self, path: Path | str, detail: str = "") -> None:
        super().__init__(str(path), detail)
        self.path, self.detail = Path(path), detail


class IndexFailed(PressmarkError):
    """The search index could not be written; it is disposable, and the archive is not touched by it."""

    def __init__(self, folder: Path | str = "", detail: str = "") -> None:
        super().__init__(str(folder), detail)
        self.folder, self.detail = Path(folder), detail


class NothingAsked(PressmarkError):
    """A search was to be kept that asks for nothing."""


class IndexBehind(PressmarkError):
    """Everything that a search finds was asked for while the index had not reached the archive."""


class Cancelled(PressmarkError):
    """The person stopped a job; what was finished before is kept."""
