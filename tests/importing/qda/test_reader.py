"""Projects of other programs: texts, what was coded in them, and by whom."""

import io
import zipfile

import pytest

from desktop.core.errors import ImportFailed
from desktop.importing.extract import extract_material
from desktop.importing.material import Material

TEXT = "Мэр открыл мост 🌉 в пятницу.\nПроезд будет бесплатным."
A, B, C, D, E, F = (f"{number:08d}-0000-4000-8000-000000000000" for number in range(1, 7))


def project(sources, notes="", sets=""):
    return (
        '<?xml version="1.0" encoding="utf-8"?><Project name="Мосты" xmlns="urn:QDA-XML:project:1.0">'
        f'<Users><User guid="{A}" name="Анна Ли"/></Users>'
        f'<CodeBook><Codes><Code guid="{B}" name="Транспорт" isCodable="true" color="#C00000">'
        f'<Code guid="{C}" name="Цена" isCodable="true"/></Code></Codes></CodeBook>'
        f"<Sources>{sources}</Sources>{notes}{sets}</Project>"
    )


def packed(xml, **files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("project.qde", xml)
        for name, data in files.items():
            archive.writestr(f"sources/{name.replace('_', '.')}", data)
    return out.getvalue()


def read(data):
    return list(extract_material(Material(data, "мосты.qdpx")))


def coded(start, end, code, extra=""):
    return (
        f'<PlainTextSelection guid="{D}" name="x" startPosition="{start}" endPosition="{end}" '
        f'creatingUser="{A}" creationDateTime="2026-03-05T10:00:00+03:00">{extra}'
        f'<Coding guid="{E}"><CodeRef targetGUID="{code}"/></Coding></PlainTextSelection>'
    )


def text_source(inner, path=f'plainTextPath="internal://{F}.txt"'):
    return f'<TextSource guid="{F}" name="Заметка" {path}>{inner}</TextSource>'


def words(answer):
    text = answer.document.text
    return [" … ".join(text[a:b] for a, b in mark.ranges) for mark in answer.marks]


def test_codes_become_marks_with_tags_colours_and_makers():
    start = TEXT.index("мост")
    source = text_source(coded(start, start + 6, B) + coded(TEXT.index("Проезд"), len(TEXT), C))
    (answer,) = read(packed(project(source), **{f"{F}_txt": "\ufeff" + TEXT.replace("\n", "\r\n")}))
    assert answer.document.text == TEXT
    assert words(answer) == ["мост 🌉", "Проезд будет бесплатным."]
    first, second = answer.marks
    assert (first.tags, first.colour) == (("Транспорт",), "red")
    assert second.tags == ("Транспорт/Цена",)
    assert (first.creator, first.created_at) == ("Анна Ли", "2026-03-05T07:00:00.000Z")


def test_a_selection_over_two_lines_has_two_ranges():
    source = text_source(coded(0, len(TEXT), B), "").replace(
        "</TextSource>", f"<PlainTextContent>{TEXT}</PlainTextContent></TextSource>"
    )
    (answer,) = read(packed(project(source)))
    assert len(answer.marks[0].ranges) == 2


def test_notes_and_descriptions_are_kept():
    notes = (
        f'<Notes><Note guid="{A}" name="Мемо" ><PlainTextContent>Проверить цену.</PlainTextContent></Note>'
    )
    words_ = "<PlainTextContent>Мосты строят долго.</PlainTextContent>"
    loose = f'<Note guid="{B}" name="Итог">{words_}</Note></Notes>'
    extra = f'<Description>Важно</Description><NoteRef targetGUID="{A}"/>'
    source = text_source(coded(0, 3, B, extra))
    first, second = read(packed(project(source, notes + loose), **{f"{F}_txt": TEXT}))
    assert first.marks[0].note == "Важно\n\nПроверить цену."
    assert second.document.metadata.title == "Итог"


def test_a_file_is_a_capture_beside_its_words():
    selection = (
        f'<PDFSelection guid="{D}" page="1" firstX="0" firstY="0" secondX="9" secondY="9" name="мост открыт">'
        f'<Coding guid="{E}"><CodeRef targetGUID="{B}"/></Coding></PDFSelection>'
    )
    source = f'<PDFSource guid="{F}" name="Отчёт" path="internal://{F}.txt">{selection}</PDFSource>'
    words_, file = read(packed(project(source), **{f"{F}_txt": "Мост открыт."}))
    assert words_.partial and words(words_) == ["мост открыт"]
    assert words_.key == file.key
    assert file.document.metadata.title == "Отчёт"


def test_an_offset_outside_the_text_keeps_its_mark():
    source = text_source(coded(10, 10**6, B))
    (answer,) = read(packed(project(source), **{f"{F}_txt": TEXT}))
    assert answer.marks[0].ranges == ()
    assert answer.marks[0].exact == "x"


def test_a_missing_text_costs_its_line_only():
    other = (
        text_source("", "")
        .replace(F, A)
        .replace("</TextSource>", "<PlainTextContent>Есть.</PlainTextContent></TextSource>")
    )
    missing, there = read(packed(project(text_source("") + other)))
    assert isinstance(missing, ImportFailed) and missing.reason == "missing"
    assert there.document.text == "Есть."


@pytest.mark.parametrize("xml", ["<Project", '<!DOCTYPE a [<!ENTITY b "c">]><Project>&b;</Project>'])
def test_a_broken_or_hostile_project_is_refused(xml):
    with pytest.raises(ImportFailed):
        read(packed(xml))
