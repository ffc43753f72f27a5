"""How much structure the extractor keeps: lists, tables, quotes, code, footnotes and pictures of gold pages.

    python scripts/score_elements.py [SET ...] [--data DIR] [--lost]

The sets are ``readability`` (gold HTML) and ``defuddle`` (gold Markdown). A gold element is found when at
least four fifths of its letters (as runs of eight; case, spaces, punctuation and raised numbers of notes do
not count) stand in our blocks of the same kind on that page: a list's item among list items and what belongs
to them, a table's row among table rows, the paragraphs of a quotation among quotations, a listing among code.
A footnote is found when its words stand in a list item or a paragraph; a picture by the name of its file,
whatever its size. Precision is the same the other way round. Left out of the gold: tables of HTML that lay
out a page (fewer than two rows of two cells, cells with paragraphs or tables in them), call-out boxes and
comments that the Markdown writes as quotations, pictures embedded as data, and videos and posts that the
Markdown writes as pictures.
"""

import argparse
import gzip
import json
import logging
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import lxml.html
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop.core.document import Block, BlockKind, Document, MarkKind  # noqa: E402
from desktop.core.errors import ImportFailed  # noqa: E402
from desktop.importing.html.page import read_html  # noqa: E402
from desktop.importing.html.pictures import file_name  # noqa: E402
from desktop.importing.reading import squeezed  # noqa: E402

KINDS = ("heading", "list", "table", "quote", "code", "footnote", "image")
GRAM = 8
ENOUGH = 0.8
Elements = dict[str, list[str]]

_BLOCKY = ("ul", "ol", "dl", "pre", "table", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "figure")
_NOTE_NAME = re.compile(r"^(?:fn[:\-_]?\d|footnote|cite_note|note-\d|endnote)", re.IGNORECASE)
_NOTE = re.compile(r"^\[\^([^\]]+)\]:[ \t]*(.*(?:\n(?:[ ]{4}.*|\t.*|(?=\n[ ]{4})))*)", re.MULTILINE)
_PICTURE = re.compile(r"!\[[^\]]*\]\(<?([^)\s>]+)|<img[^>]*?\ssrc=[\"']([^\"']+)")
_CALLOUT = re.compile(r"^\s*(?:\[!\w+\]|[\w\\]+ · )")


# what the gold has


def from_html(markup: str) -> Elements:
    tree = lxml.html.fragment_fromstring(markup, create_parent="div")
    found: Elements = defaultdict(list)
    for node in tree.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        found["heading"].append(node.text_content())
    for node in tree.iter("li", "dt", "dd"):
        found["list"].append(own_text(node))
        if _NOTE_NAME.match(node.get("id") or ""):
            found["footnote"].append(own_text(node))
    for table in tree.iter("table"):
        if is_data(table):
            found["table"] += [row.text_content() for row in table.iter("tr")]
    for quote in tree.iter("blockquote"):
        found["quote"].append(own_text(quote))
    for pre in tree.iter("pre"):
        found["code"].append(pre.text_content())
    for image in tree.iter("img"):
        found["image"].append(file_name(image.get("src")) if is_address(image.get("src")) else "")
    return found


def own_text(node: lxml.html.HtmlElement) -> str:
    """Without the structures inside it, which count on their own."""
    parts = [node.text or ""]
    for child in node:
        if child.tag not in _BLOCKY:
            parts.append(own_text(child) if isinstance(child.tag, str) else "")
        parts.append(child.tail or "")
    return " ".join(parts)


def is_data(table: lxml.html.HtmlElement) -> bool:
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    wide = [row for row in rows if sum(bool(cell.text_content().strip()) for cell in row) > 1]
    laid_out = any(cell.find(".//p") is not None for row in wide for cell in row)
    return len(wide) > 1 and table.find(".//table") is None and not laid_out


def is_address(src: str | None) -> bool:
    return bool(src) and not re.match(
        r"data:|https?://(?:www\.)?(?:youtube|youtu\.be|twitter|x)\.", src or ""
    )


def from_markdown(markdown: str) -> Elements:
    found: Elements = defaultdict(list)
    found["footnote"] = [plain(match[2]) for match in _NOTE.finditer(markdown)]
    pictures = (one or other for one, other in _PICTURE.findall(markdown))
    found["image"] = [file_name(src) for src in pictures if is_address(src)]
    parsed = MarkdownIt("commonmark").enable("table").parse(_NOTE.sub("", markdown))
    for node in SyntaxTreeNode(parsed).walk():
        add_node(node, found)
    return found


def add_node(node: SyntaxTreeNode, found: Elements) -> None:
    if node.type == "heading":
        found["heading"].append(inline_text(node))
    elif node.type == "list_item":
        found["list"].append(direct_text(node))
    elif node.type == "tr":
        found["table"].append(inline_text(node))
    elif node.type == "blockquote" and not in_callout(node):
        found["quote"].append(direct_text(node))
    elif node.type in ("fence", "code_block") and not in_callout(node):
        found["code"].append(node.content)


def in_callout(node: SyntaxTreeNode) -> bool:
    here: SyntaxTreeNode | None = node
    while here is not None and here.type != "root":
        if here.type == "blockquote" and _CALLOUT.match(inline_text(here)):
            return True
        here = here.parent
    return False


def direct_text(node: SyntaxTreeNode) -> str:
    return " ".join(inline_text(child) for child in node.children if child.type == "paragraph")


def inline_text(node: SyntaxTreeNode) -> str:
    return " ".join(plain(child.content) for child in node.walk() if child.type == "inline")


def plain(markdown: str) -> str:
    """The words of one line, without marks, addresses, formulas and references to notes."""
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)|\[\^[^\]]+\]|\$+[^$]*\$+", " ", markdown)
    text = re.sub(r"\[([^\]]*)\]\((?:[^()]|\([^)]*\))*\)", r"\1", text)
    return re.sub(r"<[^>]+>|\\(?=\W)|[*_`~]", "", text)


# what we have


def ours(blocks: Iterable[Block]) -> Elements:
    found: Elements = defaultdict(list)
    lists: set[int] = set()
    for block in blocks:
        text = without_references(block)
        if block.kind is BlockKind.LIST_ITEM:
            lists.add(block.group)
            found["list"].append(text)
            found["footnote"].append(text)
        elif block.kind is BlockKind.PARAGRAPH:
            found["footnote"].append(text)
            if block.group in lists and block.group:
                found["list"].append(text)
        elif block.kind is BlockKind.IMAGE:
            found["image"].append(file_name(block.src))
        else:
            names = {BlockKind.TABLE_ROW: "table", BlockKind.QUOTE: "quote", BlockKind.CODE: "code"}
            found[names.get(block.kind, "heading")].append(text)
    return found


def without_references(block: Block) -> str:
    """The words without the raised numbers that point to notes, which the Markdown writes otherwise."""
    text = block.text
    for mark in sorted(block.marks, key=lambda mark: -mark.start):
        if mark.kind is MarkKind.SUPERSCRIPT and text[mark.start : mark.end].strip("[] ").isdecimal():
            text = text[: mark.start] + text[mark.end :]
    return text


# comparing


def missing(wanted: Iterable[str], had: Iterable[str], *, names: bool = False) -> Iterator[tuple[str, bool]]:
    """Each wanted element that says anything, and whether it is among those had."""
    if names:
        there = set(had)
        yield from ((name, name not in there) for name in wanted if name)
        return
    keys = [squeezed(text) for text in had]
    grams = {key[index : index + GRAM] for key in keys for index in range(max(len(key) - GRAM + 1, 1))}
    whole = "\n".join(keys)
    for text in wanted:
        key = squeezed(text)
        if not key:
            continue
        if len(key) < 2 * GRAM:
            yield text, key not in whole
            continue
        hits = sum(key[index : index + GRAM] in grams for index in range(len(key) - GRAM + 1))
        yield text, hits < ENOUGH * (len(key) - GRAM + 1)


def scored(job: tuple[str, str, dict[str, Any]]) -> tuple[str, dict[str, list[tuple[str, bool]]], ...]:
    """The page's name, what became of gold elements, and what of ours stands in the gold."""
    folder, key, answer = job
    logging.disable(logging.CRITICAL)
    raw = gzip.decompress((Path(folder) / "html" / f"{key}.html.gz").read_bytes())
    try:
        reading = read_html(raw.decode("utf-8", "replace"), key, answer.get("url"))
        mine = ours(Document.build(reading.blocks, reading.metadata).blocks)
    except ImportFailed:
        mine = defaultdict(list)
    markup, markdown = answer.get("expected_html"), answer.get("markdown")
    gold = from_html(markup) if markup else from_markdown(markdown or "")
    recall, precision = {}, {}
    for kind in KINDS:
        gold_words = gold[kind] + (gold["footnote"] if kind == "list" else [])
        recall[kind] = list(missing(gold[kind], mine[kind], names=kind == "image"))
        if kind != "footnote":
            precision[kind] = list(missing(mine[kind], gold_words, names=kind == "image"))
    return key, recall, precision


def table_of(name: str, pages: list[tuple[str, dict[str, Any], dict[str, Any]]]) -> None:
    print(f"{name}: {len(pages)} pages")
    print(f"  {'kind':10}{'gold':>6}{'recall':>9}{'pages':>7}{'losing':>8}{'ours':>7}{'precision':>11}")
    for kind in KINDS:
        gold = [lost for _, recall, _ in pages for _, lost in recall[kind]]
        had = [extra for _, _, precision in pages for _, extra in precision.get(kind, ())]
        having = [recall[kind] for _, recall, _ in pages if recall[kind]]
        losing = sum(any(lost for _, lost in elements) for elements in having)
        share = f"{1 - sum(gold) / len(gold):.3f}" if gold else "-"
        right = f"{1 - sum(had) / len(had):.3f}" if had else "-"
        print(f"  {kind:10}{len(gold):6}{share:>9}{len(having):7}{losing:8}{len(had):7}{right:>11}")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="*", default=["readability", "defuddle"], metavar="SET")
    default = os.environ.get("PRESSMARK_SHARED") or ROOT.parent / "shared"
    parser.add_argument("--data", type=Path, default=Path(default) / "data")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--lost", action="store_true", help="name the elements that were lost")
    chosen = parser.parse_args()
    if not (chosen.data / "extraction").is_dir():
        parser.exit(0, f"There is no test data at {chosen.data}; nothing was scored.\n")
    with ProcessPoolExecutor(chosen.workers, get_context("spawn")) as workers:
        for name in chosen.sets:
            folder = chosen.data / "extraction" / name
            gold = json.loads((folder / "gold.json").read_text("utf-8"))
            jobs = [(str(folder), key, answer) for key, answer in gold.items()]
            pages = list(workers.map(scored, jobs, chunksize=4))
            table_of(name, pages)
            if chosen.lost:
                tell_lost(pages)
    return 0


def tell_lost(pages: list[tuple[str, dict[str, Any], dict[str, Any]]]) -> None:
    for key, recall, _ in pages:
        for kind, elements in recall.items():
            for text in (text for text, lost in elements if lost):
                print(f"    {key} lost {kind}: {' '.join(text.split())[:110]}")


if __name__ == "__main__":
    raise SystemExit(main())
