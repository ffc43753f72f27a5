"""Mailboxes (RFC 4155 and its dialects): each message is a source of its own."""

import email
import re
from collections.abc import Iterator
from email import policy

from desktop.core.extraction import Entry
from desktop.importing.mail.headers import field, moment, people
from desktop.importing.mail.message import message_name
from desktop.importing.material import Material
from desktop.importing.reading import Member, Part

# A line that begins a message stands behind an empty one and ends in a year or a zone.
_BEGINNING = re.compile(
    rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]{1,300}\d{4}[^\r\n]{0,20}\r?\n(?=[!-9;-~]{1,80}:|\r?\n)"
)
_ESCAPED = re.compile(rb"(?m)^>(>*From )")
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_LARGEST_HEADER = 64 * 1024
_INTERNAL = "FOLDER INTERNAL DATA"


def entries(material: Material) -> list[Entry]:
    """The messages: subject, sender and date."""
    found = []
    for number, data in _messages(material.data):
        subject, detail = _about(data)
        title = subject or message_name("", number)
        found.append(Entry(str(number), title, detail, len(data), suggested=_INTERNAL not in subject))
    return found


def read(material: Material) -> Iterator[Part]:
    """Every message that was chosen; those that a mail program keeps for itself are left out."""
    chosen = None if material.options.parts is None else set(material.options.parts)
    for number, data in _messages(material.data):
        if chosen is not None and str(number) not in chosen:
            continue
        subject, _ = _about(data)
        if chosen is None and _INTERNAL in subject:
            continue
        yield Member(data, f"{number:04} {message_name(subject, number)}.eml", media_type="message/rfc822")


def _messages(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(number from 1, the message as it was before the mailbox escaped its lines)."""
    starts = [(match.start(), match.end()) for match in _BEGINNING.finditer(data)]
    for number, (_, start) in enumerate(starts, 1):
        end = starts[number][0] if number < len(starts) else len(data)
        yield number, _ESCAPED.sub(rb"\1", data[start:end]).rstrip(b"\r\n") + b"\n"


def _about(data: bytes) -> tuple[str, str]:
    end = _HEADER_END.search(data[:_LARGEST_HEADER])
    header = email.message_from_bytes(data[: end.end() if end else _LARGEST_HEADER], policy=policy.compat32)
    sender = next((name or address for name, address in people(header, "From")), "")
    date = (moment(header) or "")[:10]
    return field(header, "Subject"), " · ".join(part for part in (sender, date) if part)
