"""A folder as somebody's ten years leave one: pages with pictures, documents, messages, archives of all that.

Made of the corpus's articles and of pictures of noise; nothing is taken from anywhere.
"""

import gzip
import io
import random
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image

from tests.bench.corpus import Made, articles

PARTS = 100  # articles in one ZIP, one web archive, one mailbox
KINDS = 6
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = f"""<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="{_WORD}"/></Types>"""
_RELATIONS = """<?xml version="1.0"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"
Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
Target="word/document.xml"/></Relationships>"""


def fill(folder: Path, count: int) -> None:
    """Write ``count`` articles, a sixth of them in each form."""
    made = list(articles(count))
    share = count // KINDS
    stacks = [made[number * share : (number + 1) * share] for number in range(KINDS - 1)]
    for one in made[(KINDS - 1) * share :]:
        (folder / f"{one.number}.txt").write_text(one.as_text(), "utf-8")
    for one in stacks[0]:
        for name, data in _saved(one):
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(data)
    for one in stacks[1]:
        (folder / f"{one.number}.docx").write_bytes(_docx(one))
    for number, part in enumerate(_parts(stacks[2])):
        (folder / f"{number}.zip").write_bytes(_zip(file for one in part for file in _saved(one)))
    for number, part in enumerate(_parts(stacks[3])):
        (folder / f"{number}.warc.gz").write_bytes(b"".join(_records(part)))
    for number, part in enumerate(_parts(stacks[4])):
        (folder / f"{number}.mbox").write_bytes(b"".join(map(_message, part)))


def _parts(made: Sequence[Made]) -> Iterator[Sequence[Made]]:
    for start in range(0, len(made), PARTS):
        yield made[start : start + PARTS]


def picture(number: int, size: tuple[int, int] = (800, 500)) -> bytes:
    """A JPEG of coloured noise, another one for each number."""
    grain = random.Random(number).randbytes(30 * 20 * 3)
    file = io.BytesIO()
    Image.frombytes("RGB", (30, 20), grain).resize(size).save(file, "JPEG", quality=85)
    return file.getvalue()


def _page(one: Made, *pictures: str) -> bytes:
    shown = "".join(f'<p><img src="{address}" width="800" height="500"></p>' for address in pictures)
    return one.as_html().replace("</p>", f"</p>{shown}", 1).encode("utf-8")


def _saved(one: Made) -> Iterator[tuple[str, bytes]]:
    """A page as browsers save it, with its folder of pictures."""
    names = [f"{one.number}_files/{which}.jpg" for which in range(2)]
    yield f"{one.number}.html", _page(one, *names)
    for which, name in enumerate(names):
        yield name, picture(2 * one.number + which)


def _zip(files: Iterator[tuple[str, bytes]]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files:
            package.writestr(name, data)
    return packed.getvalue()


def _docx(one: Made) -> bytes:
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in one.document.text.split("\n"))
    words = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'<w:document xmlns:w="{words}"><w:body>{lines}</w:body></w:document>'
    files = {"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/document.xml": document}
    return _zip((name, text.encode("utf-8")) for name, text in files.items())


def _records(part: Sequence[Made]) -> Iterator[bytes]:
    for one in part:
        address = f"http://paper.example/{one.number}"
        yield _record(f"{address}.html", "text/html; charset=utf-8", _page(one, f"{address}.jpg"))
        yield _record(f"{address}.jpg", "image/jpeg", picture(one.number))


def _record(address: str, kind: str, body: bytes) -> bytes:
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:pressmark:{address}>\r\n"
        f"WARC-Target-URI: {address}\r\nWARC-Date: 2024-01-01T10:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + answer + b"\r\n\r\n", 1)


def _message(one: Made) -> bytes:
    head = (
        "From a@paper.example Mon Jan  1 10:00:00 2024\nFrom: <a@paper.example>\n"
        f"Subject: Message {one.number}\nMessage-ID: <{one.number}@paper.example>\n"
        "Date: Mon, 1 Jan 2024 10:00:00 +0300\nContent-Type: text/plain; charset=utf-8\n"
        "Content-Transfer-Encoding: 8bit\n\n"
    )
    return f"{head}{one.document.text}\n\n".encode()
