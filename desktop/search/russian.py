"""Russian."""

import re

from desktop.search.languages import snowball

# Zero-ending forms whose vowel falls out before an ending: отец - отца, рынок - рынка.
_FLEETING = re.compile(r"(?<=.{2})(?:(?P<soft>[^аеиоуыэюя])ец|(?P<hard>[^аеиоуыэюя])[ое]к)\Z")
_snowball = snowball("russian")


def stems(word: str) -> set[str]:
    stem = _snowball(word)
    match = _FLEETING.search(stem)
    if match is None:
        return {stem}
    letter = "ц" if match["soft"] else "к"
    return {stem, stem[: match.start()] + (match["soft"] or match["hard"]) + letter}


def beginnings(stem: str) -> set[str]:
    return {stem[: max(2, len(stem) - 1)]}
