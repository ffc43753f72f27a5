"""Verbs that look after an archive: verify, reindex, undo, redo."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import click

from desktop.cli.arguments import archive_argument, json_option, reading, writing
from desktop.cli.output import Meter, emit, plural, tell
from desktop.core.records import Changes
from desktop.operations import undoing
from desktop.store.archive import Archive
from desktop.store.verify import Finding


@click.command("verify")
@archive_argument
@click.option("--thorough", is_flag=True, help="Look up every word of every record in the index.")
@json_option
def verify_verb(archive: Path, thorough: bool, as_json: bool) -> int:
    """Check ARCHIVE: database, hashes of texts and originals, history, anchors; then compare its search
    index with it, record by record. Nothing is changed.
    """
    from desktop.operations.verifying import verify

    with reading(archive) as opened, Meter("Checking") as progress:
        verified = verify(opened, progress, thorough=thorough)
    for finding in verified.findings:
        emit(as_json, asdict(finding), finding_text(finding))
    damaged = [any(one.serious for one in found) for found in (verified.archive, verified.index)]
    if not as_json:
        click.echo(f"The search index holds {verified.indexed:,} of {verified.records:,} records.")
        click.echo(_VERDICTS[damaged[0], damaged[1]])
    return int(any(damaged))


# By whether the archive and its index are damaged.
_VERDICTS = {
    (False, False): "The archive is sound.",
    (False, True): "The archive is sound; its search index is not, see above.",
    (True, False): "Damage was found; see above.",
    (True, True): "Damage was found in the archive and in its search index; see above.",
}


def finding_text(finding: Finding) -> str:
    """A finding as a line."""
    word = "damage" if finding.serious else "note"
    return f"{word}: {finding.check}: " + ": ".join(filter(None, (finding.record, finding.detail)))


@click.command("reindex")
@archive_argument
@json_option
def reindex_verb(archive: Path, as_json: bool) -> int:
    """Throw the search index of ARCHIVE away and build it anew."""
    from desktop.operations.indexing import reindex

    with Meter("Indexing") as progress:
        status = reindex(archive, progress)
    record = {"archive": str(archive), "indexed": status.indexed, "records": status.total}
    emit(as_json, record, f"The index was built anew: {plural(status.indexed, 'record')}.")
    if status.detail:
        tell(status.detail)
    return int(bool(status.detail))


@click.command("undo")
@archive_argument
@click.option("--steps", default=1, show_default=True, type=click.IntRange(1), help="How many operations.")
@json_option
def undo_verb(archive: Path, steps: int, as_json: bool) -> None:
    """Undo the last operation on ARCHIVE, whoever did it and whenever."""
    _turn(archive, steps, as_json, undoing.undo, "Undone")


@click.command("redo")
@archive_argument
@click.option("--steps", default=1, show_default=True, type=click.IntRange(1), help="How many operations.")
@json_option
def redo_verb(archive: Path, steps: int, as_json: bool) -> None:
    """Redo what was undone last."""
    _turn(archive, steps, as_json, undoing.redo, "Redone")


def _turn(path: Path, steps: int, as_json: bool, turn: Callable[[Archive], Changes], word: str) -> None:
    with writing(path) as archive:
        for _ in range(steps):
            changes = turn(archive)
            record = {
                "label": changes.label,
                "step": changes.step,
                "articles": sorted(changes.articles),
                "annotations": sorted(changes.annotations),
            }
            emit(as_json, record, f"{word}: {changes.label}")
