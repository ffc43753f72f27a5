"""Undo and redo, as the window and the command line call them."""

from desktop.core.records import Changes
from desktop.store import history
from desktop.store.archive import Archive


def undo(archive: Archive) -> Changes:
    """Undo the newest step, or the whole of its job; ``label`` tells what was undone.

    Raises:
        NothingToUndo, UndoConflict
    """
    return history.undo(archive)


def redo(archive: Archive) -> Changes:
    """Redo what was undone last.

    Raises:
        NothingToUndo, UndoConflict
    """
    return history.redo(archive)
