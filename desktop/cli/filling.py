"""``import``: files and pages into an archive, which is made where there is none."""

from pathlib import Path
from typing import Any

import click

from desktop.cli import wishes
from desktop.cli.arguments import archive_argument, json_option, writing
from desktop.cli.output import Meter, emit, tell
from desktop.cli.wishes import reading_options
from desktop.core.errors import ArchiveMissing
from desktop.core.extraction import ImportLine, ImportReport, ImportStatus, Options
from desktop.core.progress import Progress
from desktop.operations.fetching import fetch_address, is_address
from desktop.operations.import_report import save_report, summary
from desktop.operations.importing import import_paths
from desktop.store.archive import Archive, create_archive


@click.command("import")
@archive_argument
@click.argument("paths", nargs=-1, required=True, type=click.Path(readable=False))
@click.option("--tag", "tags", multiple=True, metavar="PATH", help="Tag the articles, e.g. water/dams.")
@click.option("--collection", metavar="PATH", help="Put them into this collection.")
@click.option(
    "--report", "saved", type=click.Path(path_type=Path), help="Save the report as text, or as .csv."
)
@reading_options
@json_option
def import_verb(
    archive: Path,
    paths: tuple[str, ...],
    tags: tuple[str, ...],
    collection: str | None,
    saved: Path | None,
    options: Options,
    list_parts: bool,
    as_json: bool,
) -> int:
    """Import files, folders and web addresses into ARCHIVE, which is made if it is missing.

    The same bytes are not imported twice; a later version of the same address becomes another
    capture of its article. What cannot be read is named, and the rest go on. Nothing is fetched
    but the addresses that are given here, and the pictures of their articles.

    Of a web archive the pages that look like articles are imported, or the parts that are named.
    """
    if list_parts:
        return wishes.list_parts(paths, as_json)
    for path in (*tags, *([] if collection is None else [collection])):
        if not path.strip(" /"):
            raise click.UsageError(f"“{path}” is no name of a tag or a collection.")
    meter = Meter("Importing")

    def on_line(line: ImportLine) -> None:
        meter.wipe()
        emit(as_json, line_record(line), _shown(line))

    with _opened(archive) as opened, meter as progress:
        report = _imported(
            opened, paths, progress, tags=tags, collection=collection, options=options, on_line=on_line
        )
    tell(summary(report))
    if saved:
        save_report(report, saved)
    return 1 if report.count(ImportStatus.FAILED) or report.cancelled else 0


def _imported(archive: Archive, given: tuple[str, ...], progress: Progress, **wanted: Any) -> ImportReport:
    """Files first, then pages, as one report."""
    paths = [path for path in given if not is_address(path)]
    addresses = [path for path in given if is_address(path)]
    report = import_paths(archive, paths, progress, **wanted) if paths else ImportReport()
    for address in addresses:
        if not report.cancelled:
            fetched = fetch_address(archive, address, progress, **wanted)
            report.lines += fetched.lines
            report.cancelled = fetched.cancelled
    return report


def _opened(path: Path) -> Archive:
    try:
        return writing(path)
    except ArchiveMissing:
        return create_archive(path)


def line_record(line: ImportLine) -> dict[str, object]:
    """One line of the report as the command line's JSON."""
    return {
        "file": line.source,
        "article": line.article,
        "status": str(line.status),
        "title": line.title,
        "error": line.error or None,
        "warnings": list(line.warnings),
        "marks": line.marks,
    }


def _shown(line: ImportLine) -> str:
    if line.status is ImportStatus.FAILED:
        return f"failed     {line.source}: {line.error}"
    return f"{line.status:<10} {line.article}  {line.title or line.source}"
