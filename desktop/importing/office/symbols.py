"""Characters of symbol fonts, which have places of their own for the letters of others.

After the fonts' own code charts: Symbol (Adobe, 1990) and Wingdings (Microsoft), as far as they
have counterparts in Unicode that texts use.
"""

_GREEK = dict(
    zip(
        range(0x41, 0x5B),
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ",
        strict=True,
    )
) | dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True))
_SYMBOL = _GREEK | {
    0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x40: "≅", 0x5C: "∴", 0x5E: "⊥", 0xA2: "′",
    0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±",
    0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB5: "∝", 0xB6: "∂", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡",
    0xBB: "≈", 0xBC: "…", 0xC5: "⊕", 0xC6: "∅", 0xC7: "∩", 0xC8: "∪", 0xC9: "⊃", 0xCC: "⊂", 0xCE: "∈",
    0xCF: "∉", 0xD0: "∠", 0xD1: "∇", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD5: "∏", 0xD6: "√", 0xD7: "⋅",
    0xD8: "¬", 0xD9: "∧", 0xDA: "∨", 0xDB: "⇔", 0xDC: "⇐", 0xDE: "⇒", 0xE5: "∑", 0xF2: "∫",
}  # fmt: skip
_WINGDINGS = {
    0x21: "✏", 0x28: "☎", 0x2A: "✉", 0x46: "☞", 0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x6C: "●", 0x6D: "❍",
    0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9E: "·", 0x9F: "•", 0xA7: "▪",
    0xA8: "☐", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip


def symbol(font: str, code: int) -> str:
    """The character at a place of a font; places may be moved into the private area from U+F000."""
    place = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    name = font.strip().lower()
    if name == "symbol":
        return _SYMBOL.get(place, _as_it_is(code, place))
    if name.startswith("wingdings"):
        return _WINGDINGS.get(place, "•" if name == "wingdings" else "")
    return _as_it_is(code, place)


def _as_it_is(code: int, place: int) -> str:
    shown = chr(place if 0x20 <= place < 0x7F else code) if 0 <= code <= 0x10FFFF else ""
    return shown if shown.isprintable() else ""


def unsymbolled(font: str, text: str) -> str:
    """A text in which a symbol font's characters stand in the private area."""
    if not any("\uf000" <= char <= "\uf0ff" for char in text):
        return text
    return "".join(symbol(font, ord(char)) if "\uf000" <= char <= "\uf0ff" else char for char in text)
