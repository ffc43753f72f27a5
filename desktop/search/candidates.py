"""The few raw tokens of a text that a query may mean, without cutting up the whole text.

Most texts are plain: every letter folds to one letter. There the beginnings of the wanted terms are
looked for in the lowered text, and only the tokens around them are cut out. In any other text all
tokens come into question, so what is found never depends on the short cut.
"""

import re
from collections.abc import Iterable, Iterator

from desktop.search.cjk import CHARACTERS
from desktop.search.fold import MAX_TEXT, RAW_TOKEN

# Letters whose folding is their lower case, one for one; and ё, which is replaced.
_PLAIN = (
    r"0-9A-Za-z_\u00c0-\u00d6\u00d8-\u00de\u00e0-\u00f6\u00f8-\u00ff"
    r"\u0400-\u045f\u0490\u0491\u3005\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff"
)
_ODD = re.compile(rf"[^\W{_PLAIN}]|[\xad\u0300-\u036f\u0483-\u0487\u200b-\u200d\u2060\u3099\u309a\ufeff]")
_APOSTROPHES = "'’ʼ`′"
_INNER_APOSTROPHE = re.compile(rf"[\u0400-\u045f][{_APOSTROPHES}][\u0400-\u045f]")
# A letter and one after it that are within one term, whatever stands before them.
_INSIDE = re.compile(rf"[^\W{CHARACTERS}][^\W{CHARACTERS}]")
_CYRILLIC = re.compile(r"[\u0400-\u045f\u0490\u0491]+\Z")
# Letters of a beginning that are looked for; so the many beginnings of a word's spellings are few.
_LOOKED_FOR = 4
# More beginnings than this are slower to look for than the tokens are to cut out.
_MOST = 60


class Candidates:
    """Finds tokens that may begin with one of some beginnings of folded terms.

    Args:
        beginnings: An empty one, or one that begins with a digit (numbers are written in groups),
            brings all tokens into question.
    """

    def __init__(self, beginnings: Iterable[str]) -> None:
        wanted = _outermost({beginning[:_LOOKED_FOR] for beginning in beginnings})
        self._plain = self._loose = None
        if wanted and len(wanted) <= _MOST and all(one and not one[0].isdigit() for one in wanted):
            self._plain = re.compile("|".join(map(re.escape, wanted)))
            self._loose = re.compile("|".join(map(_loosely, wanted)))

    def tokens(self, text: str) -> Iterator[re.Match[str]]:
        """In order; all that are wanted are among them."""
        if self._plain is None or self._loose is None or _ODD.search(text, 0, MAX_TEXT):
            return RAW_TOKEN.finditer(text, 0, MAX_TEXT)
        lowered = text[:MAX_TEXT].lower().replace("ё", "е")
        apostrophes = _INNER_APOSTROPHE.search(text) is not None
        return _around(text, lowered, self._loose if apostrophes else self._plain)


def _around(text: str, lowered: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The tokens in which the pattern is found at the beginning of a term."""
    at = known = 0
    while found := pattern.search(lowered, at):
        start = found.start()
        at = start + 1
        if not start or _INSIDE.match(text, start - 1) is None:
            token = _token_at(text, start, known)
            yield token
            at = known = token.end()


def _token_at(text: str, at: int, known: int) -> re.Match[str]:
    """The token that the letter at ``at`` belongs to; one before it ends at ``known``."""
    tokens = RAW_TOKEN.finditer(text, _border(text, at, known), MAX_TEXT)
    return next(token for token in tokens if token.end() > at)


def _border(text: str, at: int, known: int) -> int:
    """A place at or before ``at`` where no token goes on; ``known`` is one."""
    while at > known:
        before = text[at - 1]
        number = before in " ,\u00a0\u2009\u202f" and at > 1 and text[at - 2].isdigit()
        if not (before.isalnum() or before in "_'’ʼ`′" or number):
            break
        at -= 1
    return at


def _outermost(beginnings: Iterable[str]) -> list[str]:
    """Without those that begin with another one."""
    kept: list[str] = []
    for beginning in sorted(beginnings):
        if not kept or not beginning.startswith(kept[-1]):
            kept.append(beginning)
    return kept


def _loosely(beginning: str) -> str:
    """With apostrophes between Cyrillic letters, which a term does not have."""
    if not _CYRILLIC.match(beginning):
        return re.escape(beginning)
    return f"[{_APOSTROPHES}]?".join(beginning)
