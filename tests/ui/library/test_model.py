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
    def __init__(self):
        self.calls, self.gone = [], set()

    def __call__(self, ids):
        self.calls.append(list(ids))
        return [row(one) for one in ids if one not in self.gone]


def ids(count):
    return [f"{number:06}" for number in range(count)]


@pytest.fixture
def fetcher():
    return Fetcher()


@pytest.fixture
def model(fetcher, qapp):
    yield ArticleModel(fetcher)


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


def test_rows_are_fetched_by_the_hundred_where_somebody_looks(model, fetcher):
    model.set_spine(ids(100_000))
    assert fetcher.calls == []
    assert model.index(50_000, 0).data() == "Article 050000"
    model.index(50_010, 0).data()
    assert [len(call) for call in fetcher.calls] == [PAGE]


def test_the_cache_stays_small(model):
    model.set_spine(ids(100_000))
    for at in range(0, 100_000, PAGE):
        model.index(at, 0).data()
    assert len(model._rows) <= KEPT


def test_an_article_that_vanished_leaves_an_empty_row(model, fetcher):
    fetcher.gone = {"000001"}
    model.set_spine(ids(3))
    assert model.index(1, 0).data() is None
    assert model.index(2, 0).data() == "Article 000002"


def test_refreshing_reads_a_row_again(model, fetcher, qtbot):
    model.set_spine(ids(3))
    model.index(0, 0).data()
    with qtbot.waitSignal(model.dataChanged):
        model.refresh(["000001"])
    model.index(1, 0).data()
    assert fetcher.calls[1] == ["000001"]


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
