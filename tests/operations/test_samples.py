"""The sample that ships with the program."""

import json

import pytest

from desktop.operations.samples import TITLE, make_sample_archive
from desktop.paths import resource
from desktop.store import annotations, articles, captures, claims, collections, meta, people, searches, tags
from desktop.store.archive import open_archive
from desktop.store.verify import verify

PLAN = json.loads(resource("samples", "marks.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    path = make_sample_archive(tmp_path_factory.mktemp("sample") / "Sample.pressmark")
    with open_archive(path, read_only=True) as archive:
        yield archive


def test_it_speaks_four_languages_in_three_formats(sample):
    assert articles.languages(sample) == {"ru": 3, "uk": 2, "en": 2, "ja": 2}
    assert {entry["file"].rpartition(".")[2] for entry in PLAN["articles"]} == {"txt", "md", "html"}
    assert meta.title(sample) == TITLE


def test_every_article_has_its_facts(sample):
    for article in articles.articles(sample, articles.article_ids(sample)):
        known = article.metadata
        assert known.title
        assert known.byline
        assert known.publisher
        assert (known.published_at or "").startswith("2031-03-")
        assert known.url
        assert ".example/" in known.url


def test_every_mark_stands_on_its_words(sample):
    marked = 0
    for article_id in articles.article_ids(sample):
        text = captures.current_capture(sample, article_id).text
        for mark in annotations.annotations_of(sample, article_id):
            assert all(text[span.start : span.end] == span.exact for span in mark.spans)
            marked += 1
    assert marked == sum(len(entry["marks"]) for entry in PLAN["articles"])


def test_some_marks_overlap_and_some_are_split(sample):
    marks = [m for one in articles.article_ids(sample) for m in annotations.annotations_of(sample, one)]
    assert sum(len(mark.spans) > 1 for mark in marks) >= 6
    spans = [(mark.article_id, span.start, span.end) for mark in marks for span in mark.spans]
    assert any(a != b and a[0] == b[0] and a[1] <= b[1] < a[2] for a in spans for b in spans)


def test_people_bear_names_in_several_scripts(sample):
    mayor = people.find_person(sample, "オリシャ・ヴィトロヴァ")
    assert mayor is not None
    assert mayor.name == "Орыся Витрова"
    assert people.find_person(sample, "Orysia Vitrova") == mayor


def test_claims_contradict_each_other_across_languages(sample):
    found = {claim.statement: claim for claim in claims.all_claims(sample)}
    assert {str(claim.verdict) for claim in found.values()} == {"refuted", "supported", "disputed", "open"}
    mentions = claims.mentions(sample, found["The reservoir holds 31 million cubic metres."].id)
    languages = {articles.article(sample, mention.article_id).metadata.language for mention in mentions}
    assert languages == {"ru", "uk", "en", "ja"}


def test_tags_collections_and_searches_are_there(sample):
    assert tags.find_tag(sample, "вода/объём") is not None
    assert collections.find_collection(sample, "Паводок/Плотина") is not None
    assert len(searches.saved_searches(sample)) == 4


def test_it_is_sound(sample):
    assert [finding for finding in verify(sample) if finding.serious] == []
