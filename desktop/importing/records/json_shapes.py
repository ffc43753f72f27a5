"""Which JSON is an export that a reader of this package knows, by its keys."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

_LOOKED_AT = 20  # items of a list
CSL_TYPES = frozenset(
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic "
    "collection dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing "
    "interview legal_case legislation manuscript map motion_picture musical_score pamphlet "
    "paper-conference patent performance periodical personal_communication post post-weblog regulation "
    "report review review-book software song speech standard thesis treaty webpage".split()
)
# Lists of flat objects: the keys that every one of a list has. The first that fits counts.
LISTS: Mapping[str, frozenset[str]] = {
    "omnivore": frozenset({"slug", "savedAt", "url"}),
    "wallabag": frozenset({"is_archived", "is_starred", "url"}),
    "wallabag 1": frozenset({"is_read", "is_fav", "url"}),
    "pocket": frozenset({"highlights", "url", "title"}),
    "pinboard": frozenset({"href", "description", "extended"}),
    "delicious": frozenset({"url", "title", "tags", "created", "owner"}),
    "elcurator": frozenset({"url", "title", "is_saved", "created_at"}),
}


def module_of(value: Any) -> str | None:
    """The module that reads a JSON value; None where it is no export that we know."""
    if isinstance(value, dict):
        return next((module for module, shape in _OBJECTS if shape(value)), None)
    items = value[:_LOOKED_AT] if isinstance(value, list) else []
    if not items or not all(isinstance(item, dict) for item in items):
        return None
    return next((module for module, shape in _ITEMS if all(shape(item) for item in items)), None)


def list_of(items: Iterable[Mapping[str, Any]]) -> str | None:
    """Which of ``LISTS`` the objects belong to."""
    keys = [item.keys() for item in items]
    return next((name for name, needed in LISTS.items() if keys and all(needed <= one for one in keys)), None)


def _has(*keys: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda item: all(key in item for key in keys)


def _is_annotation(item: Mapping[str, Any]) -> bool:
    """By its context or its type, whatever else is wrong with it: what is wrong is to be said."""
    types = item.get("type", item.get("@type"))
    named = types if isinstance(types, list) else [types]
    if any(isinstance(one, str) and one.rpartition(":")[2] in _ANNOTATION_TYPES for one in named):
        return "target" in item or "@context" in item or "items" in item or "first" in item
    return "www.w3.org/ns/anno" in str(item.get("@context", ""))[:2000]


_ANNOTATION_TYPES = ("Annotation", "AnnotationPage", "AnnotationCollection")


def _is_hypothesis(item: Mapping[str, Any]) -> bool:
    return "uri" in item and isinstance(item.get("target"), list) and ("user" in item or "group" in item)


def _is_zotero(item: Mapping[str, Any]) -> bool:
    data = item.get("data")
    return isinstance(item.get("itemType"), str) or (isinstance(data, dict) and "itemType" in data)


def _is_csl(item: Mapping[str, Any]) -> bool:
    return str(item.get("type")) in CSL_TYPES and bool(
        item.keys() & {"title", "author", "issued", "container-title", "DOI", "URL", "editor", "citation-key"}
    )


def _is_reader_mark(item: Mapping[str, Any]) -> bool:
    """An annotation as Zotero's reader keeps it."""
    return "position" in item and "type" in item and bool(item.keys() & {"sortIndex", "pageLabel"})


def _is_calibre_mark(item: Mapping[str, Any]) -> bool:
    mark = item.get("annotation", item)
    return isinstance(mark, dict) and mark.get("type") in ("highlight", "bookmark", "last-read") and bool(
        mark.keys() & {"highlighted_text", "start_cfi", "pos_type", "spine_name", "epubcfi"}
    )  # fmt: skip


def _is_readwise_book(item: Mapping[str, Any]) -> bool:
    marks = item.get("highlights")
    book = item.keys() & {"user_book_id", "readable_title", "book_tags"}
    document = item.keys() >= {"source_url", "reading_progress"} or item.keys() >= {"source_url", "parent_id"}
    return (isinstance(marks, list) and bool(book)) or document


def _each(items: Any, shape: Callable[[Mapping[str, Any]], bool]) -> bool:
    """A list that is not empty, and all of whose objects have a shape."""
    some = items[:_LOOKED_AT] if isinstance(items, list) else []
    return bool(some) and all(isinstance(item, dict) and shape(item) for item in some)


def _is_zotero_file(value: Mapping[str, Any]) -> bool:
    if _each(value.get("items"), _is_zotero):
        return True
    some = list(value.values())[:_LOOKED_AT]
    return _is_zotero(value) or _each(some, _is_zotero)


_OBJECTS: tuple[tuple[str, Callable[[Mapping[str, Any]], bool]], ...] = (
    ("webannotation", _is_annotation),
    ("hypothesis", lambda value: _each(value.get("rows"), _is_hypothesis)),
    ("hypothesis", lambda value: _each(value.get("annotations"), _is_hypothesis)),
    ("hypothesis", _is_hypothesis),
    ("calibre", lambda value: value.get("type") == "calibre_annotation_collection"),
    ("browser_bookmarks", lambda value: value.get("type") == "text/x-moz-place-container"),
    (
        "browser_bookmarks",
        lambda value: isinstance(value.get("roots"), dict) and "bookmark_bar" in value["roots"],
    ),
    ("lists", lambda value: _each(value.get("bookmarks"), _has("article__url"))),
    ("karakeep", lambda value: _each(value.get("bookmarks"), _has("createdAt", "content"))),
    ("readwise", lambda value: _each(value.get("results"), _is_readwise_book)),
    ("zotero_json", _is_zotero_file),
    ("csl", lambda value: _each(value.get("items"), _is_csl)),
    ("csl", _is_csl),
    ("csl", lambda value: _each(list(value.values()), _is_csl)),
    ("zotero_marks", lambda value: _each(value.get("annotations"), _is_reader_mark)),
    ("calibre", lambda value: _each(value.get("annotations"), _is_calibre_mark)),
)
_ITEMS: tuple[tuple[str, Callable[[Mapping[str, Any]], bool]], ...] = (
    ("webannotation", _is_annotation),
    ("hypothesis", _is_hypothesis),
    ("zotero_marks", _is_reader_mark),
    ("calibre", _is_calibre_mark),
    ("zotero_json", _is_zotero),
    ("readwise", _is_readwise_book),
    ("lists", lambda item: list_of([item]) is not None),
    ("csl", _is_csl),
)
