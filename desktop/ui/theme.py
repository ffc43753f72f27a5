"""The looks in one object: colours by token, fonts, tinted icons, palette and style sheet."""

import re
import sys
from functools import lru_cache
from string import Template

from PySide6.QtCore import QByteArray, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from desktop.paths import resource
from desktop.ui.tokens import CHIP, TINT, TINT_BASE, TOKENS

_JAPANESE_SANS = ("Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", "Yu Gothic UI", "Meiryo")
_JAPANESE_SERIF = ("Noto Serif CJK JP", "Noto Serif JP", "Hiragino Mincho ProN", "Yu Mincho", *_JAPANESE_SANS)


class Theme(QObject):
    """Light or dark; made once by ``app`` and handed to every widget that paints.

    Args:
        dressed: Without, the style sheet waits for ``dress``: Qt then matches it to each widget of a
            window once, when all stand where they belong, and not again wherever one is put.

    Signals:
        changed: Light and dark were exchanged; palette and sheet are already in place.
    """

    changed = Signal()

    def __init__(self, app: QApplication, *, dark: bool = False, dressed: bool = True) -> None:
        super().__init__()
        self._app = app
        self._dark = dark
        self._dressed = dressed
        self._interface, self._serif = _families()
        app.setStyle("Fusion")
        self._apply()

    @property
    def dark(self) -> bool:
        return self._dark

    def dress(self) -> None:
        """Put the style sheet on, now that the widgets have been made."""
        self._dressed = True
        self._apply_sheet()

    def set_dark(self, dark: bool) -> None:
        if dark != self._dark:
            self._dark = dark
            self._apply()
            self.changed.emit()

    def color(self, token: str, alpha: float = 1.0) -> QColor:
        color = QColor(TOKENS[token][self._dark])
        color.setAlphaF(alpha)
        return color

    def ink(self, token: str) -> QColor:
        """The token's colour for small text."""
        return self.color(f"{token}.ink" if f"{token}.ink" in TOKENS else token)

    def tint(self, token: str, strength: float | None = None) -> QColor:
        """A translucent fill; fills that overlap add up by themselves."""
        color = QColor(TINT_BASE.get(token, TOKENS[token])[self._dark])
        color.setAlphaF(TINT[self._dark] if strength is None else strength)
        return color

    def chip_fill(self, token: str) -> QColor:
        return self.tint(token, CHIP[self._dark])

    def font(
        self, pixels: float = 13, weight: int = 400, *, serif: bool = False, italic: bool = False
    ) -> QFont:
        return _font(self._serif if serif else self._interface, pixels, weight, serif, italic)

    def pixmap(self, name: str, token: str = "muted", size: int = 16, ratio: float = 1.0) -> QPixmap:
        """An icon of the set in the token's colour; ``size`` in logical pixels."""
        return _pixmap(name, size, self.color(token).name(), ratio)

    def icon(self, name: str, token: str = "muted", size: int = 16) -> QIcon:
        """Drawn for the screens that there are; Qt scales it on one that is added later."""
        icon = QIcon()
        for ratio in sorted({1.0, *(screen.devicePixelRatio() for screen in self._app.screens())}):
            icon.addPixmap(self.pixmap(name, token, size, ratio))
        return icon

    def draw_icon(
        self, painter: QPainter, name: str, x: float, y: float, size: int = 16, token: str = "muted"
    ) -> None:
        """Paint an icon on whole device pixels."""
        ratio = painter.device().devicePixelRatioF()
        place = QPointF(round(x * ratio) / ratio, round(y * ratio) / ratio)
        painter.drawPixmap(place, self.pixmap(name, token, size, ratio))

    def _apply(self) -> None:
        self._app.setPalette(self._palette())
        self._app.setFont(self.font())
        if self._dressed:
            self._apply_sheet()
        # For the native title bar; a no-op on bare X11, hence our own palette.
        self._app.styleHints().setColorScheme(Qt.ColorScheme.Dark if self._dark else Qt.ColorScheme.Light)

    def _apply_sheet(self) -> None:
        names = {re.sub(r"[-.]", "_", token): pair[self._dark] for token, pair in TOKENS.items()}
        self._app.setStyleSheet(Template(_sheet()).substitute(names))

    def _palette(self) -> QPalette:
        role, palette = QPalette.ColorRole, QPalette()
        tokens = {
            role.Window: "sunken",
            role.Base: "surface",
            role.AlternateBase: "sunken",
            role.Button: "raised",
            role.WindowText: "text",
            role.Text: "text",
            role.ButtonText: "text",
            role.ToolTipBase: "raised",
            role.ToolTipText: "text",
            role.PlaceholderText: "muted",
            role.Highlight: "selection",
            role.HighlightedText: "text",
            role.Link: "accent",
            role.Mid: "line",
            role.Accent: "accent",
        }
        for one, token in tokens.items():
            palette.setColor(one, self.color(token))
        for one in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, one, self.color("muted"))
        return palette


def system_is_dark(app: QApplication) -> bool:
    return app.styleHints().colorScheme() is Qt.ColorScheme.Dark


@lru_cache(maxsize=1)
def _sheet() -> str:
    return resource("themes", "pressmark.qss").read_text("utf-8")


@lru_cache(maxsize=1)
def _families() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(interface, serif) families with their Japanese fallbacks, bundled fonts loaded."""
    for path in sorted(resource("fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))
    known = set(QFontDatabase.families())
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    # Linux desktops differ widely in their default face; Inter has Cyrillic and figures that line up.
    interface = ("Inter", system) if sys.platform.startswith("linux") else (system, "Inter")
    sans = tuple(name for name in _JAPANESE_SANS if name in known)
    serif = tuple(name for name in _JAPANESE_SERIF if name in known)
    return (*interface, *sans), ("PT Serif", *serif)


@lru_cache(maxsize=256)
def _font(families: tuple[str, ...], pixels: float, weight: int, serif: bool, italic: bool) -> QFont:
    font = QFont(list(families))
    font.setPixelSize(round(pixels))
    font.setWeight(QFont.Weight(weight))
    font.setItalic(italic)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if not serif:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


@lru_cache(maxsize=1024)
def _pixmap(name: str, size: int, rgb: str, ratio: float) -> QPixmap:
    source = resource("icons", f"{name}.svg").read_text("utf-8")
    stroke = 1.75 if size >= 16 else 2.1  # thin lines vanish in the small sizes
    source = re.sub(r'stroke-width="[\d.]+"', f'stroke-width="{stroke}"', source).replace("currentColor", rgb)
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(pixmap.rect()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
