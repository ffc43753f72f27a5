"""Messages (EML): the text with its quoted replies, pictures in it, and what is attached."""

import email
import mimetypes
import re
from collections.abc import Iterator
from dataclasses import replace
from email import policy
from email.message import Message
from pathlib import PurePath

from desktop.core.document import Block, BlockKind, Metadata
from desktop.core.errors import ImportFailed
from desktop.core.extraction import Picture
from desktop.importing.decoding import decoding_warnings
from desktop.importing.encoding import Decoded, decode
from desktop.importing.html.fragment import fragment_blocks
from desktop.importing.language import settle_language
from desktop.importing.mail.headers import charset_of, field, file_name, identifier, moment, people
from desktop.importing.mail.quoted import text_blocks
from desktop.importing.mail.structure import Structure, content, structure_of
from desktop.importing.material import Material
from desktop.importing.pictures import pictures_of
from desktop.importing.reading import TITLE_FROM_NAME, TITLE_FROM_TEXT, Member, Part, Reading, title_from_text

EXTRACTOR = "email/1"

_LISTED = (("To", "To"), ("Cc", "Cc"))
_LONGEST_LIST = 2000
_RICH = re.compile(r"<(?:a\s[^>]*href|img|table|ul|ol|h[1-6]|blockquote|b|strong|i|em)\b", re.IGNORECASE)
_SEALED_TEXT = "-----BEGIN PGP MESSAGE-----"
_TNEF = ("application/ms-tnef", "application/vnd.ms-tnef")
_AS_IT_WAS = policy.compat32.clone(max_line_length=None, mangle_from_=False)


def read(material: Material) -> Iterator[Part]:
    """Take a message apart: the message as an article, then each attachment as a source of its own.

    Its first lines say to whom it was sent. Pictures are shown in the message, those that its text
    does not place after it.

    Raises:
        ImportFailed: ``malformed``, ``encrypted``, ``no_text``, ``too_deep``.
    """
    message = _parsed(material)
    structure = structure_of(message)
    texts = [_text(choices, material) for choices in structure.texts]
    if _is_sealed(structure, texts):
        raise ImportFailed(material.name, "encrypted")
    reading = _reading(message, structure, texts, material)
    if any(block.text.strip() for block in reading.blocks):
        yield reading
    elif not structure.attached:
        raise ImportFailed(material.name, "no_text")
    for number, part in enumerate(structure.attached, 1):
        yield _attachment(part, number, material)


def _parsed(material: Material) -> Message:
    try:
        return email.message_from_bytes(material.data, policy=policy.compat32)
    except RecursionError as error:
        raise ImportFailed(material.name, "too_deep", str(error)) from error
    except (ValueError, TypeError, LookupError, AttributeError, AssertionError) as error:
        raise ImportFailed(material.name, "malformed", str(error)) from error


# the message as an article


def _reading(
    message: Message, structure: Structure, texts: list[tuple[list[Block], Decoded]], material: Material
) -> Reading:
    blocks = _addressed(message)
    groups = 0
    for found, _ in texts:
        blocks += [replace(block, group=block.group and block.group + groups) for block in found]
        groups = max((block.group for block in blocks), default=0)
    body = [block for found, _ in texts for block in found]
    blocks += _unplaced(body, structure)
    title, warnings = _titled(message, body, material.name)
    decoded = next((decoded for _, decoded in texts if not decoded.text.isascii()), None)
    warnings += decoding_warnings(decoded) if decoded else ()
    return Reading(
        blocks,
        _metadata(message, title, body),
        EXTRACTOR,
        warnings,
        encoding=decoded.encoding if decoded else None,
        pictures=_pictures(blocks, structure),
    )


def _metadata(message: Message, title: str, body: list[Block]) -> Metadata:
    names = [name or address for name, address in people(message, "From")]
    language, _ = settle_language(None, "\n".join(block.text for block in body))
    return Metadata(
        title=title,
        byline=tuple(dict.fromkeys(names)),
        language=language,  # of what was written, not of the addresses above it
        published_at=moment(message),
        identifier=identifier(message),
    )


def _titled(message: Message, body: list[Block], name: str) -> tuple[str, tuple[str, ...]]:
    if subject := field(message, "Subject"):
        return subject, ()
    words = next((block.text for block in body if any(map(str.isalpha, block.text))), "")
    if words:
        return title_from_text(words), (TITLE_FROM_TEXT,)
    return PurePath(name).stem, (TITLE_FROM_NAME,)


def _addressed(message: Message) -> list[Block]:
    """To whom it was sent, as evidence; not who it is from, which is the byline."""
    blocks = []
    for name, label in _LISTED:
        listed = ", ".join(_person(*one) for one in people(message, name))
        if listed:
            listed = listed if len(listed) <= _LONGEST_LIST else f"{listed[:_LONGEST_LIST]}…"
            blocks.append(Block(BlockKind.PARAGRAPH, f"{label}: {listed}"))
    return blocks


def _person(name: str, address: str) -> str:
    return f"{name} <{address}>" if name and address and name != address else name or address


# its text


def _text(choices: list[Message], material: Material) -> tuple[list[Block], Decoded]:
    """The richest of several ways to say the same, unless it says less than the plain one."""
    plain = next((part for part in choices if part.get_content_type() == "text/plain"), None)
    page = next((part for part in choices if part.get_content_type() == "text/html"), None)
    if page is None:
        return _plain(plain if plain is not None else choices[0], material)
    decoded = _decoded(page, material)
    blocks = fragment_blocks(decoded.text)
    if plain is None:
        return blocks, decoded
    other = _plain(plain, material)
    rich = _RICH.search(decoded.text) is not None
    enough = _letters(blocks) >= 0.7 * _letters(other[0])
    return (blocks, decoded) if rich and enough else other


def _letters(blocks: list[Block]) -> int:
    return sum(char.isalnum() for block in blocks for char in block.text)


def _plain(part: Message, material: Material) -> tuple[list[Block], Decoded]:
    decoded = _decoded(part, material)
    if part.get_content_type() == "text/enriched":
        return fragment_blocks(decoded.text), decoded
    flowed = str(part.get_param("format") or "").lower() == "flowed"
    delsp = str(part.get_param("delsp") or "").lower() == "yes"
    return text_blocks(decoded.text, flowed=flowed, delsp=delsp), decoded


def _decoded(part: Message, material: Material) -> Decoded:
    data = content(part)
    if material.options.encoding:
        return Decoded(data.decode(material.options.encoding, "replace"), material.options.encoding, 1000, 0)
    return decode(data, charset_of(str(part.get_param("charset") or "")))


def _is_sealed(structure: Structure, texts: list[tuple[list[Block], Decoded]]) -> bool:
    """Nothing of it can be read without a key."""
    words = "".join(block.text for blocks, _ in texts for block in blocks).strip()
    return (structure.sealed and not words) or words.startswith(_SEALED_TEXT)


# its pictures and attachments


def _unplaced(body: list[Block], structure: Structure) -> list[Block]:
    """Pictures that the text does not place, with their names as captions."""
    placed = {block.src for block in body if block.kind is BlockKind.IMAGE}
    shown = {id(structure.pictures[src]) for src in placed if src in structure.pictures}
    blocks = []
    for src, part in structure.pictures.items():
        if id(part) not in shown:
            shown.add(id(part))
            blocks.append(Block(BlockKind.IMAGE, file_name(part), src=src))
    return blocks


def _pictures(blocks: list[Block], structure: Structure) -> tuple[Picture, ...]:
    named = [block.src for block in blocks if block.src in structure.pictures]
    return pictures_of((src, content(structure.pictures[src])) for src in named if src)


def _attachment(part: Message, number: int, material: Material) -> Part:
    kind = part.get_content_type()
    name = file_name(part)
    if kind in _TNEF or name.lower() == "winmail.dat":
        return ImportFailed(f"{material.name}/{name or 'winmail.dat'}", "unknown_format", "Outlook rich text")
    if kind == "message/rfc822" and part.is_multipart():
        return _message_within(part, number, material)
    name = name or f"attachment-{number}{mimetypes.guess_extension(kind) or ''}"
    return Member(content(part), name, charset=part.get_content_charset(), media_type=kind)


def _message_within(part: Message, number: int, material: Material) -> Part:
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else None
    name = file_name(part)
    try:
        subject = field(inner, "Subject") if isinstance(inner, Message) else ""
        name = name or f"{message_name(subject, number)}.eml"
        data = inner.as_bytes(policy=_AS_IT_WAS) if isinstance(inner, Message) else b""
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        return ImportFailed(f"{material.name}/{name or number}", "malformed", str(error))
    return Member(data, name if name.lower().endswith(".eml") else f"{name}.eml", media_type="message/rfc822")


def message_name(subject: str, number: int) -> str:
    """A file's name for a message that has none."""
    words = re.sub(r"[\\/:*?\"<>|\x00-\x1f]+", " ", subject)
    return " ".join(words.split())[:80].strip(" .") or f"message-{number}"
