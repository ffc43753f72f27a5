"""How little a decoded text looks like writing: what tells a right decoding from a wrong one."""

import re
import unicodedata
from itertools import pairwise

_SAMPLE = 200_000
_WORD = re.compile(r"[^\W\d_]+")
_USUAL = set(
    "«»“”„‘’‚‛–—…№°§©®™•·×€£¥¡¿´`¨¯±²³¹¼½¾ªº¶†‡‰′″‹›−≈≤≥→←↑↓■□▪●○★☆♪\u00a0\u00ad\u2009\u200a\u200b\u200d\u2028\u2029\ufeff"
)
_USUAL_BLOCKS = ((0x3000, 0x303F), (0xFF00, 0xFFEF), (0x2190, 0x21FF), (0x1F000, 0x1FAFF), (0xFE00, 0xFE0F))


def oddness(text: str) -> float:
    """How little a text looks like writing: 0 for clean prose, towards 1 for a wrong decoding.

    Counted over the characters beyond ASCII (a wrong decoding garbles only these): symbols and
    controls that prose does not use, capitals after small letters, words of two scripts.
    """
    sample = text[:_SAMPLE]
    foreign = sum(1 for char in sample if char > "\x7f")
    controls = sum(1 for char in sample if char < " " and char not in "\t\n\r\f\v\x1b")
    if not foreign:
        return min(1.0, 4 * controls / max(len(sample), 1))
    odd = controls + sum(map(_is_odd, filter(lambda char: char > "\x7f", sample)))
    odd += sum(map(_word_oddness, _WORD.findall(sample)))
    return min(1.0, odd / (foreign + controls))


def _is_odd(char: str) -> bool:
    if char in _USUAL or any(low <= ord(char) <= high for low, high in _USUAL_BLOCKS):
        return False
    category = unicodedata.category(char)
    return category[0] not in "LMN" and category not in ("Po", "Ps", "Pe", "Zs", "Cf")


def _word_oddness(word: str) -> int:
    if word.isascii():
        return 0
    flips = sum(1 for a, b in pairwise(word) if a.islower() and b.isupper())
    latin = sum(1 for char in word if char.isascii())
    others = len({_script(char) for char in word if not char.isascii()})
    mixed = (others > 1) + (latin > 0 and others == 1 and word[-1] > "\u02ff")
    # More accents than plain letters: Cyrillic bytes read as Western European ones.
    accented = sum(1 for char in word if "\x7f" < char < "\u0250")
    dense = accented if len(word) > 2 and accented * 2 > len(word) else 0
    return flips + 2 * mixed + dense


def _script(char: str) -> str:
    code = ord(char)
    if code < 0x250:
        return "latin"
    if code < 0x400:
        return "greek"
    if code < 0x530:
        return "cyrillic"
    if 0x3040 <= code < 0x9FFF or code > 0x1FFFF or 0xF900 <= code < 0xFB00 or 0xFF00 <= code < 0xFFF0:
        return "cjk"
    return "other"


# Letters of Russian and Ukrainian together, the most frequent first.
_FREQUENT = {letter: rank for rank, letter in enumerate("оеаинтісрвлкдмпуяьзгбчйхжыюшщцїєэфґъё")}
_ATTACHED = re.compile("[а-яёіїєґ][€§†‡•°¶®©¬≥≤≈∂√ƒ]|[‚„‘’“”†‡‰‹›•™¿¡¬≈∆÷][а-яёіїєґ]")
_USUAL_RANK = 9
_HALF_KATAKANA = re.compile("[\uff66-\uff9f]")


def strangeness(text: str) -> float:
    """Oddness, and how seldom the letters are used: next to nothing for prose.

    One Cyrillic encoding read as another gives words of letters again, with their case turned over,
    but of rare letters; read as Shift_JIS it gives the half-width kana of old machines.
    """
    sample = text[:_SAMPLE]
    foreign = sum(1 for char in sample if char > "\x7f")
    if not foreign:
        return oddness(text)
    ranks = [_FREQUENT.get(char, 36) for char in sample.lower() if "\u0400" <= char < "\u0530"]
    rare = max(0.0, sum(ranks) / len(ranks) - _USUAL_RANK) / 36 * len(ranks) / foreign if ranks else 0.0
    return oddness(text) + rare + 0.2 * len(_HALF_KATAKANA.findall(sample)) / foreign


def capitals_misplaced(text: str) -> int:
    """How much speaks against a text between encodings that share their small letters.

    Windows-1251 and MacCyrillic differ in capitals, in я and in the letters of single languages.
    """
    sample = text[:_SAMPLE]
    flips = sum(_word_oddness(word) for word in _WORD.findall(sample))
    unknown = sum(1 for char in sample.lower() if "\u0400" <= char < "\u0530" and char not in _FREQUENT)
    symbols = sum(1 for char in sample if char > "\x7f" and _is_odd(char))
    return flips + unknown + symbols + len(_ATTACHED.findall(sample))
