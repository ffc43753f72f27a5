"""Who wrote it, when, where and in which language: what a page declares first, then what it shows."""

import re
from urllib.parse import urljoin, urlsplit

import lxml.html

from desktop.core.document import Metadata
from desktop.importing.html.bylines import byline
from desktop.importing.html.declared import Declared, declared_in
from desktop.importing.html.headlines import headline
from desktop.importing.html.jsonld import text_of
from desktop.importing.html.published import published
from desktop.importing.reading import same_words


def read_metadata(tree: lxml.html.HtmlElement, markup: str, address: str | None = None) -> Metadata:
    """Everything known about the page.

    Args:
        address: Where it came from, if the caller knows; the page's own canonical address is preferred.
    """
    declared = declared_in(tree, markup, address)
    url = _address(declared, address)
    publisher = _publisher(declared)
    title = headline(tree, declared, url)
    date, guessed = published(tree, declared, url, title)
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
    described = (text_of(declared.article.get(key)) for key in ("url", "mainEntityOfPage", "@id"))
    candidates = [declared.canonical, declared.meta("og:url"), *described, known]
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
    """The outlet's name; neither an address, a placeholder that was not filled in, nor the title again."""
    names = [
        *declared.metas_of("og:site_name"),
        text_of(declared.article.get("publisher")),
        *declared.metas_of("citation_journal_title", "dc.publisher", "dcterms.publisher", "application-name"),
    ]
    titles = (declared.title, declared.meta("og:title") or "")
    return next((name for name in names if name and _is_outlet_name(name, titles)), None)


def _is_outlet_name(name: str, titles: tuple[str, ...]) -> bool:
    return (
        not name.startswith("http") and "{" not in name and not any(same_words(name, one) for one in titles)
    )


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
