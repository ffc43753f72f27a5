"""Who wrote it, when, where and in which language: what a page declares first, then what it shows."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import lxml.html

from desktop.core.document import Metadata
from desktop.importing.dates import parse_date
from desktop.importing.html.bylines import byline
from desktop.importing.html.declared import Declared, declared_in
from desktop.importing.html.headlines import headline
from desktop.importing.html.jsonld import text_of

_DATE_NAMES = re.compile(r"date|time|publish|posted|pub[-_]", re.IGNORECASE)
_DATE_METAS = (
    "article:published_time", "og:published_time", "datepublished", "citation_publication_date",
    "citation_date", "citation_online_date", "dc.date.issued", "dcterms.issued", "dcterms.created",
    "dc.date", "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date",
    "publish_date", "publication_date", "article_date_original", "cxenseparse:recs:publishtime", "date",
)  # fmt: skip


def read_metadata(tree: lxml.html.HtmlElement, markup: str, address: str | None = None) -> Metadata:
    """Everything known about the page.

    Args:
        address: Where it came from, if the caller knows; the page's own canonical address is preferred.
    """
    declared = declared_in(tree, markup, address)
    url = _address(declared, address)
    publisher = _publisher(declared)
    title = headline(tree, declared, url)
    date, guessed = _date(tree, declared, url)
    return Metadata(
        title=title,
        byline=byline(tree, declared, publisher),
        publisher=publisher or _host(url),
        published_at=date,
        date_is_guess=guessed,
        language=_language(tree, declared),
        url=url,
        description=declared.meta("og:description", "description", "twitter:description", "dc.description"),
    )


# where


def _address(declared: Declared, given: str | None) -> str | None:
    known = declared.saved_from or given
    candidates = [declared.canonical, declared.meta("og:url"), text_of(declared.article.get("url")), known]
    whole = [_absolute(candidate, known) for candidate in candidates]
    found = [url for url in whole if url]
    # A canonical address that names only the host is a template's mistake where a better one is known.
    return next((url for url in found if len(urlsplit(url).path) > 1), found[0] if found else None)


def _absolute(address: str | None, base: str | None) -> str | None:
    try:
        whole = urljoin(base or "", (address or "").strip())
        parts = urlsplit(whole)
    except ValueError:
        return None
    return whole if parts.scheme in ("http", "https") and parts.netloc else None


def _host(url: str | None) -> str | None:
    host = urlsplit(url).hostname if url else None
    return host.removeprefix("www.") if host else None


def _publisher(declared: Declared) -> str | None:
    named = declared.meta("og:site_name") or text_of(declared.article.get("publisher"))
    other = declared.meta("citation_journal_title", "dc.publisher", "dcterms.publisher", "application-name")
    name = named or other
    return name if name and not name.startswith("http") else None


# when


def _date(tree: lxml.html.HtmlElement, declared: Declared, url: str | None) -> tuple[str | None, bool]:
    """The date, and whether it is a guess."""
    stated = [text_of(declared.article.get(key)) for key in ("datePublished", "dateCreated", "uploadDate")]
    stated.append(declared.meta(*_DATE_METAS))
    for text in (*stated, *_times(tree)):
        if text and (date := parse_date(text)):
            return date, False
    shown = next((date for text in _dated_lines(tree) if (date := parse_date(text))), None)
    return (shown, True) if shown else (_found_date(tree, url), True)


def _times(tree: lxml.html.HtmlElement) -> Iterator[str]:
    """Machine-readable dates in the page, those marked as the publication first."""
    marked = [node for node in tree.iter() if "datePublished" in (node.get("itemprop") or "")]
    marked += [node for node in tree.iter("time") if node.get("pubdate") is not None]
    for node in [*marked, *_article_times(tree)]:
        yield node.get("datetime") or node.get("content") or node.text_content()[:60]


def _article_times(tree: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    for scope in (tree.find(".//article"), tree.find(".//main"), tree):
        if scope is not None and (times := [node for node in scope.iter("time") if node.get("datetime")]):
            yield times[0]
            return


def _dated_lines(tree: lxml.html.HtmlElement) -> Iterator[str]:
    """Short texts of elements that are named after a date."""
    count = 0
    for node in tree.iter("span", "div", "p", "li", "time", "td", "small", "em", "i"):
        names = f"{node.get('class') or ''} {node.get('id') or ''}"
        if len(names) > 3 and _DATE_NAMES.search(names):
            text = " ".join(node.text_content().split())
            if 5 < len(text) < 80 and (count := count + 1) <= 10:
                yield text


def _found_date(tree: lxml.html.HtmlElement, url: str | None) -> str | None:
    """The library's guess, from the address and the text."""
    from htmldate import find_date

    try:
        return find_date(tree, url=url, original_date=True, extensive_search=True) or None
    except (ValueError, TypeError, AttributeError, KeyError, OverflowError, RecursionError):
        return None


# in which language


def _language(tree: lxml.html.HtmlElement, declared: Declared) -> str | None:
    stated = (
        tree.get("lang")
        or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
        or text_of(declared.article.get("inLanguage"))
        or declared.meta("content-language", "og:locale", "dc.language", "language")
    )
    code = re.match(r"[A-Za-z]{2,3}(?=$|[-_])", (stated or "").strip())
    return code[0].lower() if code else None
