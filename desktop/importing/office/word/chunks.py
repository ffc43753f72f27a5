"""Parts in other formats that a Word document includes as they are: pages, and pages as messages."""

import email
from email import policy

from desktop.core.document import Block, BlockKind
from desktop.importing.encoding import decode
from desktop.importing.html.fragment import fragment_blocks


def included_blocks(data: bytes) -> list[Block]:
    """The blocks of an included part; none where it is a document of its own."""
    if data.startswith(b"PK"):
        return []
    head = data[:4096].lower()
    if b"mime-version:" in head or b"content-type: multipart" in head:
        return _of_message(data)
    text = decode(data).text
    return fragment_blocks(text) if "<" in text else _of_text(text)


def _of_message(data: bytes) -> list[Block]:
    for part in email.message_from_bytes(data, policy=policy.compat32).walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                return fragment_blocks(decode(content, part.get_content_charset()).text)
    return []


def _of_text(text: str) -> list[Block]:
    return [Block(BlockKind.PARAGRAPH, line) for line in text.splitlines() if line.strip()]
