"""What the program does by itself stands in the log, and undo and redo pass over it."""

from desktop.operations import library, marking
from desktop.operations.undoing import redo, undo
from desktop.store import articles, history
from desktop.store.annotations import annotations_of


def test_undo_passes_over_a_step_aside(archive, flood):
    marking.mark(archive, flood, "highlight", [(0, 4)])
    changes = library.set_read_state(archive, [flood], "reading", aside=True)
    assert changes.articles == {flood}
    assert history.undo_label(archive) == "Highlight"
    assert undo(archive).label == "Highlight"
    assert annotations_of(archive, flood) == []
    assert articles.article(archive, flood).read_state == "reading"


def test_a_step_aside_does_not_cost_what_could_be_redone(archive, flood):
    marking.mark(archive, flood, "highlight", [(0, 4)])
    undo(archive)
    library.set_read_state(archive, [flood], "reading", aside=True)
    assert history.redo_label(archive) == "Highlight"
    redo(archive)
    assert len(annotations_of(archive, flood)) == 1
    assert [step.label for step in history.steps(archive, 2)] == ["Highlight", "Mark article as reading"]
