"""How a person wants sources to be read: options that `import` and `extract` share, and lists of parts."""

import codecs
import functools
from collections.abc import Callable, Iterable
from typing import Any

import click

from desktop.cli.output import Meter, emit, tell
from desktop.core.errors import ImportFailed
from desktop.core.extraction import Entry, Options
from desktop.core.sentences import sentence

Command = Callable[..., Any]

_OPTIONS = (
    click.option("--encoding", metavar="NAME", help="Decode as this, e.g. cp1251, whatever it seems to be."),
    click.option("--whole", is_flag=True, help="All words of a page, not only its article."),
    click.option("--by-chapter", is_flag=True, help="Make each chapter of a book an article of its own."),
    click.option("--part", "parts", multiple=True, metavar="KEY", help="Only this part; may be repeated."),
    click.option("--list-parts", is_flag=True, help="Only list the parts, with their keys."),
)


def reading_options(command: Command) -> Command:
    """Adds the options; the command gets them as ``options`` and ``list_parts``."""

    @functools.wraps(command)
    def called(
        *args: Any, encoding: str | None, whole: bool, by_chapter: bool, parts: tuple[str, ...], **others: Any
    ) -> Any:
        options = Options(
            encoding=_known(encoding),
            whole=whole,
            by_chapter=by_chapter,
            parts=frozenset(parts) if parts else None,
        )
        return command(*args, options=options, **others)

    for option in reversed(_OPTIONS):
        called = option(called)
    return called


def _known(encoding: str | None) -> str | None:
    if encoding is None:
        return None
    try:
        found = codecs.lookup(encoding)
        "".encode(found.name)  # not one of Python's transformations of bytes
    except (LookupError, ValueError) as error:
        raise click.UsageError(
            f"“{encoding}” is no encoding that Pressmark knows, such as koi8-r."
        ) from error
    return found.name


def list_parts(sources: Iterable[str], as_json: bool) -> int:
    """What can be chosen from in files and at addresses; returns the exit status."""
    from desktop.operations.extracting import entries
    from desktop.operations.fetching import entries_at, is_address

    failed = 0
    with Meter("Looking") as progress:
        for source in sources:
            try:
                found = entries_at(source, progress) if is_address(source) else entries(source, progress)
            except ImportFailed as failure:
                failed += 1
                words = sentence(failure)
                emit(
                    as_json, {"file": source, "error": words, "reason": failure.reason}, f"{source}: {words}"
                )
                continue
            if not found:
                tell(f"{source}: one article, nothing to choose from.")
            for entry in found:
                emit(as_json, _record(source, entry), _shown(entry))
    return 1 if failed else 0


def _record(source: str, entry: Entry) -> dict[str, Any]:
    return {
        "file": source,
        "part": entry.key,
        "title": entry.title,
        "detail": entry.detail,
        "size": entry.size,
        "suggested": entry.suggested,
    }


def _shown(entry: Entry) -> str:
    about = ", ".join(filter(None, (entry.detail, f"{entry.size:,} bytes" if entry.size else "")))
    title = entry.title if entry.title != entry.key else ""
    return f"{'*' if entry.suggested else ' '} {entry.key}\n    {' · '.join(filter(None, (title, about)))}"
