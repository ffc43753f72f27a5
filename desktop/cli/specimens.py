"""The smallest file of each format that can be read, for ``--self-check``: each tells of an open bridge."""

import io
import plistlib
import zipfile
from collections.abc import Iterator

WORDS = "The bridge is open."
_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_PAGE = f"<html><head><title>Bridge</title></head><body><article><p>{WORDS}</p></article></body></html>"


def specimens() -> Iterator[tuple[str, bytes]]:
    """File names with their bytes."""
    yield "bridge.txt", WORDS.encode()
    yield "bridge.md", f"# Bridge\n\n{WORDS}\n".encode()
    yield "bridge.html", _PAGE.encode()
    yield "bridge.rtf", f"{{\\rtf1\\ansi\\ansicpg1252 {WORDS}\\par}}".encode()
    yield "bridge.eml", _mail()
    yield "bridge.mbox", b"From ann@example.org Thu Mar  5 10:00:00 2026\n" + _mail()
    yield "bridge.mhtml", _mhtml()
    main = {"WebResourceData": _PAGE.encode(), "WebResourceURL": "https://example.org/bridge"}
    yield "bridge.webarchive", plistlib.dumps({"WebMainResource": main}, fmt=plistlib.FMT_BINARY)
    yield "bridge.warc", _warc()
    yield "bridge.wacz", _zipped({"datapackage.json": "{}", "archive/data.warc": _warc()})
    yield "bridge.zip", _zipped({"inside/bridge.txt": WORDS})
    yield "bridge.docx", _docx()
    yield "bridge.odt", _odt()
    yield "bridge.epub", _epub()
    yield "bridge.pdf", _pdf()
    yield "bridge.ris", f"TY  - NEWS\nTI  - Bridge\nAB  - {WORDS}\nER  - \n".encode()
    yield "My Clippings.txt", _clippings()


def _mail() -> bytes:
    return (
        "From: Ann Lee <ann@example.org>\nTo: bo@example.org\nSubject: Bridge\n"
        "Date: Thu, 05 Mar 2026 10:00:00 +0300\nMessage-ID: <1@example.org>\nMIME-Version: 1.0\n"
        f"Content-Type: text/plain; charset=utf-8\n\n{WORDS}\n"
    ).encode()


def _mhtml() -> bytes:
    lines = (
        "From: <Saved by Blink>", "Snapshot-Content-Location: https://example.org/bridge",
        "Subject: Bridge", "Date: Thu, 05 Mar 2026 10:00:00 -0000", "MIME-Version: 1.0",
        'Content-Type: multipart/related; type="text/html"; boundary="edge"', "",
        "--edge", "Content-Type: text/html", "Content-Transfer-Encoding: 8bit",
        "Content-Location: https://example.org/bridge", "", _PAGE, "--edge--", "",
    )  # fmt: skip
    return "\r\n".join(lines).encode()


def _warc() -> bytes:
    body = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{_PAGE}".encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/bridge\r\n"
        "WARC-Date: 2026-03-05T10:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:0198c0de-0000-7000-8000-000000000001>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode()
    return head + body + b"\r\n\r\n"


def _zipped(members: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def _docx() -> bytes:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return _zipped(
        {
            "[Content_Types].xml": f'{_XML}<Types xmlns="{package}/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
            "_rels/.rels": f'{_XML}<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="r1" Type="{office}" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'{_XML}<w:document xmlns:w="{word}"><w:body><w:p><w:r><w:t>{WORDS}</w:t>'
            "</w:r></w:p></w:body></w:document>",
        }
    )


def _odt() -> bytes:
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'{_XML}<office:document-content xmlns:office="{space}:office:1.0" xmlns:text="{space}:text:1.0">'
        f"<office:body><office:text><text:p>{WORDS}</text:p></office:text></office:body>"
        "</office:document-content>"
    )
    return _zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def _epub() -> bytes:
    package = (
        f'{_XML}<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Bridge</dc:title>'
        '<dc:identifier id="id">urn:uuid:0198c0de-0000-7000-8000-000000000002</dc:identifier>'
        '<dc:language>en</dc:language></metadata><manifest><item id="one" href="one.xhtml" '
        'media-type="application/xhtml+xml"/></manifest><spine><itemref idref="one"/></spine></package>'
    )
    chapter = (
        f'{_XML}<html xmlns="http://www.w3.org/1999/xhtml"><head><title>One</title></head><body><p>{WORDS}</p>'
        "</body></html>"
    )
    container = (
        f'{_XML}<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
        '<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    return _zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": container,
            "book.opf": package,
            "one.xhtml": chapter,
        }
    )


def _pdf() -> bytes:
    content = f"BT /F1 14 Tf 72 720 Td ({WORDS}) Tj ET".encode()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def _clippings() -> bytes:
    return (
        "\ufeffThe Bridge (Ann Lee)\r\n- Your Highlight on page 7 | Location 100-101 | Added on Thursday, "
        f"March 5, 2026 10:00:00 AM\r\n\r\n{WORDS}\r\n==========\r\n"
    ).encode()
