"""Where in a page a block stands: the elements around it, with what their names tell."""

import re
from functools import lru_cache

import lxml.html

# What authors of pages call their elements, by what it says of the words inside. Only whole words of
# a name count: “article-body” is content, “particle” is not.
NAMES = {
    "content": "article|content|entry|post|story|body|text|main|prose|markdown",
    "caption": "caption|credit|photo|image|img|figure|media|gallery|video|picture|slide",
    "author": "author|byline|bio|writer|profile|contributor|autor",
    "date": "date|time|meta|publish|posted|timestamp|info",
    "share": "share|sharing|social|follow|facebook|twitter|tools|print|action",
    "related": "related|recommend|more|also|next|prev|teaser|trending|popular|latest|suggest|readmore|linked|"
    "crosslink|promo|upsell|newsfeed|most",
    "box": "box|card|embed|callout|infobox|widget|module|panel|block|inset|pull|factbox|aside",
    "letter": "newsletter|subscri\\w*|signup|paywall|premium|cta|form|login|register|modal|popup|banner|cookie|"
    "consent|gdpr|donat\\w*|member\\w*|notice|alert|message|barrier|plus",
    "advert": "ad|advert\\w*|sponsor\\w*|dfp|outbrain|taboola|commercial|affiliate|shop|deal",
    "comment": "comment|disqus|reply|replies|discuss\\w*|respond|reader",
    "navigation": "nav|menu|breadcrumb|footer|sidebar|pagination|pager|toc|skip|header|topbar|toolbar",
    "tags": "tag|topic|categor\\w*|keyword|label|kicker|eyebrow|section",
    "legal": "copyright|disclaimer|legal|license|correction|rights",
    "lead": "lead|intro|summary|dek|standfirst|subtitle|subhead\\w*|abstract|excerpt|description|highlight|"
    "bullet|perex|vorspann|preamble|ingress",
    "hidden": "hidden|sr|visually|screen|invisible|hide|tooltip",
    "note": "footnote|endnote|reference|note|citation",
    "list": "list|item|grid|row|col|feed|result|collection",
    "forum": "message|thread|answer|question|reply|cooked|posts",
    "title": "title|headline|heading",
}
NAME_BITS = {name: 1 << index for index, name in enumerate(NAMES)}
TAGS = (
    "aside nav footer header figure form blockquote table li article section details figcaption main "
    "address dl dd"
).split()
TAG_BITS = {tag: 1 << index for index, tag in enumerate(TAGS)}

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|__")
_MEANINGS = [
    (NAME_BITS[name], re.compile(rf"(?:^|[\s_-])(?:{words})s?(?=$|[\s_-])", re.IGNORECASE))
    for name, words in NAMES.items()
]


class Place:
    """An element that holds blocks.

    Attributes:
        names: Bits of ``NAME_BITS`` that its class and id stand for.
        kind: Its tag and the first of its classes: elements a page makes alike have the same.
        total, linked, decided, told: Letters of the blocks inside: all, those in links, those
            of the decided text, those of whole sentences; filled in by ``features``.
    """

    __slots__ = ("decided", "depth", "kind", "linked", "names", "parent", "tag", "told", "total")

    def __init__(self, node: lxml.html.HtmlElement, tag: str, parent: "Place | None") -> None:
        classes, name = node.get("class") or "", node.get("id") or ""
        self.parent = parent
        self.tag = tag
        self.depth = parent.depth + 1 if parent else 0
        self.names = meanings(f"{classes} {name}") if classes or name else 0
        self.kind = f"{tag}.{classes.split(' ', 1)[0]}"
        self.total = self.linked = self.decided = self.told = 0.0


@lru_cache(maxsize=8192)
def meanings(names: str) -> int:
    """The bits of what class names and ids stand for."""
    apart = _HUMP.sub("-", names[:300])
    return sum(bit for bit, pattern in _MEANINGS if pattern.search(apart))
