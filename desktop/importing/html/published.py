"""When a page was published: the date it declares, the one it shows, or the best guess."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from urllib.parse import urlsplit

import lxml.html
from lxml import etree

from desktop.importing.dates import parse_date
from desktop.importing.html.declared import Declared
from desktop.importing.html.jsonld import text_of
from desktop.importing.html.surroundings import is_beside, short_text
from desktop.importing.reading import same_words

_DATE_METAS = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published",
    "datepublished", "citation_publication_date", "citation_date", "citation_online_date", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "dc:date", "parsely-pub-date",
    "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date",
    "article_date_original", "originalpublicationdate", "cxenseparse:recs:publishtime", "date",
)  # fmt: skip
_DATE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:date|time|datetime|timestamp|published|publish|pubdate|posted|post-?date|entry-?date|dt-published|"
    r"created|issued|day|meta)(?:$|[\s_-])|[a-z](?:Date|Time|Timestamp|Published)(?:$|[\s_-])"
)
_UPDATED = re.compile(
    r"updat|modif|edited|mis à jour|maj\b|aktualisiert|geändert|actualizad|atualizad|aggiornat|bijgewerkt|"
    r"zmieni|обновл|изменен|исправлен|оновлен|змінен|更新|修正|수정",
    re.IGNORECASE,
)
_IN_ADDRESS = re.compile(
    r"/((?:19|20)\d\d)(?:([/-])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))(?!\d)"
)
_WORDLESS = ("script", "style", "option", "title", "head", "noscript")
_DIGIT = re.compile(r"\d")
_FULL = re.compile(r"\d{4}-\d\d-\d\d")
_ABOVE, _BELOW = 15, 60
_MOST = 5000
_CJK = re.compile("[\u3040-\u9fff\uac00-\ud7af]")


def published(
    tree: lxml.html.HtmlElement, declared: Declared, address: str | None, title: str | None = None
) -> tuple[str | None, bool]:
    """The date as ISO 8601 and whether it is a guess, i.e. shown or inferred rather than declared.

    A moment that is declared in UTC is given as the page's readers saw it, where the page tells.
    """
    month_first = (tree.get("lang") or "").lower() == "en-us"
    for text in _stated(tree, declared):
        if text and (stated := parse_date(text, month_first=month_first)):
            return _as_read(stated, tree, title, address), False
    latest = (parse_date(declared.saved_at or "") or "")[:10]
    shown = [
        (when, _says_updated(node))
        for node in (*_by_heading(tree, title), *_named(tree))
        if (when := _date_of(node, month_first)) and when[:10] <= (latest or when)
    ]
    first = next((when for when, updated in shown if not updated), None)
    guess = first or _of_address(address) or next((when for when, _ in shown), None)
    return guess or _found(tree, address, latest or None), True


# what is declared


def _stated(tree: lxml.html.HtmlElement, declared: Declared) -> Iterator[str | None]:
    for key in ("datePublished", "dateCreated", "uploadDate"):
        yield text_of(declared.article.get(key))
    yield from declared.metas_of(*_DATE_METAS)
    for node in (*_marked(tree), *islice(_article_times(tree), 1)):
        yield node.get("datetime") or node.get("content") or node.get("title") or node.text_content()[:60]


def _marked(tree: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    """Elements that markup names as the date of publication."""
    yield from (node for node in tree.iter() if "datePublished" in (node.get("itemprop") or ""))
    yield from (node for node in tree.iter("time") if node.get("pubdate") is not None)
    hatom = (node for node in tree.iter("time", "abbr") if "published" in (node.get("class") or "").split())
    yield from (node for node in hatom if not is_beside(node))


def _article_times(tree: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    """Machine-readable times in the article or on the page that do not say “updated”."""
    for scope in (tree.find(".//article"), tree.find(".//main"), tree):
        times = [node for node in scope.iter("time") if node.get("datetime")] if scope is not None else []
        here = [node for node in times if not is_beside(node)]
        yield from (node for node in here if not _says_updated(node))
        yield from here


# what is shown


def _date_of(node: lxml.html.HtmlElement, month_first: bool = False) -> str | None:
    """The date in a small element that says little else."""
    text = _own(node)
    when = parse_date(text, month_first=month_first) if _DIGIT.search(text) else None
    return when if when and _FULL.match(when) and _is_mostly_date(node) and not is_beside(node) else None


def _by_heading(tree: lxml.html.HtmlElement, title: str | None) -> list[lxml.html.HtmlElement]:
    """Small elements around the heading, the nearest first; below it counts as nearer than above it."""
    nodes = [node for node in tree.iter(etree.Element) if node.tag not in _WORDLESS]
    heading = _heading_at(nodes, title)
    if heading is None:
        return []
    below = _worded(nodes[heading + 1 :], _BELOW)
    above = _worded(reversed(nodes[:heading]), _ABOVE)
    ranked = [(at, node) for at, node in enumerate(below)] + [
        (2 * at + 2, node) for at, node in enumerate(above)
    ]
    return [node for _, node in sorted(ranked, key=lambda pair: pair[0])]


def _worded(nodes: Iterable[lxml.html.HtmlElement], number: int) -> list[lxml.html.HtmlElement]:
    few = (node for node in islice(nodes, 8 * number) if _own(node) and not _has_heading(node))
    return list(islice(few, number))


def _has_heading(node: lxml.html.HtmlElement) -> bool:
    return next(node.iter("h1", "h2", "h3"), None) is not None


def _named(tree: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    return islice((node for node in tree.iter(etree.Element) if _is_named(node) and _own(node)), 20)


def _heading_at(nodes: list[lxml.html.HtmlElement], title: str | None) -> int | None:
    """Where the headline stands, or else the first heading of first order."""
    headings = [at for at, node in enumerate(nodes) if node.tag in ("h1", "h2", "h3")]
    said = (at for at in headings if title and same_words(nodes[at].text_content(), title))
    first = (at for at in headings if nodes[at].tag == "h1")
    return next(said, None) or next(first, None)


def _own(node: lxml.html.HtmlElement) -> str:
    return "" if node.tag in _WORDLESS else short_text(node, 120)


def _is_named(node: lxml.html.HtmlElement) -> bool:
    return node.tag == "time" or bool(_DATE_NAMES.search(f"{node.get('class') or ''} {node.get('id') or ''}"))


def _is_mostly_date(node: lxml.html.HtmlElement) -> bool:
    """Not a sentence or a link that mentions a date."""
    return _letters(_own(node)) <= (25 if node.tag == "a" else 60)


def _letters(text: str) -> int:
    """A character of Chinese writing says more than a letter."""
    return sum(map(str.isalpha, text)) + len(_CJK.findall(text)) // 2


def _says_updated(node: lxml.html.HtmlElement) -> bool:
    parent = node.getparent()
    own = f"{node.get('class') or ''} {node.get('itemprop') or ''} {_own(node)}"
    before = (parent.text or "") if parent is not None and len(parent) < 4 else ""
    return any(map(_UPDATED.search, (own, before, _label_of(node))))


def _label_of(node: lxml.html.HtmlElement) -> str:
    """The words in front of an element that introduce it, e.g. “Page updated:”."""
    previous = node.getprevious()
    if previous is None or not isinstance(previous.tag, str):
        return ""
    label = _own(previous)
    introduces = label.endswith((":", "：")) or previous.tag in ("span", "b", "strong", "em", "dt", "label")
    return label if introduces and len(label) < 30 and not _DIGIT.search(label) else ""


# which day it was


def _as_read(stated: str, tree: lxml.html.HtmlElement, title: str | None, address: str | None) -> str:
    """A moment in UTC as the outlet writes it: with its own clock, or on the day of its address."""
    moment = _moment(stated)
    if moment is None or "T" not in stated or moment.utcoffset() not in (None, timedelta(0)):
        return stated
    universal = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if offset := _offset_shown(universal, tree, title):
        return (universal + offset).replace(tzinfo=None).isoformat() + _signed(offset)
    day = _of_address(address)
    return day if day and day != stated[:10] and moment.tzinfo and _is_neighbour(day, universal) else stated


def _offset_shown(moment: datetime, tree: lxml.html.HtmlElement, title: str | None) -> timedelta | None:
    """How far a clock by the heading, that must mean the same moment, is from UTC."""
    for node in _by_heading(tree, title):
        clock = _moment(_date_of(node) or "") if ":" in _own(node) and not _says_updated(node) else None
        if clock is None or clock.tzinfo:
            continue
        offset = clock - moment.replace(tzinfo=None, second=0)
        if offset % timedelta(minutes=15) == timedelta(0) and abs(offset) <= timedelta(hours=14):
            return offset
    return None


def _is_neighbour(day: str, moment: datetime) -> bool:
    """Whether it was this day somewhere on earth at the moment."""
    places = (moment + timedelta(hours=hours) for hours in (-12, 14))
    return day in {place.date().isoformat() for place in places}


def _signed(offset: timedelta) -> str:
    minutes = int(offset.total_seconds() // 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _of_address(address: str | None) -> str | None:
    """The date in a path such as ``/2024/03/05/``."""
    match = _IN_ADDRESS.search(urlsplit(address).path) if address else None
    if not match:
        return None
    year, _, month, day, compact_month, compact_day = match.groups()
    try:
        return date(int(year), int(month or compact_month), int(day or compact_day)).isoformat()
    except ValueError:
        return None


def _found(tree: lxml.html.HtmlElement, address: str | None, latest: str | None) -> str | None:
    """The library's guess, else the first date that stands by itself anywhere on the page.

    A bare year, which the library takes from copyright lines, is no guess.
    """
    from htmldate import find_date

    try:
        found = find_date(tree, url=address, original_date=True, extensive_search=False, max_date=latest)
    except (ValueError, TypeError, AttributeError, KeyError, OverflowError, RecursionError):
        found = None
    if found and not found.endswith("-01-01"):
        return found
    alone = (_date_of(node) for node in islice(tree.iter(etree.Element), _MOST) if _letters(_own(node)) <= 25)
    return next((when for when in alone if when and when[:10] <= (latest or when)), None)
