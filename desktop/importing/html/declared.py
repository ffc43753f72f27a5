"""What a page declares about itself: JSON-LD, ``<meta>``, links and the comments of saving programs."""

import html
import re
from dataclasses import dataclass, field
from itertools import islice

import lxml.html

from desktop.importing.html.jsonld import Node, article_among, objects_in, one_line

_SINGLE_FILE = re.compile(
    r"<!--\s*Page saved with SingleFile\s+url:\s*(?P<url>\S+)(?:\s+saved date:\s*(?P<date>[^\n]{1,80}))?",
    re.IGNORECASE,
)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)\s*(?P<url>\S+?)\s*-->", re.IGNORECASE)
_HEAD = 20_000
_MOST_METAS, _LONGEST, _LONGEST_TITLE = 2000, 5000, 500


@dataclass(frozen=True)
class Declared:
    """Everything declared, raw: the readers of ``metadata`` choose.

    Attributes:
        metas: Contents of ``<meta>`` by lower-case name or property, in order.
        article: The JSON-LD object of the article, or empty.
        nodes: All JSON-LD objects of the page.
        title: The words of ``<title>``.
        saved_from: Where a saving program says the page came from.
        saved_at: When, in the words of that program.
    """

    metas: dict[str, list[str]] = field(default_factory=dict)
    article: Node = field(default_factory=dict)
    nodes: tuple[Node, ...] = ()
    title: str = ""
    canonical: str | None = None
    saved_from: str | None = None
    saved_at: str | None = None

    def meta(self, *names: str) -> str | None:
        """The first content among these names, in the order of the names."""
        return next(iter(self.metas_of(*names)), None)

    def metas_of(self, *names: str) -> list[str]:
        """All contents among these names, in the order of the names."""
        return [value for name in names for value in self.metas.get(name, ())]


def declared_in(tree: lxml.html.HtmlElement, markup: str, address: str | None = None) -> Declared:
    """Collect a page's declarations; ``markup`` is asked for comments, which the tree lacks."""
    match = _SINGLE_FILE.search(markup, 0, _HEAD) or _SAVED_FROM.search(markup, 0, _HEAD)
    saved = match.groupdict() if match else {}
    links = (link.get("href") for link in tree.iter("link") if _is_canonical(link))
    canonical = (next(links, None) or "").strip() or None
    metas, nodes, title = _metas(tree), objects_in(tree), _title(tree)
    addresses = [canonical, saved.get("url"), address, *metas.get("og:url", ())]
    titles = [title, *metas.get("og:title", ()), *metas.get("twitter:title", ())]
    return Declared(
        metas=metas,
        article=article_among(nodes, filter(None, addresses), titles),
        nodes=tuple(nodes),
        title=title,
        canonical=canonical,
        saved_from=saved.get("url"),
        saved_at=(saved.get("date") or "").strip() or None,
    )


def _is_canonical(link: lxml.html.HtmlElement) -> bool:
    return "canonical" in (link.get("rel") or "").lower().split()


def _title(tree: lxml.html.HtmlElement) -> str:
    head = tree.find(".//head/title")
    head = tree.find(".//title") if head is None else head
    return one_line(head.text_content()[:_LONGEST])[:_LONGEST_TITLE] if head is not None else ""


def _metas(tree: lxml.html.HtmlElement) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for node in islice(tree.iter("meta"), _MOST_METAS):
        # Archives made with Postlight's parser keep the content of a meta as its value.
        content = one_line(html.unescape((node.get("content") or node.get("value") or "")[:_LONGEST]))
        if not content:
            continue
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            # One element may bear several names: <meta property="dc:title og:title">.
            for name in (node.get(attribute) or "").lower().split()[:6]:
                metas.setdefault(name, []).append(content)
    return metas
