"""Books: their chapters in order, their metadata, and what only looks like a book."""

import pytest

from desktop.core.document import BlockKind
from desktop.core.errors import ImportFailed
from desktop.core.extraction import Options
from desktop.importing.extract import extract_bytes
from desktop.importing.material import Material
from desktop.importing.office import epub as reader
from tests.importing.office.made import packed, read_all, read_one
from tests.importing.office.test_docx import picture

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    "</container>"
)
DATA = (
    "<dc:title>Повесть о реке</dc:title><dc:creator>Анна Ли</dc:creator><dc:language>ru</dc:language>"
    "<dc:publisher>Вестник</dc:publisher><dc:date>2019-05-01</dc:date>"
    '<dc:identifier id="i">urn:isbn:978-3-16-148410-0</dc:identifier>'
)
LINES = "Река поднялась на два метра за одну ночь, и никто в городе не спал до самого утра."


def page(body: str, head: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title/>{head}</head><body>{body}</body></html>'
    )


def epub(pages: dict[str, str | bytes], spine=None, nav="", ncx="", data=DATA, extra=None, items="") -> bytes:
    spine = list(pages) if spine is None else spine
    listed = "".join(
        f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in pages
    )
    extras: dict[str, str | bytes] = {}
    if nav:
        listed += '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        extras["OEBPS/nav.xhtml"] = page(f'<nav epub:type="toc"><ol>{nav}</ol></nav>')
    if ncx:
        listed += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
        extras["OEBPS/toc.ncx"] = f"<ncx><navMap>{ncx}</navMap></ncx>"
    order = "".join(one if one.startswith("<") else f'<itemref idref="{one}"/>' for one in spine)
    members: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf" unique-identifier="i"><metadata '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{data}</metadata><manifest>{listed}{items}</manifest>'
        f"<spine>{order}</spine></package>",
    }
    members |= {f"OEBPS/{name}": content for name, content in pages.items()}
    return packed(members | extras | (extra or {}))


def link(href: str, title: str, inner: str = "") -> str:
    return f'<li><a href="{href}">{title}</a>{inner}</li>'


def shape(extraction):
    return [(str(block.kind), block.level, block.text) for block in extraction.document.blocks]


TWO = {"a.xhtml": page(f"<p>{LINES}</p>"), "b.xhtml": page(f"<h2>Утро</h2><p>{LINES}</p>")}


def test_a_book_is_one_article_with_its_chapters_as_headings():
    nav = link("a.xhtml", "Ночь") + link("b.xhtml", "Утро")
    found = read_one(epub(TWO, nav=nav), "повесть.epub")
    assert shape(found) == [
        ("heading", 1, "Ночь"),
        ("paragraph", 0, LINES),
        ("heading", 2, "Утро"),
        ("paragraph", 0, LINES),
    ]
    metadata = found.document.metadata
    assert (metadata.title, metadata.byline, metadata.publisher, metadata.published_at) == (
        "Повесть о реке",
        ("Анна Ли",),
        "Вестник",
        "2019-05-01",
    )
    assert metadata.identifier == "urn:isbn:9783161484100"
    assert metadata.language == "ru"


def test_the_older_table_of_contents_counts_as_well():
    point = "<navPoint><navLabel><text>{}</text></navLabel><content src='{}'/>{}</navPoint>"
    ncx = point.format("Часть", "b.xhtml", point.format("Ночь", "a.xhtml", ""))
    assert shape(read_one(epub(TWO, ncx=ncx), "a.epub"))[0] == ("heading", 2, "Ночь")


def test_the_spine_gives_the_order_and_each_document_comes_once():
    spine = ['<itemref idref="a.xhtml" linear="no"/>', "b.xhtml", "b.xhtml", "b.xhtml", "nowhere"]
    found = read_one(epub(TWO, spine=spine), "a.epub")
    assert [text for _, _, text in shape(found)] == ["Утро", LINES, LINES]


def test_chapters_become_articles_when_asked():
    nav = link("a.xhtml", "Ночь") + link("b.xhtml", "Утро")
    found = read_all(epub(TWO, nav=nav), "повесть.epub", by_chapter=True)
    assert [one.document.metadata.title for one in found] == ["Ночь", "Утро"]
    assert [one.document.text for one in found] == [LINES, LINES]
    assert {one.document.metadata.byline for one in found} == {("Анна Ли",)}
    assert [one.document.metadata.identifier for one in found] == [
        "urn:isbn:9783161484100#OEBPS/a.xhtml",
        "urn:isbn:9783161484100#OEBPS/b.xhtml",
    ]
    assert len({one.original.sha256 for one in found}) == 2
    assert found[0].collections == ("Повесть о реке",)


def test_chapters_are_listed_and_chosen():
    pages = {"t.xhtml": page("<p>Титул</p>"), **TWO, "c.xhtml": page("<p>Продолжение.</p>")}
    book = epub(pages, nav=link("a.xhtml", "Ночь") + link("b.xhtml", "Утро"))
    listed = reader.entries(Material(book, "a.epub"))
    assert [(one.key, one.title, one.suggested) for one in listed] == [
        ("OEBPS/t.xhtml", "Титул", False),
        ("OEBPS/a.xhtml", "Ночь", True),
        ("OEBPS/b.xhtml", "Утро", True),
    ]
    (found,) = read_all(book, "a.epub", by_chapter=True, parts=("OEBPS/b.xhtml",))
    assert found.document.text == f"{LINES}\nПродолжение."


@pytest.mark.parametrize("by_chapter", [True, False])
def test_a_chapter_that_the_book_does_not_have_is_named_as_missing(by_chapter):
    book = epub({"a.xhtml": page(f"<p>{LINES}</p>"), "b.xhtml": page(f"<p>{LINES}</p>")})
    with pytest.raises(ImportFailed) as failure:
        read_all(book, "a.epub", by_chapter=by_chapter, parts=("OEBPS/elsewhere.xhtml",))
    assert failure.value.reason == "no_such_part"


def test_pictures_are_kept_and_the_cover_is_left_out():
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'
    pages = {
        "cover.xhtml": page(drawn.format('<image xlink:href="cover.png"/>')),
        "a.xhtml": page(
            f'<p>{LINES}</p><figure><img src="img/%D1%80%D0%B5%D0%BA%D0%B0.png" alt="Река"/>'
            "<figcaption>Паводок</figcaption></figure><p>" + drawn.format("<text>схема</text>") + "Конец.</p>"
        ),
    }
    extra = {"OEBPS/cover.png": picture(), "OEBPS/img/река.png": picture((50, 50))}
    items = '<item id="c" href="cover.png" properties="cover-image" media-type="image/png"/>'
    found = read_one(epub(pages, extra=extra, items=items), "a.epub")
    assert shape(found)[1:] == [("image", 0, "Паводок"), ("paragraph", 0, "Конец.")]
    assert [(one.src, one.width) for one in found.pictures] == [(found.document.blocks[1].src, 50)]


def test_pages_that_are_xml_are_read_as_xml():
    body = '<p><a id="x"/>Слово&nbsp;&mdash; <ruby>漢字<rt>かんじ</rt></ruby></p><p>После</p>'
    formula = (
        '<p>где <math xmlns="http://www.w3.org/1998/Math/MathML"><mi>a</mi><mo>=</mo><mi>b</mi></math></p>'
    )
    found = read_one(epub({"a.xhtml": page(body + formula)}), "a.epub")
    assert found.document.text == "Слово — 漢字\nПосле\nгде a=b"


def test_broken_markup_and_old_encodings_are_read_all_the_same():
    old = f'<?xml version="1.0" encoding="windows-1251"?><html><body><p>{LINES}</p></body></html>'
    broken = page(f"<p>Начало<br>дальше <b>жирно<p>{LINES}")
    found = read_one(epub({"a.xhtml": old.encode("cp1251"), "b.xhtml": broken}), "a.epub")
    assert found.document.text == f"{LINES}\nНачало дальше жирно\n{LINES}"


def test_page_numbers_of_the_printed_book_are_no_text():
    number = '<span epub:type="pagebreak" id="p12">12</span>'
    body = f'<p>Одно сло{number}во и <a role="doc-backlink" href="#r">↩</a></p>'
    assert read_one(epub({"a.xhtml": page(body)}), "a.epub").document.text == "Одно слово и"


def test_links_inside_the_book_lead_nowhere():
    body = '<p>См. <a href="b.xhtml#x">главу</a>, <a href="#n1">1</a> и <a href="https://a.example/">сайт</a></p>'
    (block,) = read_one(epub({"a.xhtml": page(body)}), "a.epub").document.blocks
    assert [mark.href for mark in block.marks] == ["#n1", "https://a.example/"]


def test_an_unreadable_chapter_costs_a_warning_not_the_book(monkeypatch):
    monkeypatch.setattr("desktop.importing.office.book.chapter.LARGEST", 500)
    found = read_one(
        epub({"a.xhtml": page("<p>Коротко.</p>"), "b.xhtml": page(f"<p>{LINES * 9}</p>")}), "a.epub"
    )
    assert found.document.text == "Коротко."
    assert found.warnings == (reader.UNREADABLE.format(member="OEBPS/b.xhtml"),)


def encryption(algorithm: str, uri: str) -> bytes:
    return (
        f'<encryption><EncryptedData><EncryptionMethod Algorithm="{algorithm}"/><CipherData>'
        f'<CipherReference URI="{uri}"/></CipherData></EncryptedData></encryption>'
    ).encode()


def test_scrambled_fonts_keep_nobody_from_reading():
    locked = encryption("http://www.idpf.org/2008/embedding", "OEBPS/font.otf")
    assert read_one(epub(TWO, extra={"META-INF/encryption.xml": locked}), "a.epub").document.text


OUTSIDE = '<item id="x" href="../../../etc/hostname" media-type="text/html"/>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (epub(TWO, extra={"META-INF/encryption.xml": encryption("urn:aes", "OEBPS/a.xhtml")}), "encrypted"),
        (epub({"a.xhtml": '<!DOCTYPE p [<!ENTITY e SYSTEM "file:///etc/hostname">]><p>&e;</p>'}), "hostile"),
        (epub({}, items=OUTSIDE, spine=["x"]), "no_text"),
        (packed({"mimetype": "application/epub+zip"}), "malformed"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(data, reason):
    with pytest.raises(ImportFailed) as caught:
        extract_bytes(data, "a.epub", options=Options())
    assert caught.value.reason == reason


def test_a_chapter_title_in_a_plain_paragraph_becomes_a_heading():
    pages = {"a.xhtml": page(f"<p class='t'>НОЧЬ</p><p>{LINES}</p>")}
    found = read_one(epub(pages, nav=link("a.xhtml", "Ночь")), "a.epub")
    assert found.document.blocks[0].kind is BlockKind.HEADING
    assert [text for _, _, text in shape(found)] == ["НОЧЬ", LINES]
