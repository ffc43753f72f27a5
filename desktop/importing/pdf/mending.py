"""Cyrillic that a font declares to be Western: old programs kept its Windows codes under Latin names."""

from collections.abc import Sequence

from desktop.importing.pdf.words import Word

_LEAST_WORDS = 4
_FIRST, _LAST = "\u00c0", "\u00ff"  # where Windows-1251 has its letters, and Windows-1252 accented ones


def mend(words: Sequence[Word]) -> bool:
    """Give the words of a page their own letters where they are plainly mislabelled; whether they were.

    No language of Latin letters has words that are mostly accented ones; a page where most words
    look like that is Cyrillic.
    """
    lettered = [word for word in words if sum(map(str.isalpha, word.text)) > 2]
    odd = sum(_is_odd(word.text) for word in lettered)
    if odd < _LEAST_WORDS or odd < 0.5 * len(lettered):
        return False
    for word in words:
        word.text = mended(word.text)
    return True


def _is_odd(text: str) -> bool:
    accented = sum(_FIRST <= char <= _LAST for char in text)
    return accented > 0.7 * sum(map(str.isalpha, text))


def mended(text: str) -> str:
    """The same bytes as Windows-1251; as long as it was, or as it was."""
    try:
        return text.encode("cp1252").decode("cp1251")
    except UnicodeError:
        return text
