"""What the parts of a message are to it: its text, the pictures in it, what is attached."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from email.errors import MessageError
from email.message import Message

from desktop.importing.mail.headers import file_name

MOST_PARTS = 5000
# Signatures and reports that programs read; the message is kept with all of them.
_FOR_PROGRAMS = (
    "message/delivery-status", "message/disposition-notification", "text/rfc822-headers",
    "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature",
    "application/pgp-keys",
)  # fmt: skip
_SEALED = ("application/pkcs7-mime", "application/x-pkcs7-mime")


@dataclass
class Structure:
    """The parts of a message, sorted.

    Attributes:
        texts: What is read as the message itself, in order; each a list of the same text in
            several types, the plainest first.
        pictures: Pictures by the names that pages call them: ``cid:…`` or their address.
        attached: Everything else, in order.
        sealed: A part is encrypted.
    """

    texts: list[list[Message]] = field(default_factory=list)
    pictures: dict[str, Message] = field(default_factory=dict)
    attached: list[Message] = field(default_factory=list)
    sealed: bool = False


def structure_of(message: Message) -> Structure:
    """Sort the parts of a message without following them too deep."""
    found = Structure()
    waiting = [message]
    seen = 0
    while waiting and seen < MOST_PARTS:
        part = waiting.pop(0)
        seen += 1
        kind = part.get_content_type()
        if kind in ("multipart/encrypted", *_SEALED):
            _sealed(part, found)
        elif kind == "multipart/alternative":
            waiting[:0] = _alternatives(part, found)
        elif part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting[:0] = _children(part)
        elif kind not in _FOR_PROGRAMS:
            _sort(part, found)
    return found


def _children(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []


def _sealed(part: Message, found: Structure) -> None:
    if (part.get_param("smime-type") or "") == "signed-data":
        found.attached.append(part)
    else:
        found.sealed = True


def _alternatives(part: Message, found: Structure) -> Iterator[Message]:
    """One text in several types is one; what else stands among them is sorted like any part."""
    same: list[Message] = []
    rest: list[Message] = []
    for child in _children(part):
        for inner in _related(child):
            (same if _is_text(inner) else rest).append(inner)
    if same:
        found.texts.append(same)
    return iter(rest)


def _related(part: Message) -> Iterator[Message]:
    """A page and what belongs to it, or the part alone."""
    if part.get_content_type() in ("multipart/related", "multipart/mixed", "multipart/signed"):
        for child in _children(part):
            yield from _children(child) if child.get_content_type() == "multipart/alternative" else [child]
    else:
        yield part


def _is_text(part: Message) -> bool:
    return part.get_content_type() in ("text/plain", "text/html", "text/enriched") and not _is_attached(part)


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(file_name(part))


def _sort(part: Message, found: Structure) -> None:
    if _is_text(part):
        found.texts.append([part])
    elif part.get_content_maintype() == "image":
        names = [name for name in _names(part) if name]
        found.pictures |= dict.fromkeys(names or [f"part:{len(found.pictures) + 1}"], part)
    else:
        found.attached.append(part)


def _names(part: Message) -> list[str]:
    cid = str(part.get("Content-ID") or "").strip().strip("<>")
    return [f"cid:{cid}" if cid else "", str(part.get("Content-Location") or "").strip()]


def content(part: Message) -> bytes:
    """The bytes of a part, its transfer encoding undone; empty where that cannot be done."""
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError, MessageError):
        return b""
    return data if isinstance(data, bytes) else b""
