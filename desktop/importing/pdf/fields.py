"""What people filled into the fields of a form: it is seen on the page, but is not part of its text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.importing.pdf.frames import Box
from desktop.importing.pdf.glyphs import plain_text
from desktop.importing.pdf.words import Letter, Style, Word, make_word

_LARGEST = 11.0  # points
_LETTER = 0.5  # of the size: about how wide a letter is drawn
_MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class Field:
    """A filled field, on the page that is shown."""

    place: Box
    text: str


def words_of(fields: Iterable[Field]) -> Iterator[Word]:
    """The words of the fields, about where they are drawn; they have no characters of the page."""
    for field in fields:
        lines = field.text.splitlines()[:_MOST_LINES]
        left, top, right, bottom = field.place
        height = (bottom - top) / max(len(lines), 1)
        for number, line in enumerate(lines):
            yield from _line(line, left, right, top + height * number, height)


def _line(line: str, left: float, right: float, top: float, height: float) -> Iterator[Word]:
    size = min(height * 0.8, _LARGEST)
    step = min(_LETTER * size, (right - left) / max(len(line), 1))
    at = left
    for text in line.split():
        letters: list[Letter] = []
        for char in text:
            letters.append((plain_text(char).strip(), -1, at, at + step))
            at += step
        at += step
        kept = [letter for letter in letters if letter[0]]
        middle = top + height / 2
        word = make_word(kept, middle - size / 2, middle + size / 2, Style(round(size * 2) / 2), True)
        if word is not None:
            yield word
