"""Addresses of links and pictures made whole; those that would act rather than lead are left out."""

import re
from dataclasses import replace
from urllib.parse import urljoin

from desktop.core.document import Block, BlockKind, InlineMark, MarkKind

_SAFE = re.compile(r"(?:https?:|mailto:|ftp:|#|/|[^:]*(?:$|[/?#]))", re.IGNORECASE)


class Addresses:
    """Makes addresses whole against the page's own; each is worked out once."""

    def __init__(self, base: str | None) -> None:
        self._base = base or ""
        self._known: dict[str, str | None] = {}

    def settled(self, block: Block) -> Block | None:
        """The block with whole addresses; None for a picture whose address is none."""
        if block.kind is BlockKind.IMAGE and (src := self._joined(block.src or "")) != block.src:
            if src is None:
                return None
            block = replace(block, src=src)
        if any(mark.kind is MarkKind.LINK for mark in block.marks):
            block = replace(block, marks=tuple(self._marks(block.marks)))
        return block

    def _marks(self, marks: tuple[InlineMark, ...]) -> list[InlineMark]:
        kept = []
        for mark in marks:
            if mark.kind is not MarkKind.LINK:
                kept.append(mark)
            elif href := self.whole(mark.href or ""):
                kept.append(mark if href == mark.href else replace(mark, href=href))
        return kept

    def whole(self, address: str) -> str | None:
        """With what the page's own address adds; None where it is none (``//[site]/a.png``) or acts."""
        if address not in self._known:
            self._known[address] = self._resolved(address)
        return self._known[address]

    def _resolved(self, address: str) -> str | None:
        if not address or not _SAFE.match(address):
            return None
        return address if address.startswith("#") else self._joined(address)

    def _joined(self, address: str) -> str | None:
        """Pictures are never loaded from there, so any scheme will do (``cid:`` of a mail)."""
        try:
            return urljoin(self._base, address)
        except ValueError:
            return None
