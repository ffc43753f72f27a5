"""What was found, as rows: an article's heading, its best passage, its marks, and the way to more of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, Signal

from desktop.core.records import ArticleRow
from desktop.ui.painted import ITEM, Index
from desktop.ui.wording import counted, language_name, short_date

if TYPE_CHECKING:
    from desktop.core.searching import SearchHit, SearchResult

Range = tuple[int, int]
MARKS = 3  # of an article that are shown until the person wants to see the others


@dataclass(frozen=True, slots=True)
class Answer:
    """A search result, by article, with what its rows show beside it.

    Attributes:
        rows: Of the found articles, by id.
        speakers, verdicts: Of the found annotations, by annotation id.
        titles: Where the hits stand in the titles of articles, in code points, by id.
        offset: How many articles stood before these.
        facets: Counts of values among all hits; of a facet that the query asks a value of, among
            what would be found without asking.
        renewed: The same question as before, because the index has moved on.
    """

    result: "SearchResult"
    rows: Mapping[str, ArticleRow] = field(default_factory=dict)
    speakers: Mapping[str, str] = field(default_factory=dict)
    verdicts: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, Sequence[Range]] = field(default_factory=dict)
    offset: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    renewed: bool = False


@dataclass(frozen=True, slots=True)
class ArticleHead:
    """Stands over the hits of one article.

    Attributes:
        hits: How many of its records match, all that are not listed included.
        title_hits: In code points of the title.
    """

    article_id: str
    title: str
    facts: str
    hits: int
    title_hits: tuple[Range, ...] = ()

    @property
    def record_id(self) -> str:
        return self.article_id


@dataclass(frozen=True, slots=True)
class HitRow:
    """A hit, the passage of an article or a mark; ``speaker`` and ``verdict`` are empty where unknown."""

    hit: "SearchHit"
    speaker: str = ""
    verdict: str = ""

    @property
    def article_id(self) -> str:
        return self.hit.article_id

    @property
    def record_id(self) -> str:
        """Of the mark, or of the article."""
        return self.hit.annotation_id or self.hit.article_id


@dataclass(frozen=True, slots=True)
class MoreRow:
    """Leads to the marks of an article that are not listed.

    Attributes:
        hidden: How many.
        waiting: They have been asked for.
    """

    article_id: str
    hidden: int
    waiting: bool = False

    @property
    def record_id(self) -> str:
        return self.article_id


Row = ArticleHead | HitRow | MoreRow


def key_of(row: Row) -> str:
    """What a row stands for, the same in a later answer."""
    if isinstance(row, HitRow):
        return row.hit.key
    return f"{'head' if isinstance(row, ArticleHead) else 'more'}:{row.article_id}"


def grouped(answer: Answer, marks: int = MARKS) -> list[Row]:
    """The hits under their articles, the text before the marks; of these at most ``marks``."""
    groups: dict[str, list[SearchHit]] = {}
    for hit in answer.result.hits:
        groups.setdefault(hit.article_id, []).append(hit)
    rows: list[Row] = []
    for article_id, hits in groups.items():
        rows += _group(answer, article_id, hits, marks)
    return rows


def _group(answer: Answer, article_id: str, hits: "Sequence[SearchHit]", marks: int) -> list[Row]:
    texts = [hit for hit in hits if hit.annotation_id is None]
    shown = [hit for hit in hits if hit.annotation_id is not None][:marks]
    total = max(answer.result.hits_of.get(article_id, 0), len(hits))
    rows: list[Row] = [_head(answer, article_id, hits, total)]
    rows += [_hit_row(answer, hit) for hit in (*texts, *shown)]
    if hidden := total - len(texts) - len(shown):
        rows.append(MoreRow(article_id, hidden))
    return rows


def _hit_row(answer: Answer, hit: "SearchHit") -> HitRow:
    mark = hit.annotation_id or ""
    return HitRow(hit, answer.speakers.get(mark, ""), answer.verdicts.get(mark, ""))


def _head(answer: Answer, article_id: str, hits: "Sequence[SearchHit]", total: int) -> ArticleHead:
    row = answer.rows.get(article_id)
    title = (row.title if row else "") or hits[0].title
    found = tuple((start, end) for start, end in answer.titles.get(article_id, ()) if end <= len(title))
    return ArticleHead(article_id, title or "Untitled", _facts(row) if row else "", total, found)


def _facts(row: ArticleRow) -> str:
    facts = [
        row.publisher,
        ("≈ " if row.date_is_guess and row.published_at else "") + short_date(row.published_at),
        language_name(row.language) if row.language else "",
        counted(row.annotations, "mark", "marks") if row.annotations else "",
    ]
    return "  ·  ".join(filter(None, facts))


class ResultModel(QAbstractListModel):
    """Headings and hits in one list; further articles are asked for at its end.

    Signals:
        more_requested: From this offset on, in articles.
    """

    more_requested = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._articles: list[str] = []
        self._opened: set[str] = set()  # articles of which all marks were wanted
        self._total, self._waiting = 0, False
        self._reached = 0  # how many articles of the answer were seen: it may have named one twice

    @property
    def articles(self) -> list[str]:
        """Ids of the listed articles, in their order."""
        return list(self._articles)

    @property
    def waiting(self) -> bool:
        """Further articles have been asked for."""
        return self._waiting

    def show(self, answer: Answer) -> None:
        """A new result, or the next page of the one that is shown."""
        rows = self._rows_of(answer)
        new = [row.article_id for row in rows if isinstance(row, ArticleHead)]
        self._waiting = False
        if answer.offset and answer.offset == self._reached:
            known = set(self._articles)  # where the index has moved on, an article may come twice
            self._reached += len(new)
            rows = [row for row in rows if row.article_id not in known]
            if rows:
                self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
                self._rows += rows
                self.endInsertRows()
            self._articles += [article_id for article_id in new if article_id not in known]
        elif not answer.offset:
            self.beginResetModel()
            self._rows, self._articles, self._reached = rows, new, len(new)
            self._opened &= set(new) if answer.renewed else set()
            self.endResetModel()
        self._total = answer.result.articles if new else self._reached

    def shows(self, answer: Answer) -> bool:
        """Whether a renewed answer changes nothing in the list, or is only the beginning of a long one."""
        rows = self._rows_of(answer)
        new = sum(isinstance(row, ArticleHead) for row in rows)
        return rows == self._rows or new < min(len(self._articles), answer.result.articles)

    def _rows_of(self, answer: Answer) -> list[Row]:
        """The rows of an answer; in a renewed one articles that were opened stay so."""
        rows = grouped(answer)
        if not (answer.renewed and self._opened):
            return rows
        kept: list[Row] = []
        for row in rows:
            if row.article_id not in self._opened:
                kept.append(row)
            elif isinstance(row, ArticleHead):
                kept += [row, *(one for one in self._rows if _stays(one, row.article_id))]
        return kept

    def show_total(self, answer: Answer) -> None:
        """The rows stay; how many there could be is another number now."""
        self._total, self._waiting = answer.result.articles, False

    def stop_waiting(self) -> None:
        """Further articles will not come now; they are asked for again when they are needed."""
        self._waiting = False

    def clear(self) -> None:
        self.beginResetModel()
        self._rows, self._articles, self._total, self._reached = [], [], 0, 0
        self._opened = set()
        self._waiting = False
        self.endResetModel()

    def row(self, index: Index) -> Row | None:
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def at(self, number: int) -> Row:
        return self._rows[number]

    def index_of(self, key: str) -> QModelIndex:
        """Of the row that stands for this; invalid where there is none."""
        found = (number for number, row in enumerate(self._rows) if key_of(row) == key)
        return self.index(next(found, -1), 0)

    def hits(self) -> "list[SearchHit]":
        """All listed hits in order."""
        return [row.hit for row in self._rows if isinstance(row, HitRow)]

    def hits_in(self, article_id: str) -> "list[SearchHit]":
        """The listed hits of an article."""
        return [hit for hit in self.hits() if hit.article_id == article_id]

    def place_of(self, article_id: str) -> int | None:
        """The article's number in the answer, from 0."""
        return self._articles.index(article_id) if article_id in self._articles else None

    def await_marks(self, article_id: str) -> None:
        """All marks of the article have been asked for."""
        self._exchange_more(article_id, lambda row: [MoreRow(article_id, row.hidden, waiting=True)])

    def open_article(self, answer: Answer, article_id: str) -> None:
        """List the marks of an article that were not listed yet; others in the answer are passed over."""
        self._opened.add(article_id)
        known = {hit.key for hit in self.hits_in(article_id)}
        found = [hit for hit in answer.result.hits if hit.article_id == article_id and hit.key not in known]
        total = answer.result.hits_of.get(article_id, 0)
        rest = total - len(known) - len(found) if found else 0

        def opened(row: MoreRow) -> list[Row]:
            if (
                article_id not in answer.result.hits_of
            ):  # the index has moved on: another article stands there
                return [MoreRow(article_id, row.hidden)]
            rows: list[Row] = [_hit_row(answer, hit) for hit in found]
            return [*rows, MoreRow(article_id, rest)] if rest > 0 else rows

        self._exchange_more(article_id, opened)

    def _exchange_more(self, article_id: str, make: Any) -> None:
        index = self.index_of(f"more:{article_id}")
        row = self.row(index)
        if not isinstance(row, MoreRow):
            return
        at, rows = index.row(), make(row)
        if rows:
            self.beginInsertRows(QModelIndex(), at, at + len(rows) - 1)
            self._rows[at:at] = rows
            self.endInsertRows()
        self.beginRemoveRows(QModelIndex(), at + len(rows), at + len(rows))
        del self._rows[at + len(rows)]
        self.endRemoveRows()

    # Overrides of Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        return not parent.isValid() and not self._waiting and 0 < self._reached < self._total

    def fetchMore(self, _parent: Index = QModelIndex()) -> None:  # noqa: B008
        self._waiting = True
        self.more_requested.emit(self._reached)

    def data(self, index: Index, role: int = 0) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ITEM:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(row)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, ArticleHead) and len(row.title) > 60:
            return row.title
        return None


def _stays(row: Row, article_id: str) -> bool:
    return row.article_id == article_id and not isinstance(row, ArticleHead)


def spoken(row: Row) -> str:
    """A row as a screen reader says it."""
    if isinstance(row, ArticleHead):
        return ", ".join(filter(None, (row.title, row.facts, counted(row.hits, "hit", "hits"))))
    if isinstance(row, MoreRow):
        return more_words(row)
    kind = "text" if row.hit.kind == "article" else row.hit.kind
    return ", ".join(filter(None, (kind, row.speaker, row.verdict, row.hit.snippet.text)))


def more_words(row: MoreRow) -> str:
    if row.waiting:
        return "Reading the other marks…"
    return f"{counted(row.hidden, 'more mark', 'more marks')} in this article"
