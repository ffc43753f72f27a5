import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from desktop.core.anchors import (
    AnchorState,
    Span,
    _best_end,
    describe,
    fuzzy_floor,
    resolve,
    resolve_all,
    worst,
)
from tests.core.texts import texts_with_spans

TEXT = (
    "Мост через Каменку закроют для грузовиков на шесть недель.\n"
    "«Мы нашли трещины в двух опорах из семи. Это ещё не авария», — сказала инженер Марина Ветрова.\n"
    "Легковые машины будут пропускать по одной полосе, только в светлое время суток.\n"
    "Паром, по её словам, начнёт ходить 20 марта — на десять дней раньше срока.\n"
    "市長は「橋の補修は六週間で終わる」と述べた。渡船は三月二十日に再開する。\n"
)


def marked(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return describe(text, start, start + len(words))


def words_at(text: str, found) -> str:
    return text[found.start : found.end]


@given(texts_with_spans())
def test_on_its_own_text_every_span_is_exact(case):
    text, start, end = case
    found = resolve(describe(text, start, end), text)
    assert (found.state, found.start, found.end) == (AnchorState.EXACT, start, end)


@given(texts_with_spans())
def test_no_answer_ever_names_other_words_as_certain(case):
    text, start, end = case
    changed = text[:start] + "вставка " + text[start:]
    found = resolve(describe(text, start, end), changed)
    if found.state is AnchorState.EXACT:
        assert words_at(changed, found) == text[start:end]


@pytest.mark.parametrize("bad", [(-1, 3), (3, 3), (5, 2), (0, 10**6)])
def test_a_stretch_outside_the_text_is_refused(bad):
    with pytest.raises(ValueError, match="no stretch"):
        describe(TEXT, *bad)


def test_words_move_with_a_paragraph_put_before_them():
    span = marked("трещины в двух опорах")
    changed = "Новый абзац сверху.\n" + TEXT
    assert words_at(changed, resolve(span, changed)) == span.exact
    assert resolve(span, changed).state is AnchorState.EXACT


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("«Мы нашли", "“Мы нашли"),
        ("марта — на", "марта - на"),
        ("20 марта", "20\u00a0марта"),
        ("начнёт ходить", "начнёт  ходить"),
        ("Паром", "Па\u00adром"),
        ("й", "и\u0306"),
    ],
)
def test_other_typography_is_told_apart_from_other_words(old, new):
    span = marked(TEXT[: TEXT.index("市長")].strip())
    changed = TEXT.replace(old, new)
    found = resolve(span, changed)
    assert found.state is AnchorState.TYPOGRAPHIC
    assert words_at(changed, found) == span.exact.replace(old, new)


@pytest.mark.parametrize(("word", "other"), [("мой", "мои"), ("її", "ии"), ("パン", "ハン"), ("が", "か")])
def test_letters_that_differ_by_a_mark_are_other_letters(word, other):
    found = resolve(Span(0, len(word), word), f"тут {other} там")
    assert found.state is AnchorState.ORPHAN


def test_an_edited_quote_is_offered_for_confirmation_with_its_whole_words():
    span = marked("Мы нашли трещины в двух опорах из семи. Это ещё не авария")
    changed = TEXT.replace("двух опорах из семи", "трёх опорах из семи")
    found = resolve(span, changed)
    assert found.state is AnchorState.FUZZY
    assert words_at(changed, found) == "Мы нашли трещины в трёх опорах из семи. Это ещё не авария"


def test_an_edited_japanese_quote_is_offered():
    span = marked("橋の補修は六週間で終わる")
    changed = TEXT.replace("六週間", "七週間")
    found = resolve(span, changed)
    assert found.state is AnchorState.FUZZY
    assert words_at(changed, found) == "橋の補修は七週間で終わる"


def test_removed_words_are_an_orphan_not_something_alike():
    span = marked("«Мы нашли трещины в двух опорах из семи. Это ещё не авария»")
    changed = "\n".join(line for line in TEXT.split("\n") if "трещины" not in line)
    assert resolve(span, changed).state is AnchorState.ORPHAN


def test_a_short_word_never_matches_fuzzily():
    assert fuzzy_floor("паром") > 100
    assert resolve(marked("Паром"), TEXT.replace("Паром", "Порог")).state is AnchorState.ORPHAN


def test_words_edited_in_place_are_not_taken_for_their_copy_in_a_caption():
    span = marked("Легковые машины будут пропускать по одной полосе")
    edited = TEXT.replace("по одной полосе", "по двум полосам")
    changed = edited + "Подпись к снимку: Легковые машины будут пропускать по одной полосе\n"
    found = resolve(span, changed)
    assert found.state is AnchorState.FUZZY
    assert words_at(changed, found) == "Легковые машины будут пропускать по двум полосам"


def test_a_frequent_word_is_found_far_down_a_long_text():
    text = "Мост и паром, и берег. " * 700 + "Инженер и сторож молчали. " + "Мост и паром. " * 300
    span = describe(text, text.index("и сторож"), text.index("и сторож") + 1)
    changed = "Вводный абзац.\n" + text
    found = resolve(span, changed)
    assert (found.state, found.start) == (AnchorState.EXACT, changed.index("и сторож"))


@given(st.text("абв", min_size=1, max_size=70), st.text("абвг", max_size=90))
def test_the_best_end_has_the_fewest_edits_of_all(pattern, window):
    def edits(end):
        return min(Levenshtein.distance(pattern, window[start:end]) for start in range(end + 1))

    fewest = min(edits(end) for end in range(len(window) + 1))
    assert edits(_best_end(pattern, window)) == fewest


def test_twins_are_told_apart_by_their_surroundings():
    text = "Паром начнёт ходить в марте.\nЗатем ещё раз: паром начнёт ходить в апреле.\n"
    second = describe(text, text.rindex("начнёт ходить"), text.rindex("начнёт ходить") + 13)
    changed = "Вводный абзац.\n" + text
    found = resolve(second, changed)
    assert (found.state, found.start) == (AnchorState.EXACT, changed.rindex("начнёт ходить"))


def test_twins_in_the_same_surroundings_wait_for_a_person():
    line = "Паром начнёт ходить в марте, сообщил порт.\n"
    span = describe(line * 3, len(line) + 6, len(line) + 19)
    assert resolve(span, "Вступление.\n" + line * 4).state is AnchorState.AMBIGUOUS


def test_an_annotation_is_as_sure_as_its_least_sure_span():
    spans = [marked("Мост через Каменку"), Span(0, 12, "совсем другое")]
    assert worst(resolve_all(spans, TEXT)) is AnchorState.ORPHAN
    assert worst([]) is AnchorState.EXACT
