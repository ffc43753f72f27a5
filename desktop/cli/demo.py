"""``demo``: the whole story on the bundled sample, without a window."""

import tempfile
from pathlib import Path

import click

from desktop.cli.caring import finding_text
from desktop.cli.output import Meter, plural
from desktop.cli.picture import take_picture
from desktop.core.errors import ArchiveExists
from desktop.core.searching import SearchResult, SearchWishes
from desktop.core.selection import Selection
from desktop.operations.exporting import FORMATS, export
from desktop.operations.indexing import index_now
from desktop.operations.marking import mark_words
from desktop.operations.samples import TITLE, make_sample_archive
from desktop.operations.searching import ArchiveSearch
from desktop.operations.tagging import tag_annotations
from desktop.operations.undoing import redo, undo
from desktop.store import annotations, articles, meta
from desktop.store.archive import Archive, open_archive
from desktop.store.verify import verify

QUERIES = ("насос", "плотина", "водосховище", "pump", "貯水池", "speaker:Vitrova", "kind:claim tag:вода")


@click.command("demo")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Where the results go.")
def demo_verb(out: Path | None) -> int:
    """Build the sample archive, mark, tag, search, export, reopen, undo, verify, and show it all."""
    folder = out or Path(tempfile.mkdtemp(prefix="pressmark-demo-"))
    folder.mkdir(parents=True, exist_ok=True)
    archive = folder / "Sample.pressmark"
    _clear(archive)
    with Meter("Importing") as progress:
        make_sample_archive(archive, progress)
    with open_archive(archive) as opened:
        _count(opened)
        before = _mark_and_tag(opened)
        _search(opened)
        _export(opened, folder)
    sound = _reopen_and_undo(archive, before)
    _picture(archive, folder / "window.png")
    click.echo(f"\nEverything is in {folder.resolve()}")
    return 0 if sound else 1


def _clear(archive: Path) -> None:
    """An earlier demonstration makes room; an archive that is anything else stays in the way."""
    if not archive.exists():
        return
    with open_archive(archive, read_only=True) as old:
        if meta.title(old) != TITLE:
            raise ArchiveExists(archive)
    for tail in ("", "-wal", "-shm"):
        archive.with_name(archive.name + tail).unlink(missing_ok=True)


def _count(archive: Archive) -> None:
    ids = articles.article_ids(archive, articles.ArticleFilter())
    marks = sum(row.annotations for row in articles.article_rows(archive, ids))
    languages = ", ".join(f"{code} {count}" for code, count in articles.languages(archive).items())
    click.echo(f"Imported   {plural(len(ids), 'article')} ({languages}) with {plural(marks, 'mark')}")
    for row in articles.article_rows(archive, ids):
        click.echo(f"             {row.published_at[:10]:<10}  {row.title}")


def _mark_and_tag(archive: Archive) -> int:
    """One more quotation, tagged; returns how many marks its article had before."""
    article = articles.article_ids(archive, articles.ArticleFilter(language="ru"))[0]
    before = len(annotations.annotations_of(archive, article))
    words = "оснований для паники нет"
    changes = mark_words(archive, article, "quote", words, speaker="Орыся Витрова", mode="indirect")
    tag_annotations(archive, sorted(changes.annotations), "люди/заявления")
    click.echo(f"Marked     “{words}” as a quotation by Орыся Витрова, tagged люди/заявления")
    return before


def _search(archive: Archive) -> None:
    with Meter("Indexing") as progress:
        index_now(archive.path, progress)
    with ArchiveSearch(archive) as searcher:
        for query in QUERIES:
            result = searcher.search(query, SearchWishes(limit=3))
            click.echo(f"Searched   {query}: {plural(result.total, 'hit')}, e.g. {_example(result)}")


def _example(result: SearchResult) -> str:
    """The words that were found, as they stand in the first hits."""
    words = [hit.snippet.text[start:end] for hit in result.hits for start, end in hit.snippet.matches[:2]]
    return ", ".join(dict.fromkeys(words)) or (result.hits[0].snippet.text[:60] if result.hits else "nothing")


def _export(archive: Archive, folder: Path) -> None:
    for entry in FORMATS.values():
        target = folder / f"export{entry.extension}"
        report = export(archive, entry.name, Selection(), target)
        click.echo(f"Exported   {target.name}: {plural(report.annotations, 'mark')} ({entry.title})")
        for warning in report.warnings:
            click.echo(f"           warning: {warning}")


def _reopen_and_undo(path: Path, before: int) -> bool:
    """Undo the tag and the mark in a new session, redo them, and check the file."""
    with open_archive(path) as archive:
        article = articles.article_ids(archive, articles.ArticleFilter(language="ru"))[0]
        labels = [undo(archive).label for _ in range(2)]
        undone = len(annotations.annotations_of(archive, article)) == before
        click.echo(f"Reopened   and undone: {', '.join(labels)}")
        labels = [redo(archive).label for _ in range(2)]
        redone = len(annotations.annotations_of(archive, article)) == before + 1
        click.echo(f"Redone     {', '.join(labels)}")
        findings = [finding for finding in verify(archive) if finding.serious]
    click.echo("Verified   " + ("; ".join(map(finding_text, findings)) or "the archive is sound"))
    return undone and redone and not findings


def _picture(archive: Path, target: Path) -> None:
    if problem := take_picture(archive, target):
        click.echo(f"No picture {problem}")
    else:
        click.echo(f"Pictured   {target.name}: the window, drawn offscreen")
