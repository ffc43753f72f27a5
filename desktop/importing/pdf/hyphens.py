"""Whether a hyphen at the end of a line belongs to its word."""

import re
from collections import Counter
from collections.abc import Iterable

HYPHENS = "-\u2010\u00ad\u00ac"
_WORDS = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
# Russian and Ukrainian particles and first parts that are always written with a hyphen.
_FIRST_PARTS = frozenset(
    "кое кой по во в из вице экс обер унтер штабс лейб інтернет интернет онлайн бізнес бизнес веб".split()
)
_LAST_PARTS = frozenset("то либо нибудь таки ка де небудь будь но от".split())
_ENGLISH_FIRST = frozenset("self non well ex half all cross much so e co".split())


class Hyphens:
    """Decides by how a document spells the word elsewhere, else by its letters.

    Args:
        texts: The lines of the document.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self.words: Counter[str] = Counter()
        for text in texts:
            self.words.update(_WORDS.findall(text.rstrip(HYPHENS).lower()))

    def stays(self, before: str, after: str) -> bool:
        """Whether a hyphen between the end of a line and the beginning of the next one is real.

        Args:
            before: The last word of the line, without the hyphen.
            after: The first word of the next line.
        """
        first = _last_letters(before).lower()
        last = _first_letters(after).lower()
        if not first or not last:
            return True
        whole = self.words[first + last]
        parted = self.words[f"{first}-{last}"] + self.words[f"{first}\u2010{last}"]
        if whole or parted:
            return parted > whole
        return _written_with_one(before, after, first, last)


def _written_with_one(before: str, after: str, first: str, last: str) -> bool:
    if before[-1:].isdigit() or (after[:1].isupper() and not before.isupper()):
        return True  # 2020-е, Санкт-Петербург, Anglo-American
    if re.fullmatch(r"[а-яёіїєґ]+", first):
        parts = first.split("-")
        opens = parts[-1] in _FIRST_PARTS and len(last) > 3 and _adverb(parts[-1], last)
        return opens or last in _LAST_PARTS
    return first in _ENGLISH_FIRST or "-" in first


def _adverb(first: str, last: str) -> bool:
    """``по-`` and ``в-`` begin many words that have no hyphen; only certain endings have one."""
    if first in ("по", "во", "в", "из"):
        return bool(
            re.search(r"(?:ски|цки|ськи|зьки|цьки|ому|ему|ьи|их|ых|первых|вторых|третьих|за|під|под)$", last)
        )
    return True


def _last_letters(word: str) -> str:
    match = re.search(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*$", word)
    return match[0] if match else ""


def _first_letters(word: str) -> str:
    match = re.match(r"[^\W\d_]+", word)
    return match[0] if match else ""
