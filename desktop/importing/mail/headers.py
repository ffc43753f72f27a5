"""The header of a message (RFC 5322), as broken as mail programs write it."""

import re
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from urllib.parse import quote

from desktop.importing.encoding import decode

_LONGEST = 20_000
_MOST_ADDRESSES = 500
_FOLDED = re.compile(r"\r?\n[ \t]*")
# Encoded words that stand within quotation marks, or lean on their neighbours, are not by the book.
_GLUED = re.compile(r"(\?=)(?==\?)")
_ENCODED = re.compile(r"=\?[^\s?]{1,60}\?[bqBQ]\?[^?\s]*\?=")
# What mail programs write, and what they mean by it.
_MEANT = {
    "gb2312": "gb18030", "gbk": "gb18030", "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "shift_jis": "cp932",
    "x-sjis": "cp932", "shift-jis": "cp932", "iso-8859-1": "cp1252", "us-ascii": "cp1252", "latin1": "cp1252",
    "unicode-1-1-utf-7": "utf-7", "x-mac-cyrillic": "mac-cyrillic", "cp-1251": "cp1251",
    "iso-8859-8-i": "iso-8859-8", "x-unknown": "", "unknown-8bit": "", "default": "",
    "iso-2022-jp": "iso2022_jp_ext",
}  # fmt: skip


def charset_of(name: str | None) -> str | None:
    """The encoding that a charset's name means; None where it means none that is known."""
    meant = _MEANT.get((name or "").strip("\"' ").lower(), (name or "").strip("\"' "))
    try:
        "".encode(meant or "?")
    except (LookupError, ValueError):
        return None
    return meant


def field(message: Message, name: str) -> str:
    """The words of a header field, decoded and in one line; empty where there is none."""
    return words_of(_raw(message, name))


def words_of(raw: str) -> str:
    """Unstructured header text with encoded words (RFC 2047)."""
    text = _GLUED.sub(r"\1 ", _FOLDED.sub(" ", raw))
    try:
        pairs = decode_header(text)
    except (HeaderParseError, ValueError, AssertionError):
        return " ".join(text.split())
    return " ".join("".join(_decoded(part, charset) for part, charset in pairs).split())


def _raw(message: Message, name: str) -> str:
    wanted = name.lower()
    found = next((str(text) for key, text in message.raw_items() if key.lower() == wanted), "")
    return _readable(found[:_LONGEST])


def _readable(text: str) -> str:
    """Bytes beyond ASCII, which a header must not have, and often has."""
    if text.isascii():
        return text
    return decode(text.encode("utf-8", "surrogateescape")).text


def _decoded(part: str | bytes, charset: str | None) -> str:
    if isinstance(part, str):
        return part
    known = charset_of(charset) if charset else "ascii"
    try:
        return part.decode(known or "utf-8")
    except (UnicodeDecodeError, LookupError, ValueError):
        return decode(part, charset).text


def people(message: Message, *names: str) -> list[tuple[str, str]]:
    """(name, address) of everybody in these fields; the name is empty where none is given."""
    raw = [_FOLDED.sub(" ", text) for name in names if (text := _raw(message, name))]
    pairs = getaddresses(raw, strict=False)[:_MOST_ADDRESSES] if _knows_strict() else getaddresses(raw)
    found = [(words_of(name).strip("\"' "), address.strip()) for name, address in pairs]
    return [(name, address) for name, address in found if name or address][:_MOST_ADDRESSES]


def _knows_strict() -> bool:
    """Python's security releases made the parser stricter than mail is, and gave a way back."""
    return "strict" in getaddresses.__code__.co_varnames


def moment(message: Message) -> str | None:
    """When it was sent, as ISO 8601 with its offset where one is told."""
    try:
        return parsedate_to_datetime(field(message, "Date")).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def identifier(message: Message) -> str | None:
    """``mid:`` and the message's own name (RFC 2392)."""
    match = re.search(r"<([^<>\s]{3,400})>", _raw(message, "Message-ID"))
    return f"mid:{quote(match[1], safe='@!$*+._-~=')}" if match and "@" in match[1] else None


def file_name(part: Message) -> str:
    """The name that an attachment has, without any path; empty where it has none."""
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, TypeError, AttributeError, IndexError, MessageError):
        name = ""
    last = re.split(r"[/\\]", words_of(name) if _ENCODED.search(name) else _readable(name))[-1]
    return "".join(char for char in last if char.isprintable()).strip(" .")[:150]
