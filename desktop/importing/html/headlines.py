"""What a page is called: the headline that it declares or shows, without the outlet's name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

import lxml.html

from desktop.importing.html.declared import Declared
from desktop.importing.html.jsonld import one_line, text_of
from desktop.importing.html.surroundings import is_beside
from desktop.importing.reading import same_words, squeezed

_TITLE_METAS = (
    "og:title", "citation_title", "dc.title", "dcterms.title", "dc:title", "parsely-title",
    "sailthru.title", "twitter:title", "title",
)  # fmt: skip
_SITE_METAS = ("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher")
_SEPARATORS = re.compile(
    r"\s+(?:[|¦•·»«›‹←/:]|\|\||::)\s+|\s*[｜：]\s*|\s+[–—-]\s+|:\s+|"
    r"(?<=[」』）\u3040-\u9fff]):|_|\s+@\s+| ･ |、"
)
_BARS = re.compile(r"\s+[|–—-]\s+")
_EDGES = " \t|¦–—-•·»«›‹←:：｜_/,"
_NAMEPLATE = re.compile(r"logo|site-?title|site-?name|masthead|nameplate", re.IGNORECASE)
_CUT_OFF = re.compile(r"\s*(?:\.\.\.|…)$")
_PILCROW = re.compile(r"\s*[¶#§🔗]+$")
_HOME = re.compile(r"(?:https?:)?//[^/?#]+/?|\.?/(?:index\.\w+)?|index\.\w+")
_WORD = re.compile(r"\w+")
_MANY, _LONGEST = 30, 500


@dataclass(frozen=True, slots=True)
class _Heading:
    text: str
    level: int
    leads_home: bool
    marked: bool


def headline(tree: lxml.html.HtmlElement, declared: Declared, address: str | None = None) -> str | None:
    """The title of the text on the page, or None where nothing looks like one.

    Trust goes from what is declared for machines to what is shown: JSON-LD, Open Graph and its kin,
    ``<title>``; a heading that repeats one of these is the headline itself, in its own spelling.
    """
    headings = _headings(tree)
    site = _Site(declared, address, headings)
    shown = [heading for heading in headings if not heading.leads_home and not site.is_called(heading.text)]
    claims = [site.without(text[:_LONGEST]) for text in declared.metas_of(*_TITLE_METAS)[:_MANY]]
    tag = site.without(declared.title)
    stated = site.without((text_of(declared.article.get("headline")) or "")[:_LONGEST])
    marked = next((heading.text for heading in shown if heading.marked and _says(heading, claims[:1])), None)
    if stated and not _is_for_machines(stated, tag, shown, claims[:1]):
        return marked or _whole(stated, [*(heading.text for heading in shown), *claims, tag])
    repeated = (
        next((heading.text for heading in shown if _says(heading, [tag])), None) if not stated else None
    )
    best = next((text for text in (*claims, tag) if text), declared.title)
    found = marked or repeated or _confirmed(shown, best) or best
    return found or next((heading.text for heading in shown if heading.level == 1), None)


def _is_for_machines(stated: str, tag: str, shown: Iterable[_Heading], shared: list[str]) -> bool:
    """A JSON-LD headline that only repeats ``<title>``, where the page shows and shares another."""
    return same_words(stated, tag) and any(_says(heading, shared) for heading in shown)


# what the page shows


def _headings(tree: lxml.html.HtmlElement) -> list[_Heading]:
    """The headings of the page, those of the first order first, without menus and columns beside the text."""
    found: list[_Heading] = []
    for level in range(1, 5):
        nodes = [node for node in tree.iter(f"h{level}") if not _is_elsewhere(node)][:_MANY]
        texts = [(node, _PILCROW.sub("", one_line(node.text_content()))) for node in nodes]
        found += [
            _Heading(text, level, _leads_home(node), node.get("itemprop") == "headline")
            for node, text in texts
            if 3 < len(text) < 300
        ]
    return found


def _leads_home(node: lxml.html.HtmlElement) -> bool:
    return any(_HOME.fullmatch((link.get("href") or "").strip()) for link in node.iter("a"))


def _is_elsewhere(node: lxml.html.HtmlElement) -> bool:
    return bool(_NAMEPLATE.search(f"{node.get('class') or ''} {node.get('id') or ''}")) or is_beside(node)


def _says(heading: _Heading, claims: Iterable[str]) -> bool:
    return any(same_words(heading.text, claim) for claim in claims)


def _whole(stated: str, others: Iterable[str]) -> str:
    """Some declarations are cut after a number of letters; another may have the rest."""
    if not _CUT_OFF.search(stated):
        return stated
    start = squeezed(_CUT_OFF.sub("", stated))
    return next(
        (text for text in others if squeezed(text).startswith(start) and len(text) > len(stated)), stated
    )


def _confirmed(shown: Iterable[_Heading], claim: str) -> str | None:
    """The heading that says what is claimed: whole, for the greater part, or in nearly the same words."""
    said = (
        heading.text
        for heading in shown
        if _mostly(squeezed(heading.text), squeezed(claim), 0.5 if heading.level == 1 else 0.75)
    )
    reworded = (heading.text for heading in shown if heading.level == 1 and _rewords(heading.text, claim))
    return next(said, None) or next(reworded, None)


def _mostly(one: str, other: str, share: float) -> bool:
    short, long = sorted((one, other), key=len)
    return bool(short) and (
        short == long or (len(short) > 8 and short in long and len(short) >= share * len(long))
    )


def _rewords(heading: str, claim: str) -> bool:
    one, other = set(_WORD.findall(heading.lower())), set(_WORD.findall(claim.lower()))
    fewer = min(len(one), len(other))
    return fewer >= 5 and len(one & other) >= 0.7 * fewer


# what the outlet is called


class _Site:
    """The names by which a title may mention the outlet."""

    def __init__(self, declared: Declared, address: str | None, headings: Iterable[_Heading]) -> None:
        host = (urlsplit(address).hostname or "") if address else ""
        stated = [*declared.metas_of(*_SITE_METAS), text_of(declared.article.get("publisher")) or ""]
        stated += [heading.text for heading in headings if heading.leads_home]
        self._names = {squeezed(name) for name in stated if len(squeezed(name)) > 1}
        self._host = squeezed(re.sub(r"^(?:www|m|amp)\.", "", host))
        self._labels = {squeezed(label) for label in host.split(".")[:-1] if len(label) > 2} - {"www"}
        self._shown = {squeezed(heading.text) for heading in headings}

    def is_called(self, text: str) -> bool:
        """Whether these words are the outlet's name, or hold it and little else."""
        one = squeezed(text)
        if not one:
            return False
        if one in self._names or one in self._labels or one == self._host:
            return True
        if any(len(name) > 3 and name in one and len(name) * 10 > len(one) * 7 for name in self._names):
            return True
        ascii_name = len(one) > 2 and one.isascii()
        return ascii_name and (
            any(one in name for name in self._names) or (one in self._host and len(one) > 3)
        )

    def _is_named_after(self, part: str) -> bool:
        """A few words that hold the name of the host, or that it abbreviates."""
        words = re.findall(r"\w+", part)
        initials = "".join(word[0] for word in words if word[0].isupper()).lower()
        long = {word.lower() for word in words if len(word) > 4}
        return len(words) <= 6 and bool(self._labels & (long | ({initials} if len(initials) > 2 else set())))

    def without(self, title: str) -> str:
        """The title without the outlet's name behind or before a bar, a dash or a colon."""
        kept, cut = title, False
        for _ in range(3):
            part = next((part for part in _outer_parts(kept) if self.is_called(part)), None)
            part = part or next((part for part in _last_part(kept) if self._is_named_after(part)), None)
            if part is None:
                break
            rest = kept.removesuffix(part) if kept.endswith(part) else kept.removeprefix(part)
            if not self._is_title(rest := rest.strip(_EDGES)):
                break
            kept, cut = rest, True
        return _without_section(kept) if cut else kept

    def _is_title(self, rest: str) -> bool:
        """More than a word, or a word that is the page's own heading."""
        return (
            len(rest.split()) > 1 or (len(rest) > 5 and not rest.isascii()) or squeezed(rest) in self._shown
        )


def _outer_parts(title: str) -> list[str]:
    """What stands behind the last and before the first separator, the longest readings first."""
    marks = list(islice(_SEPARATORS.finditer(title[:_LONGEST]), _MANY))
    return [title[mark.end() :] for mark in marks] + [title[: mark.start()] for mark in reversed(marks)]


def _last_part(title: str) -> list[str]:
    """What stands behind the last bar or dash."""
    return _BARS.split(title)[1:][-1:]


def _without_section(title: str) -> str:
    """“Headline | World” leaves the section too, once the outlet behind it has gone."""
    head, mark, tail = title.rpartition(" | ")
    return head.strip() if mark and len(tail.split()) <= 3 and len(head.split()) >= 4 else title
