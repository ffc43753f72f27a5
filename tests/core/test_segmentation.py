"""Sentences end where a reader says they end."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.segmentation import (
    line_at,
    next_word_end,
    next_word_start,
    previous_word_end,
    previous_word_start,
    sentence_at,
    sentences,
    word_at,
    words,
)

CASES = {
    "plain": ["Мост закроют в марте.", "Паром откроют раньше!", "Кто заплатит?", "Неизвестно…"],
    "abbreviations": ["В 2011 г. Каменку закрыли.", "Ул. Ленина перекрыта."],
    "initials": ["А. С. Пушкин и т. д. не приехали.", "Dr. J. Smith came."],
    "english": ["Mr. Brown met Gen. Lee at 5 p.m. on Monday.", "“It is done.”", "The U.S. Senate agreed."],
    "ukrainian": ["Ім. Шевченка, вул. Садова, 5.", "Об'їзд довший."],
    "dialogue": ["— Кто там? — спросил он.", "— Никто! — ответили ему.", "— Я пойду.", "— Иди."],
    "quotes": ["«Мы нашли трещины в двух опорах.", "Это ещё не авария», — сказала Ветрова.", "Точка."],
    "ellipsis": ["Он думал… и молчал.", "Потом ушёл."],
    "decimals": ["Рост 3.5 процента за год.", "Было 2.1."],
}
JAPANESE = {
    "plain": ["首相は表明した。", "次に進む！", "本当か？", "終わり"],
    "quoted": ["市長は「橋を直す。急ぐ。」と述べた。", "船が出た。"],
    "brackets": ["協力する（詳細は未定。後日発表）と言った。", "以上。"],
    "unclosed": ["「橋を直す。", "急ぐ。"],
}


@pytest.mark.parametrize("parts", CASES.values(), ids=CASES.keys())
def test_sentences_parted_by_spaces(parts):
    text = " ".join(parts)
    assert [text[a:b] for a, b in sentences(text)] == parts


@pytest.mark.parametrize("parts", JAPANESE.values(), ids=JAPANESE.keys())
def test_japanese_sentences(parts):
    text = "".join(parts)
    assert [text[a:b] for a, b in sentences(text)] == parts


def test_the_spoken_sentence_of_a_dash_is_one_sentence():
    text = (
        "Вступление.\n— Если мы хотим открыть новую страницу — оборонное сотрудничество, думаю, она может "
        "стать исторической, — отметил Зеленский.\nДальше."
    )
    start, end = sentence_at(text, text.index("думаю"))
    assert text[start:end].startswith("— Если") and text[start:end].endswith("Зеленский.")


def test_blocks_and_cells_part_sentences():
    text = "Заголовок без точки\nячейка\tдругая"
    assert [text[a:b] for a, b in sentences(text)] == ["Заголовок без точки", "ячейка", "другая"]
    assert line_at(text, text.index("другая")) == (text.index("другая"), len(text))


def test_words_keep_apostrophes_hyphens_and_figures_together():
    text = "об'їзд вице-мэр 3.5 don’t 港湾の船カー"
    assert [text[a:b] for a, b in words(text)] == [
        "об'їзд",
        "вице-мэр",
        "3.5",
        "don’t",
        "港湾",
        "の",
        "船",
        "カー",
    ]


def test_moving_by_word():
    text = "один два, три"
    assert next_word_end(text, 4) == 8
    assert next_word_end(text, 8) == len(text)
    assert previous_word_start(text, 5) == 0
    assert next_word_start(text, 5) == 10
    assert previous_word_end(text, 8) == 4
    assert word_at(text, 6) == (5, 8)
    assert word_at(" — ", 1) == (1, 1)


@given(st.text(alphabet="аА. !?…»«—\n\tг1。「」x", max_size=60), st.integers(0, 60))
def test_sentences_are_in_order_apart_and_lose_only_space(text, point):
    found = sentences(text)
    assert all(a < b for a, b in found)
    assert all(first[1] <= second[0] for first, second in pairwise(found))
    assert "".join("".join(text[a:b] for a, b in found).split()) == "".join(text.split())
    start, end = sentence_at(text, min(point, len(text)))
    assert 0 <= start <= end <= len(text)


@given(st.text(alphabet="ab, \n山の", max_size=500), st.integers(0, 500))
def test_moving_by_word_always_moves_or_stops_at_the_border(text, point):
    point = min(point, len(text))
    assert next_word_end(text, point) > point or point == len(text)
    assert previous_word_start(text, point) < point or point == 0
    assert next_word_start(text, point) > point or point == len(text)
    assert previous_word_end(text, point) < point or point == 0
