"""What a page declares about itself: JSON-LD, ``<meta>``, links and the comments of saving programs."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import lxml.html

_ARTICLE = re.compile(r"Article|BlogPosting|Posting|Report|Review|Recipe|Interview")
_PAGE = ("WebPage", "ItemPage", "VideoObject", "PodcastEpisode", "QAPage", "Book", "CreativeWork")
_CDATA = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|\]\]>|/\*\s*\]\]>\s*\*/)\s*$"
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_SINGLE_FILE = re.compile(r"<!--\s*Page saved with SingleFile\s+url:\s*(\S+)", re.IGNORECASE)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->", re.IGNORECASE)
_HEAD = 20_000
_MOST_NODES = 5000


@dataclass(frozen=True)
class Declared:
    """Everything declared, raw: the readers of ``metadata`` choose.

    Attributes:
        metas: Contents of ``<meta>`` by lower-case name or property, in order.
        article: The JSON-LD object of the article, or empty.
        saved_from: Where a saving program says the page came from.
    """

    metas: dict[str, list[str]] = field(default_factory=dict)
    article: dict[str, Any] = field(default_factory=dict)
    canonical: str | None = None
    saved_from: str | None = None

    def meta(self, *names: str) -> str | None:
        """The first content among these names, in the order of the names."""
        return next((value for name in names for value in self.metas.get(name, ())), None)


def declared_in(tree: lxml.html.HtmlElement, markup: str) -> Declared:
    """Collect a page's declarations; ``markup`` is asked for comments, which the tree lacks."""
    match = _SINGLE_FILE.search(markup, 0, _HEAD) or _SAVED_FROM.search(markup, 0, _HEAD)
    canonical = next((link.get("href") for link in tree.iter("link") if _is_canonical(link)), None)
    return Declared(
        metas=_metas(tree),
        article=_article(tree),
        canonical=(canonical or "").strip() or None,
        saved_from=match[1] if match else None,
    )


def _is_canonical(link: lxml.html.HtmlElement) -> bool:
    return "canonical" in (link.get("rel") or "").lower().split()


def _metas(tree: lxml.html.HtmlElement) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for node in tree.iter("meta"):
        content = " ".join((node.get("content") or "").split())
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if content and (name := (node.get(attribute) or "").strip().lower()):
                metas.setdefault(name, []).append(html.unescape(content))
    return metas


def _article(tree: lxml.html.HtmlElement) -> dict[str, Any]:
    """The JSON-LD object that describes the article: the best typed one, the fullest of these."""
    found: list[tuple[int, int, dict[str, Any]]] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            nodes = _objects(_loaded(script.text or ""))
            found += [(rank, _fullness(node), node) for node in nodes if (rank := _rank(node))]
    return max(found, key=lambda entry: entry[:2], default=(0, 0, {}))[2]


_TELLING = ("headline", "author", "datePublished", "publisher", "articleBody", "mainEntityOfPage")


def _fullness(node: dict[str, Any]) -> int:
    return sum(key in node for key in _TELLING)


def _rank(node: dict[str, Any]) -> int:
    types = node.get("@type")
    names = [str(name) for name in types] if isinstance(types, list) else [str(types or "")]
    if any(_ARTICLE.search(name) for name in names):
        return 2
    return int(any(name in _PAGE for name in names))


def _loaded(text: str) -> Any:
    text = _CDATA.sub("", text.strip()).strip().rstrip(";")
    for candidate in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    waiting, seen = [value], 0
    while waiting and seen < _MOST_NODES:
        seen += 1
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            yield node
            waiting.extend(inner for key, inner in node.items() if key in ("@graph", "mainEntity", "hasPart"))


def text_of(value: Any) -> str | None:
    """A JSON-LD value as one line of text: a string, the name of an object, the first of a list."""
    if isinstance(value, list):
        return next((text for item in value if (text := text_of(item))), None)
    if isinstance(value, dict):
        return text_of(value.get("name") or value.get("@value") or value.get("@id"))
    if isinstance(value, str | int | float):
        return " ".join(html.unescape(str(value)).split()) or None
    return None


def names_of(value: Any) -> list[str]:
    """The names of one or several people or organisations."""
    values = value if isinstance(value, list) else [value]
    names = (item.get("name") if isinstance(item, dict) else item for item in values)
    flat = (inner for name in names for inner in (name if isinstance(name, list) else [name]))
    return [text for name in flat if (text := text_of(name))]
