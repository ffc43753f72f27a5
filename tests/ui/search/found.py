"""Answers of our own making, for the tests of the results."""

from desktop.core.records import ArticleRow, ReadState
from desktop.core.searching import SearchHit, SearchResult, Snippet
from desktop.ui.search.results import Answer

WORDS = "Часть машин заберёт паром, но щебень на пароме"


def hit(number, article="a", kind="article", text=WORDS):
    return SearchHit(
        key=f"{kind}{number}",
        kind=kind,
        article_id=article,
        annotation_id=f"n{number}" if kind != "article" else None,
        title=f"Title of {article}",
        score=1.0,
        snippet=Snippet(text, ((20, 25), (40, 46)), 100),
        matches=((120, 125), (140, 146)),
    )


def answer(hits, offset=0, articles=None, hits_of=None, renewed=False, **fields):
    ids = list(dict.fromkeys(one.article_id for one in hits))
    counts = {one: sum(hit.article_id == one for hit in hits) for one in ids} | (hits_of or {})
    total = fields.pop("total", sum(counts.values()))
    result = SearchResult(
        fields.pop("query", "паром"),
        "any form of паром",
        tuple(hits),
        total,
        articles=articles or len(ids),
        hits_of=counts,
        **fields,
    )
    rows = {"a": ArticleRow("a", "Мост", "Порт", "2019-03-14", False, "ru", ReadState.READ, quotes=3)}
    speakers, verdicts = {"n2": "Марина Ветрова"}, {"n2": "refuted"}
    return Answer(result, rows, speakers, verdicts, {"a": ((0, 4),)}, offset, renewed=renewed)


def many(first, count, kinds=("article", "quote")):
    """Hits of so many articles, one of each kind in each."""
    return [
        hit(number, f"x{number}", kind, f"{number} {WORDS} " * (1 + number % 4))
        for number in range(first, first + count)
        for kind in kinds
    ]


MIXED = [hit(2, "a", "quote"), hit(1), hit(3, "b")]
