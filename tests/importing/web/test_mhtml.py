"""Pages saved as messages, as several programs write them."""

import base64
import quopri

import pytest

from desktop.core.document import BlockKind
from desktop.core.errors import ImportFailed
from desktop.importing.extract import extract_bytes
from tests.importing.web.pages import WORDS, page, png

ADDRESS = "https://a.example/news/ferry"


def part(body: bytes, *headers: str, encoding: str = "quoted-printable") -> bytes:
    packed = {
        "quoted-printable": lambda: quopri.encodestring(body),
        "base64": lambda: base64.encodebytes(body),
        "binary": lambda: body,
    }[encoding]()
    lines = [*headers, f"Content-Transfer-Encoding: {encoding}", "", ""]
    return "\r\n".join(lines).encode() + packed


def message(*parts: bytes, head: str = "", boundary: str | None = "edge") -> bytes:
    given = f';\r\n\tboundary="{boundary}"' if boundary else ""
    lines = [
        "From: <Saved by Blink>",
        f"Snapshot-Content-Location: {ADDRESS}",
        "Subject: =?utf-8?Q?=D0=9F=D0=B0=D1=80=D0=BE=D0=BC?=",
        "Date: Fri, 30 Aug 2024 20:54:29 +0200",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/related;\r\n\ttype="text/html"{given}',
        *([head] if head else []),
    ]
    body = b"".join(b"\r\n--edge\r\n" + one for one in parts) + b"\r\n--edge--\r\n"
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def html_part(markup: str, *, charset: str = "utf-8", location: str = ADDRESS, **options) -> bytes:
    return part(
        markup.encode(charset), f"Content-Type: text/html; charset={charset}",
        f"Content-Location: {location}", **options,
    )  # fmt: skip


def picture_part(data: bytes, *headers: str) -> bytes:
    return part(data, "Content-Type: image/png", *headers, encoding="base64")


def images(extraction) -> list:
    return [block.src for block in extraction.document.blocks if block.kind is BlockKind.IMAGE]


def test_the_page_its_address_its_pictures_and_its_day():
    picture = picture_part(png(), "Content-Location: https://a.example/img/1.png")
    data = message(html_part(page('<img src="https://a.example/img/1.png">')), picture)
    extraction = extract_bytes(data, "ferry.mhtml")
    known = extraction.document.metadata
    assert (known.title, known.url) == ("Паром вернулся", ADDRESS)
    assert extraction.captured_at == "2024-08-30T18:54:29.000Z"
    assert WORDS[3] in extraction.document.text
    assert [one.src for one in extraction.pictures] == images(extraction) == ["https://a.example/img/1.png"]
    assert extraction.pictures[0].original is None, "the message holds them"
    assert (extraction.original.size, extraction.original.media_type) == (len(data), "multipart/related")


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "binary"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1251", "utf-16"])
def test_every_transfer_encoding_and_charset(encoding, charset):
    markup = page().replace('<meta charset="utf-8">', "")
    extraction = extract_bytes(message(html_part(markup, charset=charset, encoding=encoding)), "a.mht")
    assert WORDS[0] in extraction.document.text


def test_a_charset_that_lies_is_not_believed():
    lying = part(page().replace("utf-8", "x").encode("cp1251"), "Content-Type: text/html; charset=utf-8")
    assert WORDS[0] in extract_bytes(message(lying), "a.mhtml").document.text


@pytest.mark.parametrize(
    ("src", "headers"),
    [
        ("cid:img1@mhtml", ["Content-ID: <img1@mhtml>"]),
        ("page.files/1.png", ["Content-Location: file:///C:/D/page.files/1.png"]),
        ("file:///C:/D/page.files/1.png", ["Content-Location: file:///C:/D/page.files/1.png"]),
    ],
)
def test_pictures_are_named_in_many_ways(src, headers):
    html = html_part(page(f'<img src="{src}">'), location="file:///C:/D/page.htm")
    extraction = extract_bytes(message(html, picture_part(png(), *headers)), "a.mht")
    assert [one.src for one in extraction.pictures] == images(extraction) == [src]
    assert extraction.document.metadata.url == ADDRESS


def test_the_page_is_not_always_the_first_part():
    frame = html_part(
        page(title="Реклама", words=("Купите слона. " * 20,) * 4), location="https://ads.example/"
    )
    extraction = extract_bytes(message(frame, html_part(page())), "a.mhtml")
    assert extraction.document.metadata.title == "Паром вернулся"
    assert "слона" not in extraction.document.text


def test_frames_are_read_where_the_page_has_no_words_of_its_own():
    outer = html_part('<html><frameset><frame src="cid:f1"></frameset></html>')
    frame = part(page().encode(), "Content-Type: text/html; charset=utf-8", "Content-ID: <f1>")
    extraction = extract_bytes(message(outer, frame), "a.mht")
    assert WORDS[0] in extraction.document.text
    assert extraction.document.metadata.url == ADDRESS


def test_a_boundary_that_the_header_forgot_is_found():
    extraction = extract_bytes(message(html_part(page()), boundary=None), "a.mhtml")
    assert WORDS[0] in extraction.document.text


def test_a_message_cut_short_gives_what_is_there():
    data = message(html_part(page()), picture_part(png()))
    assert WORDS[0] in extract_bytes(data[: len(data) - 9000], "a.mhtml").document.text


def test_a_message_without_a_page_is_called_damaged():
    with pytest.raises(ImportFailed) as caught:
        extract_bytes(message(picture_part(png())), "a.mhtml")
    assert caught.value.reason == "malformed"


@pytest.mark.shared
def test_the_words_of_a_page_with_a_reference(shared):
    folder = shared / "data" / "interop" / "mhtml_inception"
    wanted = (folder / "A_KAE.txt").read_text("utf-8").split()
    found = extract_bytes((folder / "A_KAE.mhtml").read_bytes(), "A_KAE.mhtml").document.text.split()
    common = len(set(wanted) & set(found))
    assert common / len(set(wanted)) > 0.85
