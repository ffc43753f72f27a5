"""``annotate``: marks from the command line or from a file of them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from desktop.cli.arguments import archive_argument, article_named, json_option, writing
from desktop.cli.output import emit, plural, tell
from desktop.core.errors import PressmarkError
from desktop.core.ids import new_id
from desktop.core.records import AnnotationKind, QuoteMode, Stance
from desktop.core.sentences import sentence
from desktop.operations.marking import mark, mark_words
from desktop.store.archive import Archive
from desktop.store.history import operation

_TEXTS = ("colour", "note", "speaker", "cue", "mode", "said_at", "claim", "stance")


@dataclass(frozen=True, slots=True)
class Wish:
    """One mark that was asked for.

    Attributes:
        place: For messages, e.g. ``marks.jsonl:3``.
        quote: The exact words, one entry a span.
        ranges: (start, end) in code points, instead of words.
    """

    place: str
    article: str
    kind: str
    quote: tuple[str, ...]
    ranges: tuple[tuple[int, int], ...]
    fields: dict[str, Any]


@click.command("annotate")
@archive_argument
@click.argument("article", required=False)
@click.option(
    "--kind",
    type=click.Choice([str(kind) for kind in AnnotationKind]),
    default="highlight",
    show_default=True,
)
@click.option(
    "--quote", multiple=True, metavar="WORDS", help="The exact words; repeat it for a split quotation."
)
@click.option("--speaker", metavar="NAME", help="Who said it.")
@click.option("--cue", metavar="WORD", help="The word that introduces it, e.g. said.")
@click.option("--mode", type=click.Choice([str(mode) for mode in QuoteMode]), help="How it is quoted.")
@click.option("--said-at", metavar="DATE", help="When it was said.")
@click.option("--claim", metavar="STATEMENT", help="The claim that the words are about.")
@click.option("--stance", type=click.Choice([str(stance) for stance in Stance]), help="What they do with it.")
@click.option("--tag", "tags", multiple=True, metavar="PATH", help="A tag for the mark, e.g. water/dams.")
@click.option("--note", metavar="TEXT")
@click.option("--colour", metavar="NAME")
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path, readable=False),
    help="JSON Lines: one mark a line, same keys.",
)
@json_option
def annotate_verb(
    archive: Path,
    article: str | None,
    quote: tuple[str, ...],
    source: Path | None,
    as_json: bool,
    **given: Any,
) -> int:
    """Mark words in an ARTICLE of ARCHIVE, given by id, beginning of an id, address or title.

    Words that do not stand in the article are refused; nothing is ever marked by guess. With
    --from, each line of the file is one mark: {"article", "kind", "quote": "…" or ["…", "…"],
    "speaker", "tags", "note", …}; together they are one step to undo.
    """
    if bool(source) == bool(article and quote):
        raise click.UsageError("Give an ARTICLE and --quote, or --from FILE.jsonl.")
    wishes = _from_file(source, article) if source else iter([_from_options(str(article), quote, given)])
    with writing(archive) as opened:
        done, failed = _fulfil(opened, wishes, as_json)
    if source:
        tell(f"{plural(done, 'mark')} made, {failed} failed.")
    return 1 if failed else 0


def _from_options(article: str, quote: tuple[str, ...], given: dict[str, Any]) -> Wish:
    fields = {key: given[key] for key in _TEXTS if given.get(key)} | {"tags": given["tags"]}
    return Wish(article, article, given["kind"], quote, (), fields)


def _from_file(source: Path, article: str | None) -> Iterator[Wish | tuple[str, str]]:
    """The file's wishes; a line that is none comes as its place and what is wrong with it."""
    try:
        lines = source.read_text("utf-8-sig").split("\n")  # U+2028 may stand in a quotation
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"“{source}” could not be read: {error}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            place = f"{source.name}:{number}"
            try:
                yield wish_of(json.loads(line), place, article)
            except (ValueError, TypeError, KeyError) as error:
                yield place, f"This line is not a mark: {error}"


def wish_of(record: dict[str, Any], place: str, article: str | None = None) -> Wish:
    """A line of the file.

    Raises:
        ValueError, TypeError, KeyError: It lacks what a mark needs.
    """
    if not isinstance(record, dict):
        raise TypeError("it is not an object")
    quote: Any = record.get("quote", record.get("words", ()))
    quote = (quote,) if isinstance(quote, str) else tuple(map(str, quote))
    ranges = tuple((int(start), int(end)) for start, end in record.get("ranges", ()))
    named = record.get("article") or article
    if not named or not (quote or ranges):
        raise ValueError("it needs “article” and “quote”")
    tags: Any = record.get("tags", record.get("tag", ()))
    fields = {key: record[key] for key in _TEXTS if record.get(key)}
    tags = (tags,) if isinstance(tags, str) else tuple(tags)
    for key, value in (*fields.items(), *(("tags", tag) for tag in tags)):
        if not isinstance(value, str):
            raise TypeError(f"“{key}” must be in words")
    fields["tags"] = tags
    return Wish(place, str(named), record.get("kind", "highlight"), quote, ranges, fields)


def _fulfil(archive: Archive, wishes: Iterator[Wish | tuple[str, str]], as_json: bool) -> tuple[int, int]:
    """Make the marks, each in a step of its own, all steps in one batch for undo."""
    batch, done, failed = new_id(), 0, 0
    for wish in wishes:
        place, problem, made = (wish.place, "", new_id()) if isinstance(wish, Wish) else (*wish, "")
        article = None
        if isinstance(wish, Wish):
            try:
                article = article_named(archive, wish.article)
                _mark(archive, article, wish, made, batch)
            except (PressmarkError, ValueError, click.UsageError) as error:
                problem = sentence(error) if isinstance(error, PressmarkError) else str(error)
        done, failed = (done, failed + 1) if problem else (done + 1, failed)
        record = {"line": place, "article": article, "annotation": None if problem else made}
        if problem and not as_json:
            tell(f"{place}: {problem}")
        else:
            emit(as_json, record | {"error": problem or None}, f"marked     {made}")
    return done, failed


def _mark(archive: Archive, article: str, wish: Wish, made: str, batch: str) -> None:
    with operation(archive, f"Mark {wish.kind}", batch=batch):
        if wish.ranges:
            mark(archive, article, wish.kind, wish.ranges, annotation_id=made, **wish.fields)
        else:
            words = wish.quote if len(wish.quote) > 1 else wish.quote[0]
            mark_words(archive, article, wish.kind, words, annotation_id=made, **wish.fields)
