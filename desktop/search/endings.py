"""Sets of endings, taken off words from the longest on."""


class Endings:
    """Endings of one kind.

    Looked up in a set: for some dozens of them several times as fast as a regular expression.
    """

    def __init__(self, endings: str) -> None:
        self._known = frozenset(endings.split())
        self._longest = max(map(len, self._known))

    def cut(self, word: str, shortest: int = 2) -> tuple[str, str] | None:
        """The word without the longest ending that it has, and that ending.

        Args:
            shortest: How many letters must be left.
        """
        known = self._known
        for at in range(max(shortest, len(word) - self._longest), len(word)):
            if word[at:] in known:
                return word[:at], word[at:]
        return None
