"""Who wrote it: the names that a page declares, or shows where bylines stand."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import lxml.html

from desktop.importing.dates import before_date
from desktop.importing.html.declared import Declared
from desktop.importing.html.jsonld import names_of
from desktop.importing.html.names import (
    first_name_first,
    is_desk,
    is_login,
    is_person,
    names_in,
    names_of_value,
)
from desktop.importing.html.surroundings import is_beside, short_text
from desktop.importing.reading import squeezed

_AUTHOR_METAS = (
    "citation_author", "dc.creator", "dcterms.creator", "dc:creator", "article:author", "author",
    "og:article:author", "article:author_name", "articleauthor", "parsely-author", "sailthru.author",
    "analyticsattributes.author", "byl", "cxenseparse:author",
)  # fmt: skip
_WRITTEN_BY = re.compile(
    r"written|verfasst|geschrieben|автор|напис|escrito|écrit|scritto|geschreven|napisan|skrevet|skriven|執筆|著者|投稿者",
    re.IGNORECASE,
)
_NAMED_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:by-?lines?|authors?(?:-?names?|-?link|-?\d)?|writers?|autore?s?|creator|redakteur)(?:$|[\s_-])"
    r"|[a-z]By[Ll]ine|(?:^|\s)Byline|[a-z]Author(?:Name)?(?:$|[\s_-])"
)  # camel case counts, so that capitals do
_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|autor(?:en|es|i)?|auteurs?|people|staff|contributors?|writers?|columnists?|"
    r"avtor[yi]?|reporters?|journalists?)/[^/?#]+/?(?:[?#].*)?$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"(?:^|[\s_-])(?:tagline|biography|bio|prep|desc\w*)(?:$|[\s_-])", re.IGNORECASE)
_LINE = re.compile(
    r"(?:(?:written|reported|posted|story|words|text|eine kolumne|ein kommentar)\s+(?:by|von)|by|von|par|por|"
    r"автор(?:ы|и|ка)?(?=\s*:)|текст(?=\s*:)|文(?=\s*[:：=＝/／・])|取材・文|執筆(?:者)?(?=\s*[:：=＝])|著者|筆者|"
    r"記者(?=\s*[:：=＝]))[\s:：=＝/／・—–-]+(?=(?-i:[^\W\d_a-zа-яёіїєґ]))(?P<names>.{2,100})",
    re.IGNORECASE,
)
_LINE_START = re.compile(r"^[\s—–-]*")
_FIRST_BLOCKS, _NEAR_HEADING, _MOST = 600, 30, 200


def byline(tree: lxml.html.HtmlElement, declared: Declared, publisher: str | None) -> tuple[str, ...]:
    """People if any are named anywhere; else the desk or the outlet that signs as the author."""
    signed: tuple[str, ...] = ()
    for names in _candidates(tree, declared):
        people = tuple(name for name in names if not _is_outlet(name, publisher) and not is_login(name))
        if people:
            return people[:20]
        signed = signed or names
    return signed[:20]


def _candidates(tree: lxml.html.HtmlElement, declared: Declared) -> Iterator[tuple[str, ...]]:
    """What may be the byline, the most trusted first."""
    for key in ("author", "creator"):
        yield _distinct(_stated(declared.article.get(key)))
    for name in _AUTHOR_METAS:
        yield _distinct(names_in(first_name_first(text)) for text in declared.metas.get(name, ())[:_MOST])
    for number in range(1, 4):
        if _WRITTEN_BY.search(declared.meta(f"twitter:label{number}") or ""):
            yield _distinct(names_in(text) for text in declared.metas.get(f"twitter:data{number}", ()))
    yield from _shown(tree)
    yield _distinct(islice((names_in(text) for text in _lines(tree)), 1))
    yield _distinct(islice(_author_pages(tree), 1))
    yield _distinct(islice(_signatures(tree), 1))


def _stated(value: Any) -> Iterator[tuple[str, ...]]:
    """JSON-LD: an organisation's name is one name, whatever conjunctions it holds."""
    for item in value if isinstance(value, list) else [value]:
        kind = str(item.get("@type")) if isinstance(item, dict) else ""
        for name in names_of(item):
            yield (
                (name,) if "Organization" in kind and is_person(name, strict=False) else names_of_value(name)
            )


def _distinct(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for names in groups for name in names))


def _is_outlet(name: str, publisher: str | None) -> bool:
    if not publisher:
        return False
    one, other = squeezed(name), squeezed(publisher)
    return bool(one) and (one in other or other in one)


# what the page shows


def _is_elsewhere(node: lxml.html.HtmlElement) -> bool:
    """Around the article, or what a byline says besides the name."""
    return bool(_ASIDE.search(node.get("class") or "")) or is_beside(node)


def _shown(tree: lxml.html.HtmlElement) -> Iterator[tuple[str, ...]]:
    """Elements marked, or named, as the author's."""
    marked = [node for node in tree.iter("a") if "author" in (node.get("rel") or "").lower().split()]
    marked += [node for node in tree.iter() if node.get("itemprop") in ("author", "creator")]
    here = [node for node in marked if not _is_elsewhere(node)]
    together = [node for node in here[:8] if _stand_together(here[0], node)]
    yield _distinct(names_in(short_text(_named_within(node), 120)) for node in together)
    yield from islice(filter(None, map(_within, islice(_named_bylines(tree), _MOST))), 2)


def _stand_together(first: lxml.html.HtmlElement, other: lxml.html.HtmlElement) -> bool:
    """In one byline, not in two posts of a forum."""
    above = list(islice(first.iterancestors(), 2))
    return first is other or any(node in above for node in islice(other.iterancestors(), 2))


def _named_bylines(tree: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    for node in tree.iter("span", "div", "p", "a", "address", "li", "cite", "em", "b", "strong"):
        names = f"{node.get('class') or ''} {node.get('id') or ''}"
        if len(names) > 4 and _NAMED_BYLINE.search(names) and not _is_elsewhere(node):
            yield node


def _named_within(node: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    return next((inner for inner in node.iter() if inner.get("itemprop") == "name"), node)


def _within(node: lxml.html.HtmlElement) -> tuple[str, ...]:
    """The links to authors' pages in an element, or its words if they are few."""
    return _linked(node) or names_in(short_text(node, 100))


def _linked(node: lxml.html.HtmlElement) -> tuple[str, ...]:
    links = (link for link in node.iter("a") if _AUTHOR_PAGE.search(link.get("href") or ""))
    return _distinct(names_in(short_text(link, 100)) for link in islice(links, 6))


def _lines(tree: lxml.html.HtmlElement) -> Iterator[str]:
    """Lines such as “By Ann Lee” near the top."""
    for node in islice(
        tree.iter("p", "div", "span", "td", "li", "em", "strong", "b", "small"), _FIRST_BLOCKS
    ):
        text = _LINE_START.sub("", short_text(node, 300), count=1)
        line = before_date(text) if _LINE.match(text) else ""
        match = _LINE.match(line) if 5 < len(line) < 120 and not _is_elsewhere(node) else None
        if match and all(is_person(name) for name in names_in(match["names"])) and not _is_sentence(line):
            yield ", ".join(_linked(node)) or match["names"]


def _is_sentence(line: str) -> bool:
    return line.endswith((".", "。", "!", "?", ":")) and len(line.split()) > 5


def _author_pages(tree: lxml.html.HtmlElement) -> Iterator[tuple[str, ...]]:
    """Links to authors' pages near the heading that read like names."""
    nodes = list(tree.iter("h1", "a"))
    heading = next((at for at, node in enumerate(nodes) if node.tag == "h1"), 0)
    for node in nodes[max(heading - 10, 0) : heading + _NEAR_HEADING]:
        page = _AUTHOR_PAGE.search(node.get("href") or "")
        # Pages about people in the news have addresses like those about people of the house.
        if page and "/people/" not in page[0] and "/staff/" not in page[0] and not _is_elsewhere(node):
            names = names_in(short_text(node, 100))
            if names and all(is_person(name) for name in names):
                yield names


def _signatures(tree: lxml.html.HtmlElement) -> Iterator[tuple[str, ...]]:
    """A paragraph of nothing but names that closes the text, or two names that open it."""
    paragraphs = _longest_run(tree)
    for node in reversed(paragraphs[-4:]):
        names = _signing(node)
        if names and (_is_at_right(node) or (_is_set_apart(node) and is_desk(names[0]))):
            yield names
    for node in paragraphs[:3]:
        names = _signing(node)
        if len(names) > 1 and _is_set_apart(node):
            yield names


def _signing(node: lxml.html.HtmlElement) -> tuple[str, ...]:
    text = short_text(node, 70)
    names = [name for part in text.split("/") for name in names_in(part)] if len(text) > 3 else []
    return tuple(names) if all(is_person(name) for name in names) else ()


def _longest_run(tree: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
    """The paragraphs of the element that has most words in its own paragraphs."""
    texts: dict[Any, int] = {}
    for node in tree.iter("p"):
        parent = node.getparent()
        texts[parent] = texts.get(parent, 0) + len(node.text_content())
    best = max(texts, key=lambda parent: texts[parent], default=None)
    return (
        [node for node in best.findall("p") if (node.text_content() or "").strip()]
        if best is not None
        else []
    )


def _is_at_right(node: lxml.html.HtmlElement) -> bool:
    return "right" in f"{node.get('align') or ''} {node.get('style') or ''} {node.get('class') or ''}"


def _is_set_apart(node: lxml.html.HtmlElement) -> bool:
    """Altogether bold or italic."""
    inner = [child for child in node if child.tag in ("strong", "b", "em", "i")]
    return bool(inner) and sum(len(child.text_content()) for child in inner) >= len(
        node.text_content().strip()
    )
