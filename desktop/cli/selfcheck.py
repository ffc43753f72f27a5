"""``--self-check``: every part tried once, for a bundle before anyone receives it."""

import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import click

from desktop.cli.main import report
from desktop.cli.picture import take_picture
from desktop.cli.specimens import WORDS, specimens
from desktop.core.errors import ImportFailed, PressmarkError
from desktop.core.progress import Progress
from desktop.core.selection import Selection
from desktop.core.sentences import sentence
from desktop.operations.exporting import FORMATS, export
from desktop.operations.extracting import extract_paths
from desktop.operations.indexing import index_now
from desktop.operations.samples import make_sample_archive, sample_files
from desktop.operations.searching import ArchiveSearch
from desktop.operations.undoing import redo, undo
from desktop.store import articles
from desktop.store.archive import Archive, open_archive
from desktop.store.verify import verify

Check = tuple[str, Callable[[], object]]

# What is asked for, and another form of it that must be found in the sample.
FORMS = {
    "ru": ("насосами", "насосов"),
    "uk": ("водосховища", "водосховище"),
    "en": ("machine", "machines"),
    "ja": ("貯水池", "貯水池"),
}


class Failed(Exception):
    """A check did not find what it should."""


def self_check() -> int:
    """Try everything, print a line each, and return the exit status."""
    with tempfile.TemporaryDirectory(prefix="pressmark-check-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "Sample.pressmark"
        sound = _passes("archive, importers and marking", partial(make_sample_archive, path))
        if sound:
            with open_archive(path) as archive:
                results = [_passes(name, check) for name, check in _checks(archive, Path(folder))]
            sound = all(results)
            sound = _window(path, Path(folder) / "window.png") and sound
    click.echo("Everything works." if sound else "Something does not work; see above.")
    return 0 if sound else 1


def _checks(archive: Archive, folder: Path) -> Iterator[Check]:
    yield "all articles and languages", partial(_library, archive)
    for entry in FORMATS.values():
        yield f"export to {entry.name}", partial(_export, archive, entry.name, folder)
    yield "every format of sources", partial(_formats, folder)
    yield "index", partial(index_now, archive.path)
    for language, (word, form) in FORMS.items():
        yield f"word forms: {language}", partial(_search, archive, word, form)
    yield "undo and redo", lambda: (undo(archive), redo(archive))
    yield "verify", partial(_verify, archive)


def _library(archive: Archive) -> None:
    expect(articles.count(archive), len(sample_files()), "articles")
    expect(set(articles.languages(archive)), set(FORMS), "languages")


def _export(archive: Archive, name: str, folder: Path) -> None:
    target = folder / f"check{FORMATS[name].extension}"
    done = export(archive, name, Selection(), target)
    expect(done.warnings, (), "warnings")
    expect(target.stat().st_size > 1000, True, "a file of some size")


def _formats(folder: Path) -> None:
    """Each in the child process, as an import reads it."""
    specimens_ = folder / "specimens"
    specimens_.mkdir()
    for name, content in specimens():
        (specimens_ / name).write_bytes(content)
    read = dict(extract_paths([specimens_], Progress()))
    unread = [
        Path(name).name
        for name, answer in read.items()
        if isinstance(answer, ImportFailed) or WORDS not in answer.document.text
    ]
    expect(unread, [], "files that were not read")


def _search(archive: Archive, word: str, form: str) -> None:
    with ArchiveSearch(archive) as searcher:
        result = searcher.search(word)
    found = {hit.snippet.text[start:end].lower() for hit in result.hits for start, end in hit.snippet.matches}
    expect(any(form in words for words in found), True, f"“{form}” among {sorted(found)}")


def _verify(archive: Archive) -> None:
    expect([finding for finding in verify(archive) if finding.serious], [], "findings")


def _window(path: Path, picture: Path) -> bool:
    if find_spec("PySide6") is None:
        click.echo("left out   window: Qt is not here")
        return True

    def draw() -> None:
        expect(take_picture(path, picture), "", "the window")
        expect(picture.read_bytes()[:8], b"\x89PNG\r\n\x1a\n", "a picture")

    return _passes("window", draw)


def expect(found: object, wanted: object, what: str) -> None:
    """Raise ``Failed`` unless both are equal."""
    if found != wanted:
        raise Failed(f"{what}: found {found!r}, wanted {wanted!r}")


def _passes(name: str, check: Callable[[], object]) -> bool:
    try:
        check()
    except PressmarkError as error:
        click.echo(f"FAILED     {name}: {sentence(error)}")
        return False
    except Exception as error:  # noqa: BLE001 — the other checks should still be tried
        click.echo(f"FAILED     {name}: {error if isinstance(error, Failed) else report(error)}")
        return False
    click.echo(f"works      {name}")
    return True
