"""Pictures from strangers: encoded anew, within limits, or left out."""

import hashlib
import io
import zlib

import pytest
from PIL import Image

from desktop.core.document import BlockKind
from desktop.core.extraction import Options
from desktop.importing import pictures
from desktop.importing.extract import extract_material
from desktop.importing.material import Material
from desktop.importing.pictures import picture_of, pictures_of
from desktop.importing.web.page import PLAINLY


def made(mode="RGB", size=(60, 40), kind="PNG", **more) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **more)
    return out.getvalue()


def opened(picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.data))


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (made("RGB", kind="JPEG"), "image/jpeg"),
        (made("CMYK", kind="TIFF"), "image/jpeg"),
        (made("I;16"), "image/jpeg"),
        (made("L"), "image/jpeg"),
        (made("P", kind="GIF"), "image/png"),
        (made("RGBA", kind="WEBP"), "image/png"),
        (made("RGBA", (64, 64), "ICO"), "image/png"),
        (made("1", kind="BMP"), "image/png"),
    ],
)
def test_every_kind_is_encoded_anew(data, media_type):
    picture = picture_of("a", data)
    assert picture is not None
    assert picture.media_type == media_type
    assert opened(picture).size == (picture.width, picture.height)
    assert hashlib.sha256(picture.data).hexdigest() == picture.sha256
    assert picture.original is None


def test_large_ones_are_made_smaller_in_proportion():
    picture = picture_of("a", made(size=(4000, 1000)))
    assert picture is not None
    assert (picture.width, picture.height) == (1600, 400)


def test_a_photograph_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = picture_of("a", made(kind="JPEG", exif=exif), keep=True)
    assert picture is not None
    assert picture.original is not None
    assert (picture.width, picture.height, picture.original.media_type) == (40, 60, "image/jpeg")


def test_what_is_clear_stays_clear():
    noise = Image.effect_noise((700, 700), 90).convert("P")
    out = io.BytesIO()
    noise.save(out, "GIF", transparency=0)
    picture = picture_of("a", out.getvalue())
    assert picture is not None
    assert opened(picture).mode == "RGBA"


def test_bytes_no_other_original_holds_are_kept():
    data = made()
    picture = picture_of("img/a.png", data, "a.png", keep=True)
    assert picture is not None
    assert picture.original is not None
    assert picture.original.sha256 == hashlib.sha256(data).hexdigest()
    assert (picture.original.filename, picture.original.media_type) == ("a.png", "image/png")


def huge() -> bytes:
    """A PNG that says it has a hundred thousand pixels a side."""
    header = b"IHDR" + (100_000).to_bytes(4) + (100_000).to_bytes(4) + b"\x08\x02\0\0\0"
    return b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4) + header + zlib.crc32(header).to_bytes(4)


@pytest.mark.parametrize(
    "data", [b"", b"words", huge(), made()[:60], made(size=(8, 300)), b"GIF89a" + bytes(40), made(kind="PDF")]
)
def test_what_cannot_be_shown_is_left_out(data):
    assert picture_of("a", data) is None


def test_each_name_counts_once_and_limits_hold(monkeypatch):
    one, other = made(), made(size=(30, 30))
    assert [p.width for p in pictures_of([("a", one), ("a", other), ("b", b"x"), ("c", other)])] == [60, 30]
    monkeypatch.setattr(pictures, "MOST_PICTURES", 1)
    assert len(pictures_of([("a", one), ("b", other)])) == 1
    monkeypatch.setattr(pictures, "MOST_PICTURES", 500)
    monkeypatch.setattr(pictures, "MOST_SECONDS", -1)
    assert pictures_of([("a", one)]) == ()


def test_pictures_beyond_the_allowance_are_left_out_and_told(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_CARRIED", 10)
    page = b"<html><title>Bridges of the city</title><body><article><p>Words.</p>" + b"".join(
        b"<p>More words %d.</p><img src='%d.png'>" % (number, number) for number in range(3)
    )
    files = {f"{number}.png": made(size=(60, 40 + number)) for number in range(3)}
    (answer,) = extract_material(Material(page, "a.html", beside=files.get))
    assert len(answer.pictures) == 1
    assert answer.warnings == (pictures.LEFT_OUT.format(count=2),)
    assert sum(block.kind is BlockKind.IMAGE for block in answer.document.blocks) == 3


def test_a_page_that_was_read_plainly_says_so():
    page = b"<html><title>Bridges of the city</title><body><p>Words.</p><img src='1.png'></body></html>"
    files = {"1.png": made()}
    (answer,) = extract_material(Material(page, "a.html", beside=files.get, options=Options(plain=True)))
    assert answer.pictures == ()
    assert answer.warnings == (PLAINLY,)
