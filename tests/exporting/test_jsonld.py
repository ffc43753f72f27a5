"""The JSON-LD export, read by a JSON-LD processor and judged by the standard's own schemas."""

import json
from collections import Counter
from contextlib import suppress
from dataclasses import replace

import pytest
from jsonschema import Draft4Validator
from pyld import jsonld
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from desktop.core.anchors import Span
from desktop.exporting.jsonld import NAMESPACE

from .anno_context import load_offline
from .fakes import CLAIM, PERSON, TAG, FakeExportSet

OA = "http://www.w3.org/ns/oa#"
OPTIONS = {"documentLoader": load_offline}


@pytest.fixture
def collection(written):
    return json.loads(written("jsonld"))


def marks(collection, kind):
    return [node for node in collection["first"]["items"] if node["body"][0]["source"] == NAMESPACE + kind]


def bodies(node, purpose):
    return [body["value"] for body in node["body"] if body["purpose"] == purpose and "value" in body]


def test_the_collection_counts_its_annotations_and_holds_them_in_one_page(collection):
    assert collection["type"] == "AnnotationCollection"
    assert collection["total"] == len(collection["first"]["items"]) == 6
    assert collection["first"]["partOf"] == collection["id"]


def test_positions_count_code_points_and_select_the_exact_words(collection):
    texts = {
        entry["pressmark:text"]["id"]: entry["pressmark:text"]["value"]
        for entry in collection["pressmark:articles"]
    }
    checked = 0
    for node in collection["first"]["items"]:
        targets = node["target"] if isinstance(node["target"], list) else [node["target"]]
        for target in targets:
            quote, position = target["selector"]
            text = texts[target["source"]["id"]]
            assert text[position["start"] : position["end"]] == quote["exact"]
            assert text[: position["start"]].endswith(quote["prefix"])
            assert text[position["end"] :].startswith(quote["suffix"])
            checked += 1
    assert checked == 7


def test_a_split_quotation_has_its_spans_as_targets_in_order(collection):
    node = marks(collection, "Quote")[0]
    assert [target["selector"][0]["exact"] for target in node["target"]] == [
        "Ми бачимо тріщину,",
        "і вона росте",
    ]
    assert [target["pressmark:order"] for target in node["target"]] == [1, 2]


def test_a_quotation_keeps_speaker_cue_mode_tags_and_note(collection):
    node = marks(collection, "Quote")[0]
    speaker = next(p for p in collection["pressmark:people"] if p["id"] == node["pressmark:speaker"]["id"])
    assert speaker["name"] == PERSON.name
    assert "イリーナ・メルニク" in speaker["skos:altLabel"]
    assert (node["pressmark:cue"], node["pressmark:mode"]) == ("сказала", "direct")
    assert bodies(node, "tagging") == [TAG.path]
    assert bodies(node, "commenting") == ["She said it twice.\n\n# not a heading\n- not a list"]


def test_a_claim_mention_carries_the_statement_and_its_verdict(collection):
    node = marks(collection, "ClaimMention")[0]
    assert node["motivation"] == "assessing"
    assert bodies(node, "describing") == [CLAIM.statement]
    assert bodies(node, "assessing") == ["refuted"]
    assert node["pressmark:stance"] == "asserts"
    assert collection["pressmark:claims"][0]["pressmark:note"] == CLAIM.note


def test_the_source_is_described_in_dublin_core(collection):
    article = collection["pressmark:articles"][0]
    assert article["dcterms:title"] == "Тріщина & <гребля>"
    assert article["dcterms:source"] == {"id": "https://dam.example/п?q=a%20b"}
    assert article["dcterms:identifier"] == "https://dam.example/п?q=a b"
    assert article["pressmark:dateIsGuess"] is True


def test_a_processor_keeps_every_key_of_the_file(collection):
    """A key that the contexts do not map would vanish on expansion."""
    expanded = jsonld.expand(collection, OPTIONS)

    def keys(node):
        if isinstance(node, dict):
            for key, value in node.items():
                if key not in ("@context", "id", "type", "@id", "@type", "@value", "@list"):
                    yield key
                if key != "@context":
                    yield from keys(value)
        elif isinstance(node, list):
            for entry in node:
                yield from keys(entry)

    given, kept = Counter(keys(collection)), Counter(keys(expanded))
    assert sum(given.values()) == sum(kept.values())
    assert {key for key in kept if ":" not in key} == set()


def test_a_processor_reads_the_graph(collection):
    quads = jsonld.to_rdf(collection, OPTIONS)["@default"]
    facts = {(q["predicate"]["value"], q["object"]["value"]) for q in quads}
    assert (OA + "exact", "Гребля 😀") in facts
    assert (OA + "motivatedBy", OA + "highlighting") in facts
    assert (NAMESPACE + "speaker", f"urn:uuid:{PERSON.id}") in facts
    assert (NAMESPACE + "verdict", "refuted") in facts


def test_normalising_twice_gives_the_same_graph(collection):
    options = OPTIONS | {"algorithm": "URDNA2015", "format": "application/n-quads"}
    first = jsonld.normalize(collection, options)
    assert first == jsonld.normalize(jsonld.flatten(collection, None, OPTIONS), options)
    assert len(first.splitlines()) > 100


def test_words_that_do_not_stand_at_their_place_are_exported_without_a_position(written, export_set):
    item = export_set.items[2]
    moved = replace(item.annotations[0], spans=(Span(0, 7, "水位は下がった"),))
    node = json.loads(written("jsonld", FakeExportSet([replace(item, annotations=(moved,))])))["first"][
        "items"
    ][0]
    assert node["target"]["selector"] == {
        "type": "TextQuoteSelector",
        "exact": "水位は下がった",
        "prefix": "",
        "suffix": "",
    }


def test_an_empty_selection_is_an_empty_collection(written):
    empty = json.loads(written("jsonld", FakeExportSet([])))
    assert (empty["total"], empty["first"]["items"], empty["pressmark:articles"]) == (0, [], [])


@pytest.mark.shared
def test_every_annotation_meets_the_standards_musts(shared, collection):
    home = shared / "data/interop/w3c_webannotation"
    validators = _must_validators(home)
    for node in collection["first"]["items"]:
        alone = {"@context": collection["@context"], **node}
        broken = [name for name, validator in validators.items() if not validator.is_valid(alone)]
        assert broken == []


@pytest.mark.shared
def test_the_schemas_do_refuse_the_standards_wrong_examples(shared):
    """So that passing them means something."""
    home = shared / "data/interop/w3c_webannotation"
    validators = _must_validators(home)
    wrong = []
    for path in sorted((home / "incorrect").glob("*.json")):
        with suppress(json.JSONDecodeError):
            wrong.append(json.loads(path.read_text("utf-8")))
    refused = [node for node in wrong if not all(v.is_valid(node) for v in validators.values())]
    assert len(refused) >= 5


@pytest.mark.shared
def test_the_collection_and_its_page_meet_the_standards_definitions(shared, collection):
    home = shared / "data/interop/w3c_webannotation"
    names = (
        "annotationCollectionTypeValueFound", "labelFound", "totalFound", "firstFound",
        "firstRequiredIfTotalMoreThanZero",
    )  # fmt: skip
    assert [name for name in names if not _definition(home, name).is_valid(collection)] == []
    page_names = ("annotationPageTypeValueFound", "partOfFound", "startIndexFound", "itemsFound")
    assert [name for name in page_names if not _definition(home, name).is_valid(collection["first"])] == []


def _must_validators(home):
    registry = _registry(home)
    found = {}
    for path in sorted((home / "assertions_annotations").rglob("*.json")):
        schema = json.loads(path.read_text("utf-8"))
        if schema.get("assertionType") == "must" and schema.get("expectedResult") == "valid":
            found[path.name] = Draft4Validator(schema, registry=registry)
    assert len(found) >= 8
    return found


def _definition(home, name):
    return Draft4Validator({"$ref": f"collections.json#/definitions/{name}"}, registry=_registry(home))


def _registry(home):
    return Registry().with_resources(
        (path.name, Resource.from_contents(json.loads(path.read_text("utf-8")), DRAFT4))
        for path in (home / "schema_definitions").glob("*.json")
    )
