"""Pictures in the window: from the archive onto the page, larger, copied and saved."""

import io
import shutil
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu

from desktop.core.document import Block, BlockKind, Document, Metadata
from desktop.core.extraction import Extraction
from desktop.importing.originals import pack
from desktop.importing.pictures import picture_of
from desktop.operations.keeping import Keeper
from desktop.store.archive import open_archive
from desktop.store.history import operation
from desktop.ui.reader.viewer import PictureViewer
from tests.windows import Heartbeat, open_window

__all__ = ["open_window"]

DOCUMENT = Document.build(
    [
        Block(BlockKind.PARAGRAPH, "Мост закроют."),
        *(Block(BlockKind.IMAGE, f"Снимок {n}", src=f"images/{n}.png?x=1", alt="Паром") for n in range(6)),
    ],
    Metadata("Паром", language="ru"),
)


def png(number):
    out = io.BytesIO()
    Image.effect_noise((1500, 900), 60).convert("RGB").rotate(number).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def window(open_window, empty_archive, tmp_path, qtbot):
    path = Path(shutil.copy(empty_archive, tmp_path / "River.pressmark"))
    found = tuple(picture_of(f"images/{n}.png?x=1", png(n)) for n in range(6))
    with open_archive(path) as archive, operation(archive, "Import"):
        original = pack(b"<html></html>", "text/html", "page.html")
        Keeper(archive).keep("page.html", Extraction(DOCUMENT, original, "html/1", pictures=found))
    window = open_window(path)
    qtbot.waitUntil(lambda: window.reading.article_id is not None)
    return window


def shown(window):
    return [one.src for _, one in window.reading.reader.page.scene.pictures]


def test_pictures_come_while_the_window_goes_on(qtbot, window):
    page = window.reading.reader.page
    seen = set()

    def all_there():
        page.viewport().repaint()
        seen.update(shown(window))
        return not window.reading.reader.album.waiting

    with Heartbeat() as heart:
        bar = page.verticalScrollBar()
        for _ in range(7):
            qtbot.waitUntil(all_there)
            bar.setValue(bar.value() + bar.pageStep())
    assert len(seen) == 6
    assert heart.longest < 500  # milliseconds; decoding takes place elsewhere


def test_a_picture_is_opened_copied_and_saved(qtbot, window, monkeypatch, tmp_path):
    first = next(one for one in DOCUMENT.blocks if one.src)
    target = tmp_path / "saved.jpg"
    proposed = []
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *args: (proposed.append(args[2]), (str(target), ""))[1]
    )
    window.reading.reader.picture_requested.emit(first)
    qtbot.waitUntil(lambda: bool(window.findChildren(PictureViewer)))
    viewer = window.findChildren(PictureViewer)[0]
    assert viewer.windowTitle() == "Паром"
    viewer.save_requested.emit()
    qtbot.waitUntil(lambda: window.messages.told[-1:] == ["Saved as saved.jpg."])
    assert Path(proposed[0]).name in ("0.png", "0.jpg")
    with Image.open(target) as saved:
        assert saved.size == (1500, 900)
    viewer.close()
    window.pictures.copy(first)
    qtbot.waitUntil(lambda: window.messages.told[-1] == "The picture was copied.")
    assert QGuiApplication.clipboard().image().width() == 1500


def test_the_menu_on_a_picture_offers_it(window):
    menu = QMenu(window)
    window.reading.reader.picture_menu_requested.emit(menu, DOCUMENT.blocks[1])
    assert [action.text() for action in menu.actions() if action.text()] == [
        "Show the picture larger",
        "Copy the picture",
        "Save the picture…",
    ]
