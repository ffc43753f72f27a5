"""Pictures on the page: their room is kept from the start, they come when they are seen."""

import io

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QImage

from desktop.core.document import Block, BlockKind, Document, Metadata
from desktop.ui.reader import album as album_module
from desktop.ui.reader import geometry
from desktop.ui.reader.album import Album, decoded, fitted
from desktop.ui.reader.viewer import WHOLE, PictureViewer
from tests.ui.reader.conftest import article_of, placed, words

FERRY = Document.build(
    [
        Block(BlockKind.PARAGRAPH, "Мост закроют на шесть недель."),
        Block(BlockKind.IMAGE, "Паром у причала 🚢", src="ferry.jpg", alt="Белый паром"),
        Block(BlockKind.IMAGE, "", src="plan.png", alt="Схема"),
        Block(BlockKind.IMAGE, "Не сохранилась", src="lost.png"),
        Block(BlockKind.PARAGRAPH, "Паром откроют раньше."),
        *(Block(BlockKind.PARAGRAPH, f"{number} Город обещает. " * 30) for number in range(20)),
        Block(BlockKind.IMAGE, "Далеко внизу", src="far.jpg"),
    ],
    Metadata("Паром", language="ru"),
)
SIZES = {"ferry.jpg": (1200, 600), "plan.png": (200, 100), "far.jpg": (300, 300)}


@pytest.fixture
def asked(reader):
    """What the album asked for; nobody answers."""
    found = []
    reader.album.wanted.connect(lambda capture, src, size: found.append((capture, src, size)))
    return found


@pytest.fixture
def page(reader, asked, qtbot):
    reader.show_document(article_of(FERRY), FERRY, SIZES)
    qtbot.waitUntil(lambda: reader.page.finished and bool(asked))
    return reader


def red(width, height):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    return image


def answer(reader, src, image):
    width = reader.page.scene.styles.picture(leaf(reader, src)).width()
    reader.album.take("capture", src, width, image)


def leaf(reader, src):
    return next(one for one in reader.page.scene.leaves if one.block and one.block.src == src)


def top_of(reader, text):
    return geometry.line_top(reader.page.document(), reader.page.map.to_position(reader.text.index(text)))


def test_a_picture_is_as_wide_as_the_text_at_most_and_never_enlarged():
    assert fitted((1200, 600), 600) == QSize(600, 300)
    assert fitted((200, 100), 600) == QSize(200, 100)
    assert fitted((100, 7200), 600) == QSize(10, 720)
    assert fitted((100_000, 1), 600) == QSize(600, 1)


def test_the_room_is_there_before_the_picture_is(page, asked):
    size = page.page.scene.styles.picture(leaf(page, "ferry.jpg"))
    assert size == fitted((1200, 600), round(page.page.scene.right - page.page.scene.left))
    before = top_of(page, "Паром откроют")
    caption = top_of(page, "Паром у причала")
    assert caption - top_of(page, "Мост закроют") > size.height()
    answer(page, "ferry.jpg", red(size.width(), size.height()))
    assert top_of(page, "Паром откроют") == before


def test_only_what_is_seen_is_asked_for_one_after_the_other(page, asked, qtbot):
    assert [src for _, src, _ in asked] == ["ferry.jpg"]
    answer(page, "ferry.jpg", red(10, 10))
    qtbot.waitUntil(lambda: len(asked) == 2)
    answer(page, "plan.png", red(10, 10))
    page.page.viewport().repaint()
    assert [src for _, src, _ in asked] == ["ferry.jpg", "plan.png"]
    page.page.verticalScrollBar().setValue(page.page.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: len(asked) == 3)
    assert asked[-1][:2] == ("capture", "far.jpg")


def test_a_picture_is_painted_where_its_room_is(page):
    size = page.page.scene.styles.picture(leaf(page, "ferry.jpg"))
    answer(page, "ferry.jpg", red(size.width(), size.height()))
    shown = page.page.viewport().grab().toImage()
    box = page.page.scene.pictures[0][0].translated(0, -page.page.verticalScrollBar().value())
    assert shown.pixelColor(box.center().toPoint()).name() == "#ff0000"
    assert shown.pixelColor(round(box.left()) - 3, round(box.center().y())).name() != "#ff0000"


def test_what_cannot_be_decoded_shows_its_words(page):
    page.page.viewport().repaint()
    answer(page, "ferry.jpg", QImage())
    page.page.viewport().repaint()
    assert all(block.src != "ferry.jpg" for _, block in page.page.scene.pictures)


def test_a_picture_behind_a_table_has_its_room(reader, asked, qtbot):
    blocks = [Block(BlockKind.TABLE_ROW, "Год\tПаром", group=1), FERRY.blocks[1], FERRY.blocks[0]]
    document = Document.build(blocks, Metadata("Паром"))
    reader.show_document(article_of(document), document, SIZES)
    qtbot.waitUntil(lambda: reader.page.finished)
    height = reader.page.scene.styles.picture(leaf(reader, "ferry.jpg")).height()
    assert top_of(reader, "Паром у причала") - top_of(reader, "Год") > height
    start = reader.text.index("шесть")
    reader.select(start, start + 5)
    assert words(reader) == ["шесть"]


def test_offsets_hold_beside_pictures(page):
    mark = placed(FERRY, "m", "quote", "у причала 🚢", "откроют раньше")
    page.set_placements([mark])
    assert words(page, page.page.scene.marks.marks[0].ranges) == ["у причала 🚢", "откроют раньше"]
    start = page.text.index("Паром откроют")
    page.select(start, start + 5)
    assert words(page) == ["Паром"]


def test_a_narrower_window_makes_the_pictures_smaller(page, qtbot):
    before = page.page.scene.styles.picture(leaf(page, "ferry.jpg"))
    gap = top_of(page, "Паром у причала") - top_of(page, "Мост закроют")
    page.resize(420, 560)
    qtbot.waitUntil(lambda: page.page.scene.styles.picture(leaf(page, "ferry.jpg")).width() < before.width())
    smaller = page.page.scene.styles.picture(leaf(page, "ferry.jpg"))
    found = top_of(page, "Паром у причала") - top_of(page, "Мост закроют")
    assert gap - found == pytest.approx(before.height() - smaller.height(), abs=2)


def test_a_click_asks_for_the_picture_and_its_words_are_told(page, qtbot):
    answer(page, "ferry.jpg", red(50, 50))
    page.page.viewport().repaint()
    spot = page.page.scene.pictures[0][0].center().toPoint()
    assert page.page.tooltip(spot) == "<qt>Белый паром</qt>"
    assert "Белый паром; Схема; Далеко внизу" in page.page.accessibleDescription()
    with qtbot.waitSignal(page.picture_requested) as asked:
        qtbot.mouseClick(page.page.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert asked.args[0].src == "ferry.jpg"
    assert not page.selection()


def test_enter_on_its_caption_opens_the_picture(page, qtbot):
    start = page.text.index("Паром у причала")
    page.select(start, start)
    with qtbot.waitSignal(page.picture_requested) as asked:
        qtbot.keyClick(page.page, Qt.Key.Key_Return)
    assert asked.args[0].src == "ferry.jpg"


def test_the_album_forgets_what_was_not_seen_for_longest(monkeypatch):
    monkeypatch.setattr(album_module, "MOST_BYTES", 3 * red(10, 10).sizeInBytes())
    album = Album()
    album.open("capture", {})
    for name in "abc":
        album.take("capture", name, 10, red(10, 10))
    assert album.image("a", QSize(10, 10)) is not None
    album.take("capture", "d", 10, red(10, 10))
    assert [name for name in "abcd" if album.image(name, QSize(10, 10)) is not None] == ["a", "c", "d"]
    assert album.kept_bytes == 3 * red(10, 10).sizeInBytes()


def test_pictures_are_scaled_when_they_are_decoded():
    out = io.BytesIO()
    Image.new("RGBA", (400, 200), (255, 0, 0, 128)).save(out, "PNG")
    assert decoded(out.getvalue(), QSize(100, 50)).size() == QSize(100, 50)
    assert decoded(out.getvalue(), QSize(800, 400)).size() == QSize(400, 200)
    assert decoded(out.getvalue()).hasAlphaChannel()
    assert decoded(b"no picture").isNull()
    assert decoded(None).isNull()


def test_the_viewer_fits_and_shows_every_pixel(theme, qtbot):
    viewer = PictureViewer(theme, red(3000, 2000), "Белый паром")
    qtbot.addWidget(viewer)
    viewer.resize(600, 500)
    viewer.show()
    viewer.activateWindow()
    qtbot.waitUntil(viewer.isActiveWindow)
    assert viewer.sheet.width() <= viewer.area.viewport().width()
    qtbot.keyClick(viewer, Qt.Key.Key_1)
    assert viewer.scale.value() == WHOLE
    assert viewer.sheet.size() == QSize(3000, 2000)
    qtbot.keyClick(viewer, Qt.Key.Key_0)
    qtbot.waitUntil(lambda: viewer.sheet.width() <= viewer.area.viewport().width())
    middle = viewer.sheet.mapTo(viewer, QPoint(viewer.sheet.width() // 2, viewer.sheet.height() // 2))
    assert viewer.grab().toImage().pixelColor(middle).name() == "#ff0000"
