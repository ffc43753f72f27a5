"""Word documents: structure, what people marked in them, and what only looks like a document."""

import io

import pytest
from PIL import Image

from desktop.core.document import BlockKind, MarkKind
from desktop.core.errors import ImportFailed
from desktop.core.records import AnnotationKind
from desktop.importing.extract import extract_bytes
from desktop.importing.reading import TITLE_FROM_TEXT
from tests.importing.office.made import docx, marked_words, packed, para, read_one, words

COMMENT = (
    '<w:comment w:id="{0}" w:author="{1}" w:date="{2}"><w:p w14:paraId="{3}"><w:r><w:t>{4}</w:t></w:r></w:p>'
    "</w:comment>"
)


def read(body: str, **more):
    return read_one(docx(body, **more), "доклад.docx")


def blocks(extraction):
    return [(str(block.kind), block.level, block.number, block.text) for block in extraction.document.blocks]


def numbered(text: str, number: int, level: int = 0) -> str:
    return para(text, more=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def picture(size=(40, 30)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, "PNG")
    return out.getvalue()


def test_styles_tell_headings_quotes_and_code():
    found = read(
        para("Отчёт о паводке", style="T")
        + para("Часть первая", style="1")
        + para("Введение\t3", style="O")
        + para("Слова очевидца", style="Q")
        + para("x = 1", style="C")
        + para("  y = 2", style="C")
        + para("Раздел", more='<w:outlineLvl w:val="2"/>')
        + para("Текст.")
    )
    assert found.document.metadata.title == "Отчёт о паводке"
    assert blocks(found) == [
        ("heading", 1, None, "Часть первая"),
        ("quote", 1, None, "Слова очевидца"),
        ("code", 0, None, "x = 1\n  y = 2"),
        ("heading", 3, None, "Раздел"),
        ("paragraph", 0, None, "Текст."),
    ]


def test_lists_nest_count_on_and_start_anew_where_they_say():
    found = read(
        numbered("один", 1)
        + numbered("вложено", 1, 1)
        + numbered("два", 1)
        + para("Между ними.")
        + numbered("три", 1)
        + numbered("семь", 3)
        + para("пункт", style="L")
    )
    assert [(b.level, b.number, b.text) for b in found.document.blocks if b.kind is BlockKind.LIST_ITEM] == [
        (1, 1, "один"),
        (2, 1, "вложено"),
        (1, 2, "два"),
        (1, 3, "три"),
        (1, 7, "семь"),
        (1, None, "пункт"),
    ]
    groups = [b.group for b in found.document.blocks]
    assert groups[0] == groups[1] == groups[2] != groups[4]
    assert groups[6] != groups[5]


def test_formatting_of_runs_is_joined_and_switched_off():
    (block,) = read(
        para(
            words("жирно ", "<w:b/>"),
            words("и косо", "<w:b/><w:i/>"),
            words(" стиль", '<w:rStyle w:val="S"/>'),
            words(" нет", '<w:rStyle w:val="S"/><w:b w:val="0"/>'),
            words("2", '<w:vertAlign w:val="superscript"/>'),
            words("скрыто", "<w:vanish/>"),
        )
    ).document.blocks
    assert block.text == "жирно и косо стиль нет2"
    assert {(block.text[m.start : m.end], m.kind) for m in block.marks} == {
        ("жирно и косо стиль", MarkKind.STRONG),
        ("и косо", MarkKind.EMPHASIS),
        ("2", MarkKind.SUPERSCRIPT),
    }


def test_links_of_both_kinds():
    link = '<Relationship Id="L" Type="x/hyperlink" Target="https://a.example/" TargetMode="External"/>'
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://b.example/" '
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + words("поле")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    (block,) = read(
        para(f'<w:hyperlink r:id="L">{words("ссылка")}</w:hyperlink>', " и ", field, " дальше"), links=link
    ).document.blocks
    assert block.text == "ссылка и поле дальше"
    assert [(block.text[m.start : m.end], m.href) for m in block.marks] == [
        ("ссылка", "https://a.example/"),
        ("поле", "https://b.example/"),
    ]


def test_tables_of_data_keep_their_cells_and_layout_tables_their_paragraphs():
    def cell(text: str, more: str = "") -> str:
        return f"<w:tc><w:tcPr>{more}</w:tcPr>{text}</w:tc>"

    first = '<w:vMerge w:val="restart"/>'
    span = '<w:gridSpan w:val="2"/>'
    table = (
        f"<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>{cell(para('Год'))}{cell(para('Число'), span)}</w:tr>"
        f"<w:tr>{cell(para('2023'), first)}{cell(para('4') + para('5'))}{cell(para('6'))}</w:tr>"
        f"<w:tr>{cell(para('x'), '<w:vMerge/>')}{cell(para('7'))}{cell(para(''))}</w:tr></w:tbl>"
    )
    found = read(table + f"<w:tbl><w:tr>{cell(para('Рамка') + para('вокруг'))}</w:tr></w:tbl>")
    assert [(str(b.kind), b.header, b.text) for b in found.document.blocks] == [
        ("table_row", True, "Год\tЧисло\t"),
        ("table_row", False, "2023\t4 5\t6"),
        ("table_row", False, "\t7\t"),
        ("paragraph", False, "Рамка"),
        ("paragraph", False, "вокруг"),
    ]


def test_footnotes_stand_behind_the_text_with_their_links():
    notes = (
        '<w:footnote w:id="0"/><w:footnote w:id="3">'
        + para("<w:r><w:footnoteRef/></w:r>", " См. доклад.")
        + para("Ещё абзац.")
        + "</w:footnote>"
    )
    found = read(para("Слово", '<w:r><w:footnoteReference w:id="3"/></w:r>', " дальше."), footnotes=notes)
    assert [b.text for b in found.document.blocks] == ["Слово[1] дальше.", "См. доклад.", "Ещё абзац."]
    assert found.document.blocks[1].number == 1
    assert {(m.kind, m.href) for m in found.document.blocks[0].marks} == {
        (MarkKind.SUPERSCRIPT, None),
        (MarkKind.LINK, "#note-1"),
    }


def test_comments_stand_on_their_words_with_their_replies():
    comments = COMMENT.format(4, "Анна Ли", "2024-03-05T13:00:00+03:00", "A1", "Откуда?") + COMMENT.format(
        5, "Bo Ek", "2024-03-06T10:00:00Z", "A2", "Из отчёта."
    )
    thread = '<w15:commentEx w15:paraId="A1"/><w15:commentEx w15:paraId="A2" w15:paraIdParent="A1"/>'
    found = read(
        para("Река ", '<w:commentRangeStart w:id="4"/>', "поднялась на ", words("два", "<w:b/>"))
        + para(
            "метра", '<w:commentRangeEnd w:id="4"/>', '<w:r><w:commentReference w:id="4"/></w:r>', " за ночь."
        ),
        comments=comments,
        commentsExtended=thread,
    )
    (mark,) = found.marks
    assert marked_words(found) == [("поднялась на два…метра", "Откуда?\n\nBo Ek: Из отчёта.")]
    assert (mark.kind, mark.creator, mark.created_at) == (
        AnnotationKind.NOTE,
        "Анна Ли",
        "2024-03-05T10:00:00.000Z",
    )


def test_a_comment_at_a_point_stands_on_the_word_before_it():
    found = read(
        para("Первое слово", '<w:r><w:commentReference w:id="1"/></w:r>', ", и дальше"),
        comments=COMMENT.format(1, "А", "", "", "Тут."),
    )
    assert marked_words(found) == [("слово", "Тут.")]


def test_a_comment_on_the_title_keeps_the_title_in_the_text():
    found = read(
        para('<w:commentRangeStart w:id="1"/>', "Отчёт", '<w:commentRangeEnd w:id="1"/>', style="T")
        + para("Текст."),
        comments=COMMENT.format(1, "А", "", "", "Хорошо."),
    )
    assert found.document.metadata.title == "Отчёт"
    assert marked_words(found) == [("Отчёт", "Хорошо.")]


def test_marks_keep_their_words_when_the_title_is_lifted():
    found = read(
        para("Отчёт", style="T")
        + para("Одно ", '<w:commentRangeStart w:id="1"/>', "слово", '<w:commentRangeEnd w:id="1"/>'),
        comments=COMMENT.format(1, "А", "", "", "Да."),
    )
    assert found.document.text == "Одно слово"
    assert marked_words(found) == [("слово", "Да.")]


def test_adjoining_runs_of_one_colour_are_one_highlight():
    yellow = '<w:highlight w:val="yellow"/>'
    found = read(
        para(words("одно ", yellow), words("целое", yellow + "<w:b/>"), " нет ")
        + para(
            words("фон", '<w:shd w:val="clear" w:fill="92D050"/>'),
            words(" белый", '<w:shd w:fill="FFFFFF"/>'),
        )
    )
    assert [(mark.colour, *word) for mark, word in zip(found.marks, marked_words(found), strict=True)] == [
        ("yellow", "одно целое", ""),
        ("green", "фон", ""),
    ]
    assert all(mark.kind is AnnotationKind.HIGHLIGHT for mark in found.marks)


def test_tracked_changes_are_read_as_accepted_and_kept_as_notes():
    who = 'w:author="Анна Ли" w:date="2024-03-05T10:00:00Z"'
    found = read(
        para(
            "Река поднялась на ",
            f'<w:del w:id="1" {who}><w:r><w:delText>тр</w:delText></w:r></w:del>',
            f'<w:del w:id="2" {who}><w:r><w:delText>и</w:delText></w:r></w:del>',
            f'<w:ins w:id="3" {who}>{words("д")}</w:ins>',
            f'<w:ins w:id="4" {who}>{words("ва")}</w:ins>',
            " метра",
        )
    )
    assert found.document.text == "Река поднялась на два метра"
    assert marked_words(found) == [("на", "Deleted by Анна Ли: “три”"), ("два", "Inserted by Анна Ли")]


def test_pictures_are_kept_with_their_captions():
    drawing = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="Река"/><a:graphic><a:graphicData>'
        '<a:blip r:embed="I"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
    found = read(
        para("Текст.") + para(drawing) + para("Рис. 1. Паводок", style="F"),
        links='<Relationship Id="I" Type="x/image" Target="media/a.png"/>',
        media={"word/media/a.png": picture()},
    )
    image = found.document.blocks[1]
    assert (image.kind, image.text, image.alt, image.src) == (
        BlockKind.IMAGE,
        "Рис. 1. Паводок",
        "Река",
        "word/media/a.png",
    )
    assert [(p.src, p.width, p.height) for p in found.pictures] == [("word/media/a.png", 40, 30)]


def test_a_text_box_said_in_two_ways_is_read_once():
    box = "<w:txbxContent>" + para("В рамке") + "</w:txbxContent>"
    twice = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert read(para("Текст", twice, " вокруг")).document.text == "Текст вокруг\nВ рамке"


def test_symbols_breaks_and_formulas():
    found = read(
        para(
            '<w:r><w:sym w:font="Symbol" w:char="F061"/><w:noBreakHyphen/>'
            '<w:sym w:font="Wingdings" w:char="F0FC"/><w:br/></w:r>',
            "x",
            "<m:oMath><m:r><m:t>=</m:t></m:r><m:sSup><m:e><m:r><m:t>y</m:t></m:r></m:e>"
            "<m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>",
            "<w:r><w:br/><w:br/></w:r>",
            "новый абзац",
        )
    )
    assert found.document.text == "α‑✓ x=y^2\nновый абзац"


def test_properties_give_the_metadata():
    core = (
        "<dc:title>Доклад о реке</dc:title><dc:creator>Ли, Анна; Bo Ek</dc:creator>"
        "<dc:language>ru-RU</dc:language><dcterms:created>2024-03-05T10:00:00Z</dcterms:created>"
    )
    metadata = read(
        para("Река поднялась на два метра за ночь, сообщили спасатели."), core=core
    ).document.metadata
    assert (metadata.title, metadata.byline, metadata.published_at, metadata.language) == (
        "Доклад о реке",
        ("Ли, Анна", "Bo Ek"),
        "2024-03-05T10:00:00+00:00",
        "ru",
    )


@pytest.mark.parametrize(
    "junk", ["Документ1", "Microsoft Word - отчёт.doc", "Document Microsoft Word", "...", "a.dotx"]
)
def test_a_title_that_a_program_made_up_gives_way(junk):
    found = read(para("Настоящее имя", style="1") + para("Текст."), core=f"<dc:title>{junk}</dc:title>")
    assert found.document.metadata.title == "Настоящее имя"


def test_without_any_title_the_first_sentence_stands_in():
    found = read(para("Первое предложение. Второе."))
    assert found.document.metadata.title == "Первое предложение"
    assert TITLE_FROM_TEXT in found.warnings


def test_strict_documents_are_read_like_others():
    data = docx(para("Текст", style="1") + para("дальше"))
    strict = {
        name: content.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, content in unpacked(data).items()
    }
    found = read_one(packed(strict), "a.docx")
    assert (found.document.metadata.title, found.document.text) == ("Текст", "дальше")


def unpacked(data: bytes) -> dict[str, bytes]:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (docx(para("x"))[:-60], "malformed"),
        (packed({"word/document.xml": "<w:p>"}), "malformed"),
        (
            packed(
                {
                    "[Content_Types].xml": "<Types/>",
                    "word/document.xml": '<!DOCTYPE x [<!ENTITY e "x">]><x>&e;</x>',
                }
            ),
            "hostile",
        ),
        (docx(para("")), "no_text"),
    ],
)
def test_what_cannot_be_read_says_why(data, reason):
    with pytest.raises(ImportFailed) as caught:
        extract_bytes(data, "a.docx")
    assert caught.value.reason == reason


def test_fields_that_never_end_hide_nothing():
    open_field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert read(para(open_field * 60, "Слова") + para("и ещё")).document.text == "Слова\nи ещё"


def test_a_comment_whose_range_never_ends_stands_where_it_begins():
    found = read(
        para("Первое слово", '<w:commentRangeStart w:id="1"/>', " и дальше") + para("до конца"),
        comments=COMMENT.format(1, "А", "", "", "Тут."),
    )
    assert marked_words(found) == [("слово", "Тут.")]
