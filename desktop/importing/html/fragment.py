"""A bit of HTML inside something else: a message, a note, a part of a document."""

from desktop.core.document import Block
from desktop.importing.html.parsing import parse_html
from desktop.importing.html.walker import page_blocks


def fragment_blocks(markup: str) -> list[Block]:
    """All its blocks; none where it is no markup at all."""
    try:
        tree = parse_html(markup)
    except ValueError:
        return []
    body = tree.find("body")
    return [found.block for found in page_blocks(tree if body is None else body)]
