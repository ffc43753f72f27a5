"""Saved pages with the pictures that were saved with them."""

import base64
import hashlib
import io
import json
import zipfile
from urllib.parse import quote

import pytest

from desktop.core.document import BlockKind
from desktop.core.progress import Progress
from desktop.importing.extract import extract_bytes, extract_source
from desktop.importing.sources import find_sources
from tests.importing.web.pages import WORDS, page, png


def images(extraction) -> list:
    return [block for block in extraction.document.blocks if block.kind is BlockKind.IMAGE]


def saved(folder, markup: str, **files: bytes):
    """The page in a folder with its companions, read as an import reads it."""
    (folder / "page.html").write_text(markup, "utf-8")
    for name, data in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    [source] = find_sources([folder / "page.html"], Progress())
    [extraction] = extract_source(source)
    return extraction


@pytest.mark.parametrize("companion", ["page_files", "page.files", "page_файлы", "Паром (1)_files"])
def test_a_page_saved_complete_shows_the_pictures_of_its_folder(tmp_path, companion):
    picture = png()
    markup = page(
        f'<img src="./{quote(companion)}/photo%201.png" alt="Паром" srcset="https://a.example/x.png 2x">'
    )
    extraction = saved(tmp_path, markup, **{f"{companion}/photo 1.png": picture})
    [block] = images(extraction)
    [shown] = extraction.pictures
    assert block.src == shown.src == f"{companion}/photo 1.png"
    assert block.alt == "Паром"
    assert (shown.width, shown.height) == (120, 80)
    assert shown.original is not None
    assert shown.original.sha256 == hashlib.sha256(picture).hexdigest()


def test_pictures_outside_the_article_are_not_kept(tmp_path):
    markup = page('<img src="page_files/in.png">').replace("</nav>", '<img src="page_files/logo.png"></nav>')
    files = {"page_files/in.png": png(), "page_files/logo.png": png("red")}
    extraction = saved(tmp_path, markup, **files)
    assert [picture.src for picture in extraction.pictures] == ["page_files/in.png"]


def test_a_picture_that_is_not_there_keeps_its_address(tmp_path):
    head = '<link rel="canonical" href="https://a.example/news/1">'
    extraction = saved(tmp_path, page('<img src="../img/a.png">', head=head))
    assert [block.src for block in images(extraction)] == ["https://a.example/img/a.png"]
    assert extraction.pictures == ()


def test_nothing_outside_the_folder_is_looked_up(tmp_path):
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "secret.png").write_bytes(png())
    (inner / "link.png").symlink_to(tmp_path / "secret.png")
    tags = [f'<img src="{src}">' for src in ("../secret.png", str(tmp_path / "secret.png"), "link.png")]
    tags.append(f'<img src="file://{tmp_path}/secret.png">')
    assert saved(inner, page(*tags)).pictures == ()


def test_a_preview_gives_way_to_what_was_to_be_loaded_later(tmp_path):
    tag = '<img src="page_files/blank.png" data-src="https://a.example/big.png">'
    extraction = saved(tmp_path, page(tag), **{"page_files/blank.png": png(size=(40, 40), noise=False)})
    assert [block.src for block in images(extraction)] == ["https://a.example/big.png"]


def data_address(data: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(data).decode()


def test_pictures_within_the_markup_get_short_names():
    first, second = png(), png("red", (200, 100))
    markup = page(
        f'<img src="{data_address(first)}" alt="один">',
        """<img src='data:image/svg+xml,<svg xmlns="x"></svg>' style="background:var(--sf-img-1)">""",
        '<img src="data:image/svg+xml;base64,PHN2Zz48L3N2Zz4=">',
        head=f'<style>:root{{--sf-img-1: url("{data_address(second)}")}}</style>',
    )
    extraction = extract_bytes(markup.encode(), "page.html")
    blocks = images(extraction)
    assert [block.src for block in blocks] == [picture.src for picture in extraction.pictures]
    assert [picture.width for picture in extraction.pictures] == [120, 200]
    assert all(len(block.src) < 100 for block in blocks)
    assert all(picture.original is None for picture in extraction.pictures), "the page's own bytes hold them"


def test_a_singlefile_page_tells_where_and_when_it_was_saved():
    comment = (
        "<!--\n Page saved with SingleFile \n url: https://a.example/news/7 \n"
        " saved date: Thu Oct 12 2023 10:12:13 GMT+0300 (Moscow Standard Time)\n-->"
    )
    extraction = extract_bytes(page().replace("<head>", f"{comment}<head>", 1).encode(), "page.html")
    assert extraction.document.metadata.url == "https://a.example/news/7"
    assert extraction.captured_at == "2023-10-12T07:12:13.000Z"


def packed(folder: str = "", **more: str) -> bytes:
    """What SingleFileZ packs."""
    manifest = {"originalUrl": "https://a.example/news/8", "archiveTime": "2024-05-06T07:08:09.010Z"}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(f"{folder}index.html", page('<img src="images/1.png">'))
        package.writestr(f"{folder}images/1.png", png())
        package.writestr(f"{folder}frames/0/index.html", page(title="Реклама"))
        for name, text in {"manifest.json": json.dumps(manifest), **more}.items():
            package.writestr(f"{folder}{name}", text)
    return out.getvalue()


UNPACKER = b"<!DOCTYPE html><html data-sfz><meta charset=utf-8><body>Please wait<script>unpack()</script><!--"


@pytest.mark.parametrize("folder", ["", "1700000000000_3/"])
@pytest.mark.parametrize(("start", "end"), [(UNPACKER, b"--></body></html>"), (b"", b"")])
def test_a_page_in_a_zip_of_its_own_is_one_article(folder, start, end):
    data = start + packed(folder) + end
    extraction = extract_bytes(data, "page.u.zip.html")
    assert WORDS[0] in extraction.document.text
    assert "wait" not in extraction.document.text
    assert [picture.src for picture in extraction.pictures] == ["images/1.png"]
    assert extraction.pictures[0].original is None
    assert extraction.document.metadata.url == "https://a.example/news/8"
    assert extraction.captured_at == "2024-05-06T07:08:09.010Z"
    assert extraction.original.size == len(data)


@pytest.mark.parametrize("manifest", ["no json", "[]", '{"originalUrl": 7, "archiveTime": []}', "[" * 99_999])
def test_a_page_that_unpacks_itself_needs_no_manifest(manifest):
    extraction = extract_bytes(UNPACKER + packed(**{"manifest.json": manifest}), "page.html")
    assert WORDS[0] in extraction.document.text
    assert extraction.captured_at == ""


@pytest.mark.parametrize(
    "tag",
    ["<img ", '<img a="<img" ', "<img a=x ", "<img a='\"' ", '<img src="page_files/x.png" ', "<img =\"'"],
)
def test_endless_tags_cost_no_time(tag):
    markup = page() + tag * 40_000
    assert WORDS[0] in extract_bytes(markup.encode(), "page.html").document.text
