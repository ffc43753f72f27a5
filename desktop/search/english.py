"""The words that an English form can be a form of.

Snowball's stem also joins words of one family (university - universe, news - new). Here only
inflection counts: plurals, verb forms, degrees; irregular ones from lists (``english_words``). A form
may have several words it can belong to (hoping: hope; planing: plane; left: leave and left), and
two forms belong together when they share one. British and American spellings are one word.
"""

import re
from collections import defaultdict
from itertools import chain

from desktop.search import english_words as words

_VOWELS = "aeiouy"
_DOUBLED = re.compile(r"([bdfgklmnprstvz])\1\Z")
# A short last syllable, whose consonant doubles before -ed and -ing: stop, but not look or want.
_SHORT_SYLLABLE = re.compile(rf"(?:\A|qu|[^{_VOWELS}])(?:u(?<=qu))?[aeiou][bdgklmnprtv]\Z")
_ONE_SYLLABLE = re.compile(rf"[^{_VOWELS}]*(?:(?<=q)u)?[{_VOWELS}]+[^{_VOWELS}]*e?\Z")
_HISSING = re.compile(r"(?:s|x|z|ch|sh|o)\Z")
_HAS_VOWEL = re.compile(f"[{_VOWELS}]")
_SAME_SPELLING = (
    (re.compile(r"(?<=[a-z]{3})is(?=(?:e|ation|ational|er|able)\Z)"), "iz"),
    (re.compile(r"(?<=[a-z]{3}l)ys(?=e\Z)"), "yz"),
    (re.compile(r"(?<=[a-z]{2}[^aeiou])our(?=(?:able|ably|ite|itism|ful|hood|less|er|ly)?\Z)"), "or"),
    (re.compile(r"(?<=[a-z]{2}[bt])re\Z"), "er"),
    (re.compile(r"(?<=[a-z]{3}[aeiou]l)l(?=\Z|ment\Z|er\Z|ing\Z)"), ""),
    (re.compile(r"(?<=[a-z]{3}og)ue\Z"), ""),
)
# Verbs and nouns to which -ier is an agent, not a degree: carrier, supplier, barrier.
_AGENTS = set("carry supply copy fly multiply qualify classify modify amplify occupy barry harry".split())


def _table(*lists: str) -> dict[str, frozenset[str]]:
    """From each irregular form to the words that it can belong to."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for line in chain.from_iterable(text.strip().splitlines() for text in lists):
        word, *others = line.split()
        for other in others:
            found[other].add(word)
    return {form: frozenset(of) for form, of in found.items()}


_IRREGULAR = _table(words.VERBS, words.NOUNS, words.OTHERS)
_RESPELT = dict(map(str.split, words.SPELLINGS.strip().splitlines()))
_FORMS: defaultdict[str, set[str]] = defaultdict(set)
for _form, _words in _IRREGULAR.items():
    for _word in _words:
        _FORMS[_word].add(_form)
for _british, _american in _RESPELT.items():
    _FORMS[_american].add(_british)


def stems(word: str) -> frozenset[str]:
    """The words that a folded form can belong to, in their American spelling; itself among them."""
    irregular = _IRREGULAR.get(word)
    found = {word} if irregular is None else {word, *irregular}
    if word not in words.PLAIN:
        found |= _plural(word) | _past(word) | _present(word) | _degree(word)
    return frozenset(map(_spelt, found))


def beginnings(stem: str) -> set[str]:
    """Every form of the word begins with one of these."""
    regular = stem[:-1] if stem[-1] in "ey" and len(stem) > 2 else stem
    regular = (
        re.sub(r"(?<=[a-z]{2})(?:is|iz[a-z]*|yz|or[a-z]*|[bt]er)\Z", "", regular)
        if len(regular) > 4
        else regular
    )
    tying = {stem[:-2] + "y"} if stem.endswith("ie") else set()
    return {regular, *tying, *_FORMS.get(stem, ())}


def _spelt(word: str) -> str:
    if word in _RESPELT:
        return _RESPELT[word]
    for pattern, other in _SAME_SPELLING:
        word = pattern.sub(other, word)
    return word


def _plural(word: str) -> set[str]:
    """Of -s, which is also the third person's."""
    if not word.endswith("s") or word.endswith(("ss", "us", "is")) or len(word) < 4:
        return set()
    if word.endswith("ies"):
        return {word[:-3] + "y", word[:-1]}
    found = {word[:-1]}
    if word.endswith("es") and _HISSING.search(word[:-2]):
        found.add(word[:-2])
        if word.endswith("ses"):
            found.add(word[:-2] + "is")
        found |= {word[:-3]} if word.endswith(("zzes", "sses")) else set()
    return found


def _past(word: str) -> set[str]:
    if not word.endswith("ed") or len(word) < 4 or not _HAS_VOWEL.search(word[:-2]):
        return set()
    if word.endswith("ied"):
        return {word[:-3] + "y", word[:-1]}
    return _restored(word[:-2])


def _present(word: str) -> set[str]:
    if not word.endswith("ing") or len(word) < 5 or not _HAS_VOWEL.search(word[:-3]):
        return set()
    found = _restored(word[:-3])
    if word.endswith("ying"):
        found.add(word[:-4] + "ie")
    return found


def _degree(word: str) -> set[str]:
    """Comparative and superlative of the adjectives that have them."""
    for ending in ("er", "est"):
        base = word.removesuffix(ending)
        if base == word or len(base) < 2:
            continue
        if base.endswith("i"):
            adjective = base[:-1] + "y"
            return {adjective} if adjective not in _AGENTS else set()
        return _restored(base) & words.GRADABLE
    return set()


def _restored(base: str) -> set[str]:
    """What stood before a vowel ending: with its -e, without the doubling."""
    if _DOUBLED.search(base):
        return {base[:-1], base} if base[-1] in "lsfz" or len(base) > 3 else {base}
    if base.endswith("ck"):
        return {base, base[:-1]}
    if base[-1] in "vuc" or base.endswith(("dg", "rs", "nc", "rc")):
        return {base + "e", base}
    if _ONE_SYLLABLE.match(base) and _SHORT_SYLLABLE.search(base):
        return {base + "e"}
    return {base, base + "e"}
