"""Bytes to text: which encoding it is, and how sure that is.

The order: a byte order mark, the escapes of ISO-2022-JP, UTF-16 without a mark, strict UTF-8, then
what the file declares against what chardet finds in it. A declaration may lie (a KOI8-R page
labelled windows-1251 decodes without a single error), so the two readings are compared by how much
each looks like writing.
"""

import codecs
import re
from dataclasses import dataclass

from desktop.importing.oddness import capitals_misplaced, oddness, strangeness

# First those our readers meet; the second list is asked only when the first gives nothing that
# reads well, because every further candidate makes short texts less certain.
_NEAR = (
    "utf-8", "ascii", "windows-1251", "koi8-r", "koi8-u", "cp866", "iso8859-5", "mac-cyrillic",
    "windows-1252", "cp932", "shift_jis", "euc-jp", "utf-16", "utf-16-le", "utf-16-be",
)  # fmt: skip
_FAR = (
    "iso8859-2", "windows-1250", "iso8859-7", "windows-1253", "iso8859-9", "windows-1254",
    "iso8859-8", "windows-1255", "iso8859-6", "windows-1256", "gb18030", "gb2312", "big5", "euc-kr",
    "cp949", "hz", "kz1048", "cp855", "tis-620", "windows-1257", "windows-1258",
)  # fmt: skip
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Labels decoded as their superset, as the WHATWG Encoding Standard does and as such files need.
_SUPERSETS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "shift_jis": "cp932",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "euc_jis_2004": "euc_jp",
    "shift_jis_2004": "cp932",
    "koi8-r": "koi8-u",
}
_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
_HAN = re.compile("[\u3400-\u9fff]")
_BETWEEN_HAN = re.compile("[\u3001-\u30ff\uac00-\ud7af\uff01-\uff5e]")
_HZ = re.compile(rb"~\{(?:[!-}][!-~])+~\}")
_ISO_2022 = re.compile(rb"\x1b\$[@B]|\x1b\(J|\x1b\$\(D")
_META = re.compile(rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_SAMPLE = 200_000
_DOUBTFUL = 400
_ALIKE = ("cp1251", "mac-cyrillic")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how its bytes were read.

    Attributes:
        encoding: A Python codec name, e.g. ``utf-8``.
        confidence: In thousandths; 1000 where the bytes leave no doubt.
        replaced: Characters that could not be read and stand as U+FFFD.
    """

    text: str
    encoding: str
    confidence: int
    replaced: int = 0


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Decode the bytes of a text; never raises.

    Args:
        declared: What the carrier (a header, a ``<meta>``) says; followed unless the text would
            read worse for it.
    """
    return _by_mark(data) or _seven_bit(data) or _wide(data) or _utf8(data) or _guessed(data, declared)


def declared_in_markup(data: bytes) -> str | None:
    """The encoding that a page's ``<meta>`` or XML declaration names, within its first 4 KB."""
    head = data[:4096]
    match = _XML.search(head) or _META.search(head)
    return match[1].decode("ascii") if match else None


def _by_mark(data: bytes) -> Decoded | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _replacing(data[len(mark) :], encoding, 1000)
    return None


def _seven_bit(data: bytes) -> Decoded | None:
    """Encodings that hide behind plain ASCII: ISO-2022-JP by its escapes, HZ by its braces."""
    if not data.isascii():
        return None
    if b"~{" in data and len(_HZ.findall(data[:_SAMPLE])) > 1 and (text := _strict(data, "hz")) is not None:
        return Decoded(text, "hz", 950)
    return _iso_2022_jp(data) if _ISO_2022.search(data) else None


def _iso_2022_jp(data: bytes) -> Decoded:
    for encoding in ("iso2022_jp", "iso2022_jp_ext"):
        if (text := _strict(data, encoding)) is not None:
            return Decoded(text, encoding, 980)
    return _replacing(data, "iso2022_jp_ext", 900)


def _wide(data: bytes) -> Decoded | None:
    encoding = wide_encoding(data)
    return _replacing(data, encoding, 950) if encoding else None


def wide_encoding(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a byte order mark.

    Spaces and line ends betray themselves as NULs, kana by 0x30 and Cyrillic by 0x04 in every
    second byte, which no other encoding of a text has.
    """
    sample = data[:4096]
    if not _looks_wide(sample):
        return None
    for encoding in ("utf-32-le", "utf-32-be"):
        text = _strict(sample[: len(sample) // 4 * 4], encoding)
        if text is not None and _reads_well(text):
            return encoding
    whole = sample[: len(sample) // 2 * 2]
    texts = {name: whole.decode(name, "replace") for name in ("utf-16-le", "utf-16-be")}
    best = min(texts, key=lambda name: oddness(texts[name]))
    return best if _reads_well(texts[best]) and not _is_chance_han(texts[best]) else None


def _is_chance_han(text: str) -> bool:
    """Pairs of ASCII bytes read as ideographs, with nothing that Chinese or Japanese writes between them."""
    return _HAN.search(text) is not None and _BETWEEN_HAN.search(text) is None


def _looks_wide(sample: bytes) -> bool:
    if b"\0" in sample:
        return True
    odd, even = sample[1::2], sample[::2]
    for high, low in ((odd, even), (even, odd)):
        for block in (b"\x04", b"\x30"):
            if high.count(block) * 4 > len(high) > 2 and low.count(block) * 3 < high.count(block):
                return True
    return False


def _reads_well(text: str) -> bool:
    return oddness(text) < 0.1


def _utf8(data: bytes) -> Decoded | None:
    text = _strict(data, "utf-8")
    if text is not None:
        return Decoded(text, "utf-8", 1000)
    text = data.decode("utf-8", "replace")
    replaced = text.count("\ufffd")
    foreign = len(data.translate(None, _ASCII))
    # A few broken bytes in a text whose other sequences all fit do not make it another encoding:
    # valid sequences of two and more bytes hardly ever occur by chance.
    if replaced * 12 <= foreign and replaced <= 0.02 * len(text) + 2:
        return Decoded(text, "utf-8", 900, replaced)
    return None


_ASCII = bytes(range(128))


def _guessed(data: bytes, declared: str | None) -> Decoded:
    label = _codec(declared)
    found, confidence = _detect(data)
    rival = label if label and label != found and not _is_utf(label) and _decodes(data, label) else None
    if rival and _reads_as_well(data, rival, found):
        return _replacing(data, rival, 950)
    return _replacing(data, found, 950 if label == found else confidence)


def _reads_as_well(data: bytes, label: str, found: str) -> bool:
    """Whether the declared encoding gives a text no stranger than the one that was found."""
    one, other = (data[:_SAMPLE].decode(name, "replace") for name in (label, found))
    if {label, found} == set(_ALIKE):
        return capitals_misplaced(one) <= capitals_misplaced(other)
    return strangeness(one) <= strangeness(other) + 0.01


def _detect(data: bytes) -> tuple[str, int]:
    import chardet

    sample = _without_declarations(data[:_SAMPLE])
    near, sure = _asked(chardet, sample, _NEAR)
    oddity = _sample_oddness(sample, near)
    if oddity < 0.08 and sure >= _DOUBTFUL:
        return (_by_capitals(sample, near) if near in _ALIKE else near), sure
    far, far_sure = _asked(chardet, sample, _NEAR + _FAR)
    gain = oddity - _sample_oddness(sample, far)
    if gain > 0.02 or (gain > -0.02 and far_sure > sure + 100):
        near, sure, oddity = far, far_sure, oddity - gain
    # A few accents in a western text are too little for statistics, but they fit their words.
    if oddity > 0.2 and _sample_oddness(sample, "cp1252") < 0.05:
        return "cp1252", 300
    return (_by_capitals(sample, near) if near in _ALIKE else near), sure


def _by_capitals(sample: bytes, found: str) -> str:
    """Windows-1251 or MacCyrillic: the one that was found unless the other's capitals stand better."""
    costs = {name: capitals_misplaced(sample.decode(name, "replace")) for name in _ALIKE}
    return min(_ALIKE, key=lambda name: (costs[name], name != found))


def _asked(chardet: object, sample: bytes, among: tuple[str, ...]) -> tuple[str, int]:
    answer = chardet.detect(sample, include_encodings=among, compat_names=False)  # type: ignore[attr-defined]
    name = _codec(answer["encoding"]) or "cp1252"
    return name, round(1000 * float(answer["confidence"] or 0))


def _without_declarations(data: bytes) -> bytes:
    """Without what would lead chardet by the nose, and without most of the markup."""
    return _META.sub(b"", _XML.sub(b"", data))


def _codec(label: str | None) -> str | None:
    if not label:
        return None
    try:
        name = codecs.lookup(label.strip()).name
    except LookupError:
        return None
    return _SUPERSETS.get(name, name)


def _is_utf(name: str) -> bool:
    return name.startswith("utf")


def _decodes(data: bytes, encoding: str) -> bool:
    text = data[:_SAMPLE].decode(encoding, "replace")
    return text.count("\ufffd") <= 0.002 * len(text) + 1


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, ValueError):
        return None


def _replacing(data: bytes, encoding: str, confidence: int) -> Decoded:
    text = data.decode(encoding, "replace")
    if encoding == "koi8-u" and not _UKRAINIAN.search(text):
        text, encoding = data.decode("koi8-r", "replace"), "koi8-r"
    return Decoded(text, encoding, confidence, text.count("\ufffd"))


def _sample_oddness(data: bytes, encoding: str) -> float:
    return oddness(data[:_SAMPLE].decode(encoding, "replace"))
