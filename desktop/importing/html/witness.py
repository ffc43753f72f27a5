"""What a page says of itself to machines that bears on which of its words are the article."""

import html
import json
import re
from enum import StrEnum

import lxml.html

_BODY = re.compile(r'"articleBody"\s*:\s*("(?:[^"\\]|\\.){200,400000}")', re.DOTALL)
_TAG = re.compile(r"<[^<>]{1,2000}>")
_TYPE = re.compile(r'"@type"\s*:\s*\[?\s*"(\w+)"')
_ARTICLES = re.compile(r"\w*Article|BlogPosting|Report")
_THREADS = re.compile(r"DiscussionForumPosting|QAPage")
_ENGINES = re.compile(r"discourse|vbulletin|phpbb|xenforo|mybb|flarum|nodebb|smf|invision", re.IGNORECASE)


class Sort(StrEnum):
    """What sort of page it declares to be."""

    ARTICLE = "article"
    THREAD = "thread"
    OTHER = "other"


def sort_of(tree: lxml.html.HtmlElement) -> Sort:
    metas = {
        (node.get("property") or node.get("name") or "").lower(): node.get("content") or ""
        for node in tree.iter("meta")
    }
    types = [
        name
        for script in tree.iter("script")
        if "ld+json" in (script.get("type") or "")
        for name in _TYPE.findall(script.text or "")
    ]
    body = tree.find("body")
    engine = f"{metas.get('generator', '')} {body.get('id') if body is not None else ''}"
    if any(map(_THREADS.fullmatch, types)) or _ENGINES.search(engine):
        return Sort.THREAD
    article = metas.get("og:type", "").lower() == "article" or any(map(_ARTICLES.fullmatch, types))
    return Sort.ARTICLE if article else Sort.OTHER


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
