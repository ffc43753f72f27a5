"""Which addresses may stand as links in what we write."""

import re
from urllib.parse import urlsplit

_UNSAFE = re.compile(r"[\x00-\x20\x7f<>\"{}|\\^`]")


def web_address(url: str | None) -> str | None:
    """The address as a well-formed IRI, or None unless it is http, https or mailto.

    Characters that no IRI may hold (RFC 3987) are percent-encoded, so the result can stand in
    an attribute, between angle brackets and as a JSON-LD ``@id``.
    """
    if not url:
        return None
    tidy = _UNSAFE.sub(lambda match: f"%{ord(match[0]):02X}", url.strip())
    try:
        parts = urlsplit(tidy)
    except ValueError:
        return None
    if parts.scheme in ("http", "https"):
        return tidy if parts.netloc else None
    return tidy if parts.scheme == "mailto" and parts.path else None
