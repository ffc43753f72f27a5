"""The tree of places: nothing moves when only counts change; articles can be dropped."""

import pytest
from PySide6.QtCore import QModelIndex, Qt

from desktop.core.records import Tag
from desktop.ui.library.model import ArticleModel
from desktop.ui.library.navigation import NavigationModel
from desktop.ui.library.places import ALL, TRASH, Node, Place
from desktop.ui.library.tree import NavigationView

COPY = Qt.DropAction.CopyAction


def nodes(count=7, extra=()):
    tag = Node(
        Place("tag", "t1"),
        "оборона",
        dot="colour.blue",
        count=count,
        text="оборона",
        children=(Node(Place("tag", "t2"), "дроны", dot="colour.grey", count=2, text="оборона/дроны"),),
    )
    return (
        Node(ALL, "All articles", "library", count=1284),
        Node(Place("section", "Tags"), "Tags", children=(tag, *extra)),
        Node(
            Place("section", "People"),
            "People",
            children=(Node(Place("hint", "People"), "Speakers appear here"),),
        ),
        Node(TRASH, "Trash", "x"),
    )


@pytest.fixture
def model(qapp):
    yield NavigationModel()


@pytest.fixture
def view(qtbot, theme, model):
    view = NavigationView(theme, model)
    view.resize(208, 500)
    qtbot.addWidget(view)
    view.show_nodes(nodes())
    view.show()
    yield view


def test_model_keeps_its_promises(qtmodeltester, model):
    model.set_nodes(nodes())
    qtmodeltester.check(model)


def test_changed_counts_move_nothing(model, qtbot):
    assert model.set_nodes(nodes())
    index = model.index_of(Place("tag", "t1"))
    assert not model.set_nodes(nodes(count=8))
    assert index.isValid() and model.node(index).count == 8
    assert model.set_nodes(nodes(extra=(Node(Place("tag", "t3"), "港湾"),)))


def test_headings_and_hints_cannot_be_gone_to(model):
    model.set_nodes(nodes())
    for place in (Place("section", "Tags"), Place("hint", "People")):
        assert not model.flags(model.index_of(place)) & Qt.ItemFlag.ItemIsSelectable


def test_articles_are_dropped_on_tags_only(qtbot, model):
    model.set_nodes(nodes())
    articles = ArticleModel(lambda ids: None)
    articles.set_spine(["a", "b"])
    data = articles.mimeData([articles.index(0, 0), articles.index(1, 0)])
    with qtbot.waitSignal(model.articles_dropped) as caught:
        assert model.dropMimeData(data, COPY, -1, -1, model.index_of(Place("tag", "t2")))
    assert caught.args == [Place("tag", "t2"), ["a", "b"]]
    for place in (ALL, Place("section", "Tags")):
        assert not model.dropMimeData(data, COPY, -1, -1, model.index_of(place))
    assert not model.dropMimeData(data, COPY, -1, -1, QModelIndex())


def test_the_place_and_the_folds_stay_when_places_change(view, model):
    view.go_to(Place("tag", "t2"))
    view.collapse(model.index_of(Place("section", "People")))
    view.show_nodes(nodes(extra=(Node(Place("tag", "t3"), "港湾"),)))
    assert view.place == Place("tag", "t2")
    assert view.isExpanded(model.index_of(Place("tag", "t1")))
    assert not view.isExpanded(model.index_of(Place("section", "People")))


def test_a_place_that_is_gone_leads_to_all_articles(qtbot, view):
    view.go_to(Place("tag", "t2"))
    with qtbot.waitSignal(view.place_chosen) as caught:
        view.show_nodes((Node(ALL, "All articles", "library"),))
    assert caught.args == [ALL] and view.place == ALL


def test_a_click_on_the_chevron_folds_and_stays(qtbot, view, model):
    index = model.index_of(Place("tag", "t1"))
    here = view.place
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.chevron(index).center())
    assert not view.isExpanded(index) and view.place == here


def test_going_to_a_place_announces_it(qtbot, view, model):
    with qtbot.waitSignal(view.place_chosen) as caught:
        rect = view.visualRect(model.index_of(Place("tag", "t2")))
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert caught.args == [Place("tag", "t2")]


def test_lines_are_spoken_with_their_counts(model):
    model.set_nodes(nodes())
    assert model.index_of(ALL).data(Qt.ItemDataRole.AccessibleTextRole) == "All articles, 1,284 items"


def test_five_thousand_tags_are_shown(qtbot, theme, model):
    many = tuple(Node(Place("tag", str(n)), f"tag {n}", dot="colour.grey", count=n) for n in range(5000))
    view = NavigationView(theme, model)
    qtbot.addWidget(view)
    view.show_nodes(nodes(extra=many))
    assert not view.grab().isNull()
    assert model.rowCount(model.index_of(Place("section", "Tags"))) == 5001


def test_tags_nest_by_their_parents():
    pytest.importorskip("desktop.store.tags")
    from desktop.ui.library.census import nested

    flat = [Tag("1", "a", "a"), Tag("2", "b", "a/b", "1"), Tag("3", "c", "c", "gone")]
    forest = nested(flat, lambda tag, below: Node(Place("tag", tag.id), tag.name, children=below))
    assert [node.label for node in forest] == ["a", "c"]
    assert [node.label for node in forest[0].children] == ["b"]
