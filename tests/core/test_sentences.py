import inspect

import pytest

from desktop.core import errors
from desktop.core.sentences import IMPORT_REASONS, sentence

EXAMPLES = {
    errors.ArchiveTooNew: errors.ArchiveTooNew("/a/b.pressmark", 9, 1),
    errors.UndoConflict: errors.UndoConflict("Mark quote"),
    errors.NotFound: errors.NotFound("tag", "дроны"),
    errors.WordsNotFound: errors.WordsNotFound("слова", 2),
    errors.NameTaken: errors.NameTaken("tag", "дроны"),
    errors.ImportFailed: errors.ImportFailed("a.html", "empty"),
    errors.ExportFailed: errors.ExportFailed("/a/b.csv", "No space left on device"),
}
EXPECTED = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, errors.PressmarkError) and kind is not errors.PressmarkError
]


@pytest.mark.parametrize("kind", EXPECTED, ids=lambda kind: kind.__name__)
def test_every_expected_failure_has_its_words(kind):
    error = EXAMPLES.get(kind) or (
        kind("/a/b.pressmark") if issubclass(kind, errors.ArchiveError) else kind()
    )
    words = sentence(error)
    assert words.endswith((".", "!"))
    assert "inside Pressmark" not in words


def test_a_fault_of_our_own_is_named_as_one():
    assert "ZeroDivisionError" in sentence(ZeroDivisionError())


@pytest.mark.parametrize("words", IMPORT_REASONS.values())
def test_import_reasons_are_whole_sentences(words):
    assert words[0].isupper()
    assert words.endswith(".")
