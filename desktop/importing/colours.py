"""The archive's colour nearest to one of another program."""

import colorsys

from desktop.core.records import COLOURS

# Hues in degrees, as people name them, of the coloured ones.
_HUES = {
    "red": 2,
    "orange": 28,
    "yellow": 52,
    "green": 115,
    "teal": 178,
    "blue": 215,
    "violet": 272,
    "pink": 325,
}
_GREYISH = 0.12
_PALE = 0.75


def nearest_colour(red: int, green: int, blue: int) -> str:
    """One of ``COLOURS`` for a colour of 0 to 255 a part; by its hue, for highlighters are pale."""
    hue, lightness, _ = colorsys.rgb_to_hls(*(min(max(part, 0), 255) / 255 for part in (red, green, blue)))
    if max(red, green, blue) - min(red, green, blue) < _GREYISH * 255:
        return "grey"
    degrees = hue * 360
    if lightness > _PALE and (degrees > 335 or degrees < 12):  # a pale red is called pink
        return "pink"
    return min(_HUES, key=lambda name: min(abs(degrees - _HUES[name]), 360 - abs(degrees - _HUES[name])))


assert {*_HUES, "grey"} == set(COLOURS)
