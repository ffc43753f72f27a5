"""Plain text: what its lines mean."""

import pytest

from desktop.core.document import BlockKind, Document
from desktop.importing.reading import TITLE_FROM_NAME, TITLE_FROM_TEXT, title_from_text
from desktop.importing.text import read_text

BODY = "Министр заявил, что решение будет принято завтра, а подробности станут известны позже на этой неделе."


def shape(text, name="статья.txt"):
    reading = read_text(text, name)
    return reading.metadata.title, [(str(block.kind), block.text) for block in reading.blocks]


def test_a_short_first_line_is_the_title():
    title, blocks = shape(f"Решение примут завтра\n\n{BODY}\n\n{BODY}")
    assert title == "Решение примут завтра"
    assert blocks == [("paragraph", BODY), ("paragraph", BODY)]


def test_a_headline_may_ask_or_shout():
    assert shape(f"Кто ответит за это?\n\n{BODY}")[0] == "Кто ответит за это?"


def test_without_a_title_line_the_first_sentence_serves_and_stays():
    reading = read_text(f"Коротко. {BODY}\n\n{BODY}")
    assert reading.metadata.title == "Коротко"
    assert reading.blocks[0].text == f"Коротко. {BODY}"
    assert reading.warnings == (TITLE_FROM_TEXT,)


def test_a_long_first_sentence_is_cut_at_a_word():
    title = title_from_text("слово " * 40)
    assert title.endswith("слово…")
    assert len(title) <= 91


def test_the_name_serves_only_when_nothing_else_does():
    reading = read_text("12345\n\n67890", "папка/отчёт.txt")
    assert reading.metadata.title == "отчёт"
    assert reading.warnings == (TITLE_FROM_NAME,)


def test_short_lines_between_paragraphs_are_headings():
    _, blocks = shape(f"{BODY}\n\nЧто известно\n\n{BODY}\n\nКоротко и ясно.\n\n{BODY}")
    assert [kind for kind, _ in blocks] == ["paragraph", "heading", "paragraph", "paragraph", "paragraph"]


def test_verse_has_no_headings():
    verse = "Буря мглою небо кроет\n\nВихри снежные крутя\n\nТо как зверь она завоет\n\nТо заплачет"
    assert {kind for kind, _ in shape(verse)[1]} == {"paragraph"}


def test_dialogue_stays_paragraphs():
    _, blocks = shape(f"{BODY}\n\n— Мы готовы, — сказал он.\n\n— Когда? — спросили его.\n\n{BODY}")
    assert [kind for kind, _ in blocks] == ["paragraph"] * 4
    assert blocks[1][1] == "— Мы готовы, — сказал он."


def test_bullets_and_numbers_become_lists():
    reading = read_text(f"{BODY}\n\n- яблоки\n- груши\n\n{BODY}\n\n3. третье\n4. четвёртое\n\n{BODY}")
    items = [block for block in reading.blocks if block.kind is BlockKind.LIST_ITEM]
    assert [(item.text, item.number) for item in items] == [
        ("яблоки", None),
        ("груши", None),
        ("третье", 3),
        ("четвёртое", 4),
    ]
    assert len({item.group for item in items}) == 2


def test_hard_wrapped_lines_are_joined():
    wrapped = (
        "The committee met on Tuesday and decided that the report should be\n"
        "published without further delay, although two of its members had\n"
        "asked for more time to read the annexes and to hear the experts.\n"
        "\n"
        "A second paragraph follows here, also broken by a program at about\n"
        "the same column, as programs of the last century used to do it.\n"
    )
    _, blocks = shape(wrapped)
    assert len(blocks) == 2
    assert "should be published without" in blocks[0][1]


def test_japanese_lines_join_without_a_space():
    line = "首相は地震がいつ起きてもおかしくないと述べて国民に備えを呼びかけたのであるがこれに"
    _, blocks = shape(f"{line}\n{line}\n{line}\n以上。")
    assert blocks == [("paragraph", line * 3 + "以上。")]


def test_one_paragraph_a_line_without_blank_lines():
    _, blocks = shape(f"{BODY}\n{BODY}\n{BODY * 2}")
    assert [kind for kind, _ in blocks] == ["paragraph"] * 3


def test_indents_begin_paragraphs():
    _, blocks = shape(
        "    The committee met on Tuesday and decided that the report should\n"
        "be published without further delay, although two of its members\n"
        "had asked for more time to read the annexes.\n"
        "    Another paragraph begins with an indent, as it does in books,\n"
        "and goes on for another line or two before it ends.\n"
    )
    assert len(blocks) == 2


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x85"])
def test_every_line_end_is_one(end):
    assert len(shape(end.join([BODY, BODY, BODY]))[1]) == 3


def test_rules_part_and_vanish():
    _, blocks = shape(f"{BODY}\n* * *\n{BODY}\n-----\n\n{BODY}")
    assert [text for _, text in blocks] == [BODY] * 3


def test_underlined_headings():
    _, blocks = shape(f"{BODY}\n\nИтоги\n=====\n{BODY}")
    assert ("heading", "Итоги") in blocks


def test_date_and_byline_lines_are_understood_and_kept():
    reading = read_text(
        f"Решение примут завтра\n\nАвтор: Иван Петров\n\n5 марта 2024, 10:20\n\n{BODY}\n\n{BODY}"
    )
    assert reading.metadata.byline == ("Иван Петров",)
    assert reading.metadata.published_at == "2024-03-05T10:20:00"
    assert reading.metadata.date_is_guess
    assert "Автор: Иван Петров" in [block.text for block in reading.blocks]


def test_a_sentence_that_begins_with_by_is_no_byline():
    assert read_text(f"By Tuesday the river had risen two metres.\n\n{BODY}").metadata.byline == ()


def test_the_address_is_found():
    reading = read_text(f"Заголовок\n\n{BODY}\n\nИсточник: https://example.org/a?b=1")
    assert reading.metadata.url == "https://example.org/a?b=1"


def test_invisible_letters_and_astral_ones_keep_their_places():
    reading = read_text("😀 эмодзи 👩‍👩‍👧‍👦 семья 𝔘 и \0 нуль e\u0301 конец.")
    document = Document.build(reading.blocks, reading.metadata)
    assert document.text == "😀 эмодзи 👩‍👩‍👧‍👦 семья 𝔘 и нуль é конец."


@pytest.mark.shared
def test_the_news_sample(shared):
    path = shared / "samples/ukraine-japan.ru.txt"
    reading = read_text(path.read_text("utf-8"), path.name)
    headings = [block.text for block in reading.blocks if block.kind is BlockKind.HEADING]
    assert headings == ["Оборонное сотрудничество Украины и Японии: что известно"]
    assert reading.metadata.title is not None
    assert reading.metadata.title.startswith("Украина предлагает Японии начать оборонное партнерство")
    assert len(reading.blocks) == 13
    assert sum(block.text.startswith("— Если мы хотим") for block in reading.blocks) == 1


def test_many_paragraphs_take_their_time_once():
    """A list begins or does not at each of them; looking ahead from each would take minutes."""
    text = f"{BODY}\n\n- пункт\n\n" * 10_000
    assert len(read_text(text).blocks) == 20_000
