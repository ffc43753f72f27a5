"""Rich Text Format: encodings, structure, what people marked, and nesting without end."""

import pytest

from desktop.core.document import BlockKind, MarkKind
from desktop.core.records import AnnotationKind
from tests.importing.office.made import marked_words, read_all, read_one
from tests.importing.office.test_docx import picture

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0"
    r"{\fonttbl{\f0\fcharset204 Arial;}{\f1\fcharset128 Gothic;}{\f2\fcharset2 Symbol;}}"
    r"{\colortbl;\red255\green255\blue0;\red255\green255\blue255;}"
    r"{\stylesheet{Normal;}{\s1\outlinelevel0 heading 1;}{\s2 heading 2;}{\s3 Quote;}{\*\cs9\b Strong;}}"
    r"{\*\revtbl{Unknown;}{Anna Li;}}"
)


def rtf(body: str, head: str = HEAD) -> bytes:
    return f"{head}{body}}}".encode("latin-1")


def read(body: str, **more):
    return read_one(rtf(body, **more), "доклад.rtf")


def escaped(text: str, encoding: str) -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode(encoding))


def test_each_font_has_its_own_encoding():
    body = rf"{{\f0 {escaped('Вода', 'cp1251')}}}\par{{\f1 {escaped('表題', 'cp932')}}} {{\f2 a}}\par "
    body += r"\u1056?\u1077?\u1082?\u1072?\par\uc0\u55357\u56842"
    assert read(body).document.text == "Вода\n表題 α\nРека\n😊"


def test_a_double_byte_letter_may_end_in_a_plain_one():
    assert read(r"\f1 \'83A\'83\'41").document.text == "アア"


def test_the_encoding_can_be_asked_for():
    data = rtf(escaped("Вода", "koi8-r"), head=r"{\rtf1\ansi\ansicpg1252 ")
    (found,) = read_all(data, "a.rtf", encoding="koi8-r")
    assert found.document.text == "Вода"


def test_styles_lists_and_quotes():
    found = read(
        r"\pard\s1 Report\par\pard\s2 Part\par\pard\s3 Their words\par\pard Text\line more\par"
        r"\pard\ls1{\listtext 3.\tab}three\par\pard\ls1\ilvl1{\listtext a)\tab}inner\par"
        r"\pard{\pntext\'b7\tab}bullet\par\pard\outlinelevel2 Deep\par"
    )
    assert found.document.metadata.title == "Report"
    assert [(str(b.kind), b.level, b.number, b.text) for b in found.document.blocks] == [
        ("heading", 2, None, "Part"),
        ("quote", 1, None, "Their words"),
        ("paragraph", 0, None, "Text more"),
        ("list_item", 1, 3, "three"),
        ("list_item", 2, 1, "inner"),
        ("list_item", 1, None, "bullet"),
        ("heading", 3, None, "Deep"),
    ]


def test_formatting_links_and_footnotes():
    found = read(
        r"One {\b bold {\i both}} \super 2\nosupersub  "
        r'{\field{\*\fldinst{HYPERLINK "https://a.example/"}}{\fldrslt{\ul link}}}'
        r"{\super\chftn{\footnote\pard{\super\chftn} See {\i there}.\par Again.}} end\par"
    )
    first, note, more = found.document.blocks
    assert first.text == "One bold both 2 link[1] end"
    marks = {(first.text[m.start : m.end], m.kind, m.href) for m in first.marks}
    assert ("bold both", MarkKind.STRONG, None) in marks
    assert ("both", MarkKind.EMPHASIS, None) in marks
    assert ("2", MarkKind.SUPERSCRIPT, None) in marks
    assert ("link", MarkKind.LINK, "https://a.example/") in marks
    assert (note.kind, note.number, note.text, more.text) == (BlockKind.LIST_ITEM, 1, "See there.", "Again.")


def test_tables_and_frames():
    row = r"\trowd{0}\cellx1000\cellx2000\pard\intbl {1}\cell {2}\par more\cell\row"
    frame = r"\trowd\cellx1000\pard\intbl In a frame\par second\cell\row"
    body = row.replace("{0}", r"\trhdr").replace("{1}", "Year").replace("{2}", "Number")
    found = read(
        body + row.replace("{0}", "").replace("{1}", "2023").replace("{2}", "4") + r"\pard After\par" + frame
    )
    assert [(str(b.kind), b.header, b.text) for b in found.document.blocks] == [
        ("table_row", True, "Year\tNumber more"),
        ("table_row", False, "2023\t4 more"),
        ("paragraph", False, "After"),
        ("paragraph", False, "In a frame"),
        ("paragraph", False, "second"),
    ]


def test_comments_highlights_and_changes():
    when = (124 << 20) | (3 << 16) | (5 << 11) | (10 << 6) | 30
    found = read(
        r"River {\*\atrfstart 1}rose two{\*\atrfend 1}{\*\atnid AL}{\*\atnauthor Anna Li}\chatn"
        rf"{{\*\annotation{{\*\atnref 1}}{{\*\atndate {when}}}\pard Source?}} "
        r"{\highlight1 metres} {\highlight2 by} "
        rf"{{\deleted\revauthdel1\revdttmdel{when} night}}{{\revised\revauth1\revdttm{when} day}}.\par"
    )
    assert found.document.text == "River rose two metres by day."
    assert marked_words(found) == [
        ("rose two", "Source?"),
        ("metres", ""),
        ("by", "Deleted by Anna Li: “night”"),
        ("day", "Inserted by Anna Li"),
    ]
    comment, highlight, _, change = found.marks
    assert (comment.creator, comment.created_at) == ("Anna Li", "2024-03-05T10:30:00.000Z")
    assert (highlight.kind, highlight.colour) == (AnnotationKind.HIGHLIGHT, "yellow")
    assert change.created_at == comment.created_at


def test_pictures_and_text_boxes():
    shown = rf"{{\*\shppict{{\pict\pngblip\picw1 {picture().hex()}}}}}{{\nonshppict{{\pict\wmetafile8 00}}}}"
    box = r"{\shp{\*\shpinst\shpleft0{\sp{\sn x}{\sv 1}}{\shptxt In the box\par}}{\shprslt In the box}}"
    found = read(rf"Before{shown}\par Text{box} after\par")
    assert [(str(b.kind), b.text) for b in found.document.blocks] == [
        ("paragraph", "Before"),
        ("image", ""),
        ("paragraph", "Text after"),
        ("paragraph", "In the box"),
    ]
    assert [(one.src, one.width) for one in found.pictures] == [("picture-1.png", 40)]


def test_properties_give_the_metadata():
    info = (
        r"{\info{\title The river}{\upr{\author ?}{\*\ud{\author \u1040?\u1085?\u1085?\u1072?}}}"
        r"{\creatim\yr2024\mo3\dy5\hr10\min7}}"
    )
    metadata = read(info + r"Water rose by two metres overnight.\par").document.metadata
    assert (metadata.title, metadata.byline, metadata.published_at) == (
        "The river",
        ("Анна",),
        "2024-03-05T10:07:00",
    )


def test_headers_objects_and_unknown_groups_are_no_text():
    body = r"{\header Page\par}{\object\objdata 0011}{\*\unknown x{\b y}}{\pict\wmetafile8 0102}Only this\par"
    assert read(body).document.text == "Only this"


@pytest.mark.parametrize(
    "body", ["{" * 60_000 + "deep" + "}" * 60_000, "deep" + "}" * 5000, r"{\field" * 60_000 + " deep"]
)
def test_nesting_costs_no_recursion(body):
    assert read(body).document.text.strip() == "deep"


def test_raw_bytes_are_passed_over():
    assert read(r"One{\pict\wmetafile8\bin5 }}{{\}} two\par").document.text == "One two"


def test_footnotes_in_footnotes_end_somewhere():
    data = rtf("Text" + r"{\footnote note" * 5000 + "}" * 5000 + r"\par")
    assert read_one(data, "a.rtf").document.text == "Text[1]\nnote[2]\nnote"
