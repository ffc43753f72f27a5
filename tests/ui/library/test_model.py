"""The list of articles: late rows, a small cache, and what stays where it was."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt

from desktop.core.records import ArticleRow, ReadState
from desktop.ui.library.model import KEPT, PAGE, ArticleModel, dragged_articles, spoken
from desktop.ui.library.view import LibraryPane


def row(article_id, **fields):
    values = {
        "title": f"Article {article_id}",
        "publisher": "Порт",
        "published_at": "2026-03-14",
        "date_is_guess": False,
        "language": "ru",
        "read_state": ReadState.READ,
    }
    return ArticleRow(article_id, **(values | fields))


class Fetcher:
    """A reading lane: what it is asked for it answers when it is told to."""

    def __init__(self):
        self.calls, self.gone, self.model = [], set(), None

    def __call__(self, ids):
        self.calls.append(list(ids))

    def answer(self):
        self.model.take([row(one) for one in self.calls[-1] if one not in self.gone])

    def read(self, at):
        """What stands in a row once everything has been answered."""
        self.model.index(at, 0).data()
        while self.model.waiting:
            self.answer()
        return self.model.index(at, 0).data()


def ids(count):
    return [f"{number:06}" for number in range(count)]


@pytest.fixture
def fetcher():
    return Fetcher()


@pytest.fixture
def model(fetcher, qapp):
    fetcher.model = ArticleModel(fetcher)
    yield fetcher.model


@pytest.fixture
def pane(qtbot, theme, model):
    pane = LibraryPane(theme, model)
    pane.resize(300, 400)
    qtbot.addWidget(pane)
    pane.show()
    yield pane


def test_model_keeps_its_promises(qtmodeltester, model):
    model.set_spine(ids(250))
    qtmodeltester.check(model)


def test_rows_come_by_the_page_where_somebody_looks(model, fetcher, qtbot):
    model.set_spine(ids(100_000))
    assert fetcher.calls == []
    assert model.index(50_000, 0).data() is None
    assert model.index(50_010, 0).data() is None
    assert [len(call) for call in fetcher.calls] == [PAGE] and model.waiting
    with qtbot.waitSignal(model.dataChanged):
        fetcher.answer()
    assert model.index(50_010, 0).data() == "Article 050010"
    assert len(fetcher.calls) == 1 and not model.waiting


def test_a_quick_scroll_reads_only_where_it_ends(model, fetcher):
    model.set_spine(ids(100_000))
    for at in range(0, 90_001, 1000):
        model.index(at, 0).data()
    fetcher.answer()
    assert len(fetcher.calls) == 2 and "090000" in fetcher.calls[1]


def test_the_cache_stays_small(model, fetcher):
    model.set_spine(ids(100_000))
    for at in range(0, 100_000, PAGE):
        fetcher.read(at)
    assert len(model._rows) <= KEPT


def test_an_article_that_vanished_leaves_an_empty_row(model, fetcher):
    fetcher.gone = {"000001"}
    model.set_spine(ids(3))
    assert fetcher.read(1) is None
    assert fetcher.read(2) == "Article 000002"
    assert len(fetcher.calls) == 1


def test_refreshing_reads_a_row_again_and_shows_it_meanwhile(model, fetcher, qtbot):
    model.set_spine(ids(3))
    fetcher.read(0)
    with qtbot.waitSignal(model.dataChanged):
        model.refresh(["000001"])
    assert model.index(1, 0).data() == "Article 000001"
    assert fetcher.calls[1] == ["000001"]


def test_a_change_while_a_row_is_read_has_it_read_again(model, fetcher):
    model.set_spine(ids(3))
    model.index(0, 0).data()
    model.refresh(["000001"])
    fetcher.answer()
    model.index(1, 0).data()
    assert fetcher.calls[1] == ["000001"]


def test_known_rows_stay_when_the_order_changes(model, fetcher):
    model.set_spine(ids(3))
    fetcher.read(0)
    model.set_spine(list(reversed(ids(3))))
    assert model.index(0, 0).data() == "Article 000002"
    assert model.waiting


def test_another_archive_begins_anew(model, fetcher):
    model.set_spine(ids(3))
    model.index(0, 0).data()
    model.forget()
    model.set_spine(ids(3))
    assert not model.waiting and model.index(0, 0).data() is None
    assert fetcher.read(0) == "Article 000000"


def test_rows_are_spoken_whole():
    one = row("x", read_state=ReadState.UNREAD, quotes=2, claims=1, published_at="2019-10-28")
    assert spoken(one) == "Article x, Порт, 28 Oct 2019, Russian, unread, 2 quotes, 1 claim"
    bare = row("x", title="", publisher="", published_at="", language="")
    assert spoken(bare) == "Untitled, no outlet, no date"


def test_a_drag_carries_ids(model):
    model.set_spine(ids(3))
    data = model.mimeData([model.index(2, 0), model.index(0, 0)])
    assert dragged_articles(data) == ["000002", "000000"]


def test_the_current_article_stays_where_it_was_when_rows_come_in_above(pane):
    pane.show_spine(ids(500))
    pane.choose("000200")
    before = pane.view.visualRect(pane.view.currentIndex()).y()
    heard = []
    pane.article_chosen.connect(heard.append)
    pane.show_spine(["new 1", "new 2", *ids(500)])
    assert pane.current == "000200"
    assert pane.view.visualRect(pane.view.currentIndex()).y() == before
    assert pane.chosen == ["000200"]
    assert heard == []


def test_several_chosen_rows_stay_chosen(pane):
    pane.show_spine(ids(10))
    pane.choose("000003")
    pane.view.selectionModel().select(pane.model.index(5, 0), QItemSelectionModel.SelectionFlag.Select)
    pane.show_spine(list(reversed(ids(10))))
    assert sorted(pane.chosen) == ["000003", "000005"]


def test_a_current_article_that_is_gone_is_announced(pane):
    pane.show_spine(ids(10))
    pane.choose("000003")
    heard = []
    pane.article_chosen.connect(heard.append)
    pane.show_spine(ids(3))
    assert heard == [""] and pane.current is None


def test_arrow_keys_choose_and_enter_opens(qtbot, pane):
    pane.show_spine(ids(10))
    pane.choose("000000")
    with qtbot.waitSignal(pane.article_chosen) as caught:
        qtbot.keyClick(pane.view, Qt.Key.Key_Down)
    assert caught.args == ["000001"]
    with qtbot.waitSignal(pane.opened):
        qtbot.keyClick(pane.view, Qt.Key.Key_Return)


def test_letters_are_left_to_the_commands(qtbot, pane):
    pane.show_spine(ids(10))
    pane.choose("000005")
    pane.view.keyboardSearch("A")
    assert pane.current == "000005"


def test_stepping_stops_at_the_ends(pane):
    pane.show_spine(ids(2))
    for step, at in ((1, "000000"), (1, "000001"), (1, "000001"), (-1, "000000"), (-1, "000000")):
        pane.step(step)
        assert pane.current == at


def test_an_empty_list_says_why(pane):
    blank = pane.view.grab().toImage()
    pane.view.nothing = "No unread articles."
    assert pane.view.grab().toImage() != blank
