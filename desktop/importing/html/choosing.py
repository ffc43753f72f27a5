"""Which blocks of a page are the article.

Trafilatura decides what the article's words are; the page's own blocks carry them, so that
headings, numbered lists, quotations, tables and links stay as the page had them.
"""

import re
from collections import Counter
from collections.abc import Sequence

import lxml.html

from desktop.core.document import Block, BlockKind
from desktop.importing.html.walker import PageBlock
from desktop.importing.reading import squeezed

_COVER = 0.92
_AGREE = 0.9
_LONG = 20
_REFRAIN = 3
_ENDED = re.compile(r"[.!?…。！？][\"'»”’」』）)\]]*\s*$")


def decided_text(tree: lxml.html.HtmlElement, address: str | None) -> str:
    """The article's text as trafilatura finds it, a line a block; empty where it finds none."""
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(tree, url=address, fast=False, include_comments=False, include_tables=True)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError):
        return ""  # its own faults on odd pages; the page's blocks are still there
    return str(found.text or "") if found is not None and not isinstance(found, dict) else ""


def choose(blocks: Sequence[PageBlock], decided: str) -> list[Block]:
    """The article's blocks.

    Falls back to trafilatura's own lines where the page's blocks do not carry its text, and to all
    the words of the page where it found nothing, so that nothing is empty when words are there.
    """
    if not decided.strip():
        return _everything(blocks)
    kept = _Choice(blocks, decided).kept()
    chosen = [entry.block for entry, keep in zip(blocks, kept, strict=True) if keep]
    words = sum(len(entry.key) for entry, keep in zip(blocks, kept, strict=True) if keep)
    if words < _AGREE * len(squeezed(decided)):
        return _lines(decided)
    return chosen


def _everything(blocks: Sequence[PageBlock]) -> list[Block]:
    article = [
        entry.block for entry in blocks if not entry.apart and (entry.linked < 0.8 or len(entry.key) > 80)
    ]
    if sum(len(block.text) for block in article) >= 60:
        return article
    return [entry.block for entry in blocks]


def _lines(text: str) -> list[Block]:
    lines = (re.sub(r"^(?:- |\| )", "", line) for line in text.splitlines())
    return [Block(BlockKind.PARAGRAPH, line) for line in lines if line.strip()]


class _Choice:
    """Matches a page's blocks against the decided text."""

    def __init__(self, blocks: Sequence[PageBlock], decided: str) -> None:
        self._blocks = blocks
        self._whole = squeezed(decided)
        self._lines = {squeezed(line) for line in decided.splitlines()}
        self._strong = [self._is_strong(entry.key) for entry in blocks]

    def _is_strong(self, key: str) -> bool:
        if len(key) < _LONG:
            return False
        return key in self._whole or (len(key) > 120 and key[:60] in self._whole and key[-60:] in self._whole)

    def kept(self) -> list[bool]:
        container = self._container()
        inside = [self._within(entry.node, container) for entry in self._blocks]
        kept = [
            strong or (within and self._is_weak(entry))
            for entry, strong, within in zip(self._blocks, self._strong, inside, strict=True)
        ]
        kept = self._without_refrains(kept)
        return _without_trailing_headings(self._blocks, self._with_neighbours(kept, inside))

    def _without_refrains(self, kept: list[bool]) -> list[bool]:
        """Without teasers, without copies beside the article of what stands in it, and without the
        short lines that come back between paragraphs (“Advertisement”).
        """
        counts = Counter(entry.key for entry, keep in zip(self._blocks, kept, strict=True) if keep)
        seen: Counter[str] = Counter()
        result = []
        for entry, keep in zip(self._blocks, kept, strict=True):
            seen[entry.key] += keep
            refrain = counts[entry.key] >= _REFRAIN and _is_label(entry)
            copied = (
                entry.apart and len(entry.key) > _LONG and 1 < seen[entry.key] > self._whole.count(entry.key)
            )
            result.append(keep and not (refrain or copied or _is_teaser(entry)))
        return result

    def _is_weak(self, entry: PageBlock) -> bool:
        """Short, but a line of the decided text."""
        return bool(entry.key) and len(entry.key) < _LONG and entry.key in self._lines

    def _container(self) -> lxml.html.HtmlElement | None:
        """The deepest element that holds nearly all of the matched text."""
        weights: dict[lxml.html.HtmlElement, int] = {}
        total = 0
        for entry, strong in zip(self._blocks, self._strong, strict=True):
            if strong:
                total += len(entry.key)
                for node in (entry.node, *entry.node.iterancestors()):
                    weights[node] = weights.get(node, 0) + len(entry.key)
        heavy = [node for node, weight in weights.items() if weight >= _COVER * total]
        # Ancestors of one another, so the deepest is the one with the most ancestors.
        return max(heavy, key=_depth, default=None)

    def _within(self, node: lxml.html.HtmlElement, container: lxml.html.HtmlElement | None) -> bool:
        return container is None or node is container or any(up is container for up in node.iterancestors())

    def _with_neighbours(self, kept: list[bool], inside: Sequence[bool]) -> list[bool]:
        """Add what stands between kept blocks and belongs there: headings, pictures, rows, code."""
        first = next((index for index, keep in enumerate(kept) if keep), len(kept))
        last = next((index for index in range(len(kept) - 1, -1, -1) if kept[index]), -1)
        result = list(kept)
        next_kept = _next_kept(kept)
        for index in range(first, last):
            entry = self._blocks[index]
            if result[index] or entry.apart or not inside[index]:
                continue
            follows = next_kept[index] - index
            result[index] = _belongs(entry, follows, result[index - 1] if index else False)
        return result


def _without_trailing_headings(blocks: Sequence[PageBlock], kept: list[bool]) -> list[bool]:
    """A heading with nothing under it heads what was left out."""
    result = list(kept)
    for index in range(len(blocks) - 1, -1, -1):
        if result[index] and blocks[index].block.kind is not BlockKind.HEADING:
            break
        result[index] = False
    return result if any(result) else kept


def _is_label(entry: PageBlock) -> bool:
    kinds = (BlockKind.PARAGRAPH, BlockKind.HEADING)
    return entry.block.kind in kinds and len(entry.key) <= 40 and not _ENDED.search(entry.block.text)


def _is_teaser(entry: PageBlock) -> bool:
    """A headline that is nothing but a link to another article."""
    if len(entry.key) <= _LONG or entry.block.kind not in (BlockKind.HEADING, BlockKind.PARAGRAPH):
        return False
    if entry.linked > 0.9:
        return entry.block.kind is BlockKind.HEADING or not _ENDED.search(entry.block.text)
    return entry.apart and entry.linked > 0.5


def _belongs(entry: PageBlock, follows: int, before: bool) -> bool:
    kind = entry.block.kind
    if kind is BlockKind.HEADING:
        return follows <= 2 and len(entry.key) > 2 and entry.linked < 0.5
    if kind in (BlockKind.CODE, BlockKind.TABLE_ROW, BlockKind.IMAGE):
        return before or follows <= 2
    return (
        before
        and follows <= 1
        and len(entry.key) > 60
        and entry.linked < 0.3
        and _ENDED.search(entry.block.text) is not None
    )


def _next_kept(kept: Sequence[bool]) -> list[int]:
    """For each index the next kept one after it (or the length)."""
    result, upcoming = [len(kept)] * len(kept), len(kept)
    for index in range(len(kept) - 1, -1, -1):
        result[index] = upcoming
        if kept[index]:
            upcoming = index
    return result


def _depth(node: lxml.html.HtmlElement) -> int:
    return sum(1 for _ in node.iterancestors())
