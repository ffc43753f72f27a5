"""OpenDocument texts: structure, what people marked in them, and what only looks like one."""

import pytest

from desktop.core.document import MarkKind
from desktop.core.errors import ImportFailed
from desktop.core.records import AnnotationKind
from desktop.importing.extract import extract_bytes
from tests.importing.office.made import marked_words, packed, read_one
from tests.importing.office.test_docx import picture

KIND = "application/vnd.oasis.opendocument.text"
NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {
        "office": "office", "text": "text", "style": "style", "table": "table", "draw": "drawing",
        "fo": "xsl-fo-compatible", "svg": "svg-compatible", "meta": "meta",
    }.items()
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'  # fmt: skip
STYLES = """
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/>
<style:style style:name="Preformatted_20_Text" style:family="paragraph"/>
<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="N" style:family="text" style:parent-style-name="B">
<style:text-properties fo:font-weight="normal" style:text-position="super 58%"/></style:style>
<style:style style:name="Y" style:family="text">
<style:text-properties fo:background-color="#ffff00"/></style:style>
<text:list-style style:name="L1">
<text:list-level-style-number text:level="1" style:num-format="1" text:start-value="3"/>
<text:list-level-style-bullet text:level="2" text:bullet-char="•"/></text:list-style>
"""


def odt(body: str, meta: str = "", extra: dict[str, bytes] | None = None) -> bytes:
    members: dict[str, str | bytes] = {
        "mimetype": KIND,
        "content.xml": f"<office:document-content {NAMES}><office:automatic-styles>{STYLES}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>",
        "meta.xml": f"<office:document-meta {NAMES}><office:meta>{meta}</office:meta></office:document-meta>",
    }
    return packed(members | (extra or {}))


def read(body: str, **more):
    return read_one(odt(body, **more), "доклад.odt")


def p(text: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def test_headings_quotes_code_and_formatting():
    found = read(
        '<text:h text:outline-level="1">Доклад</text:h><text:h text:outline-level="2">Часть</text:h>'
        + p("Слова", "P1")
        + p("x<text:s text:c='2'/>= 1", "Preformatted_20_Text")
        + p("y<text:tab/>= 2", "Preformatted_20_Text")
        + p(
            'a <text:span text:style-name="B">жирно<text:span text:style-name="N">2</text:span></text:span>'
            "\n  b"
        )
        + p('<text:a xlink:href="https://a.example/">ссылка</text:a><text:line-break/>дальше')
    )
    assert found.document.metadata.title == "Доклад"
    assert [(str(b.kind), b.level, b.text) for b in found.document.blocks] == [
        ("heading", 2, "Часть"),
        ("quote", 1, "Слова"),
        ("code", 0, "x  = 1\ny\t= 2"),
        ("paragraph", 0, "a жирно2 b"),
        ("paragraph", 0, "ссылка дальше"),
    ]
    marks = [(m.kind, m.href) for b in found.document.blocks[3:] for m in b.marks]
    assert (MarkKind.STRONG, None) in marks
    assert (MarkKind.SUPERSCRIPT, None) in marks
    assert (MarkKind.LINK, "https://a.example/") in marks


def test_lists_nest_and_number_as_their_style_says():
    inner = f"<text:list><text:list-item>{p('внутри')}</text:list-item></text:list>"
    found = read(
        f'<text:list text:style-name="L1"><text:list-item>{p("три")}{inner}</text:list-item>'
        f"<text:list-item>{p('четыре')}{p('ещё абзац')}</text:list-item></text:list>"
        + p("Между.")
        + f'<text:list text:style-name="L1" text:continue-numbering="true"><text:list-item>{p("пять")}'
        "</text:list-item></text:list>"
    )
    assert [(str(b.kind), b.level, b.number, b.text) for b in found.document.blocks] == [
        ("list_item", 1, 3, "три"),
        ("list_item", 2, None, "внутри"),
        ("list_item", 1, 4, "четыре"),
        ("paragraph", 0, None, "ещё абзац"),
        ("paragraph", 0, None, "Между."),
        ("list_item", 1, 5, "пять"),
    ]


def test_tables_footnotes_and_pictures():
    found = read(
        "<table:table><table:table-header-rows><table:table-row>"
        f'<table:table-cell table:number-columns-spanned="2">{p("Год")}</table:table-cell>'
        "<table:covered-table-cell/></table:table-row></table:table-header-rows>"
        f"<table:table-row><table:table-cell>{p('1')}{p('2')}</table:table-cell>"
        f"<table:table-cell>{p('3')}</table:table-cell></table:table-row></table:table>"
        + p('Слово<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
            f"<text:note-body>{p('Сноска.')}</text:note-body></text:note>.")
        + p('<draw:frame><draw:image xlink:href="Pictures/a.png"/><svg:desc>Река</svg:desc></draw:frame>')
        + p("Рис. 1", "Illustration"),
        extra={"Pictures/a.png": picture()},
    )  # fmt: skip
    assert [(str(b.kind), b.header, b.number, b.text) for b in found.document.blocks] == [
        ("table_row", True, None, "Год\t"),
        ("table_row", False, None, "1 2\t3"),
        ("paragraph", False, None, "Слово[1]."),
        ("image", False, None, "Рис. 1"),
        ("list_item", False, 1, "Сноска."),
    ]
    assert found.document.blocks[3].alt == "Река"
    assert [one.src for one in found.pictures] == ["Pictures/a.png"]


def note(words: str, name: str = "", more: str = "") -> str:
    named = f'office:name="{name}"' if name else ""
    return (
        f"<office:annotation {named} {more}><dc:creator>Анна Ли</dc:creator>"
        f"<dc:date>2024-03-05T10:00:00.5</dc:date>{p(words)}</office:annotation>"
    )


def test_comments_with_and_without_a_range_and_their_answers():
    end = '<office:annotation-end office:name="1"/>'
    answer = note("Из отчёта.", "2", 'xmlns:loext="urn:x" loext:parent-name="1"')
    found = read(p(f"Река {note('Откуда?', '1')}поднялась{end}{answer} на два{note('Тут.')} метра."))
    assert found.document.text == "Река поднялась на два метра."
    assert marked_words(found) == [("поднялась", "Откуда?\n\nАнна Ли: Из отчёта."), ("два", "Тут.")]
    assert found.marks[0].created_at == "2024-03-05T10:00:00.500Z"
    assert found.marks[0].creator == "Анна Ли"


def test_tracked_changes_and_highlights():
    info = "<dc:creator>Bo Ek</dc:creator><dc:date>2024-03-05T10:00:00</dc:date>"
    info = f"<office:change-info>{info}</office:change-info>"
    gone = f'<text:changed-region text:id="b"><text:deletion>{info}{p("три")}</text:deletion>'
    found = read(
        f'<text:tracked-changes><text:changed-region text:id="a"><text:insertion>{info}</text:insertion>'
        f"</text:changed-region>{gone}</text:changed-region></text:tracked-changes>"
        + p(
            'Поднялась на <text:change text:change-id="b"/><text:change-start text:change-id="a"/>два'
            '<text:change-end text:change-id="a"/> <text:span text:style-name="Y">метра</text:span>.'
        )
    )
    assert found.document.text == "Поднялась на два метра."
    assert marked_words(found) == [
        ("на", "Deleted by Bo Ek: “три”"),
        ("два", "Inserted by Bo Ek"),
        ("метра", ""),
    ]
    assert (found.marks[2].kind, found.marks[2].colour) == (AnnotationKind.HIGHLIGHT, "yellow")


def test_meta_gives_the_metadata():
    metadata = read(
        p("Река поднялась на два метра за ночь, сообщили спасатели."),
        meta="<dc:title>Доклад о реке</dc:title><meta:initial-creator>Анна Ли</meta:initial-creator>"
        "<dc:creator>Bo Ek</dc:creator><meta:creation-date>2024-03-05T10:00:00.12</meta:creation-date>",
    ).document.metadata
    assert (metadata.title, metadata.byline, metadata.published_at) == (
        "Доклад о реке",
        ("Анна Ли",),
        "2024-03-05T10:00:00",
    )


def test_a_run_of_blanks_is_bounded():
    found = read(p('a<text:s text:c="2000000000"/>b', "Preformatted_20_Text"))
    assert len(found.document.text) < 500


def test_rows_said_to_repeat_are_bounded():
    cell = f'<table:table-cell table:number-columns-repeated="50">{p("x" * 1000)}</table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="50">{cell}</table:table-row>'
    found = read(f"<table:table>{row * 500}</table:table>")
    assert len(found.document.text) < 20_000_000


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (packed({"mimetype": KIND}), "malformed"),
        (odt("", extra={"META-INF/manifest.xml": b"<manifest:encryption-data/>"}), "encrypted"),
        (odt(p("")), "no_text"),
        (packed({"mimetype": KIND, "content.xml": '<!DOCTYPE a [<!ENTITY e "x">]><a/>'}), "hostile"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(data, reason):
    with pytest.raises(ImportFailed) as caught:
        extract_bytes(data, "a.odt")
    assert caught.value.reason == reason
