"""Two captures side by side: what stayed, changed, came, went and moved."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.core.anchors import AnchorState, describe
from desktop.core.comparing import (
    Fate,
    PassageKind,
    compare,
    fate,
    passage_at,
    proposed_place,
)
from desktop.core.placing import Placement, place
from desktop.core.records import Annotation, AnnotationKind

OLD = (
    "Мэр открыл мост в пятницу.\nДвижение начнётся в понедельник. Проезд будет бесплатным.\n"
    "Строительство заняло три года.\nАрхитектор от комментариев отказался."
)


def kinds(old, new):
    return [str(passage.kind) for passage in compare(old, new).passages]


def test_a_text_is_the_same_as_itself():
    assert set(kinds(OLD, OLD)) == {"same"}


def test_an_edited_sentence_names_the_words_that_differ():
    new = OLD.replace("в понедельник", "во вторник утром")
    (changed,) = [one for one in compare(OLD, new).passages if one.kind is PassageKind.CHANGED]
    assert [OLD[a:b] for a, b in changed.old_words] == ["в понедельник"]
    assert [new[a:b] for a, b in changed.new_words] == ["во вторник утром"]


def test_sentences_come_and_go():
    new = OLD.replace(" Проезд будет бесплатным.", "") + "\nРедакция получила ответ ведомства."
    found = compare(OLD, new)
    removed = [OLD[slice(*one.old)] for one in found.passages if one.kind is PassageKind.REMOVED]
    added = [new[slice(*one.new)] for one in found.passages if one.kind is PassageKind.ADDED]
    assert removed == ["Проезд будет бесплатным."]
    assert added == ["Редакция получила ответ ведомства."]


def test_a_sentence_that_moved_is_told_at_both_places():
    first, *rest = OLD.split("\n")
    new = "\n".join([*rest, first])
    moved = [one for one in compare(OLD, new).passages if one.kind is PassageKind.MOVED]
    assert len(moved) == 2
    assert moved[0] == moved[1]
    assert OLD[slice(*moved[0].old)] == new[slice(*moved[0].new)] == first


def test_japanese_sentences_are_compared_too():
    old = "首相は会見で計画を発表した。野党は反対している。来年度に始まる。"
    new = "首相は会見で新しい計画を発表した。来年度に始まる。"
    assert kinds(old, new) == ["changed", "removed", "same"]


@given(st.lists(st.sampled_from("абвгд"), max_size=12), st.lists(st.sampled_from("абвгд"), max_size=12))
def test_every_sentence_of_both_texts_is_told(old, new):
    old_text = "\n".join(f"Слово {one} стоит тут." for one in old)
    new_text = "\n".join(f"Слово {one} стоит тут." for one in new)
    passages = compare(old_text, new_text).passages
    assert len({one.old for one in passages if one.old}) == len(old)
    assert len({one.new for one in passages if one.new}) == len(new)


def marked(words):
    at = OLD.index(words)
    span = describe(OLD, at, at + len(words))
    return Annotation("a", "x", "old", AnnotationKind.QUOTE, (span,))


def fate_of(words, new):
    return fate(place(marked(words), new, "new"), compare(OLD, new))


def test_marks_are_kept_moved_changed_or_gone():
    first, *rest = OLD.split("\n")
    assert fate_of("открыл мост", OLD + "\nЕщё строка.") is Fate.KEPT
    assert fate_of("открыл мост", "\n".join([*rest, first])) is Fate.MOVED
    edited = OLD.replace("Строительство заняло три года", "Строительство заняло все три года")
    assert fate_of("Строительство заняло три года", edited) is Fate.CHANGED
    assert fate_of("Архитектор от комментариев отказался", first) is Fate.GONE


def test_an_orphan_is_gone_whatever_its_ranges():
    assert fate(Placement(marked("мост"), (), AnchorState.ORPHAN), compare(OLD, OLD)) is Fate.GONE


def test_the_passage_of_an_offset_is_found():
    comparison = compare(OLD, OLD)
    assert passage_at(comparison.passages, OLD.index("Строительство") + 3) == 3
    assert passage_at((), 5) == 0


def test_the_sentence_says_where_to_look_for_few_words():
    new = OLD.replace("начнётся в понедельник", "начнётся во вторник утром")
    at = OLD.index("начнётся")
    place = proposed_place(compare(OLD, new), at, at + len("начнётся в понедельник"))
    assert new[slice(*place)] == "начнётся во вторник утром"
    assert proposed_place(compare(OLD, "Другой текст."), at, at + 8) is None
