"""The verb that searches: one answer a query, as text or as a line of JSON."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from desktop.cli.arguments import archive_argument, json_option, reading
from desktop.cli.output import Meter, emit, plural, tell
from desktop.core.errors import IndexFailed
from desktop.core.searching import Proposal, SearchHit, SearchResult, SearchSort, SearchWishes
from desktop.core.sentences import sentence
from desktop.store import captures, originals
from desktop.store.archive import Archive

_REASONS = {"spelling": "", "layout": " (on another keyboard layout)", "script": " (in another script)"}


@click.command("search")
@archive_argument
@click.argument("query")
@click.option(
    "--limit",
    default=20,
    show_default=True,
    type=click.IntRange(1),
    help="Hits shown; with --grouped articles.",
)
@click.option(
    "--sort",
    type=click.Choice([str(sort) for sort in SearchSort]),
    default=str(SearchSort.RELEVANCE),
    show_default=True,
    help="Best first, by the date of the article, or by when it was added.",
)
@click.option(
    "--grouped", is_flag=True, help="Keep the hits of an article together: its text, then its marks."
)
@click.option(
    "--facets",
    is_flag=True,
    help="Count the hits by kind, tag, speaker, outlet, language, year, collection and verdict.",
)
@click.option(
    "--other-scripts/--no-other-scripts",
    default=True,
    help="Find names in their other spellings and scripts, too, or not.  [default: too]",
)
@json_option
def search_verb(
    archive: Path,
    query: str,
    limit: int,
    sort: str,
    grouped: bool,
    facets: bool,
    other_scripts: bool,
    as_json: bool,
) -> None:
    """Search ARCHIVE for QUERY; `-` reads one query a line from stdin.

    Word forms are found by themselves. Phrases in quotation marks, word*, word~, AND OR NOT, and
    the fields title: kind: tag: speaker: outlet: lang: date: narrow a search.
    """
    from desktop.operations.indexing import index_now
    from desktop.operations.searching import ArchiveSearch

    wishes = SearchWishes(
        limit=limit, sort=SearchSort(sort), facets=facets, grouped=grouped, other_scripts=other_scripts
    )
    try:
        with Meter("Indexing") as progress:
            index_now(archive, progress)
    except IndexFailed as error:  # what there is of it is searched, or the records themselves
        tell(sentence(error))
    with reading(archive) as opened, ArchiveSearch(opened) as searcher:
        sources = SourceIds(opened)
        for line in queries(query):
            result = searcher.search(line, wishes)
            if as_json:
                emit(True, result_record(result, sources, wishes), "")
            else:
                emit(False, {}, result_text(result, wishes))


def queries(query: str) -> Iterator[str]:
    """The query itself, or the lines of stdin for ``-``."""
    if query != "-":
        yield query
        return
    yield from (line.rstrip("\r\n") for line in sys.stdin if line.strip())


class SourceIds:
    """What an article is called where it came from: its ``id`` in a ``.jsonl`` file, else its path."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._known: dict[str, str] = {}

    def of(self, article_id: str) -> str:
        if article_id not in self._known:
            self._known[article_id] = self._read(article_id)
        return self._known[article_id]

    def _read(self, article_id: str) -> str:
        capture = captures.current_capture(self._archive, article_id)
        if capture.extractor.startswith("jsonl/") and capture.original:
            record = json.loads(originals.read_original(self._archive, capture.original))
            return str(record.get("id", capture.source))
        return capture.source


def result_record(result: SearchResult, sources: SourceIds, wishes: SearchWishes) -> dict[str, Any]:
    """One answer as JSON; ``matches`` in code points of the article's canonical text."""
    record: dict[str, Any] = {
        "query": result.query,
        "understood": result.understood,
        "hint": result.hint or None,
        "total": result.total,
        "articles": result.articles,
        "milliseconds": round(result.milliseconds, 2),
        "hits": [_hit_record(hit, sources) for hit in result.hits],
        "proposals": [
            {"query": one.query, "words": one.words, "reason": one.reason} for one in result.proposals
        ],
    }
    if wishes.grouped:
        record["hits_of"] = result.hits_of
    return record | ({"facets": result.facets} if wishes.facets else {})


def _hit_record(hit: SearchHit, sources: SourceIds) -> dict[str, Any]:
    return {
        "kind": "annotation" if hit.annotation_id else "article",
        "annotation_kind": hit.kind if hit.annotation_id else None,
        "article": hit.article_id,
        "annotation": hit.annotation_id,
        "title": hit.title,
        "source_id": sources.of(hit.article_id),
        "score": round(hit.score, 4),
        "snippet": hit.snippet.text,
        "snippet_matches": [list(match) for match in hit.snippet.matches],
        "matches": [list(match) for match in hit.matches],
    }


def result_text(result: SearchResult, wishes: SearchWishes) -> str:
    lines = [f"{result.understood}: {plural(result.total, 'hit')}", *filter(None, [result.hint])]
    lines += [_proposal_text(one) for one in result.proposals]
    lines += _grouped_text(result) if wishes.grouped else _listed_text(result)
    if wishes.facets:
        for name, counts in result.facets.items():
            lines.append(f"  {name}: " + ", ".join(f"{key} {count}" for key, count in counts.items()))
    return "\n".join(lines)


def _proposal_text(one: Proposal) -> str:
    return f"Did you mean: {one.query}{_REASONS.get(one.reason, '')}"


def _listed_text(result: SearchResult) -> Iterator[str]:
    for hit in result.hits:
        yield f"  [{hit.kind}] {hit.title}"
        yield f"      {marked(hit.snippet.text, hit.snippet.matches)}"


def _grouped_text(result: SearchResult) -> Iterator[str]:
    """Each article with its hits below it, and how many of these are not shown."""
    groups: dict[str, list[SearchHit]] = {}
    for hit in result.hits:
        groups.setdefault(hit.article_id, []).append(hit)
    for article_id, hits in groups.items():
        total = max(result.hits_of.get(article_id, 0), len(hits))
        yield f"  {hits[0].title}: {plural(total, 'hit')}"
        for hit in hits:
            yield f"      [{hit.kind}] {marked(hit.snippet.text, hit.snippet.matches)}"
        if total > len(hits):
            yield f"      and {total - len(hits):,} more"


def marked(text: str, matches: tuple[tuple[int, int], ...]) -> str:
    """The text with its hits between `›` and `‹`, which no terminal lacks."""
    for start, end in sorted(matches, reverse=True):
        text = f"{text[:start]}›{text[start:end]}‹{text[end:]}"
    return text
