"""Markdown: every structure in its block."""

from desktop.core.document import BlockKind, Document, MarkKind
from desktop.importing.markdown import read_markdown
from desktop.importing.reading import TITLE_FROM_NAME

NOTE = """---
title: "Дроны и право"
author: [Анна Ли, Пётр Ким]
date: 2024-03-05 10:20
lang: ru-RU
url: https://example.org/a
---

# Дроны и право

Первый *абзац* со **ссылкой [сюда](https://example.org/b)** и `кодом`.

> Слова министра.
>
> > Слова в словах.

3. третье
4. четвёртое
   - вложенное

   продолжение

| Год | Число |
|-----|-------|
| 2023 | **450** |

```python
x = 1

y = 2
```

![подпись](pic.png "Заголовок снимка")
"""


def read(text, name="заметка.md"):
    reading = read_markdown(text, name)
    return Document.build(reading.blocks, reading.metadata)


def test_front_matter_is_metadata():
    metadata = read(NOTE).metadata
    assert metadata.title == "Дроны и право"
    assert metadata.byline == ("Анна Ли", "Пётр Ким")
    assert metadata.published_at == "2024-03-05T10:20:00"
    assert metadata.language == "ru"
    assert metadata.url == "https://example.org/a"


def test_every_structure_becomes_its_block():
    blocks = read(NOTE).blocks
    assert [str(block.kind) for block in blocks] == [
        "paragraph", "quote", "quote", "list_item", "list_item", "list_item", "paragraph",
        "table_row", "table_row", "code", "image",
    ]  # fmt: skip
    assert [block.level for block in blocks[1:3]] == [1, 2]
    assert [(block.number, block.level) for block in blocks[3:6]] == [(3, 1), (4, 1), (None, 2)]
    assert len({block.group for block in blocks[3:7]}) == 1
    assert blocks[7].header
    assert blocks[8].cells == ["2023", "450"]
    assert blocks[9].text == "x = 1\n\ny = 2"
    assert (blocks[10].src, blocks[10].alt, blocks[10].text) == ("pic.png", "подпись", "Заголовок снимка")


def test_marks_cover_their_words():
    block = read(NOTE).blocks[0]
    marked = {(mark.kind, block.text[mark.start : mark.end], mark.href) for mark in block.marks}
    assert marked == {
        (MarkKind.EMPHASIS, "абзац", None),
        (MarkKind.STRONG, "ссылкой сюда", None),
        (MarkKind.LINK, "сюда", "https://example.org/b"),
        (MarkKind.CODE, "кодом", None),
    }


def test_a_table_cell_keeps_its_marks():
    row = read(NOTE).blocks[8]
    assert [row.text[mark.start : mark.end] for mark in row.marks] == ["450"]


def test_the_first_heading_is_the_title_and_lifted():
    document = read("# О реках\n\nВода поднялась.")
    assert document.metadata.title == "О реках"
    assert document.text == "Вода поднялась."


def test_a_file_with_only_a_heading_keeps_it():
    assert read("# О реках").text == "О реках"


def test_the_name_serves_when_there_are_no_words():
    reading = read_markdown("---\n\n123", "итоги.md")
    assert reading.metadata.title == "итоги"
    assert reading.warnings == (TITLE_FROM_NAME,)


def test_a_rule_at_the_top_is_not_front_matter():
    assert "Текст после черты" in read("---\n\nТекст после черты.\n\n---\n\nЕщё.").text


def test_raw_html_gives_its_words_and_no_tags():
    assert read("<div>Слова <b>в разметке</b></div>\n\nАбзац.").text == "Слова в разметке\nАбзац."


def test_deep_nesting_ends():
    assert "дно" in read(">" * 5000 + " дно").text
    assert "дно" in read("".join("  " * depth + "- дно\n" for depth in range(200))).text


def test_heading_levels_and_kinds_of_lists():
    blocks = read("# A\n\n## B\n\n* x\n* y\n\n### C\n\nconfirmed").blocks
    assert [(block.kind, block.level) for block in blocks if block.kind is BlockKind.HEADING] == [
        (BlockKind.HEADING, 2),
        (BlockKind.HEADING, 3),
    ]
