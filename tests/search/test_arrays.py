"""Files of arrays, vocabularies and postings."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.search.arrayfile import ArrayFile, ArrayFileDamaged, ArrayFileWriter
from desktop.search.postings import EMPTY, Postings, Vocabulary, smallest

WORDS = st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"])), unique=True)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "arrays"
    writer = ArrayFileWriter(path.open("wb"))
    writer.put("numbers", np.array([3, 1, 2], np.uint16))
    writer.put_bytes("words", "слово".encode())
    writer.put("none", np.zeros(0, np.int64))
    writer.close()
    return path


def test_arrays_are_read_as_they_were_written(path):
    opened = ArrayFile(path)
    assert opened.get("numbers").tolist() == [3, 1, 2]
    assert opened.get("numbers").dtype == np.uint16
    assert opened.get("words").tobytes().decode() == "слово"
    assert opened.get("none").tolist() == []
    assert "missing" not in opened


@pytest.mark.parametrize("kept", [0, 1, 7, 8, 20, -1, -9])
def test_a_file_that_was_cut_is_noticed(path, kept):
    data = path.read_bytes()
    path.write_bytes(data[:kept])
    with pytest.raises((ArrayFileDamaged, ValueError)):
        ArrayFile(path)


@given(WORDS, st.text())
def test_a_vocabulary_knows_its_terms_and_prefixes(words, prefix):
    terms = sorted(word.encode() for word in words)
    vocabulary = Vocabulary.of(terms)
    assert list(vocabulary) == terms
    assert [vocabulary.find(term) for term in terms] == list(range(len(terms)))
    first, end = vocabulary.range(prefix.encode())
    assert terms[first:end] == [term for term in terms if term.startswith(prefix.encode())]
    assert vocabulary.terms() == [term.decode() for term in terms]
    assert vocabulary.find(b"\xff") == -1


def test_places_in_the_text_are_terms():
    vocabulary = Vocabulary.of([b"a", b"bcd", b"e"])
    assert vocabulary.text() == b"a\nbcd\ne\n"
    assert vocabulary.numbers_at([0, 2, 4, 6]) == [0, 1, 1, 2]


def test_postings_of_a_field():
    postings = Postings.of({"дрон": {0: [4, 1], 7: [2]}, "а": {300: [0]}})
    assert postings.terms.terms() == ["а", "дрон"]
    assert postings.documents(1).tolist() == [0, 7]
    assert postings.counts is not None and postings.counts[postings.slice(1)].tolist() == [2, 1]
    assert postings.places is not None and postings.places.tolist() == [0, 1, 4, 2]
    assert postings.place_starts is not None and postings.place_starts.tolist() == [0, 1, 4]
    assert postings.ids.dtype == np.uint16
    assert postings.frequencies.tolist() == [1, 2]
    assert len(EMPTY.terms) == 0 and EMPTY.terms.find(b"a") == -1


def test_the_smallest_type_is_chosen():
    assert smallest(np.array([255])).dtype == np.uint8
    assert smallest(np.array([256])).dtype == np.uint16
    assert smallest(np.array([70_000])).dtype == np.uint32
