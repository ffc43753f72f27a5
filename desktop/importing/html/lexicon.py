"""Words and beginnings of words that stand for something, looked up a word at a time."""

import re
from collections.abc import Iterable, Mapping

_MOST_KNOWN = 20_000
_WORD = re.compile(r"[^\W_]+|@|©")


def words_in(text: str) -> list[str]:
    """The words of a text in lower case."""
    return _WORD.findall(text.lower())


class Lexicon:
    """Sets of words, each set one bit.

    Args:
        sets: By name, words parted by spaces; ``abonn*`` stands for all words that begin so.
    """

    def __init__(self, sets: Mapping[str, str]) -> None:
        self.names = tuple(sets)
        self._whole: dict[str, int] = {}
        self._begun: dict[int, dict[str, int]] = {}
        self._known: dict[str, int] = {}
        for index, words in enumerate(sets.values()):
            for word in words.split():
                stem = word.rstrip("*")
                table = self._begun.setdefault(len(stem), {}) if word.endswith("*") else self._whole
                table[stem] = table.get(stem, 0) | 1 << index

    def bits(self, words: Iterable[str]) -> int:
        """The bits of all sets that one of the words is in."""
        found, known = 0, self._known
        for word in words:
            bits = known.get(word)
            found |= self._looked_up(word) if bits is None else bits
        return found

    def _looked_up(self, word: str) -> int:
        bits = self._whole.get(word, 0)
        for length, table in self._begun.items():
            if len(word) >= length:
                bits |= table.get(word[:length], 0)
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        self._known[word] = bits
        return bits
