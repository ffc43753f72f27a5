"""Verbs that write a file for others: export and backup."""

from pathlib import Path

import click

from desktop.cli.arguments import (
    archive_argument,
    article_named,
    collection_named,
    frozen_named,
    json_option,
    reading,
    tag_named,
)
from desktop.cli.output import Meter, emit, plural, tell
from desktop.core.selection import ExportReport, Selection
from desktop.operations.exporting import FORMATS, export
from desktop.store.archive import Archive


@click.command("export")
@archive_argument
@click.option(
    "--format", "name", type=click.Choice(list(FORMATS)), help="Taken from PATH's ending if not given."
)
@click.option(
    "--out", "target", required=True, type=click.Path(path_type=Path, readable=False), metavar="PATH"
)
@click.option("--select", "query", metavar="QUERY", help="Only what this search finds.")
@click.option("--tag", metavar="PATH", help="Only what bears this tag or one below it.")
@click.option("--collection", metavar="PATH", help="Only this collection and those within it.")
@click.option("--frozen", metavar="NAME", help="Only what this frozen search found.")
@click.option(
    "--article", "articles", multiple=True, metavar="ARTICLE", help="Only this article; may be repeated."
)
@json_option
def export_verb(
    archive: Path,
    name: str | None,
    target: Path,
    query: str | None,
    tag: str | None,
    collection: str | None,
    frozen: str | None,
    articles: tuple[str, ...],
    as_json: bool,
) -> int:
    """Export ARCHIVE, or a selection of it, to the file PATH.

    The file appears when it is complete; what stood there before stays until then.
    """
    if sum(map(bool, (query, tag, collection, frozen, articles))) > 1:
        raise click.UsageError("Give one of --select, --tag, --collection, --frozen and --article.")
    chosen = name or _by_ending(target)
    with reading(archive) as opened, Meter("Exporting") as progress:
        selection = _selection(opened, query, tag, collection, frozen, articles)
        report = export(opened, chosen, selection, target, progress)
    for warning in report.warnings:
        tell(f"Warning: {warning}")
    emit(as_json, report_record(report, chosen), shown(report))
    return 0


def _by_ending(target: Path) -> str:
    fits = [entry.name for entry in FORMATS.values() if entry.extension == target.suffix.lower()]
    if not fits:
        raise click.UsageError(f"Say which --format “{target.name}” should have: {', '.join(FORMATS)}.")
    return fits[0]


def _selection(
    archive: Archive,
    query: str | None,
    tag: str | None,
    collection: str | None,
    frozen: str | None,
    articles: tuple[str, ...],
) -> Selection:
    return Selection(
        articles=tuple(article_named(archive, name) for name in articles),
        collection=collection_named(archive, collection) if collection else None,
        tag=tag_named(archive, tag) if tag else None,
        query=query,
        frozen=frozen_named(archive, frozen).id if frozen else None,
    )


def report_record(report: ExportReport, name: str) -> dict[str, object]:
    """An export's report as JSON."""
    return {
        "path": report.path,
        "format": name,
        "articles": report.articles,
        "annotations": report.annotations,
        "warnings": list(report.warnings),
    }


def shown(report: ExportReport) -> str:
    return f"{report.path}: {plural(report.articles, 'article')}, {plural(report.annotations, 'mark')}"


@click.command("backup")
@archive_argument
@click.argument("target", type=click.Path(path_type=Path, readable=False))
def backup_verb(archive: Path, target: Path) -> None:
    """Write a complete, checked copy of ARCHIVE to TARGET, even while a window has it open."""
    from desktop.store.backup import backup

    with reading(archive) as opened:
        backup(opened, target)
    click.echo(f"{target}: {target.stat().st_size:,} bytes")
