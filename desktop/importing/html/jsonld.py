"""JSON-LD in a page: its objects, even where the JSON is broken, and which of them is the article."""

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import lxml.html

from desktop.importing.reading import squeezed

Node = dict[str, Any]

_ARTICLE = re.compile(r"Article|BlogPosting|Posting|Report|Review|Recipe|Interview")
_PAGE = ("WebPage", "ItemPage", "VideoObject", "PodcastEpisode", "QAPage", "Book", "CreativeWork")
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|\]\]>|/\*\s*\]\]>\s*\*/)\s*$"
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_MISSING_COMMA = re.compile(r'(["}\]])(\s*\n\s*")')
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
_FIELD = re.compile(
    r'"(headline|datePublished|dateCreated|inLanguage|url)"\s*:\s*"((?:[^"\\]|\\.){1,500})"\s*[,}\n]'
)
_AUTHOR = re.compile(
    r'"author"\s*:\s*(?:\[\s*)?(?:"([^"]{2,100})"|\{[^{}]{0,300}?"name"\s*:\s*"([^"]{2,100})")'
)
_SCHEME = re.compile(r"^https?://(?:www\.|m\.|amp\.)?")
_INWARD = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart")
_TELLING = ("headline", "author", "datePublished", "publisher", "articleBody", "mainEntityOfPage")
_MOST_NODES, _MANY, _LONGEST_TEXT = 5000, 200, 10_000
_LONGEST = 3_000_000


def objects_in(tree: lxml.html.HtmlElement) -> list[Node]:
    """All objects that the page's scripts declare, references by ``@id`` among them resolved."""
    values: list[Any] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            values += _loaded((script.text or "")[:_LONGEST])
    nodes = list(_walked(values))
    named = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    return [{key: _resolved(value, named) for key, value in node.items()} for node in nodes]


def article_among(nodes: Iterable[Node], addresses: Iterable[str], titles: Iterable[str]) -> Node:
    """The object that describes this page: typed as an article, about this address or title, the fullest.

    A page of news may also describe what it links to; those name other addresses and other titles.
    """
    here = {_bare(address) for address in addresses}
    called = " ".join(squeezed(title) for title in titles)
    ranked = [
        (rank, _fits(node, here, called), _fullness(node), node) for node in nodes if (rank := _rank(node))
    ]
    return max(ranked, key=lambda entry: entry[:3], default=(0, 0, 0, {}))[3]


def _bare(address: str) -> str:
    """An address without what differs between copies of one page."""
    return _SCHEME.sub("", re.split(r"[?#]", address.strip().lower(), maxsplit=1)[0]).rstrip("/")


def _fits(node: Node, here: set[str], called: str) -> int:
    stated = [node.get("url"), node.get("@id"), node.get("mainEntityOfPage")]
    addresses = {
        _bare(str(value.get("@id") or value.get("url") or "") if isinstance(value, dict) else str(value))
        for value in stated
        if value
    }
    headline = squeezed(text_of(node.get("headline") or node.get("name")) or "")
    return 2 * bool(addresses & here) + bool(len(headline) > 8 and headline in called)


def _fullness(node: Node) -> int:
    return sum(bool(node.get(key)) for key in _TELLING)


def _rank(node: Node) -> int:
    types = node.get("@type")
    names = [str(name) for name in types] if isinstance(types, list) else [str(types or "")]
    if any(_ARTICLE.search(name) for name in names):
        return 2
    return int(any(name in _PAGE for name in names))


def _loaded(text: str) -> list[Any]:
    """The values in a script; where the JSON cannot be mended, the plain fields that are legible."""
    text = _WRAPPING.sub("", text.strip()).strip().rstrip(";")
    for candidate in _mendings(text):
        try:
            return _several(candidate)
        except (ValueError, RecursionError):
            continue
    return _legible(text)


def _mendings(text: str) -> Iterator[str]:
    yield text
    mended = _BAD_ESCAPE.sub(r"\\\\", _MISSING_COMMA.sub(r"\1,\2", _TRAILING_COMMA.sub(r"\1", text)))
    yield mended
    if "&quot;" in text or "&#34;" in text:
        yield html.unescape(text)


def _several(text: str) -> list[Any]:
    """One JSON value, or several one after another."""
    decoder = json.JSONDecoder(strict=False)
    values: list[Any] = []
    at = 0
    while at < len(text) and len(values) < 100:
        value, at = decoder.raw_decode(text, at)
        values.append(value)
        at += len(text[at:]) - len(text[at:].lstrip(" \t\r\n;,"))
    return values


def _legible(text: str) -> list[Any]:
    fields: Node = {}
    for match in _FIELD.finditer(text):
        fields.setdefault(match[1], match[2].replace('\\"', '"').replace("\\/", "/"))
    if author := _AUTHOR.search(text):
        fields["author"] = author[1] or author[2]
    return [{"@type": "Article", **fields}] if _ARTICLE.search(text) and fields else []


def _walked(values: list[Any]) -> Iterator[Node]:
    waiting, seen = list(values), 0
    while waiting and seen < _MOST_NODES:
        seen += 1
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            yield value
            waiting.extend(inner for key, inner in value.items() if key in _INWARD)


def _resolved(value: Any, named: dict[str, Node]) -> Any:
    """An author or a publisher that only points to another object of the page becomes that object."""
    if isinstance(value, list):
        return [_resolved(item, named) if isinstance(item, dict) else item for item in value]
    if isinstance(value, dict) and isinstance(value.get("@id"), str) and not value.get("name"):
        return named.get(value["@id"], value)
    return value


def text_of(value: Any, depth: int = 8) -> str | None:
    """A JSON-LD value as one line of text: a string, the name of an object, the first of a list."""
    if depth == 0:
        return None
    if isinstance(value, list):
        return next((text for item in value[:_MANY] if (text := text_of(item, depth - 1))), None)
    if isinstance(value, dict):
        return text_of(value.get("name") or value.get("@value") or value.get("@id"), depth - 1)
    if isinstance(value, str | int | float):
        return one_line(html.unescape(html.unescape(str(value)[:_LONGEST_TEXT]))) or None
    return None


def names_of(value: Any) -> list[str]:
    """The names of one or several people or organisations."""
    values = value[:_MANY] if isinstance(value, list) else [value]
    names = (item.get("name") if isinstance(item, dict) else item for item in values)
    flat = (inner for name in names for inner in (name if isinstance(name, list) else [name]))
    return [text for name in flat if (text := text_of(name))]


_ESCAPED = re.compile(r"&(?:#x?[0-9a-fA-F]{1,6}|amp|quot|apos|nbsp);")
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
_TAG = re.compile(r"</?(?:i|b|u|p|em|br|sup|sub|span|mark|small|strong)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)


def one_line(text: str) -> str:
    """A text as people read it: no markup, no soft hyphens, no characters escaped twice, single spaces."""
    text = _ESCAPED.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text
    return " ".join(_TAG.sub(" ", _UNSEEN.sub("", text)).split())
