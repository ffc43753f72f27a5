"""Every text stands out from every ground it is painted on, in light and dark."""

import pytest
from PySide6.QtGui import QColor

from desktop.core.records import COLOURS
from desktop.paths import resource
from desktop.ui.theme import Theme
from desktop.ui.tokens import GLYPHS, KINDS, TINT, TINT_BASE, TOKENS, VERDICTS

GROUNDS = ("surface", "raised", "sunken", "chosen", "hover")


def luminance(color: QColor) -> float:
    parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in color.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    """WCAG 2.2, relative contrast."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def over(top: QColor, under: QColor, strength: float) -> QColor:
    mixed = [
        round(a * strength + b * (1 - strength))
        for a, b in zip(top.getRgb()[:3], under.getRgb()[:3], strict=True)
    ]
    return QColor(*mixed)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("token", ["text", "muted", "accent", *(f"{n}.ink" for n in (*KINDS, *VERDICTS))])
def test_text_is_readable_on_every_ground(token, ground, dark):
    assert contrast(QColor(TOKENS[token][dark]), QColor(TOKENS[ground][dark])) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("token", [*KINDS, *(f"colour.{name}" for name in COLOURS)])
def test_text_is_readable_on_a_mark(token, dark):
    fill = over(
        QColor(TINT_BASE.get(token, TOKENS[token])[dark]), QColor(TOKENS["surface"][dark]), TINT[dark]
    )
    assert contrast(QColor(TOKENS["text"][dark]), fill) >= 4.5


def test_every_glyph_has_its_icon():
    assert all(resource("icons", f"{name}.svg").is_file() for name in GLYPHS.values())


def test_changing_to_dark_announces_itself_and_tints_icons(qapp, qtbot):
    theme = Theme(qapp)
    with qtbot.waitSignal(theme.changed):
        theme.set_dark(True)
    assert theme.color("surface").name() == "#1e1f22"
    image = theme.pixmap("quote", "quote", 16).toImage()
    pixels = (image.pixelColor(x, y) for x in range(16) for y in range(16))
    assert contrast(max(pixels, key=QColor.alpha), QColor(TOKENS["quote"][1])) < 1.1
    theme.set_dark(False)
