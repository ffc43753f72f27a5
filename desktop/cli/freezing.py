"""Verbs for frozen searches: freeze, frozen."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from desktop.cli.arguments import archive_argument, frozen_named, json_option, reading, writing
from desktop.cli.output import Meter, emit, plural, tell
from desktop.core.errors import IndexFailed
from desktop.core.records import FrozenSearch
from desktop.core.sentences import sentence
from desktop.operations.frozen import Comparison
from desktop.store import articles, frozen
from desktop.store.archive import Archive

_SEAL = 12  # letters of a seal that are shown; all of them in JSON


@click.command("freeze")
@archive_argument
@click.argument("name")
@click.argument("query")
@json_option
def freeze_verb(archive: Path, name: str, query: str, as_json: bool) -> None:
    """Keep what QUERY finds in ARCHIVE now under NAME: the articles and marks, the time, the analysis.

    It never changes afterwards. `pressmark frozen ARCHIVE NAME --since` says what is new and what is
    gone since; `pressmark export ARCHIVE --frozen NAME` hands it on.
    """
    from desktop.operations.frozen import ask, freeze
    from desktop.operations.searching import ArchiveSearch

    _index(archive)
    with writing(archive) as opened:
        with ArchiveSearch(opened) as search:
            asked = ask(opened, search, query)
        changes = freeze(opened, name, asked)
        kept = frozen.frozen_search(opened, next(iter(changes.searches)))
    emit(as_json, frozen_record(kept), _shown(kept))


@click.command("frozen")
@archive_argument
@click.argument("name", required=False)
@click.option("--since", is_flag=True, help="Ask again, and list what is new and what is gone.")
@click.option(
    "--out", "target", type=click.Path(path_type=Path, readable=False), help="Write the list as CSV to PATH."
)
@json_option
def frozen_verb(archive: Path, name: str | None, since: bool, target: Path | None, as_json: bool) -> None:
    """List the frozen searches of ARCHIVE; with NAME the articles that it found, and where they are now."""
    if name is None:
        if since or target:
            raise click.UsageError("Say which frozen search: give its NAME.")
        _list(archive, as_json)
        return
    if since:
        _index(archive)
    with reading(archive) as opened:
        kept = frozen_named(opened, name)
        if target:
            from desktop.operations.frozen_tables import save_list

            save_list(opened, kept.id, target)
            tell(f"{target}: {plural(kept.articles, 'article')}, {plural(kept.marks, 'mark')}")
        if since:
            _compare(opened, kept, as_json)
        elif not target:
            _show(opened, kept, as_json)


def _index(archive: Path) -> None:
    from desktop.operations.indexing import index_now

    try:
        with Meter("Indexing") as progress:
            index_now(archive, progress)
    except IndexFailed as error:
        tell(sentence(error))


def _list(archive: Path, as_json: bool) -> None:
    with reading(archive) as opened:
        for kept in frozen.frozen_searches(opened):
            emit(as_json, frozen_record(kept), _shown(kept))


def frozen_record(kept: FrozenSearch) -> dict[str, Any]:
    """A frozen search as JSON, its whole seal included."""
    return asdict(kept)


def _shown(kept: FrozenSearch) -> str:
    counts = f"{plural(kept.articles, 'article')}, {plural(kept.marks, 'mark')}"
    by = f" by {kept.frozen_by}" if kept.frozen_by else ""
    moment = f"frozen {kept.frozen_at}{by}, step {kept.step}"
    analysis = f"analysis {kept.version}, seal {kept.seal[:_SEAL]}"
    return f"{kept.name}: {counts}\n    {kept.query}\n    {moment}, {analysis}"


def _show(archive: Archive, kept: FrozenSearch, as_json: bool) -> None:
    from desktop.operations.frozen import standing

    found = frozen.read_list(archive, kept.id)
    emit(as_json, frozen_record(kept), _shown(kept))
    marks = found.marks_by_article()
    titles = _titles(archive, found.articles)
    for article_id, state in standing(archive, found.articles).items():
        record: dict[str, Any] = {"article": article_id, "title": titles.get(article_id), "state": state}
        record |= {"text_found": article_id in found.texts, "marks_found": marks.get(article_id, 0)}
        emit(as_json, record, f"  {article_id}  {titles.get(article_id) or '–'}  ({state})")


def _compare(archive: Archive, kept: FrozenSearch, as_json: bool) -> None:
    from desktop.operations.frozen import compare
    from desktop.operations.searching import ArchiveSearch

    with ArchiveSearch(archive) as search:
        found = compare(archive, search, kept.id)
    titles = _titles(archive, found.new | found.gone)
    if as_json:
        emit(True, _comparison_record(found), "")
        return
    click.echo(_shown(kept))
    if not found.same_analysis:
        click.echo(
            f"    The analysis is another now ({found.version}): a difference may come from that alone."
        )
    click.echo(
        f"    now {plural(len(found.now.articles), 'article')}, {plural(len(found.now.marks), 'mark')}"
    )
    for sign, ids in (("+", found.new), ("-", found.gone)):
        for article_id in sorted(ids):
            click.echo(f"  {sign} {article_id}  {titles.get(article_id) or '–'}{_why(found, article_id)}")
    marks = f"{plural(len(found.new_marks), 'new mark')}, {plural(len(found.gone_marks), 'mark')} gone"
    click.echo(f"  {marks}")


def _why(found: Comparison, article_id: str) -> str:
    if article_id in found.trashed:
        return "  (in the trash)"
    return "  (removed for good)" if article_id in found.removed else ""


def _comparison_record(found: Comparison) -> dict[str, Any]:
    return {
        **frozen_record(found.frozen),
        "articles_now": len(found.now.articles),
        "marks_now": len(found.now.marks),
        "version_now": found.version,
        "same_analysis": found.same_analysis,
        "new": sorted(found.new),
        "gone": sorted(found.gone),
        "trashed": sorted(found.trashed),
        "removed": sorted(found.removed),
        "new_marks": sorted(found.new_marks),
        "gone_marks": sorted(found.gone_marks),
    }


def _titles(archive: Archive, ids: frozenset[str]) -> dict[str, str]:
    return {row.id: row.title for row in articles.article_rows(archive, sorted(ids))}
