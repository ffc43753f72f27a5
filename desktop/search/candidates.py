"""The few raw tokens of a text that a query may mean, without cutting up the whole text.

Most texts are plain: every letter folds to one letter. There the beginnings of the wanted terms are
looked for in the lowered text, and only the tokens around them are cut out. In any other text all
tokens come into question, so what is found never depends on the short cut.
"""

import re
from collections.abc import Iterable, Iterator

from desktop.search.cjk import CHARACTERS, is_cjk
from desktop.search.fold import MAX_TEXT, RAW_TOKEN

# Letters whose folding is their lower case, one for one; and ё, which is replaced.
_PLAIN = (
    r"0-9A-Za-z_\u00c0-\u00d6\u00d8-\u00de\u00e0-\u00f6\u00f8-\u00ff"
    r"\u0400-\u045f\u0490\u0491\u3005\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff"
)
_ODD = re.compile(rf"[^\W{_PLAIN}]|[\xad\u0300-\u036f\u0483-\u0487\u200b-\u200d\u2060\u3099\u309a\ufeff]")
_APOSTROPHES = "'’ʼ`′"
_INNER_APOSTROPHE = re.compile(rf"[\u0400-\u045f][{_APOSTROPHES}][\u0400-\u045f]")
_CYRILLIC = re.compile(r"[\u0400-\u045f\u0490\u0491]+\Z")
# More beginnings than this are slower to look for than the tokens are to cut out.
_MOST = 60


class Candidates:
    """Finds tokens that may begin with one of some beginnings of folded terms.

    Args:
        beginnings: An empty one, or one that begins with a digit (numbers are written in groups),
            brings all tokens into question.
    """

    def __init__(self, beginnings: Iterable[str]) -> None:
        wanted = sorted(set(beginnings))
        self._plain = self._loose = None
        if wanted and len(wanted) <= _MOST and all(one and not one[0].isdigit() for one in wanted):
            self._plain = re.compile("|".join(map(_beginning, wanted)))
            self._loose = re.compile("|".join(_beginning(one, loose=True) for one in wanted))

    def tokens(self, text: str) -> Iterator[re.Match[str]]:
        """In order; all that are wanted are among them."""
        if self._plain is None or self._loose is None or _ODD.search(text, 0, MAX_TEXT):
            return RAW_TOKEN.finditer(text, 0, MAX_TEXT)
        lowered = text[:MAX_TEXT].lower().replace("ё", "е")
        apostrophes = _INNER_APOSTROPHE.search(text) is not None
        return _around(text, lowered, self._loose if apostrophes else self._plain)


def _around(text: str, lowered: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The tokens in which the pattern is found."""
    at = 0
    while found := pattern.search(lowered, at):
        for token in RAW_TOKEN.finditer(text, max(at, _border(text, found.start())), MAX_TEXT):
            if token.end() > found.start():
                yield token
                break
        else:
            return
        at = max(token.end(), found.start() + 1)


def _border(text: str, at: int) -> int:
    """A place at or before ``at`` where no token goes on."""
    while at:
        before = text[at - 1]
        number = before in " ,\u00a0\u2009\u202f" and at > 1 and text[at - 2].isdigit()
        if not (before.isalnum() or before in "_'’ʼ`′" or number):
            break
        at -= 1
    return at


def _beginning(word: str, *, loose: bool = False) -> str:
    """Where a term may begin so: at a word's beginning, or after another script in the same token."""
    if is_cjk(word):
        return re.escape(word)
    letters = f"[{_APOSTROPHES}]?".join(word) if loose and _CYRILLIC.match(word) else re.escape(word)
    return rf"(?:(?<!\w)|(?<=[{CHARACTERS}])){letters}"
