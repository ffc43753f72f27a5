"""Records that somebody has broken: each ends in articles or in a sentence, never in a crash."""

import json
import random

import pytest

from desktop.core.errors import ImportFailed
from desktop.core.sentences import IMPORT_REASONS
from tests.importing.records import (
    test_catalogues,
    test_hypothesis,
    test_kindle,
    test_readers_notes,
    test_reading_lists,
    test_webannotation,
    test_zotero,
)

TEXTS = {
    **test_catalogues.TWINS,
    **test_reading_lists.TABLES,
    "pubmed.nbib": test_catalogues.MEDLINE,
    "library.rdf": test_zotero.RDF,
    "readwise.csv": test_reading_lists.READWISE,
    "bookmarks.html": test_reading_lists.NETSCAPE,
    "metadata.lua": test_readers_notes.NEW,
    "notebook.html": test_kindle.NOTEBOOK,
    "clippings.txt": test_kindle.clipping("Your Highlight on Location 120-122 | Added on 3 March 2025", "x")
    * 2,
}
VALUES = {
    "items.json": test_zotero.flat(),
    "nested.json": test_zotero.nested(),
    "omnivore.json": test_reading_lists.OMNIVORE,
    "annotation.json": test_webannotation.SOUND,
    "hypothesis.json": [test_hypothesis.row(1, "x", ("words", 3)), test_hypothesis.row(2, "y")],
    "csl.json": json.loads(test_catalogues.CSL),
}
ODD = (None, 5, -1, 1e308, "", [], {}, True, "x" * 50, [None], {"a": None}, [[[]]], "\ud800", 10**30)


def broken_value(value, chance):
    """The value with some of what it holds replaced by what nobody expects."""
    if chance.random() < 0.06:
        return chance.choice(ODD)
    if isinstance(value, dict):
        return {key: broken_value(one, chance) for key, one in value.items()}
    if isinstance(value, list):
        return [broken_value(one, chance) for one in value]
    return value


def broken_bytes(data, chance):
    """The bytes with some cut out, doubled, or written over."""
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data) + 1)
        middle = chance.choice([b"", data[max(0, at - 20) : at] * 3, chance.randbytes(3), b"{}[]<>@%=\n\x00"])
        data = data[:at] + middle + data[at + chance.choice([0, 1, 30]) :]
    return data or b" "


def reasons(read, data, name):
    try:
        return [failure.reason for failure in read(data, name).failures]
    except ImportFailed as failure:
        return [failure.reason]


@pytest.mark.parametrize("name", TEXTS)
def test_broken_bytes_end_in_a_sentence(read, name):
    chance = random.Random(name)
    for _ in range(12):
        found = reasons(read, broken_bytes(TEXTS[name].encode(), chance), name)
        assert not [reason for reason in found if reason not in IMPORT_REASONS or reason == "crash"]


@pytest.mark.parametrize("name", VALUES)
def test_values_of_the_wrong_kind_end_in_a_sentence(read, name):
    chance = random.Random(name)
    for _ in range(60):
        found = reasons(read, json.dumps(broken_value(VALUES[name], chance)), name)
        assert not [reason for reason in found if reason not in IMPORT_REASONS or reason == "crash"]
