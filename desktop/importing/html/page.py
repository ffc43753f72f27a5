"""A saved page to blocks and metadata."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

import lxml.html

from desktop.core.document import Block, Metadata
from desktop.core.errors import ImportFailed
from desktop.importing.html.addresses import Addresses
from desktop.importing.html.choosing import bare_lines, choose, decided_text, everything, verdict_of
from desktop.importing.html.metadata import read_metadata
from desktop.importing.html.parsing import parse_html
from desktop.importing.html.settling import settle
from desktop.importing.html.walker import walked
from desktop.importing.reading import (
    DATE_IS_GUESS,
    TITLE_FROM_NAME,
    TITLE_FROM_TEXT,
    Reading,
    lift_title,
    title_from_text,
)

EXTRACTOR = "html/2"

_LARGE = 12_000_000


def read_html(
    markup: str, name: str = "", address: str | None = None, *, whole: bool = False, plain: bool = False
) -> Reading:
    """Take a page apart.

    Args:
        name: The file's name; its stem is the title of last resort.
        address: Where it came from, where that is known.
        whole: Keep all words that the page shows, menus and notes included; for fragments, and when a
            person asks.
        plain: Do not look for the article; for pages on which that never ended.

    Raises:
        ImportFailed: ``no_text``: there is not a word in it.
    """
    try:
        tree = parse_html(markup)
    except ValueError as error:
        raise ImportFailed(name, "no_text", str(error)) from error
    settle(tree, markup)
    metadata = read_metadata(tree, markup, address)
    blocks = _chosen(tree, markup, metadata, whole=whole, plain=plain or len(markup) > _LARGE)
    if not _has_words(blocks):
        blocks = _unscripted(tree)
    if not _has_words(blocks):
        raise ImportFailed(name, "no_text")
    title, warnings = _titled(metadata.title, blocks, name)
    if metadata.published_at and metadata.date_is_guess:
        warnings += (DATE_IS_GUESS,)
    addresses = Addresses(metadata.url)
    # Of a fragment, or of a page that was asked for whole, every word stays where it was.
    lifted = blocks if whole else lift_title(blocks, metadata.title)
    settled = (addresses.settled(block) for block in lifted)
    kept = [block for block in settled if block is not None]
    return Reading(kept, replace(metadata, title=title), EXTRACTOR, warnings)


def _body(tree: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    body = tree.find("body")
    return tree if body is None else body


def _chosen(
    tree: lxml.html.HtmlElement, markup: str, metadata: Metadata, *, whole: bool, plain: bool
) -> Sequence[Block]:
    """The article's blocks; all of them where there is no telling, so that no words are lost."""
    found = walked(_body(tree))
    if whole:
        return [entry.block for entry in found]
    decided = "" if plain else decided_text(tree, found)
    if not decided.strip():
        return everything(found)
    chosen = choose(found, verdict_of(decided, markup, tree), metadata)
    return bare_lines(decided) if chosen is None else chosen


def _has_words(blocks: Sequence[Block]) -> bool:
    return any(map(str.isalnum, "".join(block.text for block in blocks)))


def _unscripted(tree: lxml.html.HtmlElement) -> Sequence[Block]:
    """What a page built by scripts shows to those who run none."""
    for node in tree.iter("noscript"):
        node.tag = "div"
    return everything(walked(_body(tree)))


def _titled(title: str | None, blocks: Sequence[Block], name: str) -> tuple[str, tuple[str, ...]]:
    if title:
        return title, ()
    words = next((block.text for block in blocks if any(map(str.isalpha, block.text))), "")
    return (
        (title_from_text(words), (TITLE_FROM_TEXT,)) if words else (PurePath(name).stem, (TITLE_FROM_NAME,))
    )
