"""Pressmark's own export comes back as it was."""

import pytest

from desktop.core.records import COLOURS
from desktop.core.selection import Selection
from desktop.operations import claims as ledger
from desktop.operations import exporting, marking, tagging
from desktop.operations.keeping import Keeper
from desktop.store import annotations, articles, captures, claims, people, tags
from desktop.store.archive import create_archive
from desktop.store.history import operation
from tests.archives import archive, archive_path, drones, empty_archive, flood

__all__ = ["archive", "archive_path", "drones", "empty_archive", "flood"]


@pytest.fixture
def other(tmp_path):
    with create_archive(tmp_path / "Other.pressmark") as opened:
        yield opened


def marked(archive, flood, drones):
    marking.mark_words(archive, flood, "quote", "Мы эвакуируем всех", speaker="Губернатор", cue="сказал",
                       mode="direct", said_at="2026-03-01", note="проверить", tags=("река/уровень",
                       ))  # fmt: skip
    marking.mark_words(archive, flood, "claim", "Вода поднялась … вышел", claim="Вода выше нормы",
    stance="asserts",
                       colour=COLOURS[3])  # fmt: skip
    [claim] = claims.all_claims(archive)
    ledger.edit_claim(archive, claim.id, verdict="supported")
    marking.mark_words(archive, drones, "note", "drones 🛩", note="an astral sign")
    tagging.tag_articles(archive, [drones], "дроны")


def told(archive):
    """Every mark by what a person sees of it."""
    titles = {one.id: one.metadata for one in articles.articles(archive, articles.article_ids(archive))}
    names = {one.id: one.name for one in people.all_people(archive)}
    statements = {one.id: (one.statement, one.verdict) for one in claims.all_claims(archive)}
    paths = {one.id: one.path for one in tags.all_tags(archive)}
    return sorted(
        (
            titles[article].title,
            mark.kind,
            tuple((span.start, span.end, span.exact, span.prefix, span.suffix) for span in mark.spans),
            (
                mark.note,
                mark.colour,
                mark.cue,
                mark.mode,
                mark.said_at,
                mark.stance,
                mark.creator,
                mark.created_at,
            ),
            names.get(mark.speaker_id),
            statements.get(mark.claim_id),
            tuple(paths[tag] for tag in mark.tag_ids),
        )
        for article in titles
        for mark in annotations.annotations_of(archive, article)
    )


def test_an_exported_set_is_the_same_in_another_archive(archive, other, flood, drones, tmp_path, read):
    marked(archive, flood, drones)
    target = tmp_path / "set.jsonld"
    exporting.export(archive, "jsonld", Selection(), target)
    answers = read(target.read_bytes(), "set.jsonld")
    assert answers.failures == []
    keeper = Keeper(other)
    with operation(other, "Import"):
        lines = [keeper.keep("set.jsonld", answer) for answer in answers]
    assert [line.status for line in lines] == ["added", "added"]
    assert told(other) == told(archive)
    for article in articles.articles(other, articles.article_ids(other)):
        text = captures.current_capture(other, article.id).text
        twin = next(
            one
            for one in articles.articles(archive, [flood, drones])
            if one.metadata.title == article.metadata.title
        )
        assert text == captures.current_capture(archive, twin.id).text
        assert article.metadata.publisher == twin.metadata.publisher
        assert article.metadata.published_at == twin.metadata.published_at
        assert [tag.path for tag in tags.tags_of_article(other, article.id)] == [
            tag.path for tag in tags.tags_of_article(archive, twin.id)
        ]


def test_the_same_set_again_changes_nothing(archive, other, flood, drones, tmp_path, read):
    marked(archive, flood, drones)
    target = tmp_path / "set.jsonld"
    exporting.export(archive, "jsonld", Selection(), target)
    keeper = Keeper(other)
    for _ in range(2):
        with operation(other, "Import"):
            lines = [keeper.keep("set.jsonld", answer) for answer in read(target.read_bytes(), "set.jsonld")]
    assert [line.status for line in lines] == ["duplicate", "duplicate"]
    assert told(other) == told(archive)
