"""From a file's bytes to an extraction, whatever its name says."""

import hashlib
import json
import random
import time
import zlib
from contextlib import suppress

import pytest

from desktop.core.errors import ImportFailed
from desktop.core.sentences import IMPORT_REASONS
from desktop.importing.clipboard import extract_html, extract_text
from desktop.importing.detect import Format, detect
from desktop.importing.extract import extract_bytes, extract_record
from desktop.importing.material import Material
from desktop.importing.originals import pack

WORDS = "Министр заявил, что решение будет принято завтра, и ответил на вопросы журналистов."


def unpacked(original) -> bytes:
    """As ``sqlite3 -Ax`` unpacks them."""
    return original.data if len(original.data) == original.size else zlib.decompress(original.data)


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"<!DOCTYPE html><p>x", "a.txt", Format.HTML),
        (b"\xef\xbb\xbf  <!-- c --><html>", "a", Format.HTML),
        ("<html><p>слова</p>".encode("utf-16"), "a.htm", Format.HTML),
        (b"<p>one</p><p>two</p>", "a.txt", Format.HTML),
        (b"# Title\n\ntext", "a.md", Format.MARKDOWN),
        (b"# Title\n\ntext", "a.txt", Format.TEXT),
        (b"no tags at all", "a.html", Format.TEXT),
        (b"a < b and b > c", "a.txt", Format.TEXT),
        (b"[1] See the notes of the council.", "a.txt", Format.TEXT),
        (b"<?xml version='1.0'?>\n<html><body>x", "page.xml", Format.HTML),
        ("слова\0 и ещё много хороших слов".encode(), "a.txt", Format.TEXT),
    ],
)
def test_bytes_decide_before_names(data, name, kind):
    assert detect(data, name) is kind


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "a.txt", "empty"),
        (b"\xef\xbb\xbf \r\n", "a.html", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "a.html", "binary"),
        (random.Random(1).randbytes(5000), "a.txt", "binary"),
        (b"abc\0def\0" * 500, "a.txt", "binary"),
        (b"SQLite format 3\0" + bytes(100), "a.txt", "unknown_format"),
        (b"<html><body></body></html>", "a.html", "no_text"),
        (b'{"a": [1, 2, 3]}', "package.json", "unknown_format"),
        (b'{\n "a": 1,', "cut short.json", "unknown_format"),
        (b'\n[{"a": "b"}]', "no name", "unknown_format"),
        (b"<?xml version='1.0'?><rss><channel/></rss>", "feed", "unknown_format"),
        (b"body { color: red }", "style.css", "unknown_format"),
        (b"var a = 1;", "app.js", "unknown_format"),
        (b"a;b\n1;2", "table.CSV", "unknown_format"),
        (b"P", "one byte.epub", "malformed"),
        (b"not a package", "letter.docx", "malformed"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "letter.doc", "old_office"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.docx", "encrypted"),
    ],
)
def test_what_is_no_article_is_refused_for_a_reason(data, name, reason):
    with pytest.raises(ImportFailed) as caught:
        extract_bytes(data, name)
    assert caught.value.reason == reason
    assert reason in IMPORT_REASONS


def test_files_of_an_old_office_are_named():
    start = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)
    for name, what in (("__substg1.0_0037001F", "Outlook message"), ("WordDocument", "Word")):
        with pytest.raises(ImportFailed) as caught:
            extract_bytes(start + name.encode("utf-16-le"), "a")
        assert caught.value.detail.startswith(what)


def test_the_original_is_kept_byte_for_byte():
    data = WORDS.encode("cp1251") * 20
    original = extract_bytes(data, "папка/Статья.TXT").original
    assert unpacked(original) == data
    assert original.sha256 == hashlib.sha256(data).hexdigest()
    assert (original.size, original.extension, original.filename) == (len(data), ".txt", "Статья.TXT")
    assert original.media_type == "text/plain"
    assert len(original.data) < len(data)


@pytest.mark.parametrize("data", [b"", b"ab", random.Random(2).randbytes(100_000), b"a" * 200_000])
def test_packing_never_grows(data):
    original = pack(data, "text/plain", "a")
    assert len(original.data) <= len(data)
    assert unpacked(original) == data


def test_letters_tell_the_language_against_a_template():
    page = f'<html lang="en"><body><article><p>{WORDS * 5}</p></article></body></html>'
    metadata = extract_bytes(page.encode(), "a.html").document.metadata
    assert metadata.language == "ru"
    assert metadata.language_confidence > 900


def test_a_page_in_an_old_encoding_that_lies_about_it():
    head = '<head><meta charset="utf-8"><title>Заявление</title></head>'
    page = f"<html>{head}<body><p>{WORDS * 4}</p></body></html>"
    extraction = extract_bytes(page.encode("koi8-r"), "a.html")
    assert extraction.encoding == "koi8-r"
    assert extraction.document.metadata.title == "Заявление"
    assert WORDS in extraction.document.text


def test_unreadable_characters_are_told():
    extraction = extract_bytes("Начало ".encode() + b"\xff " + WORDS.encode(), "a.txt")
    assert any("1 characters" in warning for warning in extraction.warnings)


def record(**fields):
    return extract_record(Material(json.dumps(fields, ensure_ascii=False).encode(), "set.jsonl:3"))


def test_a_record_brings_its_own_metadata():
    extraction = record(
        id=7,
        title="Решение",
        text=f"{WORDS}\n\n{WORDS}",
        url="https://a.example/x",
        date="2024-03-05",
        language="ru",
    )
    metadata = extraction.document.metadata
    assert (metadata.title, metadata.url, metadata.published_at) == (
        "Решение",
        "https://a.example/x",
        "2024-03-05",
    )
    assert metadata.language == "ru"
    assert not metadata.date_is_guess
    assert extraction.document.text == f"{WORDS}\n{WORDS}"
    assert extraction.original.media_type == "application/json"


def test_a_record_without_a_title_gets_one():
    assert record(text=WORDS).document.metadata.title.startswith("Министр заявил")


@pytest.mark.parametrize(
    ("line", "reason"),
    [(b"[1]", "malformed"), (b"{", "malformed"), (b"[" * 100_000, "malformed"), (b'{"a": 1}', "no_text")],
)
def test_bad_records(line, reason):
    with pytest.raises(ImportFailed) as caught:
        extract_record(Material(line, "set.jsonl:1"))
    assert caught.value.reason == reason


def test_pasted_text():
    extraction = extract_text(f"Заголовок вставки\n\n{WORDS}")
    assert extraction.document.metadata.title == "Заголовок вставки"
    assert unpacked(extraction.original).decode() == f"Заголовок вставки\n\n{WORDS}"


def test_a_title_of_ones_own_costs_no_line_of_the_text():
    extraction = extract_text(f"Заголовок вставки\n\n{WORDS}", title="Моё")
    assert extraction.document.metadata.title == "Моё"
    assert extraction.document.text == f"Заголовок вставки\n{WORDS}"


def test_pasted_html_keeps_its_structure_and_address():
    html = (
        "Version:0.9\r\nSourceURL:https://a.example/x\r\n<html><body><!--StartFragment-->"
        f"<h2>Итоги</h2><p>{WORDS}</p><!--EndFragment--></body></html>"
    )
    extraction = extract_html(html, f"Итоги\n{WORDS}", title="Моё")
    assert [str(block.kind) for block in extraction.document.blocks] == ["heading", "paragraph"]
    assert extraction.document.metadata.url == "https://a.example/x"
    assert extraction.document.metadata.title == "Моё"


def test_pasted_html_without_words_falls_back_to_the_text():
    assert extract_html("<img src=x>", WORDS).extractor == "text/1"


def test_pasting_nothing_says_so():
    with pytest.raises(ImportFailed) as caught:
        extract_text("  \n")
    assert caught.value.reason == "empty"


def test_half_a_surrogate_pair_costs_one_character():
    line = rb'{"title": "\udfff Flood", "text": "Two \ud800 metres \ud83d\ude00", "byline": ["A \udc00"]}'
    document = extract_record(Material(line, "a.jsonl:1")).document
    assert document.metadata.title == "\N{REPLACEMENT CHARACTER} Flood"
    assert document.metadata.byline == ("A \N{REPLACEMENT CHARACTER}",)
    assert document.text.endswith("Two \N{REPLACEMENT CHARACTER} metres \N{GRINNING FACE}")


@pytest.mark.parametrize(
    "data", [b"<!--a-->\n" * 9000 + b"text", b"<!--" * 16_000, b"<?xml " * 10_000, b" \n" * 40_000 + b"x"]
)
def test_looking_for_a_documents_start_never_goes_back(data):
    """Each comment could end at any later comment's end: tried in every combination, that takes for ever."""
    started = time.process_time()
    with suppress(ImportFailed):
        detect(data, "page.html")
    assert time.process_time() - started < 1
