"""Directions of text on a page, so that everything else may think of lines from left to right.

A page is measured in points from the top left corner as it is shown. A frame turns the page until its
text is upright: along its lines runs ``u``, across them, downwards, ``v``. Vertical Japanese stands in
the same frame as text that is turned clockwise: its columns are lines, the rightmost one on top.
"""

import math
from dataclasses import dataclass
from functools import cached_property

Box = tuple[float, float, float, float]  # left, top, right, bottom; or the same in u and v


@dataclass(frozen=True, slots=True)
class Frame:
    """One direction of text on a page of this size.

    Attributes:
        turn: Degrees clockwise from upright: 0, 90 (downwards), 180 or 270 (upwards).
    """

    turn: int
    width: float
    height: float

    @property
    def size(self) -> tuple[float, float]:
        """Its extent along and across the lines."""
        return (self.width, self.height) if self.turn in (0, 180) else (self.height, self.width)

    def upright(self, box: Box) -> Box:
        """A box of the page as (u, v, u, v)."""
        left, top, right, bottom = box
        if self.turn == 0:
            return box
        if self.turn == 90:
            return top, self.width - right, bottom, self.width - left
        if self.turn == 180:
            return self.width - right, self.height - bottom, self.width - left, self.height - top
        return self.height - bottom, left, self.height - top, right

    def along(self, place: float) -> float:
        """A place along a line, as ``PageLine.edges`` has it: from the left or the top of the page."""
        if self.turn in (0, 90):
            return place
        return (self.width if self.turn == 180 else self.height) - place

    def across(self, top: float, bottom: float) -> tuple[float, float]:
        """The near and the far side of a line, as ``PageLine`` has them."""
        if self.turn == 0:
            return top, bottom
        if self.turn == 90:
            return self.width - bottom, self.width - top
        if self.turn == 180:
            return self.height - bottom, self.height - top
        return top, bottom

    @property
    def vertical(self) -> bool:
        return self.turn in (90, 270)


@dataclass(frozen=True)
class Sheet:
    """A page: how its own coordinates, from the bottom and unturned, become those of what is shown.

    Attributes:
        box: Its visible part: left, bottom, right, top.
        rotation: Degrees clockwise by which it is shown turned.
    """

    box: Box
    rotation: int

    @cached_property
    def size(self) -> tuple[float, float]:
        left, bottom, right, top = self.box
        width, height = right - left, top - bottom
        return (width, height) if self.rotation % 180 == 0 else (height, width)

    def shown(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of the page's own coordinates as it stands on the page that is shown."""
        if self.rotation == 0:
            return left - self.box[0], self.box[3] - top, right - self.box[0], self.box[3] - bottom
        if self.rotation == 90:
            return bottom - self.box[1], left - self.box[0], top - self.box[1], right - self.box[0]
        if self.rotation == 180:
            return self.box[2] - right, bottom - self.box[1], self.box[2] - left, top - self.box[1]
        return self.box[3] - top, self.box[2] - right, self.box[3] - bottom, self.box[2] - left

    def turn(self, across: float, up: float) -> int | None:
        """How text that runs in this direction is turned on the page shown; None where it is slanted."""
        angle = math.degrees(math.atan2(-up, across)) + self.rotation
        nearest = round(angle / 90) * 90
        return nearest % 360 if abs(angle - nearest) <= 12 else None

    def frame(self, turn: int) -> Frame:
        width, height = self.size
        return Frame(turn, width, height)
