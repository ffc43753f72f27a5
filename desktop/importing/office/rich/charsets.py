r"""Which encoding a font's characters are in (RTF's ``\fcharset`` and ``\cpg``)."""

import codecs

_CHARSETS = {
    77: "mac_roman", 78: "cp932", 79: "cp949", 80: "gb18030", 81: "cp950", 83: "mac_greek", 85: "mac_greek",
    86: "mac_turkish", 88: "mac_latin2", 89: "mac_cyrillic", 128: "cp932", 129: "cp949", 130: "johab",
    134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256",
    186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_PAGES = {
    10000: "mac_roman",
    10007: "mac_cyrillic",
    936: "gb18030",
    1361: "johab",
    65001: "utf-8",
    708: "cp720",
}
SYMBOL = "symbol"


def of_charset(charset: int) -> str | None:
    """The encoding; ``SYMBOL`` for a symbol font; None where the document's own holds."""
    return SYMBOL if charset == 2 else _CHARSETS.get(charset)


def of_page(page: int) -> str | None:
    """The encoding that a code page's number means; None where Python has none."""
    name = _PAGES.get(page, f"cp{page}")
    try:
        "".encode(name)
    except LookupError:
        return None
    return name


def encoding_named(name: str) -> str:
    """The encoding that a person asks for, as Python names it."""
    return codecs.lookup(name).name


def decoded(data: bytes, encoding: str) -> str:
    """The characters of the bytes; what has none is marked."""
    return data.decode(encoding, "replace")
