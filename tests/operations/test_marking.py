import pytest

from desktop.core.errors import NotFound, WordsNotFound
from desktop.core.records import AnnotationKind, QuoteMode, Stance
from desktop.operations import marking
from desktop.store import annotations, claims, people, tags
from desktop.store.history import redo, steps, undo
from tests.archives import FLOOD


@pytest.fixture(autouse=True)
def user(monkeypatch):
    monkeypatch.setenv("PRESSMARK_USER", "Оля")


def only(archive, changes):
    (annotation_id,) = changes.annotations
    return annotations.annotation(archive, annotation_id)


def test_a_quote_keeps_its_words_and_who_said_them(archive, flood):
    start = FLOOD.index("«Мы")
    changes = marking.mark(
        archive,
        flood,
        "quote",
        [(start, start + 20)],
        note="важно",
        speaker="Иван  Петров",
        cue="сказал",
        mode="direct",
        said_at="2026-03-01",
        tags=["вода/паводок", "губернатор"],
    )
    made = only(archive, changes)
    assert changes.label == "Mark quote"
    assert changes.articles == {flood}
    assert made.kind is AnnotationKind.QUOTE
    assert made.exact == "«Мы эвакуируем всех»"
    assert made.spans[0].prefix.endswith("сказал: ")
    assert people.person(archive, made.speaker_id).name == "Иван Петров"
    assert (made.cue, made.mode, made.said_at) == ("сказал", QuoteMode.DIRECT, "2026-03-01")
    assert [tags.tag(archive, one).path for one in made.tag_ids] == ["губернатор", "вода/паводок"]
    assert made.creator == "Оля"
    assert steps(archive)[0].actor == "Оля"


def test_a_speaker_is_found_by_alias_and_a_claim_by_its_words(archive, flood):
    first = only(archive, marking.mark_words(archive, flood, "claim", "два метра", claim="Вода поднялась"))
    again = only(
        archive, marking.mark_words(archive, flood, "claim", "эвакуируем всех", claim=" вода  ПОДНЯЛАСЬ ")
    )
    assert first.claim_id == again.claim_id
    assert [one.id for one in claims.mentions(archive, first.claim_id)] == [first.id, again.id]


def test_marking_undoes_with_the_person_and_tags_it_made(archive, flood):
    marking.mark(archive, flood, "quote", [(0, 4)], speaker="Пётр", tags=["a/b"])
    assert undo(archive).label == "Mark quote"
    assert annotations.annotations_of(archive, flood) == []
    assert people.all_people(archive) == []
    assert tags.all_tags(archive) == []
    assert redo(archive).articles == {flood}
    assert [one.exact for one in annotations.annotations_of(archive, flood)] == ["Вода"]


@pytest.mark.parametrize("ranges", [[], [(3, 3)], [(5, 2)], [(-1, 4)], [(0, 10**6)]])
def test_ranges_outside_the_text_are_refused(archive, flood, ranges):
    with pytest.raises(ValueError):
        marking.mark(archive, flood, "highlight", ranges)
    assert steps(archive)[0].label == "Import 1 article"


def test_touching_ranges_become_one_span(archive, flood):
    made = only(archive, marking.mark(archive, flood, "highlight", [(5, 14), (0, 5), (20, 24)]))
    assert [(span.start, span.end) for span in made.spans] == [(0, 14), (20, 24)]


@pytest.mark.parametrize(
    "fields", [{"colour": "mauve"}, {"mode": "loud"}, {"stance": "knows"}, {"said_at": "yesterday"}]
)
def test_unknown_values_are_refused(archive, flood, fields):
    with pytest.raises(ValueError):
        marking.mark(archive, flood, "quote", [(0, 4)], **fields)


def test_words_are_found_despite_typography(archive, drones):
    made = only(archive, marking.mark_words(archive, drones, "quote", '"We want a new page"'))
    assert made.exact == "“We want a new page”"


def test_a_broken_quotation_is_marked_in_parts(archive, drones):
    made = only(archive, marking.mark_words(archive, drones, "quote", "We want a new page … About 450"))
    assert [span.exact for span in made.spans] == ["We want a new page", "About 450"]


@pytest.mark.parametrize(("words", "matches"), [("Мы эвакуируем", 2), ("ничего такого тут нет", 0), (" ", 0)])
def test_absent_and_ambiguous_words_are_told(archive, flood, words, matches):
    with pytest.raises(WordsNotFound) as error:
        marking.mark_words(archive, flood, "quote", words)
    assert error.value.matches == matches


def test_an_unknown_article_is_told(archive):
    with pytest.raises(NotFound):
        marking.mark(archive, "nobody", "highlight", [(0, 1)])


def test_editing_changes_what_is_given_and_clears_with_none(archive, flood):
    made = only(archive, marking.mark(archive, flood, "quote", [(0, 4)], speaker="Пётр", note="n"))
    changes = marking.edit(archive, made.id, kind="claim", speaker=None, claim="Вода ушла", stance="disputes")
    edited = annotations.annotation(archive, made.id)
    assert changes.label == "Edit annotation"
    assert changes.articles == {flood}
    assert (edited.kind, edited.speaker_id, edited.note) == (AnnotationKind.CLAIM, None, "n")
    assert edited.stance is Stance.DISPUTES
    assert claims.claim(archive, edited.claim_id).statement == "Вода ушла"
    assert marking.edit(archive, made.id, colour="teal").label == "Change colour"
    assert not marking.edit(archive, made.id, colour="teal")
    with pytest.raises(ValueError, match="no such field"):
        marking.edit(archive, made.id, weight=3)


def test_moving_puts_the_mark_on_other_words(archive, flood):
    made = only(archive, marking.mark(archive, flood, "quote", [(0, 4)]))
    assert marking.move(archive, made.id, [(0, 14)]).annotations == {made.id}
    assert annotations.annotation(archive, made.id).exact == "Вода поднялась"
    assert not marking.move(archive, made.id, [(0, 14)])
    undo(archive)
    assert annotations.annotation(archive, made.id).exact == "Вода"


def test_removed_marks_can_be_taken_back(archive, flood):
    ids = [only(archive, marking.mark(archive, flood, "note", [(n, n + 2)])).id for n in range(3)]
    changes = marking.remove(archive, ids)
    assert changes.label == "Delete 3 annotations"
    assert (changes.annotations, changes.articles) == (set(ids), {flood})
    assert annotations.annotations_of(archive, flood) == []
    marking.restore(archive, ids[:1])
    assert [one.id for one in annotations.annotations_of(archive, flood)] == ids[:1]
    assert not marking.restore(archive, ids[:1])
