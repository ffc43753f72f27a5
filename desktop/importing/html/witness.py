"""What a page says of itself to machines that bears on which of its words are the article."""

import html
import json
import re
from enum import StrEnum

_BODY = re.compile(r'"articleBody"\s*:\s*("(?:[^"\\]|\\.){200,400000}")', re.DOTALL)
_TAG = re.compile(r"<[^<>]{1,2000}>")
_ARTICLE = re.compile(
    r'"@type"\s*:\s*\[?\s*"(?:\w*Article|BlogPosting|Report)"|property=["\']?og:type["\']?\s+content=["\']?article',
    re.IGNORECASE,
)
_THREAD = re.compile(
    r'"@type"\s*:\s*\[?\s*"(?:DiscussionForumPosting|QAPage)"|schema\.org/(?:DiscussionForumPosting|QAPage)|'
    r'name=["\']?generator["\']?\s+content=["\']?(?:discourse|vbulletin|phpbb|xenforo|mybb|flarum|nodebb|smf)|'
    r"(?:powered by|id=[\"']?)\s*(?:phpbb|vbulletin|xenforo|mybb|simplemachines|invision)",
    re.IGNORECASE,
)


class Sort(StrEnum):
    """What sort of page it declares to be."""

    ARTICLE = "article"
    THREAD = "thread"
    OTHER = "other"


def sort_of(markup: str) -> Sort:
    if _THREAD.search(markup):
        return Sort.THREAD
    return Sort.ARTICLE if _ARTICLE.search(markup) else Sort.OTHER


def told_body(markup: str) -> str:
    """The longest ``articleBody`` of the page's JSON-LD, without tags; empty where there is none."""
    if '"articleBody"' not in markup:
        return ""
    return max((_plain(match[1]) for match in _BODY.finditer(markup)), key=len, default="")


def _plain(quoted: str) -> str:
    try:
        text = json.loads(quoted, strict=False)
    except ValueError:
        return ""
    return html.unescape(_TAG.sub(" ", html.unescape(text)))
