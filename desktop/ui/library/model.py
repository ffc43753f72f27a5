"""The list of articles: a spine of ids, and rows fetched when somebody looks at them."""

import json
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QByteArray, QMimeData, QModelIndex, QObject, Qt

from desktop.core.records import ArticleRow, ReadState
from desktop.ui.painted import ITEM, Index
from desktop.ui.wording import counted, language_name, short_date

ARTICLES_MIME = "application/x-pressmark-articles"
PAGE = 40  # rows fetched together: two screens; on a cold disk each row may be a seek
KEPT = 2000  # rows remembered; a window shows some twenty
Fetch = Callable[[Sequence[str]], list[ArticleRow]]


class ArticleModel(QAbstractListModel):
    """Any number of articles for the price of their ids.

    Args:
        fetch: Gives the rows of some ids; called in the GUI thread for ``PAGE`` ids at a time.
    """

    def __init__(self, fetch: Fetch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._spine: Sequence[str] = ()
        self._rows: OrderedDict[str, ArticleRow | None] = OrderedDict()
        self._places: dict[str, int] | None = None

    @property
    def spine(self) -> Sequence[str]:
        return self._spine

    def set_spine(self, ids: Sequence[str]) -> bool:
        """Show other articles, or the same in another order; False when nothing moved."""
        if ids == self._spine:
            return False
        self.beginResetModel()
        self._spine, self._places = ids, None
        self._rows.clear()
        self.endResetModel()
        return True

    def refresh(self, ids: Collection[str] | None = None) -> None:
        """Read these rows again (all where None), for they have changed."""
        for article_id in list(self._rows) if ids is None else ids:
            self._rows.pop(article_id, None)
        if self._spine:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._spine) - 1, 0))

    def id_at(self, row: int) -> str:
        return self._spine[row]

    def row_of(self, article_id: str) -> int:
        """-1 when it is not in the list."""
        if self._places is None:
            self._places = {one: row for row, one in enumerate(self._spine)}
        return self._places.get(article_id, -1)

    def article_row(self, row: int) -> ArticleRow | None:
        """None when the article has vanished since the spine was read."""
        article_id = self._spine[row]
        if article_id not in self._rows:
            self._load(row)
        self._rows.move_to_end(article_id)
        return self._rows[article_id]

    def _load(self, row: int) -> None:
        """Fetch the page around a row and forget the rows nobody looked at for longest."""
        first = max(0, row - PAGE // 2)
        wanted = [one for one in self._spine[first : first + PAGE] if one not in self._rows]
        found = {one.id: one for one in self._fetch(wanted)}
        for article_id in wanted:
            self._rows[article_id] = found.get(article_id)
        while len(self._rows) > KEPT:
            self._rows.popitem(last=False)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._spine)

    def data(self, index: Index, role: int = 0) -> Any:
        if not index.isValid() or index.row() >= len(self._spine):
            return None
        if role not in (ITEM, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.article_row(index.row())
        if role == ITEM or row is None:
            return row
        return title_words(row) if role == Qt.ItemDataRole.DisplayRole else spoken(row)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.NoItemFlags
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsDragEnabled | flag.ItemNeverHasChildren

    def mimeTypes(self) -> list[str]:
        return [ARTICLES_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        ids = [self._spine[index.row()] for index in indexes]
        data.setData(ARTICLES_MIME, QByteArray(json.dumps(ids).encode()))
        return data

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction


def dragged_articles(data: QMimeData) -> list[str]:
    """The ids in a drag from the list; empty for any other drag."""
    if not data.hasFormat(ARTICLES_MIME):
        return []
    return [str(one) for one in json.loads(bytes(data.data(ARTICLES_MIME).data()))]


def title_words(row: ArticleRow) -> str:
    return row.title or "Untitled"


def spoken(row: ArticleRow) -> str:
    """A row as a screen reader says it."""
    counts = [
        counted(number, one, f"{one}s")
        for number, one in (
            (row.highlights, "highlight"),
            (row.quotes, "quote"),
            (row.claims, "claim"),
            (row.notes, "note"),
        )
        if number
    ]
    state = "unread" if row.read_state is ReadState.UNREAD else ""
    date = short_date(row.published_at) or "no date"
    language = language_name(row.language) if row.language else ""
    words = (title_words(row), row.publisher or "no outlet", date, language, state, *counts)
    return ", ".join(filter(None, words))
