"""Whether an element belongs to the article or to what stands around it: menus, comments, other articles."""

import re
from itertools import islice

import lxml.html

from desktop.importing.html.jsonld import one_line

_OUTSIDE = ("nav", "dialog", "figcaption", "select")
_WHOLE = ("body", "html", "main", "article")
# Whole class names, as layouts name themselves “right-sidebar” and texts “has-comments”.
_BESIDE = re.compile(
    r"(?:^|\s)(?!(?:has|hasnt|with|no|is|not|show|open)[_-])(?:sidebar|copyright|(?:[\w-]*[_-])?(?:\w{0,8}comments?|"
    r"commentlist|respond|related|recommend\w*|teasers?|popular|most-?read|tweets?|promo)"
    r"(?:[_-](?:list|author|body|meta|posts?|articles?|items?|link|box|content|area|wrapper|form|info|text|date|time))*)"
    r"(?=\s|$)",
    re.IGNORECASE,
)
_LEVELS, _SMALL = 12, 24


def short_text(node: lxml.html.HtmlElement, longest: int) -> str:
    """The words of a small element as one line, neighbours parted; empty where it holds more.

    Only small elements are looked into, so that a walk over all of them stays linear.
    """
    if sum(1 for _ in islice(node.iterdescendants(), _SMALL)) == _SMALL:
        return ""
    text = one_line(" ".join(node.itertext()))
    return text if len(text) <= longest else ""


def is_beside(node: lxml.html.HtmlElement) -> bool:
    """In a menu, a comment or a list of other articles; the foot of the article itself is not."""
    line = [node, *islice(node.iterancestors(), _LEVELS)]
    inside = next((at for at, above in enumerate(line) if above.tag in ("article", "main")), 0)
    return any(_is_outer(above, at >= inside) for at, above in enumerate(line))


def _is_outer(node: lxml.html.HtmlElement, around_article: bool) -> bool:
    if node.tag in _WHOLE:
        return False
    if node.tag in _OUTSIDE or (node.tag in ("footer", "aside") and around_article):
        return True
    if node.tag == "form":  # some servers wrap the whole page in one
        return node.find(".//h1") is None
    return bool(_BESIDE.search(f"{node.get('class') or ''} {node.get('id') or ''}"))
