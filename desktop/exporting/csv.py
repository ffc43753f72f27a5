"""One row a mark, for spreadsheets and scripts.

UTF-8 with a byte order mark, because Excel otherwise reads the bytes in a local encoding; CRLF
and quoting as in RFC 4180. The columns and their order are stable: new ones are added at the end.
"""

import csv
from pathlib import Path

from desktop.core.progress import Progress
from desktop.core.records import Annotation, Vocabulary
from desktop.core.selection import ExportArticle, ExportReport, ExportSet
from desktop.exporting.atomic import replacing
from desktop.exporting.walk import Walk, facts

COLUMNS = (
    "annotation_id", "kind", "quote", "speaker", "cue", "mode", "said_at", "claim", "stance", "verdict",
    "note", "tags", "colour", "article_id", "title", "byline", "publisher", "published_at", "language",
    "url", "start", "end", "spans", "prefix", "suffix", "creator", "created_at", "updated_at",
)  # fmt: skip

# What spreadsheets take for the beginning of a formula, full-width forms included (OWASP, "CSV
# injection"); an apostrophe before it makes the cell a text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write(export_set: ExportSet, target: Path, progress: Progress) -> ExportReport:
    """Write the marks of all articles in text order."""
    walk = Walk(export_set, progress)
    with replacing(target, bom=True) as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for item in walk:
            table.writerows(row(item, mark, export_set.vocabulary) for mark in item.annotations)
    return walk.report(target)


def row(item: ExportArticle, mark: Annotation, vocabulary: Vocabulary) -> list[str]:
    """The cells of one mark, in the order of ``COLUMNS``; offsets in code points."""
    known, cited, spans = facts(mark, vocabulary), item.article.metadata, mark.spans
    placed = [span for span in spans if span.placed]
    cells = [
        mark.id, mark.kind, mark.exact, known.speaker_name, mark.cue, mark.mode, mark.said_at,
        known.claim and known.claim.statement, mark.stance, known.claim and known.claim.verdict,
        mark.note, "; ".join(known.tags), mark.colour, item.article.id, cited.title,
        "; ".join(cited.byline), cited.publisher, cited.published_at, cited.language, cited.url,
        placed[0].start if placed else None, placed[-1].end if placed else None,
        " ".join(f"{span.start}:{span.end}" for span in placed),
        spans[0].prefix if spans else None, spans[-1].suffix if spans else None,
        mark.creator, mark.created_at, mark.updated_at,
    ]  # fmt: skip
    return [defused("" if cell is None else str(cell)) for cell in cells]


def defused(cell: str) -> str:
    """The cell such that no spreadsheet runs it; see ``_FORMULA``."""
    return "'" + cell if cell.startswith(_FORMULA) else cell
