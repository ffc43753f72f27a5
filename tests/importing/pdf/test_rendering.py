"""Pages are drawn in a child; those that crash it, or never end, cost a reason each."""

import os
import queue
import threading
from pathlib import Path

import pytest

from desktop.importing.pdf.drawing import LARGEST, Sheets, Tile
from desktop.importing.pdf.rendering import Drawn, NotDrawn, PageRenderer
from tests.importing.pdf.papers import box, pdf_of

RED, GREEN = "1 0 0", "0 1 0"
PATIENCE = 60


def whole(page, width=200, height=300):
    return Tile(page, width, height, 0, 0, width, height)


def colour(pixels, tile, x, y):
    """Red, green and blue of a point of the page, in pixels."""
    at = 4 * ((y - tile.top) * tile.columns + x - tile.left)
    blue, green, red = pixels[at : at + 3]
    return red, green, blue


def misbehave(pipe, megabytes):
    """A child that does what the page's number says: 1 dies, 2 hangs, 3 lies about its size."""
    pipe.recv_bytes()
    pipe.send_bytes(b"")
    while True:
        try:
            tile = pipe.recv()
        except EOFError:
            return
        if tile.page == 1:
            os._exit(7)
        if tile.page == 2:
            threading.Event().wait()
        pipe.send_bytes(b"")
        pipe.send_bytes(b"\0" * (4 * tile.columns * tile.rows - (tile.page == 3)))


def die_at_once(pipe, megabytes):
    os._exit(9)


@pytest.fixture
def renderer():
    """Makes renderers whose answers come out of a queue."""
    made = []

    def make(data, **options):
        answers = queue.Queue()
        one = PageRenderer(data, answers.put, **options)
        one.answers = answers
        made.append(one)
        one.start()
        return one

    yield make
    for one in made:
        one.close()
        one.join(PATIENCE)


def answers(renderer, count):
    return [renderer.answers.get(timeout=PATIENCE) for _ in range(count)]


def test_a_tile_is_the_rectangle_of_the_page_that_was_asked_for():
    sheets = Sheets(pdf_of([box(RED, 0, 0, 100, 150) + " " + box(GREEN, 100, 150, 100, 150)]))
    tile = whole(0)
    pixels = bytes(sheets.draw(tile))
    assert len(pixels) == 4 * 200 * 300
    assert colour(pixels, tile, 20, 280) == (255, 0, 0)
    assert colour(pixels, tile, 180, 20) == (0, 255, 0)
    assert colour(pixels, tile, 20, 20) == (255, 255, 255)
    part = Tile(0, 400, 600, 200, 0, 200, 300)
    assert colour(bytes(sheets.draw(part)), part, 390, 10) == (0, 255, 0)


def test_a_tile_is_never_larger_than_agreed():
    sheets = Sheets(pdf_of([""]))
    assert len(sheets.draw(Tile(0, 90_000, 90_000, 0, 0, 90_000, 2))) == 4 * LARGEST * 2


WORDS = "BT /F 20 Tf 20 20 Td (Bridge) Tj ET"
FONT = "/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"


@pytest.mark.parametrize(("content", "marked"), [(WORDS, False), ("", True)])
def test_marks_of_the_file_are_left_to_ours_and_the_rest_is_drawn(content, marked):
    def placed(kind, corner):
        return f"<< /Type /Annot {kind} /F 4 /Rect [{corner} 100 {corner + 50} 200] /AP << /N 4 0 R >> >>"

    appearance = (
        "<< /Type /XObject /Subtype /Form /BBox [0 0 50 100] /Length 22 >>\nstream\n"
        f"{box(RED, 0, 0, 100, 100)}\nendstream"
    )
    kinds = ("/Subtype /Highlight", "/Subtype /Stamp", "/Subtype /Widget /FT /Tx /T (a)")
    extras = ["<< /Fields [7 0 R] >>", appearance, *(placed(kind, 50 * at) for at, kind in enumerate(kinds))]
    page_keys = f"/Annots [5 0 R 6 0 R 7 0 R] {FONT}"
    data = pdf_of([content], extras="\n---\n".join(extras), page_keys=page_keys)
    pixels = bytes(Sheets(data).draw(whole(0)))
    white = [colour(pixels, whole(0), x, 150) == (255, 255, 255) for x in (25, 75, 125, 175)]
    assert white == [not marked, False, False, True]


def test_a_child_draws_what_is_wished_for(renderer):
    drawing = renderer(pdf_of([box(RED, 0, 0, 200, 300), box(GREEN, 0, 0, 200, 300)]))
    drawing.want([whole(1), whole(0)])
    first, second = answers(drawing, 2)
    assert isinstance(first, Drawn) and (first.tile.page, second.tile.page) == (1, 0)
    assert colour(first.pixels, whole(1), 5, 5) == (0, 255, 0)


def wait_then_draw(pipe, megabytes):
    """A child that draws its first tile only when another process says so."""
    name = pipe.recv_bytes().decode()
    pipe.send_bytes(b"")
    while True:
        try:
            tile = pipe.recv()
        except EOFError:
            return
        while not Path(name).exists():
            threading.Event().wait(0.005)
        pipe.send_bytes(b"")
        pipe.send_bytes(bytes(4 * tile.columns * tile.rows))


def test_new_wishes_take_the_place_of_old_ones(renderer, tmp_path):
    drawing = renderer(str(tmp_path / "go").encode(), serve=wait_then_draw)
    for page in range(50):
        drawing.want([whole(page), whole(1)])
    (tmp_path / "go").touch()
    pages = [one.tile.page for one in answers(drawing, 2)]
    while pages[-1] != 1:
        pages.append(answers(drawing, 1)[0].tile.page)
    assert pages[-2:] == [49, 1] and len(pages) <= 4


def test_a_page_that_kills_the_child_costs_only_itself(renderer):
    drawing = renderer(b"", serve=misbehave)
    drawing.want([whole(0), whole(1), whole(1, 400, 600), whole(4)])
    zero, one, four = answers(drawing, 3)
    assert (zero.tile.page, one, four.tile.page) == (0, NotDrawn(1, "crash"), 4)
    drawing.want([whole(1), whole(0)])
    assert answers(drawing, 1)[0].tile.page == 0


def test_a_page_that_never_ends_is_given_up(renderer):
    drawing = renderer(b"", serve=misbehave, seconds=0.3)
    drawing.want([whole(2), whole(0)])
    assert answers(drawing, 1) == [NotDrawn(2, "timeout")]
    assert answers(drawing, 1)[0].tile.page == 0


def test_pixels_that_are_too_few_are_not_believed(renderer):
    drawing = renderer(b"", serve=misbehave)
    drawing.want([whole(3)])
    assert answers(drawing, 1) == [NotDrawn(3, "crash")]


@pytest.mark.parametrize(("data", "reason"), [(b"not a PDF at all", "malformed"), (b"", "malformed")])
def test_what_is_no_pdf_is_given_up_as_a_whole(renderer, data, reason):
    drawing = renderer(data)
    drawing.want([whole(0), whole(1)])
    assert answers(drawing, 1) == [NotDrawn(None, reason)]


def test_a_pdf_that_kills_its_reader_is_not_tried_again(renderer):
    drawing = renderer(b"%PDF" * 1_000_000, serve=die_at_once)
    assert answers(drawing, 1) == [NotDrawn(None, "crash")]
    drawing.want([whole(0)])
    drawing.close()
    drawing.join(PATIENCE)
    assert drawing.answers.empty()


def test_a_page_that_is_not_there_has_no_picture(renderer):
    drawing = renderer(pdf_of([""]))
    drawing.want([whole(7), whole(0)])
    assert answers(drawing, 1) == [NotDrawn(7, "malformed")]
    assert answers(drawing, 1)[0].tile.page == 0


def test_an_idle_child_is_let_go_and_comes_back(renderer):
    drawing = renderer(pdf_of([""]), idle=0.05)
    drawing.want([whole(0)])
    answers(drawing, 1)
    while drawing._child is not None:
        threading.Event().wait(0.01)
    drawing.want([whole(0)])
    assert isinstance(answers(drawing, 1)[0], Drawn)


def test_closing_ends_a_child_that_is_busy(renderer):
    drawing = renderer(b"", serve=misbehave, seconds=600)
    drawing.want([whole(0), whole(2)])
    answers(drawing, 1)
    drawing.close()
    drawing.join(PATIENCE)
    assert not drawing._thread.is_alive() and drawing.answers.empty()
