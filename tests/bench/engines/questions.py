"""The questions that every engine is asked, with words chosen from the corpus by how frequent they are."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path

from desktop.search.stems import stems
from tests.bench.engines.corpus import read

EACH = 10
DATES = ("2015-01-01", "2019-06-30")
_SAMPLE = 5_000
_WORD = re.compile(r"\w+")
_PLAIN = re.compile(r"(?:[a-z]+|[а-яіїєґ]+)\Z")


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes:
        kind: Its class: ``KINDS`` tells what the words mean there.
        words: Folded words; of the class ``forms`` the word first and then all its forms.
    """

    kind: str
    words: tuple[str, ...]


KINDS = {
    "rare": "one rare word",
    "mid": "one word of a hundredth of the articles",
    "common": "one of the most frequent words",
    "and": "two words, both of them",
    "or2": "two words, any of them",
    "or5": "five words, one of them common, any of them",
    "phrase": "two words side by side",
    "stop phrase": "two of the most frequent words side by side",
    "prefix": "the first five letters of a word",
    "wildcard": "a word with a gap",
    "fuzzy": "a word within one edit",
    "forms": "a word in all its forms",
    "date": "a word within a range of dates",
    "by date": "a word, newest first",
    "facets": "a word, with counts of outlet, tag and year",
    "snippets": "a word, with 50 passages",
}


def questions(path: Path) -> list[Question]:
    """Ten of each class, the same for the same corpus."""
    sample = list(islice(read(path), _SAMPLE))
    often: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for article in sample:
        words = _WORD.findall(article.text.lower())
        often.update(set(words))
        pairs.update(set(pairwise(words)))
    plain = {word: count for word, count in often.items() if _PLAIN.match(word) and len(word) > 1}
    share = len(sample) / 100
    rare = _spread(sorted(word for word, count in plain.items() if count == 1 and len(word) > 4))
    mid = _spread(sorted(w for w, count in plain.items() if share / 3 < count < share * 3 and len(w) > 4))
    common = [word for word, _ in Counter(plain).most_common(EACH)]
    beside = _spread(sorted(p for p in pairs if p[0] in plain and p[1] in plain and _is_mid(p, plain, share)))
    top = {word for word, _ in Counter(plain).most_common(60)}
    stops = [pair for pair, _ in pairs.most_common() if top.issuperset(pair) and pair[0] != pair[1]][:EACH]
    return list(_asked(rare, mid, common, beside, stops, list(plain)))


def _asked(
    rare: list[str],
    mid: list[str],
    common: list[str],
    beside: list[tuple[str, str]],
    stops: list[tuple[str, str]],
    known: list[str],
) -> Iterator[Question]:
    others = mid[1:] + mid[:1]
    single = {"rare": rare, "mid": mid, "common": common}
    for kind, words in single.items():
        yield from (Question(kind, (word,)) for word in words)
    for at, (word, other) in enumerate(zip(mid, others, strict=True)):
        yield Question("and", (common[at % len(common)], word))
        yield Question("or2", (word, other))
        yield Question("or5", (common[at % len(common)], *(mid[(at + step) % len(mid)] for step in range(4))))
        yield Question("prefix", (word[:5],))
        yield Question("wildcard", (f"{word[:3]}*{word[-1]}",))
        yield Question("fuzzy", (word,))
        yield Question("forms", (word, *sorted(one for one in known if stems(one) & stems(word))))
    for at, word in enumerate(common):
        for kind in ("date", "by date", "facets", "snippets"):
            yield Question(kind, (word if at % 2 else mid[at % len(mid)],))
    yield from (Question("phrase", pair) for pair in beside)
    yield from (Question("stop phrase", pair) for pair in stops)


def _is_mid(pair: tuple[str, str], plain: dict[str, int], share: float) -> bool:
    return all(share / 5 < plain[word] < share * 10 and len(word) > 3 for word in pair) and pair[0] != pair[1]


def _spread(words: list) -> list:  # type: ignore[type-arg]
    """``EACH`` of them, evenly from the whole alphabet."""
    step = max(1, len(words) // EACH)
    return words[step // 2 :: step][:EACH]
