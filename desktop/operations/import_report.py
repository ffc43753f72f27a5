"""An import's report, to read and to save."""

import csv
import io
from pathlib import Path

from desktop.core.extraction import ImportLine, ImportReport, ImportStatus
from desktop.exporting.atomic import replacing
from desktop.exporting.csv import defused
from desktop.operations.exporting import spare_archives

_TITLES = {
    ImportStatus.FAILED: "Could not be imported",
    ImportStatus.ADDED: "Added",
    ImportStatus.CAPTURE: "New captures of articles already here",
    ImportStatus.DUPLICATE: "Already here",
}


def summary(report: ImportReport) -> str:
    """One sentence, e.g. ``3 added, 1 already here, 1 could not be imported.``"""
    counts = (
        (report.count(ImportStatus.ADDED), "added"),
        (report.count(ImportStatus.CAPTURE), "captured anew"),
        (report.count(ImportStatus.DUPLICATE), "already here"),
        (report.count(ImportStatus.FAILED), "could not be imported"),
    )
    told = ", ".join(f"{number:,} {what}" for number, what in counts if number) or "Nothing to import"
    if marks := sum(line.marks for line in report.lines):
        told += f"; {marks:,} {'mark' if marks == 1 else 'marks'} came along"
    return f"{told}. Stopped before the end." if report.cancelled else f"{told}."


def report_text(report: ImportReport) -> str:
    """The report as plain text: what failed first, with its reason and what to try."""
    parts = [summary(report), ""]
    for status, title in _TITLES.items():
        lines = [line for line in report.lines if line.status is status]
        if lines:
            parts += [f"{title} ({len(lines):,})", *map(_entry, lines), ""]
    return "\n".join(parts)


def _entry(line: ImportLine) -> str:
    words = [_isolated(line.source)]
    if line.title:
        words.append(f"    {_isolated(line.title)}")
    if line.marks:
        words.append(f"    {line.marks:,} {'mark' if line.marks == 1 else 'marks'}")
    if line.error:
        words.append(f"    {line.error}" + (f" ({line.detail})" if line.detail else ""))
    words += [f"    {warning}" for warning in line.warnings]
    return "\n".join(words)


def _isolated(text: str) -> str:
    """On one line, and with its writing direction kept to itself: a name may hold RTL overrides."""
    flat = " ".join(text.split())
    odd = any("\u200e" <= char <= "\u200f" or "\u202a" <= char <= "\u202e" for char in flat)
    return f"\u2068{flat}\u2069" if odd else flat


def report_csv(report: ImportReport) -> str:
    """The report as a table, a line a source; no cell starts a formula."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["status", "source", "title", "article", "error", "detail", "warnings", "marks"])
    for line in report.lines:
        cells = (
            str(line.status), line.source, line.title, line.article or "", line.error, line.detail,
            " ".join(line.warnings), str(line.marks),
        )  # fmt: skip
        table.writerow(map(defused, cells))
    return out.getvalue()


def save_report(report: ImportReport, path: Path) -> None:
    """Write the report: a table where the name ends in ``.csv``, else plain text.

    Raises:
        ExportFailed: It could not be written; what stood there before is untouched.
    """
    spare_archives(path)
    is_table = path.suffix.lower() == ".csv"
    # The mark at the beginning tells Excel that it is UTF-8.
    with replacing(path, bom=is_table) as file:
        file.write(report_csv(report) if is_table else report_text(report))
