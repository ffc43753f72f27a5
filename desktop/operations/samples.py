"""The sample archive: nine invented articles with every kind of mark on them.

The articles and ``marks.json``, which says what is marked in them, are in ``resources/samples``.
"""

import json
from pathlib import Path
from typing import Any

from desktop.core.errors import ImportFailed
from desktop.core.ids import new_id
from desktop.core.progress import Progress
from desktop.operations import claims, library, people, saved_searches, tagging
from desktop.operations.importing import import_paths
from desktop.operations.marking import mark_words
from desktop.paths import resource
from desktop.store import meta
from desktop.store.archive import Archive, create_archive
from desktop.store.claims import find_claim
from desktop.store.collections import find_collection
from desktop.store.history import operation
from desktop.store.people import find_person

TITLE = "The flood that never was"
Plan = dict[str, Any]


def make_sample_archive(path: Path, progress: Progress | None = None) -> Path:
    """Make a new archive at ``path`` with the sample in it.

    Raises:
        ArchiveExists: There is a file already; it is left as it is.
        ImportFailed: A sample article could not be read.
    """
    plan: Plan = json.loads(resource("samples", "marks.json").read_text("utf-8"))
    with create_archive(path) as archive:
        meta.set_title(archive, TITLE)
        fill(archive, plan, progress or Progress())
    return path


def sample_files() -> list[Path]:
    """The sample's articles in the order of the story."""
    plan: Plan = json.loads(resource("samples", "marks.json").read_text("utf-8"))
    return [resource("samples", *entry["file"].split("/")) for entry in plan["articles"]]


def fill(archive: Archive, plan: Plan, progress: Progress) -> None:
    """Import the articles, then do what ``plan`` says as one batch of the history."""
    files = sample_files()
    report = import_paths(archive, files, progress)
    lines = {line.source: line for line in report.lines}
    batch = new_id()
    _introduce(archive, plan, batch)
    for entry, file in zip(plan["articles"], files, strict=True):
        article_id = lines[str(file)].article
        if article_id is None:
            raise ImportFailed(str(file), lines[str(file)].error)
        _arrange(archive, article_id, entry, batch)
        for wish in entry["marks"]:
            with operation(archive, f"Mark {wish['kind']}", batch=batch):
                _mark(archive, article_id, wish)
    _judge(archive, plan["claims"], batch)
    with operation(archive, "Save searches", batch=batch):
        for search in plan["saved_searches"]:
            saved_searches.save_search(archive, search["name"], search["query"])


def _introduce(archive: Archive, plan: Plan, batch: str) -> None:
    """People with their names in other scripts, and the tree of tags."""
    with operation(archive, "Add people", batch=batch):
        for entry in plan["people"]:
            people.create_person(archive, entry["name"])
            person = find_person(archive, entry["name"])
            assert person is not None
            for alias in entry["aliases"]:
                people.add_alias(archive, person.id, alias)
            people.edit_person(archive, person.id, note=entry.get("note", ""))
    with operation(archive, "Add tags", batch=batch):
        for entry in plan["tags"]:
            tagging.create_tag(archive, entry["path"], entry["colour"], entry.get("description", ""))


def _arrange(archive: Archive, article_id: str, entry: Plan, batch: str) -> None:
    """Collections, tags, read state and note of one article."""
    with operation(archive, "Arrange article", batch=batch):
        for path in entry["collections"]:
            library.create_collection(archive, path)
            collection = find_collection(archive, path)
            assert collection is not None
            library.add_to_collection(archive, collection.id, [article_id])
        for path in entry["tags"]:
            tagging.tag_articles(archive, [article_id], path)
        library.set_read_state(archive, [article_id], entry["read_state"])
        # A plain text names no outlet; nor has every article a note.
        facts = {key: entry[key] for key in ("publisher", "note") if entry.get(key)}
        library.edit_metadata(archive, [article_id], **facts)


def _mark(archive: Archive, article_id: str, wish: Plan) -> None:
    fields = {key: value for key, value in wish.items() if key not in ("kind", "words")}
    mark_words(archive, article_id, wish["kind"], wish["words"], **fields)


def _judge(archive: Archive, judged: list[Plan], batch: str) -> None:
    with operation(archive, "Judge claims", batch=batch):
        for entry in judged:
            claim = find_claim(archive, entry["statement"])
            assert claim is not None
            claims.edit_claim(archive, claim.id, verdict=entry["verdict"], note=entry["note"])
