"""One self-contained web page: the articles with their structure and marks, and a filter.

Nothing is loaded from elsewhere: a content security policy in the page forbids it, and allows no
script and no style but the two inline ones, by their hashes. Images are named, not shown, because
the archive keeps no addresses that would be fetched. All text passes Jinja2's escaping.
"""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from desktop import __version__
from desktop.core.document import Block, BlockKind
from desktop.core.progress import Progress
from desktop.core.records import Annotation, Vocabulary
from desktop.core.selection import ExportArticle, ExportReport, ExportSet
from desktop.exporting.atomic import replacing
from desktop.exporting.links import web_address
from desktop.exporting.runs import LaidMark, Run, colour_of, laid_out, runs, touching
from desktop.exporting.walk import Facts, Walk, facts
from desktop.paths import resource

KINDS = ("quote", "claim", "highlight", "note")


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block ready for the template; ``cells`` are one list of runs, or one per table cell."""

    block: Block
    cells: list[list[Run]]


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """Adjoining blocks that form one element; ``ordered`` of numbered lists."""

    kind: str
    blocks: list[ShownBlock]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class ShownMark:
    number: int
    mark: Annotation
    facts: Facts
    colour: str


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """Attributes:
    number: Its place on the page, from 1.
    """

    number: int
    item: ExportArticle
    groups: list[ShownGroup]
    marks: list[ShownMark]
    address: str | None


def write(export_set: ExportSet, target: Path, progress: Progress) -> ExportReport:
    """Write the page article by article, so that any number fits into memory."""
    walk = Walk(export_set, progress)
    template = _environment().get_template("page.html.jinja")
    with replacing(target) as file:
        file.writelines(template.generate(**_context(export_set, walk)))
    return walk.report(target)


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(resource("export")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _context(export_set: ExportSet, walk: Walk) -> dict[str, Any]:
    style = resource("export", "page.css").read_text("utf-8")
    script = resource("export", "page.js").read_text("utf-8")
    vocabulary = export_set.vocabulary
    return {
        "title": export_set.title,
        "exported_at": export_set.exported_at,
        "version": __version__,
        # Ours alone, read from the bundle; the policy's hashes must match them byte for byte.
        "style": Markup(style),  # noqa: S704
        "script": Markup(script),  # noqa: S704
        "policy": policy(style, script),
        "kinds": KINDS,
        "names": walk.names,  # called after the last article, when it is known what was referred to
        "articles": (shown(number, item, vocabulary) for number, item in enumerate(walk, 1)),
    }


def policy(style: str, script: str) -> str:
    """The page's content security policy: nothing but these two texts."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def shown(number: int, item: ExportArticle, vocabulary: Vocabulary) -> ShownArticle:
    marks = [
        ShownMark(n, mark, facts(mark, vocabulary), colour_of(mark))
        for n, mark in enumerate(item.annotations, 1)
    ]
    here = [mark for mark in item.annotations if mark.capture_id == item.capture.id]
    numbers = {mark.id: n for n, mark in enumerate(item.annotations, 1)}
    laid = [_renumbered(entry, numbers[here[entry.number - 1].id]) for entry in laid_out(here)]
    return ShownArticle(
        number, item, list(_groups(item, laid)), marks, web_address(item.article.metadata.url)
    )


def _renumbered(entry: LaidMark, number: int) -> LaidMark:
    return LaidMark(entry.start, entry.end, number, entry.colour, entry.lane)


def _groups(item: ExportArticle, laid: list[LaidMark]) -> Iterator[ShownGroup]:
    blocks = [
        _block(block, at, laid)
        for block, at in zip(item.document.blocks, item.document.starts(), strict=True)
    ]
    for (kind, _), members in groupby(blocks, key=_group_key):
        group = list(members)
        yield ShownGroup(kind, group, ordered=group[0].block.number is not None)


def _group_key(entry: ShownBlock) -> tuple[str, int]:
    """Blocks without a group stand alone, told apart by their identity."""
    return str(entry.block.kind), entry.block.group or -id(entry)


def _block(block: Block, at: int, laid: list[LaidMark]) -> ShownBlock:
    near = touching(laid, at, at + len(block.text))
    if block.kind is not BlockKind.TABLE_ROW:
        return ShownBlock(block, [runs(block, at, near)])
    cells, first = [], 0
    for cell in block.cells:
        cells.append(runs(block, at, near, first, first + len(cell)))
        first += len(cell) + 1
    return ShownBlock(block, cells)
