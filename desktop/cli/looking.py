"""Verbs that only look: extract, list, stats, history."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from desktop.cli import wishes
from desktop.cli.arguments import archive_argument, json_option, reading
from desktop.cli.output import Meter, emit, plural, tell
from desktop.cli.wishes import reading_options
from desktop.core.document import Block
from desktop.core.errors import ImportFailed
from desktop.core.extraction import Extraction, FoundMark, Options
from desktop.core.progress import Progress
from desktop.core.sentences import sentence
from desktop.store import articles, history, meta
from desktop.store.archive import Archive
from desktop.store.stats import stats

_PAGE = 500


@click.command("extract")
@click.argument("files", nargs=-1, required=True, type=click.Path(readable=False))
@reading_options
@json_option
def extract_verb(files: tuple[str, ...], options: Options, list_parts: bool, as_json: bool) -> int:
    """Show what would be read from FILES and web addresses, without an archive."""
    if list_parts:
        return wishes.list_parts(files, as_json)
    failed, meter = 0, Meter("Reading")
    with meter as progress:
        for name, result in _extracted(files, progress, options):
            meter.wipe()
            if isinstance(result, ImportFailed):
                failed += 1
                words = sentence(result)
                emit(as_json, {"file": name, "error": words, "reason": result.reason}, f"{name}: {words}")
            else:
                emit(as_json, extraction_record(name, result), _extraction_text(result))
    return 1 if failed else 0


def _extracted(
    given: tuple[str, ...], progress: Progress, options: Options
) -> Iterator[tuple[str, Extraction | ImportFailed]]:
    from desktop.operations.extracting import extract_paths
    from desktop.operations.fetching import extract_address, is_address

    yield from extract_paths([path for path in given if not is_address(path)], progress, options)
    for address in filter(is_address, given):
        yield from extract_address(address, progress, options)


def extraction_record(name: str, extraction: Extraction) -> dict[str, Any]:
    """One article as JSON.

    Offsets of a block's marks are code points of its text; those of annotations, which other programs
    made, are code points of the whole text.
    """
    known = extraction.document.metadata
    return {
        "file": name,
        "captured_at": extraction.captured_at or None,
        "title": known.title,
        "byline": list(known.byline),
        "publisher": known.publisher,
        "published_at": known.published_at,
        "date_is_guess": known.date_is_guess,
        "language": known.language,
        "language_confidence": known.language_confidence,
        "url": known.url,
        "identifier": known.identifier,
        "description": known.description,
        "text": extraction.document.text,
        "blocks": [_block_record(block) for block in extraction.document.blocks],
        "annotations": [_mark_record(mark) for mark in extraction.marks],
        "tags": list(extraction.tags),
        "note": extraction.note,
        "pictures": [
            {"src": one.src, "width": one.width, "height": one.height} for one in extraction.pictures
        ],
        "pages": len(extraction.pages.sizes) if extraction.pages else 0,
        "partial": extraction.partial,
        "warnings": list(extraction.warnings),
        "extractor": extraction.extractor,
        "encoding": extraction.encoding,
    }


def _block_record(block: Block) -> dict[str, Any]:
    marks = [{"start": m.start, "end": m.end, "kind": str(m.kind), "href": m.href} for m in block.marks]
    record: dict[str, Any] = {
        "kind": str(block.kind),
        "level": block.level,
        "text": block.text,
        "marks": marks,
    }
    extra = {"group": block.group, "number": block.number, "header": block.header, "src": block.src}
    return record | {key: value for key, value in (extra | {"alt": block.alt}).items() if value}


def _mark_record(mark: FoundMark) -> dict[str, Any]:
    return {
        "kind": str(mark.kind),
        "exact": mark.exact,
        "ranges": [list(places) for places in mark.ranges],
        "note": mark.note,
        "tags": list(mark.tags),
        "creator": mark.creator,
        "created_at": mark.created_at,
        "colour": mark.colour,
        "speaker": mark.speaker,
    }


def _extraction_text(extraction: Extraction) -> str:
    known = extraction.document.metadata
    head = " · ".join(filter(None, [", ".join(known.byline), known.publisher, known.published_at]))
    return "\n".join(filter(None, [known.title, head, "", extraction.document.text, ""]))


@click.command("list")
@archive_argument
@json_option
def list_verb(archive: Path, as_json: bool) -> None:
    """List the articles of ARCHIVE in the order they were added."""
    with reading(archive) as opened:
        for record in article_records(opened):
            date = record["published_at"] or "no date"
            marks = plural(record["annotations"], "mark")
            emit(as_json, record, f"{record['article']}  {record['title']}  ({date}, {marks})")


def article_records(archive: Archive) -> Iterator[dict[str, Any]]:
    """The library's lines as JSON records."""
    ids = articles.article_ids(archive, articles.ArticleFilter())
    for first in range(0, len(ids), _PAGE):
        for row in articles.article_rows(archive, ids[first : first + _PAGE]):
            yield {
                "article": row.id,
                "title": row.title,
                "publisher": row.publisher or None,
                "published_at": row.published_at or None,
                "date_is_guess": row.date_is_guess,
                "language": row.language or None,
                "read_state": str(row.read_state),
                "annotations": row.annotations,
                "highlights": row.highlights,
                "quotes": row.quotes,
                "claims": row.claims,
                "notes": row.notes,
            }


@click.command("stats")
@archive_argument
@json_option
def stats_verb(archive: Path, as_json: bool) -> None:
    """Count what is in ARCHIVE."""
    with reading(archive) as opened:
        record = {"archive": str(archive), "title": meta.title(opened), **asdict(stats(opened))}
    if as_json:
        emit(True, record, "")
        return
    for key, value in record.items():
        parts = ", ".join(f"{k or '?'} {v:,}" for k, v in value.items()) if isinstance(value, dict) else value
        click.echo(f"{key.replace('_', ' '):<15} {parts or 0}")


@click.command("history")
@archive_argument
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), help="Newest steps shown.")
@json_option
def history_verb(archive: Path, limit: int, as_json: bool) -> None:
    """Show what was done to ARCHIVE, the newest step first."""
    with reading(archive) as opened:
        for step in history.steps(opened, limit):
            record = {"step": step.step, "kind": step.kind, "of": step.of, "label": step.label}
            record |= {"actor": step.actor, "at": step.at, "rows": step.rows, "batch": step.batch}
            word = "" if step.kind == "do" else f"{step.kind} of {step.of}: "
            emit(as_json, record, f"{step.step:>6}  {step.at}  {word}{step.label}  ({step.actor})")
        if label := history.undo_label(opened):
            tell(f"“pressmark undo” would undo: {label}")
