"""The list of articles: a spine of ids, and rows fetched when somebody looks at them."""

import json
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QByteArray, QMimeData, QModelIndex, QObject, Qt

from desktop.core.records import ArticleRow, ReadState
from desktop.ui.painted import ITEM, Index
from desktop.ui.wording import counted, language_name, short_date

ARTICLES_MIME = "application/x-pressmark-articles"
PAGE = 40  # rows fetched together: two screens; on a cold disk each row may be a seek
KEPT = 2000  # rows remembered; a window shows some twenty
Fetch = Callable[[Sequence[str]], None]


class ArticleModel(QAbstractListModel):
    """Any number of articles for the price of their ids. No row is waited for: until it is there, it
    has no value, and one that has changed meanwhile shows what was known.

    Args:
        fetch: Asked for the rows of at most ``PAGE`` ids; they are given to ``take``, later. It is
            not asked again before, so that a quick scroll reads only where it ends.
    """

    def __init__(self, fetch: Fetch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._spine: Sequence[str] = ()
        self._rows: OrderedDict[str, ArticleRow | None] = OrderedDict()
        self._old: set[str] = set()  # of the rows: shown, but to be read again
        self._asked: Sequence[str] = ()
        self._remarks: Mapping[str, str] = {}
        self._looked_at: int | None = None  # where somebody looked last, and saw nothing new

    @property
    def spine(self) -> Sequence[str]:
        return self._spine

    @property
    def waiting(self) -> bool:
        """Rows were asked for and are not there yet."""
        return bool(self._asked)

    def forget(self) -> None:
        """Another archive, or none: what was asked for does not come any more."""
        self.set_spine(())
        self._rows.clear()
        self._old.clear()
        self._asked, self._looked_at = (), None

    def set_spine(self, ids: Sequence[str]) -> bool:
        """Show other articles, or the same in another order; False when nothing moved."""
        if ids == self._spine:
            return False
        self.beginResetModel()
        self._spine = ids
        self._old |= self._known()
        self._looked_at = None
        self.endResetModel()
        return True

    def refresh(self, ids: Collection[str] | None = None) -> None:
        """Read these rows again (all where None), for they have changed."""
        known = self._known()
        self._old |= known if ids is None else known.intersection(ids)
        self._look_again()

    def set_remarks(self, remarks: Mapping[str, str]) -> None:
        """What stands behind the facts of some rows, by id, e.g. how much was found in them."""
        if remarks or self._remarks:
            self._remarks = remarks
            self._look_again()

    def remark(self, article_id: str) -> str:
        return self._remarks.get(article_id, "")

    def id_at(self, row: int) -> str:
        return self._spine[row]

    def row_of(self, article_id: str) -> int:
        """-1 when it is not in the list. A hundred thousand are gone through in a millisecond or two."""
        try:
            return self._spine.index(article_id)
        except ValueError:
            return -1

    def article_row(self, row: int) -> ArticleRow | None:
        """None when it has not been read yet, or the article has vanished since the spine was read."""
        article_id = self._spine[row]
        if self._missing(article_id):
            self._ask(row)
        if article_id in self._rows:
            self._rows.move_to_end(article_id)
        return self._rows.get(article_id)

    def take(self, rows: Iterable[ArticleRow]) -> None:
        """The rows that were asked for; those not among them have vanished."""
        found, asked, self._asked = {one.id: one for one in rows}, self._asked, ()
        for article_id in asked:
            self._rows[article_id] = found.get(article_id)
            self._rows.move_to_end(article_id)
        while len(self._rows) > KEPT:
            self._old.discard(self._rows.popitem(last=False)[0])
        row, self._looked_at = self._looked_at, None
        if row is not None and self._missing(self._spine[row]):
            self._ask(row)
        self._look_again()

    def _known(self) -> set[str]:
        """Articles whose rows are here or under way."""
        return {*self._rows, *self._asked}

    def _missing(self, article_id: str) -> bool:
        return article_id not in self._rows or article_id in self._old

    def _ask(self, row: int) -> None:
        """Ask for the page around a row; while another is under way, remember where to go on."""
        if self._asked:
            if self._spine[row] not in self._asked:
                self._looked_at = row
            return
        first = max(0, row - PAGE // 2)
        self._asked = [one for one in self._spine[first : first + PAGE] if self._missing(one)]
        self._old.difference_update(self._asked)  # a change from now on makes them old again
        self._fetch(self._asked)

    def _look_again(self) -> None:
        if self._spine:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._spine) - 1, 0))

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
        if role == Qt.ItemDataRole.DisplayRole:
            return title_words(row)
        return ", ".join(filter(None, [spoken(row), self.remark(row.id)]))

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
