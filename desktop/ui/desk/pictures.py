"""Pictures of articles: read and decoded away from the window, and looked at by themselves."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from desktop.core.document import Block
from desktop.store.archive import Archive
from desktop.store.pictures import read_picture
from desktop.ui.desk.tools import Tools
from desktop.ui.reader.album import decoded
from desktop.ui.reader.view import ReaderView
from desktop.ui.session import OnDone
from desktop.ui.settings.store import LAST_FOLDER

_SUFFIXES = {b"\x89PNG": ".png", b"\xff\xd8\xff": ".jpg"}


class PicturesDesk(QObject):
    """Serves the reader's album; opens, copies and saves single pictures."""

    def __init__(self, tools: Tools, reader: ReaderView, window: QWidget) -> None:
        super().__init__(window)
        self._tools, self._session, self._window = tools, tools.session, window
        self._album = reader.album
        self._album.wanted.connect(self._read)
        reader.picture_requested.connect(self.open)
        reader.picture_menu_requested.connect(self._fill)

    def open(self, block: Block) -> None:
        """Show a picture larger, once it is decoded."""
        self._with_bytes(block, partial(self._show, block))

    def copy(self, block: Block) -> None:
        self._with_bytes(block, self._copy)

    def ask_save(self, block: Block) -> None:
        self._with_bytes(block, partial(self._save, block))

    def _read(self, capture: str, src: str, size: QSize) -> None:
        if self._session.is_open:
            look = partial(_decoded, capture=capture, src=src, size=size)
            done = partial(self._album.take, capture, src, size.width())
            self._session.read(look, done, on_failed=lambda _: done(QImage()))

    def _with_bytes(self, block: Block, done: OnDone) -> None:
        look = partial(_whole, capture=self._album.capture, src=block.src or "")
        self._session.read(look, done, slot="picture")

    def _show(self, block: Block, found: tuple[bytes, QImage]) -> None:
        from desktop.ui.reader.viewer import PictureViewer

        viewer = PictureViewer(self._tools.theme, found[1], block.alt or block.text, self._window)
        viewer.save_requested.connect(partial(self._save, block, found))
        viewer.show()

    def _copy(self, found: tuple[bytes, QImage]) -> None:
        QGuiApplication.clipboard().setImage(found[1])
        self._tools.messages.tell("The picture was copied.")

    def _save(self, block: Block, found: tuple[bytes, QImage]) -> None:
        data = found[0]
        suffix = next((one for head, one in _SUFFIXES.items() if data.startswith(head)), "")
        stem = Path((block.src or "").rstrip("/").rpartition("/")[2].partition("?")[0]).stem or "picture"
        folder = self._tools.settings.get(LAST_FOLDER) or str(Path.home())
        target, _ = QFileDialog.getSaveFileName(
            self._window, "Save the picture", str(Path(folder, stem[:80] + suffix))
        )
        if target:
            self._session.free.submit(
                lambda _: Path(target).write_bytes(data),
                lambda _: self._tools.messages.tell(f"Saved as {Path(target).name}."),
                self._tools.messages.fail,
            )

    def _fill(self, menu: QMenu, block: Block) -> None:
        menu.addSeparator()
        for words, act in (
            ("Show the picture larger", self.open),
            ("Copy the picture", self.copy),
            ("Save the picture…", self.ask_save),
        ):
            menu.addAction(words).triggered.connect(lambda _=False, act=act: act(block))


def _decoded(archive: Archive, capture: str, src: str, size: QSize) -> QImage:
    return decoded(read_picture(archive, capture, src), size)


def _whole(archive: Archive, capture: str, src: str) -> tuple[bytes, QImage]:
    data = read_picture(archive, capture, src) or b""
    return data, decoded(data)
