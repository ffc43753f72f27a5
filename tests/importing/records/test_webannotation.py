"""W3C Web Annotations, and Pressmark's own export of them."""

import copy
import json

import pytest

from desktop.core.records import AnnotationKind
from tests.importing.records.conftest import words

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
SOURCE = "https://vestnik.example/2024/flood"
SOUND = {
    "@context": CONTEXT,
    "id": "urn:uuid:0b5c0f0e-0000-4000-8000-000000000001",
    "type": "Annotation",
    "motivation": "commenting",
    "created": "2026-03-01T10:00:00Z",
    "creator": {"id": "https://people.example/ann", "type": "Person", "name": "Ann Lee"},
    "body": [
        {"type": "TextualBody", "value": "Who says so?", "purpose": "commenting"},
        {"type": "TextualBody", "value": "вода", "purpose": "tagging"},
    ],
    "target": {
        "source": SOURCE,
        "selector": {
            "type": "TextQuoteSelector", "exact": "The river rose", "prefix": "Yesterday. ",
            "suffix": " two metres",
        },
    },
}  # fmt: skip


def changed(**more):
    annotation = copy.deepcopy(SOUND) | more
    return {key: value for key, value in annotation.items() if value is not None}


def with_target(**more):
    return changed(target={**SOUND["target"], **more})


def test_an_annotation_marks_the_words_it_quotes(read):
    [article] = read(json.dumps(SOUND), "one.jsonld")
    [mark] = article.marks
    assert article.document.metadata.url == SOURCE
    assert words(article) == ["The river rose"]
    assert (mark.prefix, mark.suffix, mark.note, mark.tags, mark.creator, mark.created_at) == (
        "Yesterday. ", " two metres", "Who says so?", ("вода",), "Ann Lee", "2026-03-01T10:00:00.000Z",
    )  # fmt: skip


def test_a_collection_is_grouped_by_source(read):
    items = [
        SOUND,
        changed(id="urn:x:2", target=SOURCE + "#top"),
        changed(id="urn:x:3", target="https://b.example/"),
    ]
    page = {"id": "urn:x:p", "type": "AnnotationPage", "items": items}
    collection = {"@context": CONTEXT, "id": "urn:x:c", "type": "AnnotationCollection", "first": page}
    one, other = read(json.dumps(collection), "all.json")
    assert [mark.exact for mark in one.marks] == ["The river rose", ""]
    assert other.document.metadata.url == "https://b.example/"


def test_several_targets_in_one_text_are_one_mark(read):
    quotes = [{"type": "TextQuoteSelector", "exact": exact} for exact in ("The river rose", "two metres")]
    [article] = read(
        json.dumps(changed(target=[{"source": SOURCE, "selector": one} for one in quotes])), "x.json"
    )
    assert words(article) == ["The river rose … two metres"]


def test_pages_elsewhere_are_told_and_not_fetched(read):
    collection = {
        "@context": CONTEXT, "id": "https://a.example/c", "type": "AnnotationCollection", "label": "Floods",
        "total": 7, "first": "https://a.example/page1",
    }  # fmt: skip
    [article] = read(json.dumps(collection), "x.json")
    assert article.document.metadata.title == "Floods"
    assert "https://a.example/page1" in article.warnings[0]


def test_a_page_may_only_name_its_annotations(read):
    page = {
        "@context": CONTEXT,
        "id": "https://a.example/p",
        "type": "AnnotationPage",
        "items": ["https://a.example/1"],
    }
    [article] = read(json.dumps(page), "x.json")
    assert "https://a.example/1" in article.warnings[0]


BROKEN = [
    (changed(**{"@context": "fish"}), "@context"),
    (changed(**{"@context": None}), "@context"),
    (changed(id=["urn:x:1", "urn:x:2"]), "id"),
    (changed(id="not an address"), "id"),
    (changed(type=None), "type"),
    (changed(target=None), "target"),
    (changed(target="not an address"), "target"),
    (changed(bodyValue="also"), "bodyValue"),
    (changed(body=None, bodyValue=["a", "b"]), "bodyValue"),
    (changed(body={"items": ["https://a.example/1"]}), "items"),
    (changed(body={"type": ["Choice", "List"], "items": ["https://a.example/1"]}), "items"),
    (changed(body={"type": "Choice", "items": []}), "no items"),
    (changed(body={"type": "TextualBody", "value": ["a", "b"]}), "value"),
    (changed(body={"format": "text/plain"}), "body"),
    (changed(creator=6), "creator"),
    (changed(created="an hour ago"), "created"),
    (changed(modified=["2026-03-01T10:00:00Z", "2026-03-01T10:00:01Z"]), "modified"),
    (changed(rights="mine"), "rights"),
    (changed(canonical="not an address"), "canonical"),
    (changed(target={"type": "SpecificResource"}), "source"),
    (with_target(selector={"type": "FragmentSelector"}), "FragmentSelector"),
    (with_target(selector={"type": "TextQuoteSelector", "prefix": "x"}), "TextQuoteSelector"),
    (with_target(selector={"type": "TextPositionSelector", "start": -1, "end": 2}), "TextPositionSelector"),
    (with_target(selector={"type": "GuessSelector"}), "no kind"),
]


@pytest.mark.parametrize(("annotation", "what"), BROKEN, ids=[what for _, what in BROKEN])
def test_what_breaks_the_standard_is_refused_with_the_rule_it_breaks(read, annotation, what):
    answers = read(json.dumps(annotation), "x.jsonld")
    [failure] = answers.failures
    assert (list(answers), failure.reason) == ([], "not_standard")
    assert what in failure.detail


def test_a_broken_annotation_does_not_cost_the_others(read):
    page = {
        "@context": CONTEXT, "id": "urn:x:p", "type": "AnnotationPage",
        "items": [changed(creator=6), SOUND, changed(id=None)],
    }  # fmt: skip
    answers = read(json.dumps(page), "x.jsonld")
    assert [len(article.marks) for article in answers] == [1]
    assert len(answers.failures) == 2


@pytest.mark.parametrize("folder", ["correct", "incorrect"])
def test_the_samples_of_the_standard(read, shared, folder):
    for path in sorted((shared / "data/interop/w3c_webannotation" / folder).iterdir()):
        try:
            answers = read(path.read_bytes(), path.name)
        except Exception as error:  # noqa: BLE001
            assert folder == "incorrect", f"{path.name}: {error}"
            assert getattr(error, "reason", "") in ("malformed", "unknown_format", "not_standard"), path.name
        else:
            assert bool(answers) == (folder == "correct"), path.name
            assert bool(answers.failures) == (folder == "incorrect"), path.name


def test_places_without_words_are_kept_in_the_note(read):
    annotation = with_target(selector={"type": "FragmentSelector", "value": "page=10"})
    [article] = read(json.dumps(annotation), "x.json")
    [mark] = article.marks
    assert (mark.kind, mark.exact, mark.note) == (AnnotationKind.NOTE, "", "page=10\nWho says so?")
