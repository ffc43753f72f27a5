"""Marks of other programs in a real archive: none dropped, none doubled, none on wrong words."""

from dataclasses import replace

import pytest

from desktop.core.anchors import AnchorState
from desktop.core.document import Block, BlockKind, Document, Metadata
from desktop.core.extraction import Extraction, FoundMark
from desktop.core.placing import place_all
from desktop.core.records import AnnotationKind, QuoteMode, Stance, Verdict
from desktop.operations import claims as ledger
from desktop.operations import marking
from desktop.operations.found_marks import add_found_marks
from desktop.operations.keeping import Keeper
from desktop.store import annotations, articles, captures, claims, people, tags
from desktop.store.history import operation
from tests.archives import original

HIGHLIGHT = AnnotationKind.HIGHLIGHT


def extraction(*marks: FoundMark, partial: bool = False, lines: tuple[str, ...] = ("x",)) -> Extraction:
    document = Document.build([Block(BlockKind.PARAGRAPH, line) for line in lines], Metadata(title="x"))
    return Extraction(document, original(b"record"), "test/1", marks=marks, partial=partial)


@pytest.fixture
def add(archive, flood):
    """Add marks to the article about the flood, as a further import would."""

    def add(*marks: FoundMark) -> int:
        capture = captures.current_capture(archive, flood)
        found = Extraction(captures.document(archive, capture.id), original(b"x"), "test/1", marks=marks)
        with operation(archive, "Import"):
            return add_found_marks(archive, flood, capture.id, found)

    return add


@pytest.fixture
def marks(archive, flood):
    return lambda: annotations.annotations_of(archive, flood)


def test_words_that_stand_in_the_text_are_marked_there(archive, flood, add, marks):
    assert add(FoundMark(HIGHLIGHT, "Губернатор сказал", note="кто?", colour="green", creator="ann")) == 1
    [mark] = marks()
    text = captures.current_capture(archive, flood).text
    [span] = mark.spans
    assert text[span.start : span.end] == mark.exact == "Губернатор сказал"
    assert (mark.note, mark.colour, mark.creator) == ("кто?", "green", "ann")


def test_quotes_of_another_kind_are_the_same_words(add, marks):
    add(FoundMark(HIGHLIGHT, 'сказал: "Мы эвакуируем всех"'))
    assert marks()[0].exact == "сказал: «Мы эвакуируем всех»"


def test_words_that_stand_twice_are_told_apart_by_their_surroundings(archive, flood, add, marks):
    add(FoundMark(HIGHLIGHT, "Мы эвакуируем", prefix="и вышел. ", suffix="."))
    text = captures.current_capture(archive, flood).text
    assert marks()[0].start == text.rindex("Мы эвакуируем")


def test_words_that_are_not_there_are_kept_as_an_orphan(archive, flood, add, marks):
    assert add(FoundMark(HIGHLIGHT, "Эти слова стояли в старой версии страницы")) == 1
    capture = captures.current_capture(archive, flood)
    [placed] = place_all(marks(), capture.text, capture.id)
    assert placed.state is AnchorState.ORPHAN
    assert placed.annotation.exact == "Эти слова стояли в старой версии страницы"


def test_several_stretches_are_one_mark(add, marks):
    add(FoundMark(HIGHLIGHT, "Вода поднялась … Губернатор сказал"))
    assert [span.exact for span in marks()[0].spans] == ["Вода поднялась", "Губернатор сказал"]
    assert all(span.placed for span in marks()[0].spans)


def test_the_same_list_again_adds_nothing(add, marks):
    mark = FoundMark(HIGHLIGHT, "Вода поднялась", creator="ann", created_at="2026-01-01T00:00:00.000Z")
    assert (add(mark), add(mark), len(marks())) == (1, 0, 1)


def test_one_word_marked_in_two_places_is_two_marks_however_often_it_comes(archive, flood, add, marks):
    text = captures.current_capture(archive, flood).text
    first, last = text.index("Мы эвакуируем"), text.rindex("Мы эвакуируем")
    places = [(first, first + 13), (last, last + 13)]
    made = [FoundMark(HIGHLIGHT, "", ranges=(place,)) for place in places]
    assert (add(*made), add(*made)) == (2, 0)
    assert [(mark.spans[0].start, mark.spans[0].end) for mark in marks()] == places
    marking.remove(archive, [marks()[0].id])
    assert add(*made) == 0


def test_places_count_code_points_beyond_the_basic_plane_and_in_composed_text(archive, marks):
    lines = ("😀 e\u0301té — 𠮷野家て\u3099す、一番", "река 😀 река")
    found = extraction(lines=lines)
    text = found.document.text
    start = text.index("𠮷")
    last = text.rindex("река")
    found = replace(
        found,
        marks=(
            FoundMark(HIGHLIGHT, "", ranges=((start, start + 3),)),
            FoundMark(HIGHLIGHT, "", ranges=((last, last + 4),)),
            FoundMark(HIGHLIGHT, "", ranges=((last, len(text) + 1),)),
            FoundMark(HIGHLIGHT, "été — 𠮷野家です、一番"),
        ),
    )
    with operation(archive, "Import"):
        line = Keeper(archive).keep("a.txt", found)
    kept = annotations.annotations_of(archive, line.article)
    assert sorted(one.exact for one in kept) == sorted(["𠮷野家", "река", "été — 𠮷野家です、一番"])
    assert all(span.placed for one in kept for span in one.spans)
    assert all(text[span.start : span.end] == span.exact for one in kept for span in one.spans)


def test_a_note_written_since_is_added_to_its_mark(archive, add, marks):
    made = "2026-01-01T00:00:00.000Z"
    add(FoundMark(HIGHLIGHT, "Вода поднялась", created_at=made))
    assert add(FoundMark(HIGHLIGHT, "Вода поднялась", note="Проверить", tags=("река",), created_at=made)) == 0
    [mark] = marks()
    assert mark.note == "Проверить"
    assert [tag.path for tag in tags.all_tags(archive)] == ["река"]


def test_two_notes_on_the_same_words_are_both_kept(add, marks):
    add(
        FoundMark(HIGHLIGHT, "Вода поднялась", note="первая"),
        FoundMark(HIGHLIGHT, "Вода поднялась", note="вторая"),
    )
    assert sorted(mark.note for mark in marks()) == ["вторая", "первая"]


def test_two_people_may_mark_the_same_words(add, marks):
    one = FoundMark(HIGHLIGHT, "Вода поднялась", creator="ann")
    add(one, FoundMark(HIGHLIGHT, "Вода поднялась", creator="bo"))
    assert {mark.creator for mark in marks()} == {"ann", "bo"}


def test_what_a_person_deleted_does_not_come_back(archive, add, marks):
    mark = FoundMark(HIGHLIGHT, "Вода поднялась")
    add(mark)
    marking.remove(archive, [marks()[0].id])
    assert (add(mark), marks()) == (0, [])


def test_a_note_without_words_is_the_articles(archive, flood, add):
    mark = FoundMark(
        AnnotationKind.NOTE, "", note="Слабый источник", creator="ann", created_at="2026-02-03T00:00:00.000Z",
        tags=("проверить",),
    )  # fmt: skip
    assert (add(mark), add(mark)) == (1, 0)
    assert articles.article(archive, flood).note == "ann, 2026-02-03: Слабый источник"
    assert [tag.path for tag in tags.tags_of_article(archive, flood)] == ["проверить"]


def test_tags_that_name_nothing_cost_nothing(archive, add, marks):
    assert add(FoundMark(HIGHLIGHT, "Вода поднялась", tags=("/", "  ", "река/уровень"))) == 1
    assert "река/уровень" in [tag.path for tag in tags.all_tags(archive)]


def test_a_quote_keeps_its_speaker_and_a_mention_its_claim(archive, add, marks):
    quote = FoundMark(
        AnnotationKind.QUOTE, "Мы эвакуируем всех", speaker="Губернатор", cue="сказал",
        mode=QuoteMode.DIRECT, said_at="2026-03-01",
    )  # fmt: skip
    mention = FoundMark(
        AnnotationKind.CLAIM, "Вода поднялась на два метра", claim="Вода выше нормы",
        stance=Stance.ASSERTS, verdict=Verdict.SUPPORTED,
    )  # fmt: skip
    add(quote, mention)
    claimed, quoted = marks()
    assert (quoted.kind, quoted.cue, quoted.mode, quoted.said_at) == (
        "quote",
        "сказал",
        "direct",
        "2026-03-01",
    )
    assert [person.name for person in people.all_people(archive)] == ["Губернатор"]
    [claim] = claims.all_claims(archive)
    assert (claimed.claim_id, claimed.stance, claim.verdict) == (claim.id, "asserts", "supported")


def test_a_verdict_of_ones_own_stands(archive, add):
    ledger.create_claim(archive, "Вода выше нормы")
    [claim] = claims.all_claims(archive)
    ledger.edit_claim(archive, claim.id, verdict=Verdict.DISPUTED)
    add(FoundMark(AnnotationKind.CLAIM, "Вода поднялась", claim="Вода выше нормы", verdict=Verdict.SUPPORTED))
    assert claims.claim(archive, claim.id).verdict is Verdict.DISPUTED


def test_a_mark_in_a_list_of_passages_has_the_surroundings_of_the_article(archive, flood):
    """Its neighbours in the list say nothing of where it stands in the article itself."""
    found = extraction(
        FoundMark(HIGHLIGHT, "вышел", ranges=((0, 5),), prefix="всех», и ", suffix=". Мы эваку"),
        partial=True,
        lines=("вышел", "Другой отрывок из той же книги"),
    )
    with operation(archive, "Import"):
        capture = captures.add_capture(
            archive, flood, found.document, original=None, extractor="x", partial=True
        )
        add_found_marks(archive, flood, capture, found)
    [mark] = annotations.annotations_of(archive, flood)
    assert [(span.prefix, span.suffix) for span in mark.spans] == [("всех», и ", ". Мы эваку")]
    current = captures.current_capture(archive, flood)
    [placed] = place_all([mark], current.text, current.id)
    assert placed.state is AnchorState.EXACT
    assert [current.text[start:end] for start, end in placed.ranges] == ["вышел"]
