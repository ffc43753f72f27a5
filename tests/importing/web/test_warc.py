"""Web archives, plain and packed, whole and broken."""

import base64
import gzip
import hashlib
import io
import json
import zipfile
import zlib

import brotli
import pytest

from desktop.core.document import BlockKind
from desktop.core.errors import ImportFailed
from desktop.core.extraction import Extraction, Options
from desktop.importing.detect import detect
from desktop.importing.extract import extract_material
from desktop.importing.formats import Format, lister_of
from desktop.importing.material import Material
from desktop.importing.web import warc
from tests.importing.web.pages import WORDS, page, png

DAY = "2026-03-14T09:20:00Z"


class Recorder:
    """Writes records as a crawler does."""

    def __init__(self, packed: bool = True) -> None:
        self.data = b""
        self._packed = packed

    def answer(
        self, url: str, body: bytes, media_type: str = "text/html; charset=utf-8", *, status: str = "200 OK",
        kind: str = "response", day: str = DAY, **headers: str,
    ) -> "Recorder":  # fmt: skip
        if kind not in ("response", "revisit"):
            return self._record(url, kind, body, media_type, day=day)
        http = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        http = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n{http}\r\n"
        digest = "sha1:" + base64.b32encode(hashlib.sha1(body).digest()).decode()
        content = http.encode() + body
        return self._record(url, kind, content, "application/http; msgtype=response", digest, day)

    def request(self, url: str, **headers: str) -> "Recorder":
        fields = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        return self._record(
            url, "request", f"GET / HTTP/1.1\r\n{fields}\r\n".encode(), "application/http; msgtype=request"
        )

    def _record(
        self, url: str, kind: str, content: bytes, media_type: str, digest: str = "", day: str = DAY
    ) -> "Recorder":
        lines = ["WARC/1.0", f"WARC-Type: {kind}", f"WARC-Target-URI: {url}", f"WARC-Date: {day}"]
        lines += [f"WARC-Payload-Digest: {digest}"] if digest else []
        lines += [f"Content-Type: {media_type}", f"Content-Length: {len(content)}", "", ""]
        record = "\r\n".join(lines).encode() + content + b"\r\n\r\n"
        self.data += gzip.compress(record) if self._packed else record
        return self


def answers(data: bytes, name: str = "a.warc.gz", keys: set[str] | None = None) -> list:
    options = Options(parts=frozenset(keys) if keys is not None else None)
    return list(extract_material(Material(data, name, options=options)))


def titles(found: list) -> list[str]:
    return [one.document.metadata.title for one in found if isinstance(one, Extraction)]


def entries(data: bytes, name: str = "a.warc.gz") -> list:
    lister = lister_of(detect(data, name))
    assert lister is not None
    return lister(Material(data, name))


def news(number: int, *images: str) -> bytes:
    words = tuple(f"{line} Выпуск {number}." for line in WORDS)
    return page(*images, title=f"Новость {number}", words=words).encode()


@pytest.mark.parametrize("packed", [True, False])
def test_every_page_comes_with_its_address_and_day(packed):
    recorder = Recorder(packed).answer("https://a.example/1", news(1))
    recorder.answer("https://a.example/2", news(2), day="2025-01-02T03:04:05.678901Z")
    found = answers(recorder.data)
    assert titles(found) == ["Новость 1", "Новость 2"]
    assert [one.document.metadata.url for one in found] == ["https://a.example/1", "https://a.example/2"]
    assert [one.captured_at for one in found] == ["2026-03-14T09:20:00.000Z", "2025-01-02T03:04:05.678Z"]
    assert [one.original.size for one in found] == [len(news(1)), len(news(2))]


def test_what_is_no_page_is_passed_over():
    recorder = Recorder()
    recorder.answer("https://a.example/old", b"", status="301 Moved", Location="/1")
    recorder.answer("https://a.example/gone", news(9), status="404 Not Found")
    recorder.answer("https://a.example/app.js", b"var a = 1;", "application/javascript")
    recorder.answer("https://a.example/data", b'{"a": 1}', "application/json")
    recorder.answer("https://a.example/robots.txt", b"User-agent: *\nDisallow: /x" * 20, "text/plain")
    recorder.answer("https://a.example/1", news(1))
    recorder.answer("https://a.example/1?again", news(1))
    recorder.answer("https://a.example/2", news(2), kind="revisit")
    assert titles(answers(recorder.data)) == ["Новость 1"]


def test_a_page_whose_server_did_not_say_what_it_is_is_read():
    recorder = Recorder().answer("https://a.example/1.html", news(1), "")
    recorder.answer("https://a.example/setup.exe", b"MZ" * 300, "application/octet-stream")
    assert titles(answers(recorder.data)) == ["Новость 1"]


def test_a_long_list_is_given_in_time_even_without_titles(monkeypatch):
    monkeypatch.setattr(warc, "_TITLE_SECONDS", 0.0)
    recorder = Recorder().answer("https://a.example/1", news(1))
    assert [one.title for one in entries(recorder.data)] == ["https://a.example/1"]


def test_frames_are_listed_but_not_suggested():
    recorder = Recorder().answer("https://a.example/1", news(1)).answer("https://b.example/ad", news(2))
    recorder.request("https://b.example/ad", Sec_Fetch_Dest="iframe")
    listed = entries(recorder.data)
    assert [(one.title, one.suggested) for one in listed] == [("Новость 1", True), ("Новость 2", False)]
    assert listed[0].detail == "https://a.example/1 · 2026-03-14 09:20"
    assert titles(answers(recorder.data)) == ["Новость 1"]
    assert titles(answers(recorder.data, keys={listed[1].key})) == ["Новость 2"]


def test_the_pictures_recorded_beside_a_page_are_its_pictures():
    recorder = Recorder().answer(
        "https://a.example/n/1", news(1, '<img src="../i/1.png">', '<img src="/i/2">')
    )
    recorder.answer("https://a.example/i/1.png", png(), "image/png")
    recorder.answer(
        "https://a.example/i/2", b"", "text/html", status="302 Found", Location="//c.example/2.png"
    )
    recorder.answer(
        "https://c.example/2.png", gzip.compress(png("red")), "image/png", Content_Encoding="gzip"
    )
    [found] = answers(recorder.data)
    assert [one.src for one in found.pictures] == ["https://a.example/i/1.png", "https://a.example/i/2"]
    shown = [block.src for block in found.document.blocks if block.kind is BlockKind.IMAGE]
    assert shown == [one.src for one in found.pictures]
    assert all(one.original is not None for one in found.pictures)


def chunked(body: bytes) -> bytes:
    parts = [body[at : at + 300] for at in range(0, len(body), 300)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(news(1)), {"Content_Encoding": "gzip"}),
        (zlib.compress(news(1)), {"Content_Encoding": "deflate"}),
        (zlib.compress(news(1))[2:-4], {"Content_Encoding": "deflate"}),
        (brotli.compress(news(1)), {"Content_Encoding": "br"}),
        (chunked(news(1)), {"Transfer_Encoding": "chunked"}),
        (chunked(gzip.compress(news(1))), {"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"}),
        (news(1), {"Content_Encoding": "gzip", "Transfer_Encoding": "chunked"}),
    ],
    ids=["gzip", "deflate", "raw deflate", "br", "chunked", "chunked gzip", "neither after all"],
)
def test_bodies_are_unpacked(body, headers):
    assert titles(answers(Recorder().answer("https://a.example/1", body, **headers).data)) == ["Новость 1"]


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_a_bomb_costs_its_own_page_alone(encoding):
    bomb = bytes(70_000_000)
    packed = gzip.compress(bomb, 1) if encoding == "gzip" else brotli.compress(bomb, quality=1)
    recorder = Recorder().answer("https://a.example/bomb", packed, Content_Encoding=encoding)
    found = answers(recorder.answer("https://a.example/1", news(1)).data)
    assert isinstance(found[0], ImportFailed)
    assert found[0].reason == "too_large"
    assert titles(found) == ["Новость 1"]


def test_an_unknown_packing_is_named():
    [found] = answers(
        Recorder().answer("https://a.example/1", b"(\xb5/\xfd" * 99, Content_Encoding="zstd").data
    )
    assert isinstance(found, ImportFailed)
    assert (found.reason, "zstd" in found.detail) == ("unknown_format", True)


def test_the_server_s_charset_counts_for_more_than_the_page_s():
    body = page().encode("cp1251")
    [found] = answers(Recorder().answer("https://a.example/1", body, "text/html; charset=windows-1251").data)
    assert found.encoding == "cp1251"
    assert WORDS[0] in found.document.text


def test_records_of_other_kinds_are_read():
    recorder = Recorder().answer("https://a.example/1", news(1), "text/html", kind="resource")
    recorder.answer("https://a.example/2", "\n\n".join(WORDS).encode(), "text/plain", kind="conversion")
    recorder.answer("urn:text:https://a.example/1", b"words" * 99, "text/plain", kind="resource")
    urls = [one.document.metadata.url for one in answers(recorder.data)]
    assert urls == ["https://a.example/1", "https://a.example/2"]


def test_damage_costs_what_it_covers():
    recorder = Recorder().answer("https://a.example/1", news(1))
    first = len(recorder.data)
    recorder.answer("https://a.example/2", news(2))
    second = len(recorder.data)
    data = bytearray(recorder.answer("https://a.example/3", news(3)).data)
    data[first + 40 : second - 200] = bytes(second - 200 - first - 40)
    found = answers(bytes(data))
    assert titles(found) == ["Новость 1", "Новость 3"]
    assert found[-1].reason == "damaged_in_part"


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.95])
def test_a_file_cut_short_gives_what_is_there(keep):
    recorder = Recorder(packed=False)
    for number in range(4):
        recorder.answer(f"https://a.example/{number}", news(number))
    data = recorder.data[: int(len(recorder.data) * keep)]
    assert "Новость 0" in titles(answers(data, "a.warc"))


def test_a_file_packed_in_one_piece_is_read():
    recorder = (
        Recorder(packed=False).answer("https://a.example/1", news(1)).answer("https://a.example/2", news(2))
    )
    found = answers(gzip.compress(recorder.data))
    assert titles(found) == ["Новость 1", "Новость 2"]
    assert len(found) == 2, "that is no damage"


def test_an_archive_without_pages_says_so():
    with pytest.raises(ImportFailed) as caught:
        answers(Recorder().answer("https://a.example/1.png", png(), "image/png").data)
    assert caught.value.reason == "no_pages"


def wacz(recorder: Recorder, *pages: dict, name: str = "archive/data.warc.gz") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(name, recorder.data)
        lines = [{"format": "json-pages-1.0", "id": "pages", "title": "All"}, *pages]
        package.writestr("pages/pages.jsonl", "\n".join(map(json.dumps, lines)) + "\nno json\n")
        package.writestr("datapackage.json", json.dumps({"profile": "data-package", "wacz_version": "1.1.1"}))
    return out.getvalue()


def test_a_package_suggests_the_pages_it_lists():
    recorder = Recorder().answer("https://a.example/1", news(1)).answer("https://a.example/side", news(2))
    data = wacz(recorder, {"url": "https://a.example/1", "title": "Listed title", "ts": DAY})
    assert detect(data, "a.wacz") is Format.WACZ
    listed = entries(data, "a.wacz")
    assert [(one.title, one.suggested) for one in listed] == [("Listed title", True), ("Новость 2", False)]
    assert titles(answers(data, "a.wacz")) == ["Новость 1"]
    assert titles(answers(data, "a.wacz", {one.key for one in listed})) == ["Новость 1", "Новость 2"]


def test_a_package_whose_list_is_of_other_pages_is_read_as_an_archive():
    recorder = Recorder().answer("https://a.example/1", news(1))
    assert titles(answers(wacz(recorder, {"url": "https://b.example/", "title": "B"}), "a.wacz")) == [
        "Новость 1"
    ]


def test_packages_within_a_package_are_read():
    inner = wacz(Recorder().answer("https://a.example/1", news(1)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("first.wacz", inner)
        package.writestr("datapackage.json", "{}")
    assert titles(answers(out.getvalue(), "many.wacz")) == ["Новость 1"]


@pytest.mark.slow
@pytest.mark.shared
@pytest.mark.parametrize(
    ("path", "pages"),
    [
        ("warc_warcio/example-bad-non-chunked.warc.gz", 1),
        ("warc_warcio/example-bad.warc.gz.bad", 1),
        ("warc_warcio/example-digest.warc", 0),
        ("warc_warcio/example-iana.org-chunked.warc", 1),
        ("warc_warcio/example-resource.warc.gz", 1),
        ("warc_warcio/example-trunc.warc", 1),
        ("warc_warcio/example.arc", 1),
        ("warc_warcio/post-test.warc.gz", 0),
        ("wacz_pywacz/example-collection-with-lists.warc", 6),
        ("wacz_pywacz/example-iana.warc", 6),
        ("wacz_pywacz/example-resource.warc.gz", 1),
        ("wacz_pywacz/valid_example_2.wacz", 1),
    ],
)
def test_the_pages_of_other_programs_archives(shared, path, pages):
    data = (shared / "data" / "interop" / path).read_bytes()
    if pages:
        assert len(titles(answers(data, path))) == pages
    else:
        with pytest.raises(ImportFailed, match="no_pages"):
            answers(data, path)
