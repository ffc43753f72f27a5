"""Whether a hyphen at the end of a line belongs to its word."""

import re
from collections import Counter
from collections.abc import Iterable

HYPHENS = "-\u2010\u00ad\u00ac"
_ADDRESS = re.compile(r"://|[@#=_\\]|^[!-~]*/")
_WORDS = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
# What Russian and Ukrainian always write with a hyphen. Where the letters could be those of a longer
# word as well (экс-президент, экс-курсия), what follows decides.
_ALWAYS = (
    r"кое-.+|.+-таки|(?:хто|що|як|коли|де|куди|чий|який|яка|яке|які)-небудь|будь-(?:хто|що|як|коли|де|куди|чий).*|"
    r"(?:кто|что|к[ое]м|[кч]ему|ч[её]м|[кч]его|кого|кому|как|как(?:ой|ая|ое|ие|ого|ому|ую|им|ими|их|ом)|где|когда|"
    r"куда|откуда|отчего|почему|зачем|чей|чья|чьё|чье|чьи|сколько)-(?:то|либо|нибудь)|"
    r"из-(?:за|под)|з-(?:за|під|над)|"
    r"(?:во?|по)-(?:перв|втор|трет|четв[её]рт|пят|перше|друге|третє).*|"
    r"по-(?!иски|лоски|доски)\w+(?:ски|цки|ськи|цьки|зьки)|"
    r"по-(?:мо|тво|сво|наш|ваш|прежн|хорош|настоящ)ему|"
    r"по-(?:нов|стар|друг|разн|видим|ин|особ|добр|нов|стар|інш)ому|"
    r"экс-(?:през|прем|мин|чемп|глав|губер|депут|мэр|дир|жен|муж|сов|сотр|рук|сен|прок|кан|чин|пред|аген).+|"
    r"(?:вице|віце|обер|унтер|штабс|лейб|интернет|інтернет|онлайн|веб|медиа|медіа|пресс|прес)-.+|"
    r"(?:бизнес|бізнес)-(?!мен).+"
)
_ALWAYS_HYPHENED = re.compile(_ALWAYS)
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
        if _ADDRESS.search(before):
            return True  # an address
        whole = self.words[first + last]
        parted = self.words[f"{first}-{last}"] + self.words[f"{first}\u2010{last}"]
        if whole or parted:
            return parted > whole
        return _written_with_one(before, after, first, last)


def _written_with_one(before: str, after: str, first: str, last: str) -> bool:
    if before[-1:].isdigit() or (after[:1].isupper() and not before.isupper()):
        return True  # 2020-е, Санкт-Петербург, Anglo-American
    if "а" <= first[-1] <= "ґ":
        return bool(_ALWAYS_HYPHENED.fullmatch(f"{first}-{last}"))
    return first in _ENGLISH_FIRST or "-" in first


def _last_letters(word: str) -> str:
    match = re.search(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*$", word)
    return match[0] if match else ""


def _first_letters(word: str) -> str:
    match = re.match(r"[^\W\d_]+", word)
    return match[0] if match else ""
