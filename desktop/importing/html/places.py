"""Where in a page a block stands: the elements around it, with what their names tell."""

import re
from functools import lru_cache

import lxml.html

from desktop.importing.html.lexicon import Lexicon, words_in

# What authors of pages call their elements, by what it says of the words inside. Only whole words of
# a name count: “article-body” is content, “particle” is not.
_LEXICON = Lexicon(
    {
        "content": "article articles content contents entry post story body text main prose markdown",
        "caption": "caption captions credit credits photo image images img figure media gallery video "
        "picture slide",
        "author": "author authors byline bio writer profile contributor contributors autor",
        "date": "date time meta publish* posted timestamp info",
        "share": "share sharing social follow facebook twitter tools print action actions",
        "related": """related recommend* more also next prev teaser teasers trending popular latest
        suggest* readmore
        linked crosslink* promo promos upsell newsfeed most""",
        "box": """box card cards embed* callout infobox widget widgets module panel block inset pull
        pullquote factbox
        aside""",
        "letter": """newsletter* subscri* signup paywall premium cta form login register modal popup
        banner cookie
        cookies consent gdpr donat* member* notice alert message barrier plus""",
        "advert": "ad ads advert* sponsor* dfp outbrain taboola commercial affiliate shop deal deals",
        "comment": "comment comments disqus reply replies discuss* respond reader readers",
        "navigation": """nav navbar navigation menu breadcrumb breadcrumbs footer sidebar pagination
        pager toc skip header
        topbar toolbar""",
        "tags": "tag tags topic topics categor* keyword keywords label labels kicker eyebrow section",
        "legal": "copyright disclaimer legal license correction corrections rights",
        "lead": """lead intro summary dek standfirst subtitle subhead* abstract excerpt description
        highlight highlights
        bullet bullets perex vorspann preamble ingress""",
        "hidden": "hidden sr visually screen invisible hide tooltip",
        "note": "footnote footnotes endnote endnotes reference references note notes citation citations",
        "list": "list item items grid row col feed result results collection",
        "forum": "message messages thread answer answers question questions cooked posts",
        "title": "title headline heading",
        "apart": """nav navigation menu footer sidebar breadcrumb breadcrumbs share sharing social
        comment comments
        disqus related recommend* promo advert* ad ads banner newsletter subscribe subscription cookie*
        popup modal
        tags taglist pagination pager outbrain taboola""",
    }
)
NAMES = _LEXICON.names
NAME_BITS = {name: 1 << index for index, name in enumerate(NAMES)}
TAGS = (
    "aside nav footer header figure form blockquote table li article section details figcaption main "
    "address dl dd"
).split()
TAG_BITS = {tag: 1 << index for index, tag in enumerate(TAGS)}
_APART = frozenset("nav aside footer form menu dialog".split())
_NAMEABLE = frozenset("div section ul ol p header".split())
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class Place:
    """An element that holds blocks.

    Attributes:
        names: Bits of ``NAME_BITS`` that its class and id stand for.
        kind: Its tag and the first of its classes: elements a page makes alike have the same.
        named_apart: It stands beside the article, by its kind or by how it is named.
        apart: It or one around it does; not where ``features`` finds that it holds most of the page.
        total, linked, decided, told: Letters of the blocks inside: all, those in links, those
            of the decided text, those of whole sentences; filled in by ``features``.
        own, around, within, group, inside: What ``features`` makes of the elements around.
    """

    __slots__ = (
        "apart", "around", "decided", "depth", "group", "inside", "kind", "linked", "named_apart",
        "names", "own", "parent",
        "tag", "told", "total", "within",
    )  # fmt: skip

    def __init__(self, node: lxml.html.HtmlElement, tag: str, parent: "Place | None") -> None:
        classes, name = node.get("class"), node.get("id")
        self.parent = parent
        self.tag = tag
        self.depth: int = parent.depth + 1 if parent else 0
        self.names = meanings(f"{classes or ''} {name or ''}") if classes or name else 0
        self.kind = f"{tag}.{classes.split(' ', 1)[0]}" if classes else tag
        self.named_apart = tag in _APART or (tag in _NAMEABLE and bool(self.names & NAME_BITS["apart"]))
        self.apart: bool = self.named_apart or (parent is not None and parent.apart)
        self.total = self.linked = self.decided = self.told = 0.0
        self.own = self.around = self.within = self.inside = 0
        self.group = self


def is_comment(place: Place | None) -> bool:
    """Whether readers' comments are what the element holds, by its name or that of one around it."""
    while place is not None:
        if place.names & NAME_BITS["comment"]:
            return True
        place = place.parent
    return False


@lru_cache(maxsize=8192)
def meanings(names: str) -> int:
    """The bits of what class names and ids stand for."""
    return _LEXICON.bits(words_in(_HUMP.sub("-", names[:300])))
