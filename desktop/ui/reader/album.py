"""The pictures of the article that is shown: how large they are, and those that are decoded."""

from collections import OrderedDict
from collections.abc import Mapping

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QImageReader

MOST_BYTES = 64 * 1024 * 1024  # of decoded pictures kept
TALLEST = 720  # pixels that one picture may take of the page
_Key = tuple[str, str, int]

Sizes = Mapping[str, tuple[int, int]]
NO_PICTURES: Sizes = {}


class Album(QObject):
    """Decoded pictures, as many as fit; the longest unseen go first.

    A picture is asked for when it is painted and is not there, one after the other, and those that
    were scrolled past meanwhile are not asked for any more.

    Signals:
        wanted: (capture id, src, ``QSize`` in device pixels); answered by ``take``.
        changed: A picture has come: paint anew.
    """

    wanted = Signal(str, str, QSize)
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.capture = ""
        self.sizes: Sizes = {}
        self._kept: OrderedDict[_Key, QImage] = OrderedDict()
        self._bytes = 0
        self._asked: _Key | None = None
        self._missing: dict[_Key, QSize] = {}
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._ask)

    def open(self, capture: str, sizes: Sizes) -> None:
        """Another text is shown; its pictures may be here from the last time."""
        self.capture, self.sizes = capture, sizes
        self._missing.clear()
        self._asked = None

    def begin(self) -> None:
        """A paint begins: only what it misses is asked for."""
        self._missing.clear()

    def image(self, src: str, size: QSize) -> QImage | None:
        """The picture, or None, and it is asked for; a null one cannot be shown.

        Args:
            size: In device pixels.
        """
        key = (self.capture, src, size.width())
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if key != self._asked:
            self._missing.setdefault(key, size)
            self._soon.start()
        return None

    def take(self, capture: str, src: str, width: int, image: QImage) -> None:
        """What was asked for; a null image where it cannot be decoded."""
        key = (capture, src, width)
        if key == self._asked:
            self._asked = None
        if key not in self._kept:
            self._kept[key] = image
            self._bytes += image.sizeInBytes()
        while self._bytes > MOST_BYTES and len(self._kept) > 1:
            _, gone = self._kept.popitem(last=False)
            self._bytes -= gone.sizeInBytes()
        self.changed.emit()
        if self._missing:
            self._soon.start()

    @property
    def waiting(self) -> bool:
        """Something in sight has not come yet."""
        return self._asked is not None or bool(self._missing)

    @property
    def kept_bytes(self) -> int:
        return self._bytes

    def _ask(self) -> None:
        if self._asked is None and self._missing:
            self._asked, size = next(iter(self._missing.items()))
            del self._missing[self._asked]
            self.wanted.emit(self._asked[0], self._asked[1], size)


def fitted(natural: tuple[int, int], room: int) -> QSize:
    """How large a picture is shown in a column of ``room`` pixels: never larger than it is."""
    width, height = max(1, natural[0]), max(1, natural[1])
    factor = min(1.0, room / width, TALLEST / height)
    return QSize(max(1, round(width * factor)), max(1, round(height * factor)))


def decoded(data: bytes | None, size: QSize | None = None) -> QImage:
    """A PNG or JPEG ready to be painted, null where it is neither; may run in any thread.

    Args:
        size: Scaled down to this, in device pixels; None leaves it as it is.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(data or b""))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    image = QImageReader(buffer).read()
    if image.isNull():
        return image
    if size is not None and image.width() > size.width():
        image = image.scaled(
            size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    clear = image.hasAlphaChannel()
    return image.convertToFormat(
        QImage.Format.Format_ARGB32_Premultiplied if clear else QImage.Format.Format_RGB32
    )
