"""The tree of tags: the model under Qt's tester, and every request from the manager."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, Qt

from desktop.core.records import Tag
from desktop.ui.tags.manager import TagManager
from desktop.ui.tags.model import MIME, NODE, TagTreeModel
from tests.ui.typing_words import type_over, type_words

KEY = Qt.Key
TAGS = [
    Tag("d", "оборона", "оборона", None, "green"),
    Tag("dd", "дроны", "оборона/дроны", "d", "green", "Всё, что летает без пилота"),
    Tag("dds", "морские", "оборона/дроны/морские", "dd"),
    Tag("i", "инфраструктура", "инфраструктура", None, "blue"),
    Tag("h", "港湾", "港湾", None),
]
COUNTS = {"d": (3, 0), "dd": (12, 40), "h": (0, 1)}


@pytest.fixture
def model(qapp, qtmodeltester):
    made = TagTreeModel()
    made.set_tags(TAGS, COUNTS, {1: "dd"})
    qtmodeltester.check(made)
    return made


@pytest.fixture
def manager(qtbot, theme):
    made = TagManager(theme)
    qtbot.addWidget(made)
    made.set_tags(TAGS, COUNTS, {1: "dd"})
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.tree.expandAll()
    return made


def mime(*ids):
    data = QMimeData()
    data.setData(MIME, "\n".join(ids).encode())
    return data


def drop(model, data, target):
    parent = model.index_of(target) if target else QModelIndex()
    return model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, parent)


def test_the_tree_knows_its_shape_counts_and_digits(model):
    assert [model.index(row, 0).data() for row in range(3)] == ["оборона", "инфраструктура", "港湾"]
    node = model.index_of("dd").data(NODE)
    assert (node.articles, node.annotations, node.digit) == (12, 40, 1)
    assert model.parent(model.index_of("dds")) == model.index_of("dd")


def test_a_drop_asks_for_a_move_and_changes_nothing(qtbot, model):
    with qtbot.waitSignal(model.move_wanted) as asked:
        assert drop(model, mime("h", "dds"), "i") is False
    assert asked.args == [["h", "dds"], "i"]
    with qtbot.waitSignal(model.move_wanted) as asked:
        drop(model, mime("dd"), None)
    assert asked.args == [["dd"], ""]


@pytest.mark.parametrize(("moved", "target"), [("d", "dds"), ("d", "d"), ("dd", "d"), ("h", None)])
def test_no_tag_goes_into_itself_or_where_it_is(qtbot, model, moved, target):
    with qtbot.assertNotEmitted(model.move_wanted):
        drop(model, mime(moved), target)


def test_a_typed_name_is_asked_for(qtbot, model):
    with qtbot.waitSignal(model.rename_wanted) as asked:
        model.setData(model.index_of("h"), "  порты  ")
    assert asked.args == ["h", "порты"]
    with qtbot.assertNotEmitted(model.rename_wanted):
        model.setData(model.index_of("h"), " ")
        model.setData(model.index_of("h"), "港湾")


def test_without_tags_it_says_how_to_make_one(manager):
    manager.set_tags([], {}, {})
    assert "press T" in manager.details.summary.text()


def test_filtering_keeps_the_ancestors_of_what_matches(manager):
    type_words(manager.search, "морск")
    view, root = manager.tree.model(), QModelIndex()
    assert view.rowCount(root) == 1
    assert view.index(0, 0, view.index(0, 0, view.index(0, 0, root))).data() == "морские"


def test_expansion_and_selection_outlast_new_tags(manager):
    manager.choose("dds")
    manager.set_tags([*TAGS, Tag("n", "новый", "новый")], COUNTS, {})
    assert manager.tree.chosen() == ["dds"]
    index = manager.tree.model().mapFromSource(manager.model.index_of("dd"))
    assert manager.tree.isExpanded(index)


def test_name_colour_digit_and_description_are_asked_for(qtbot, manager):
    manager.choose("dd")
    details = manager.details
    with qtbot.waitSignal(manager.rename_requested) as asked:
        type_over(details.name, "беспилотники")
        qtbot.keyClick(details.name, KEY.Key_Return)
    assert asked.args == ["dd", "беспилотники"]
    with qtbot.waitSignal(manager.colour_requested) as asked:
        qtbot.keyClick(details.colour.focusProxy(), KEY.Key_Right)
    assert asked.args == ["dd", "grey"]
    details.digit.set_value("7")
    with qtbot.waitSignal(manager.pin_requested) as asked:
        details.digit.activated.emit(7)
    assert asked.args == ["dd", 7]
    type_over(details.description, "Летает само")
    with qtbot.waitSignal(manager.description_requested) as asked:
        manager.search.setFocus()
    assert asked.args == ["dd", "Летает само"]


def test_a_description_is_asked_for_once(qtbot, manager):
    told = []
    manager.description_requested.connect(lambda *what: told.append(what))
    manager.choose("dd")
    type_over(manager.details.description, "Летает само")
    manager.tree.setFocus()
    manager.choose("h")
    assert told == [("dd", "Летает само")]


def test_a_new_tag_is_made_and_a_known_one_is_shown(qtbot, manager):
    type_words(manager.new_path, "экспорт / центры")
    with qtbot.waitSignal(manager.create_requested) as asked:
        qtbot.keyClick(manager.new_path, KEY.Key_Return)
    assert asked.args == ["экспорт/центры"]
    type_words(manager.new_path, "Оборона/ДРОНЫ")
    with qtbot.assertNotEmitted(manager.create_requested):
        qtbot.keyClick(manager.new_path, KEY.Key_Return)
    assert manager.tree.chosen() == ["dd"]


def test_merging_goes_into_a_tag_that_is_not_below(qtbot, manager):
    manager.choose("dd")
    manager.merge_into.setFocus()
    type_words(manager.merge_into, "мор")
    assert not manager.merge_into.choices.isVisible()
    type_over(manager.merge_into, "инфра")
    with qtbot.waitSignal(manager.merge_requested) as asked:
        qtbot.keyClick(manager.merge_into, KEY.Key_Return)
    assert asked.args == ["i", ["dd"]] and manager.merge_into.text() == ""


def test_delete_and_enter_in_the_tree(qtbot, manager):
    manager.choose("h")
    manager.tree.setFocus()
    with qtbot.waitSignal(manager.open_requested) as asked:
        qtbot.keyClick(manager.tree, KEY.Key_Return)
    assert asked.args == ["h"]
    with qtbot.waitSignal(manager.delete_requested) as asked:
        qtbot.keyClick(manager.tree, KEY.Key_Delete)
    assert asked.args == [["h"]]


def test_the_menu_offers_what_is_possible(manager):
    manager.choose("dds")
    enabled = {
        action.text().split("\t")[0]: action.isEnabled()
        for action in manager.menu().actions()
        if action.text()
    }
    assert enabled["Move to the top"] and enabled["Rename"]
    manager.tree.selectAll()
    several = {
        action.text().split("\t")[0]: action.isEnabled()
        for action in manager.menu().actions()
        if action.text()
    }
    assert not several["Rename"] and several["Delete"]


def test_f2_renames_in_the_tree(qtbot, manager):
    manager.choose("h")
    manager.tree.setFocus()
    qtbot.keyClick(manager.tree, KEY.Key_F2)
    editor = manager.tree.indexWidget(manager.tree.currentIndex()) or manager.focusWidget()
    type_over(editor, "порт")
    with qtbot.waitSignal(manager.rename_requested) as asked:
        qtbot.keyClick(editor, KEY.Key_Return)
    assert asked.args == ["h", "порт"]


def test_five_thousand_tags_are_searched(qtbot, manager):
    tags = [Tag(f"r{n}", f"раздел {n}", f"раздел {n}") for n in range(100)]
    tags += [
        replace(
            Tag("", "", ""),
            id=f"t{n}",
            name=f"тег {n}",
            path=f"раздел {n % 100}/тег {n}",
            parent_id=f"r{n % 100}",
        )
        for n in range(4900)
    ]
    manager.set_tags(tags, {}, {})
    manager.search.setText("тег 4899")
    shown = manager.tree.model()
    rows = [shown.index(row, 0) for row in range(shown.rowCount())]
    assert [shown.rowCount(row) for row in rows if shown.rowCount(row)] == [1]
