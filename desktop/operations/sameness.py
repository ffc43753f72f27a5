"""Whether two things are captures of one article: by what names them, and by what they say.

An address or an identifier alone does not settle it. A template may give one address for all its
pages, an ISBN is that of every chapter of a volume, and a supplement has the DOI of its article.
"""

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from desktop.core.document import Metadata

_TRACKING = ("utm_", "fbclid", "gclid", "yclid", "mc_cid", "mc_eid", "igshid", "_openstat")
_OF_A_WHOLE = ("urn:isbn:", "urn:issn:")  # its parts have titles of their own
_PASSAGE = 12  # letters that two texts have in common by chance hardly ever
_ALIKE = 0.1  # of the shorter text's passages that stand in the other, too
_READ = 60_000  # letters of a text that are compared
_TITLE = 8  # letters of a title that another one may begin with


def names_an_article(url: str, extractor: str) -> bool:
    """Whether the same address means the same article.

    Not a site's front page, which templates give as the address of everything, and not an address
    that merely stands in a text: several notes may name one source.
    """
    try:
        parts = urlsplit(url)
    except ValueError:  # a record may give anything for its address
        return False
    return not extractor.startswith("text/") and (len(parts.path) > 1 or bool(parts.query))


def same_addresses(url: str) -> Iterator[str]:
    """The address, and those that lists and pages write for the same one.

    With the other scheme, with and without a slash at the end, without what only tracks the reader or
    leads to a place on the page.
    """
    parts = urlsplit(url)
    query = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True)
             if not key.lower().startswith(_TRACKING)]  # fmt: skip
    queries = dict.fromkeys((parts.query, urlencode(query)))
    fragments = dict.fromkeys((parts.fragment, parts.fragment if parts.fragment[:1] in ("!", "/") else ""))
    paths = dict.fromkeys((parts.path, parts.path.removesuffix("/") or "/", parts.path.rstrip("/") + "/"))
    other = {"http": "https", "https": "http"}.get(parts.scheme, parts.scheme)
    yield url
    for scheme in dict.fromkeys((parts.scheme, other)):
        for fragment in fragments:
            for known in queries:
                yield from (urlunsplit((scheme, parts.netloc, path, known, fragment)) for path in paths)


def tracked_beginnings(url: str) -> set[str]:
    """How the same address begins where a list has added what only tracks the reader."""
    plain = [one for one in same_addresses(url) if "#" not in one]
    return {f"{one}{'&' if '?' in one else '?'}{name}" for one in plain for name in _TRACKING}


def is_same_address(one: str, other: str) -> bool:
    return not set(same_addresses(one)).isdisjoint(same_addresses(other))


def names_a_whole(identifier: str | None) -> bool:
    """Its parts, with titles of their own, are named by it as well."""
    return identifier is not None and identifier.startswith(_OF_A_WHOLE)


def titles_agree(one: Metadata, other: Metadata) -> bool:
    """Whether the titles are the same, or one begins the other."""
    first, second = sorted((letters(one.title or ""), letters(other.title or "")), key=len)
    return first == second or (len(first) >= _TITLE and second.startswith(first))


def texts_agree(one: str, other: str) -> bool:
    """Whether two texts have anything to do with each other."""
    first, second = _passages(one), _passages(other)
    shared = len(first & second)
    return not first or not second or shared >= _ALIKE * min(len(first), len(second))


def letters(text: str) -> str:
    """Its letters and digits alone, without case."""
    return "".join(filter(str.isalnum, text)).casefold()


def _passages(text: str) -> set[str]:
    plain = letters(text[:_READ])
    return {plain[at : at + _PASSAGE] for at in range(len(plain) - _PASSAGE + 1)}
