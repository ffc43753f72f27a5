"""Query trees of filters: which values of a field are meant, and what an article has."""

from whoosh import query

from desktop.core.query_fields import CHOICES
from desktop.core.records import AnnotationKind
from desktop.search.leaves import (
    Anywhere,
    DateValue,
    ExactWord,
    LanguageValue,
    NameValue,
    OfArticles,
    PathValue,
    Value,
)
from desktop.search.nodes import Filter, Likeness, Period
from desktop.search.patterns import AnyValue, WildValue

_MARKS = tuple(kind.value for kind in AnnotationKind)


def period_tree(node: Period) -> query.Query:
    return DateValue("date" if node.field == "date" else "added", *node.dates)


def likeness_tree(node: Likeness) -> query.Query:
    """Records of other articles that have some of the words; the more, and the rarer, the better."""
    if not node.words:
        return query.NullQuery
    words = query.Or([Anywhere([ExactWord("text", word)]) for word in node.words])
    return query.AndNot(words, OfArticles(ExactWord("key", node.key)))


def filter_tree(node: Filter) -> query.Query:
    """Of a filter whose value was resolved."""
    if node.field == "has":
        return _having(node.value)
    if node.field == "is":
        field = next((name for name in ("read", "kind", "verdict") if node.value in CHOICES[name]), "")
        return filter_tree(Filter(field, node.value)) if field else query.Not(AnyValue("date"))
    if node.field == "kind" and node.value == "mark":
        return query.Or([Value("kind", kind) for kind in _MARKS])
    if node.field == "author":
        return query.And([Value("kind", "article"), _value("speaker", node.value)])
    return _value(node.field, node.value)


def _value(field: str, value: str) -> Value:
    if field in CHOICES:
        return Value(field, value)
    if "*" in value:
        return WildValue(field, value)
    kinds = {"tag": PathValue, "collection": PathValue, "lang": LanguageValue}
    return kinds.get(field, NameValue)(field, value)


def _having(what: str) -> query.Query:
    """Records that have something, themselves or through the marks of their article."""
    if what in ("tag", "date", "outlet", "collection"):
        return AnyValue(what)
    if what == "verdict":
        return OfArticles(AnyValue("verdict"))
    if what == "author":
        return OfArticles(query.And([Value("kind", "article"), AnyValue("speaker")]))
    marks = filter_tree(Filter("kind", "mark"))
    if what == "speaker":
        return OfArticles(query.And([marks, AnyValue("speaker")]))
    if what == "note":
        return OfArticles(query.Or([Value("kind", "note"), AnyValue("note")]))
    return OfArticles(marks if what == "mark" else Value("kind", what))
