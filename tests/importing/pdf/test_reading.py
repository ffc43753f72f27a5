"""What is read from a PDF: words in the order of reading, their structure, and no page furniture."""

import pytest

from desktop.core.document import BlockKind, MarkKind
from desktop.core.errors import ImportFailed
from desktop.importing.extract import extract_material
from desktop.importing.material import Material
from desktop.importing.pdf.reader import NO_TEXT
from tests.importing.pdf.writing import Page, said, written

LEFT = [
    "The river rose two metres in",
    "the night, and the lower town",
    "was under water by morning,",
    "said the mayor of the town.",
]
RIGHT = [
    "Boats from three villages took",
    "people from their roofs. Nobody",
    "was hurt, but the mill is lost",
    "and so are both of the bridges.",
]


def texts(extraction, kind=None):
    return [block.text for block in extraction.document.blocks if kind is None or block.kind is kind]


def test_lines_of_a_paragraph_are_joined(reads):
    found = reads(written(Page().lines(40, 80, LEFT)))
    assert texts(found) == [" ".join(LEFT)]


def test_columns_are_read_one_after_the_other(reads):
    page = Page().text(40, 50, "A flood in the valley after the rain of all these weeks", 12)
    page.lines(40, 80, LEFT).lines(215, 80, RIGHT)
    found = reads(written(page))
    assert found.document.metadata.title == "A flood in the valley after the rain of all these weeks"
    assert texts(found) == [" ".join(LEFT), " ".join(RIGHT)]


def test_columns_written_line_by_line_across_the_page_are_read_in_columns(reads):
    page = Page()
    for number, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        page.text(40, 80 + 12 * number, left).text(215, 80 + 12 * number, right)
    assert texts(reads(written(page))) == [" ".join(LEFT), " ".join(RIGHT)]


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page(reads):
    first = (
        Page()
        .lines(40, 80, [*LEFT[:3], "said the mayor who was waiting"])
        .lines(215, 80, [*RIGHT[:3], "and so are all the bridges of"])
    )
    second = Page().text(40, 80, "the upper valley.")
    (block,) = reads(written(first, second)).document.blocks
    assert "was waiting Boats from" not in block.text or block.text.endswith("bridges of the upper valley.")
    assert block.text.endswith("all the bridges of the upper valley.")


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["Она увидела, кото-", "рые шли по дороге."], "Она увидела, которые шли по дороге."),
        (["Это был кто-", "то из соседей."], "Это был кто-то из соседей."),
        (["Він говорив по-", "українськи зі мною."], "Він говорив по-українськи зі мною."),
        (["Це була дово-", "лі довга розмова."], "Це була доволі довга розмова."),
        (["Они были частич-", "но правы."], "Они были частично правы."),
        (["Он ушёл из-", "за дождя."], "Он ушёл из-за дождя."),
        (["Об экс-", "президенте не помнят."], "Об экс-президенте не помнят."),
        (["Была экс-", "курсия."], "Была экскурсия."),
        (["Смотри https://river.example/a-", "b сегодня."], "Смотри https://river.example/a-b сегодня."),
        (["It was an impor-", "tant decision."], "It was an important decision."),
        (["He wrote a well-", "known book."], "He wrote a well-known book."),
        (["The Anglo-", "American talks."], "The Anglo-American talks."),
        (["Die Wasser\u00ad", "stände stiegen."], "Die Wasserstände stiegen."),
        (["Это кто\u00adто из соседей."], "Это кто-то из соседей."),
        (["в 2020-", "е годы было иначе."], "в 2020-е годы было иначе."),
    ],
)
def test_hyphens_at_the_end_of_a_line_are_undone_unless_they_are_real(reads, lines, joined):
    assert texts(reads(written(Page().lines(40, 80, lines)))) == [joined]


def test_how_a_word_is_spelt_elsewhere_decides_about_its_hyphen(reads):
    page = Page().lines(
        40, 80, ["The e-mail came late. No email came, wrote the co-", "worker. A coworker knows."]
    )
    page.lines(40, 200, ["She is the vice-", "chair, and a vice-chair she stays."])
    assert texts(reads(written(page))) == [
        "The e-mail came late. No email came, wrote the coworker. A coworker knows.",
        "She is the vice-chair, and a vice-chair she stays.",
    ]


def test_running_heads_and_page_numbers_are_left_out(reads):
    pages = []
    for number in range(1, 5):
        page = Page().text(40, 30, f"Valley News   No. {number}").text(195, 580, str(number))
        pages.append(
            page.lines(
                40,
                80,
                [f"Story {number} is about the river and", f"what it did on day {number} of the flood."],
            )
        )
    text = reads(written(*pages)).document.text
    assert "Valley News" not in text
    assert [line for line in text.splitlines() if line.strip().isdigit()] == []
    assert text.count("Story") == 4


@pytest.mark.parametrize(
    "foot", ["Valley News {0} / 4", "{0} of 4 Valley News", "Page {0} of 4", "- {0} -", "Valley News, p.{0}"]
)
def test_page_numbers_with_their_total_are_left_out(reads, foot):
    pages = [
        Page()
        .lines(40, 80, [f"Story {number} is about the river and", "what it did that day."])
        .text(40, 580, foot.format(number))
        for number in range(1, 5)
    ]
    assert texts(reads(written(*pages))) == [
        f"Story {number} is about the river and what it did that day." for number in range(1, 5)
    ]


def test_a_number_that_does_not_count_pages_stays(reads):
    pages = [Page().lines(40, 80, LEFT).text(195, 580, number) for number in ("1914", "1918", "1939")]
    assert reads(written(*pages)).document.text.count("19") == 3


def test_slanted_words_on_every_page_are_a_watermark(reads):
    slanted = "0.707 0.707 -0.707 0.707"
    pages = [Page().lines(40, 80, LEFT).text(150, 400, "CONFIDENTIAL", 30, matrix=slanted) for _ in range(3)]
    assert "CONFIDENTIAL" not in reads(written(*pages)).document.text
    assert "CONFIDENTIAL" in reads(written(pages[0], info={"Title": "A flood"})).document.text


def test_headings_have_levels_by_their_size(reads):
    page = Page().text(40, 50, "Report", 20).text(40, 80, "What happened", 15).lines(40, 110, LEFT)
    page.text(40, 190, "The mill", 12, bold=True).lines(40, 210, RIGHT)
    page.text(40, 280, "By the river", bold=True).lines(40, 300, LEFT)
    found = reads(written(page, info={"Title": "A flood"}))
    levels = [(block.text, block.level) for block in found.document.blocks if block.kind is BlockKind.HEADING]
    assert levels == [("Report", 1), ("What happened", 2), ("The mill", 3), ("By the river", 4)]


def test_lists_keep_their_items_and_numbers(reads):
    page = (
        Page()
        .lines(40, 80, ["• boats and ropes", "• dry clothes", "• bread"])
        .lines(40, 150, ["1. Call the mayor.", "2. Leave the house and do not", "    go back for anything."])
    )
    items = [block for block in reads(written(page)).document.blocks if block.kind is BlockKind.LIST_ITEM]
    assert [(item.text, item.number) for item in items] == [
        ("boats and ropes", None), ("dry clothes", None), ("bread", None),
        ("Call the mayor.", 1), ("Leave the house and do not go back for anything.", 2),
    ]  # fmt: skip
    assert len({item.group for item in items}) == 2


def test_a_table_keeps_its_rows_and_cells(reads):
    page = Page().lines(40, 80, LEFT)
    for number, row in enumerate(
        [("Place", "Metres", "Homes"), ("Mill", "2.1", "14"), ("Town", "1.8", "230"), ("Ford", "0.9", "3")]
    ):
        for column, cell in enumerate(row):
            page.text(40 + column * 110, 180 + number * 14, cell)
    rows = [block for block in reads(written(page)).document.blocks if block.kind is BlockKind.TABLE_ROW]
    assert [row.cells for row in rows] == [
        ["Place", "Metres", "Homes"], ["Mill", "2.1", "14"], ["Town", "1.8", "230"], ["Ford", "0.9", "3"],
    ]  # fmt: skip


def test_contents_are_entries_and_no_table(reads):
    page = Page()
    for number, (title, at) in enumerate(
        [("The rain", 3), ("The river", 7), ("The town", 12), ("The mill", 21)]
    ):
        page.text(40, 80 + number * 14, title + " " + "." * 30).text(350, 80 + number * 14, str(at))
    assert texts(reads(written(page))) == ["The rain 3", "The river 7", "The town 12", "The mill 21"]


def test_footnotes_follow_the_paragraph_that_goes_on_on_the_next_page(reads):
    first = (
        Page()
        .lines(40, 80, LEFT * 3)
        .lines(40, 224, ["The water stood until the end of", "the week in all the streets that"])
    )
    first.text(40, 540, "1 The mill was built in 1820.", 7)
    second = Page().lines(40, 80, ["lead down to the river.", *LEFT])
    found = texts(reads(written(first, second)))
    assert any("streets that lead down to the river." in text for text in found)
    assert "1 The mill was built in 1820." in found
    assert found.index("1 The mill was built in 1820.") > 0


def test_bold_words_and_superscripts_are_marked(reads):
    page = (
        Page()
        .text(40, 80, "The water rose by")
        .text(130, 80, "two metres", bold=True)
        .text(183, 80, "on Monday.")
    )
    page.text(234, 76, "3", 6).lines(40, 92, ["It fell again on Tuesday."])
    (block,) = reads(written(page)).document.blocks
    found = {(mark.kind, block.text[mark.start : mark.end]) for mark in block.marks}
    assert (MarkKind.STRONG, "two metres") in found
    assert (MarkKind.SUPERSCRIPT, "3") in found


def test_letters_drawn_twice_to_look_bold_count_once(reads):
    page = Page()
    for shift in (0, 0.3):
        page.text(40 + shift, 80, "Doubled words").text(40 + shift, 92, "and another line")
    assert texts(reads(written(page))) == ["Doubled words and another line"]


def test_a_spaced_out_line_is_words_again(reads):
    page = Page()
    for number, letter in enumerate("НАВОДНЕНИЕ"):
        page.text(40 + number * 12, 60, f"{letter}\u200b", 14)
    for number, letter in enumerate("ГОДА"):
        page.text(190 + number * 12, 60, f"{letter}\u200b", 14)
    page.lines(40, 90, ["Вода поднялась на два метра за ночь.", "Никто не пострадал."])
    found = reads(written(page))
    assert found.document.metadata.title == "НАВОДНЕНИЕ ГОДА"


def test_japanese_lines_are_joined_without_spaces(reads):
    page = Page().lines(
        40, 80, ["川の水位は一晩で二メートル上昇し、下町は朝まで", "に水没したと町長は述べた。"]
    )
    assert texts(reads(written(page))) == [
        "川の水位は一晩で二メートル上昇し、下町は朝までに水没したと町長は述べた。"
    ]


def test_vertical_japanese_is_read_from_right_to_left(reads):
    page = (
        Page().column(340, 80, "川の水位は一晩で二メートル上昇し").column(325, 80, "下町は朝までに水没した。")
    )
    found = reads(written(page))
    assert texts(found) == ["川の水位は一晩で二メートル上昇し下町は朝までに水没した。"]
    assert all(line.vertical for line in found.pages.lines)
    (page_number, place), *_ = found.pages.rects(0, 1)
    assert page_number == 0
    assert (place.left + place.right) / 2 == pytest.approx(345, abs=3)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_page_that_is_shown_turned_is_read_upright(reads, turned):
    matrix = {0: "1 0 0 1", 90: "0 1 -1 0", 180: "-1 0 0 -1", 270: "0 -1 1 0"}[turned]
    page = Page(turned=turned)
    for number, line in enumerate(LEFT):
        step = 12 * number
        x, y = {0: (40, 80 + step), 90: (80 + step, 540), 180: (360, 520 - step), 270: (320 - step, 60)}[
            turned
        ]
        page.text(x, y, line, matrix=matrix)
    found = reads(written(page))
    assert texts(found) == [" ".join(LEFT)]
    size = (400.0, 600.0) if turned % 180 == 0 else (600.0, 400.0)
    assert found.pages.sizes == (size,)
    (_, place), *_ = found.pages.rects(0, 3)
    assert place.left < 100
    assert place.top < 100


def test_words_outside_of_what_the_page_shows_are_left_out(reads):
    page = Page(crop=(0, 100, 400, 600)).lines(40, 80, LEFT).text(40, 560, "printer's mark 7")
    found = reads(written(page))
    assert texts(found) == [" ".join(LEFT)]
    assert found.pages.sizes == ((400.0, 500.0),)


def test_the_invisible_words_under_a_scan_are_its_text(reads):
    page = Page().text(40, 80, "recognised elsewhere", mode=3)
    assert texts(reads(written(page))) == ["recognised elsewhere"]


def test_ligatures_are_letters(reads):
    assert texts(reads(written(Page().text(40, 80, "o\ufb03ce \ufb01re \ufb02ood")))) == ["office fire flood"]


def test_hebrew_is_in_the_order_of_reading(reads):
    # As it stands on the page, from left to right.
    page = Page().text(40, 80, "המיל ש\u05dcוש 12"[::-1].replace("21", "12"))
    (text,) = texts(reads(written(page)))
    assert text.startswith("המיל")
    assert "12" in text


def test_a_page_of_pictures_says_so_and_is_kept_as_pages(reads):
    found = reads(written(Page(), Page()), "scan.pdf")
    assert found.document.blocks == ()
    assert found.pages.sizes == ((400.0, 600.0),) * 2
    assert NO_TEXT in found.warnings
    assert found.document.metadata.title == "scan"


def test_pages_without_words_among_others_are_named(reads):
    blank = Page()
    blank.drawing.append("0 0 100 100 re f")
    found = reads(written(Page().lines(40, 80, LEFT), blank))
    assert any("page 2" in warning for warning in found.warnings)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (written(Page().text(40, 80, "secret"), locked=True), "encrypted"),
        (b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R", "malformed"),
        (written(), "malformed"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(reads, data, reason):
    with pytest.raises(ImportFailed) as caught:
        reads(data)
    assert caught.value.reason == reason


def test_a_page_tree_that_leads_back_to_itself_ends(reads):
    data = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )
    try:
        assert reads(data).document.blocks == ()
    except ImportFailed as failure:
        assert failure.reason == "malformed"


def test_embedded_files_become_articles(reads):
    letter = written(Page().text(40, 80, "The letter itself."))
    data = written(
        Page().text(40, 80, "See the files."),
        attached={"letter.pdf": letter, "sums.xlsx": b"PK..", "note.txt": "Заметка о реке".encode()},
    )
    answers = list(extract_material(Material(data, "portfolio.pdf")))
    assert [(answer.name, answer.document.text) for answer in answers] == [
        ("", "See the files."), ("letter.pdf", "The letter itself."), ("note.txt", "Заметка о реке"),
    ]  # fmt: skip
    assert any("sums.xlsx" in warning for warning in answers[0].warnings)


def test_a_file_pinned_to_a_page_becomes_an_article():
    def pinned(number):
        more = f"/FS {number} 0 R /Contents {said('note.txt')}"
        page = Page().text(40, 80, "See the note.").annotate("FileAttachment", 90, 72, 100, 82, more)
        return written(page, attached={"note.txt": "Заметка о реке".encode()})

    before, _, _ = pinned(1).partition(b" 0 obj\n<< /Type /Filespec")
    number = int(before.rpartition(b"\n")[2])
    data = pinned(number).replace(b"/EmbeddedFiles", b"/Elsewhere")
    article, attached = extract_material(Material(data, "pinned.pdf"))
    assert (article.document.text, article.marks) == ("See the note.", ())
    assert (attached.name, attached.document.text) == ("note.txt", "Заметка о реке")


def test_cyrillic_under_latin_names_is_put_right(reads):
    lines = ["Вода поднялась на два метра, и нижний", "город к утру оказался под водой."]
    page = Page().lines(40, 80, [line.encode("cp1251").decode("cp1252") for line in lines])
    found = reads(written(page))
    assert found.document.text == " ".join(lines)
    assert found.document.metadata.language == "ru"
    assert any("Cyrillic" in warning for warning in found.warnings)


def test_accents_are_left_as_they_are(reads):
    line = "L'été, à l'élève âgé déçu, où naître près du hêtre"
    assert texts(reads(written(Page().text(40, 80, line)))) == [line]


def test_what_is_filled_into_a_form_stands_beside_its_label(reads):
    page = Page().text(40, 80, "Name:").text(40, 110, "Place:")
    page.annotate("Widget", 80, 70, 300, 84, f"/FT /Tx /T (name) /V {said('Олекса Гончар')}")
    page.annotate("Widget", 80, 100, 300, 114, f"/FT /Ch /T (place) /V {said('Київ')}")
    page.annotate("Widget", 80, 130, 90, 140, "/FT /Btn /T (yes) /V /Off")
    found = reads(written(page))
    assert texts(found) == ["Name: Олекса Гончар", "Place: Київ"]
    start = found.document.text.index("Київ")
    assert found.pages.rects(start, start + 4)[0][1].left == pytest.approx(80, abs=3)
