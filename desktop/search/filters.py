"""Query trees of filters: which values of a field are meant, and what an article has."""

from whoosh import query

from desktop.core.query_fields import CHOICES
from desktop.core.records import AnnotationKind
from desktop.search.cjk import is_cjk
from desktop.search.leaves import (
    Anywhere,
    AtLeast,
    DateValue,
    ExactWord,
    LanguageValue,
    NameValue,
    OfArticles,
    PathValue,
    Value,
    WordForms,
)
from desktop.search.nodes import Filter, Likeness, Period
from desktop.search.patterns import AnyValue, WildValue

# Hundredths of the words of a record that another one must have to be like it.
_ALIKE = 20
_MARKS = tuple(kind.value for kind in AnnotationKind)


def period_tree(node: Period) -> query.Query:
    return DateValue("date" if node.field == "date" else "added", *node.dates)


def likeness_tree(node: Likeness) -> query.Query:
    """Records of other articles with a part of the words in any form; the more, and the rarer, the better."""
    if not node.words:
        return query.NullQuery
    kinds = [ExactWord if is_cjk(word) else WordForms for word in node.words]
    words = [Anywhere([kind("text", word)]) for kind, word in zip(kinds, node.words, strict=True)]
    return query.AndNot(
        AtLeast(max(min(2, len(words)), len(words) * _ALIKE // 100), words),
        OfArticles(ExactWord("key", node.key)),
    )


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
