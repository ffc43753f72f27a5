"""Addresses in documents."""

import re

_SAFE = re.compile(r"(?:https?|ftp|mailto):", re.IGNORECASE)


def safe_link(href: str) -> str | None:
    """An address that leads somewhere by itself; None for a place within the document, a file, a program."""
    href = href.strip()
    return href if _SAFE.match(href) else None
