"""What was found, as rows: an article's heading, and its hits below it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, Signal

from desktop.core.records import ArticleRow
from desktop.ui.painted import ITEM, Index
from desktop.ui.wording import counted, short_date

if TYPE_CHECKING:
    from desktop.core.searching import SearchHit, SearchResult


@dataclass(frozen=True, slots=True)
class Answer:
    """A search result with what its rows show beside it.

    Attributes:
        rows: Of the found articles, by id.
        speakers, verdicts: Of the found annotations, by annotation id.
        offset: How many hits stood before these.
    """

    result: "SearchResult"
    rows: Mapping[str, ArticleRow] = field(default_factory=dict)
    speakers: Mapping[str, str] = field(default_factory=dict)
    verdicts: Mapping[str, str] = field(default_factory=dict)
    offset: int = 0


@dataclass(frozen=True, slots=True)
class ArticleHead:
    """Stands over the hits of one article."""

    article_id: str
    title: str
    facts: str
    hits: int


@dataclass(frozen=True, slots=True)
class HitRow:
    """One hit; ``speaker`` and ``verdict`` are empty where there are none."""

    hit: "SearchHit"
    speaker: str = ""
    verdict: str = ""


Row = ArticleHead | HitRow


def grouped(answer: Answer) -> list[Row]:
    """The hits under their articles; an article stands where its best hit stands."""
    groups: dict[str, list[SearchHit]] = {}
    for hit in answer.result.hits:
        groups.setdefault(hit.article_id, []).append(hit)
    rows: list[Row] = []
    for article_id, hits in groups.items():
        rows.append(_head(article_id, hits, answer.rows.get(article_id)))
        rows += [
            HitRow(
                hit,
                answer.speakers.get(hit.annotation_id or "", ""),
                answer.verdicts.get(hit.annotation_id or "", ""),
            )
            for hit in hits
        ]
    return rows


def _head(article_id: str, hits: "Sequence[SearchHit]", row: ArticleRow | None) -> ArticleHead:
    title = (row.title if row else "") or hits[0].title or "Untitled"
    facts = [row.publisher, short_date(row.published_at)] if row else []
    return ArticleHead(article_id, title, "  ·  ".join(filter(None, facts)), len(hits))


class ResultModel(QAbstractListModel):
    """Headings and hits in one list; further hits are asked for at its end.

    Signals:
        more_requested: From this offset on.
    """

    more_requested = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._shown, self._total, self._waiting = 0, 0, False

    def show(self, answer: Answer) -> None:
        """A new result, or the next page of the one that is shown."""
        rows = grouped(answer)
        self._waiting = False
        if answer.offset and answer.offset == self._shown:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()
        else:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        self._shown = answer.offset + len(answer.result.hits)
        self._total = answer.result.total if answer.result.hits else self._shown

    def clear(self) -> None:
        self.beginResetModel()
        self._rows, self._shown, self._total = [], 0, 0
        self.endResetModel()

    def row(self, index: Index) -> Row | None:
        return self._rows[index.row()] if index.isValid() else None

    def hits(self) -> "list[SearchHit]":
        """All shown hits in order."""
        return [row.hit for row in self._rows if isinstance(row, HitRow)]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        return not parent.isValid() and not self._waiting and 0 < self._shown < self._total

    def fetchMore(self, _parent: Index = QModelIndex()) -> None:  # noqa: B008
        self._waiting = True
        self.more_requested.emit(self._shown)

    def data(self, index: Index, role: int = 0) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ITEM:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(row)
        return None


def spoken(row: Row) -> str:
    """A row as a screen reader says it."""
    if isinstance(row, ArticleHead):
        return ", ".join(filter(None, (row.title, row.facts, counted(row.hits, "hit", "hits"))))
    kind = "text" if row.hit.kind == "article" else row.hit.kind
    return ", ".join(filter(None, (kind, row.speaker, row.verdict, row.hit.snippet.text)))
