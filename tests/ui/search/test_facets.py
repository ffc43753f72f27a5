"""Facets count what was found; a click narrows the search, another widens it again."""

import pytest
from PySide6.QtCore import Qt

from desktop.ui.search.facets import FacetModel, FacetPane, rows_of, toggled

FACETS = {
    "kind": {"quote": 14, "claim": 6},
    "speaker": {"Марина Ветрова": 14, "Лев Аксюта": 8},
    "language": {"ru": 20},
    "tag": {},
}


@pytest.mark.parametrize(
    ("query", "field", "value", "wanted"),
    [
        ("паром", "kind:", "quote", "паром kind:quote"),
        ("паром kind:quote", "kind:", "quote", "паром"),
        ("паром kind:quote x", "kind:", "claim", "паром x kind:claim"),
        ("", "speaker:", "Лев Аксюта", 'speaker:"Лев Аксюта"'),
        ('a speaker:"Лев Аксюта" b', "speaker:", "Лев Аксюта", "a b"),
        ("паром OR ferry", "kind:", "quote", "(паром OR ferry) kind:quote"),
        ("(паром OR ferry) kind:quote", "kind:", "quote", "паром OR ferry"),
        ("(паром OR ferry) kind:quote", "kind:", "claim", "(паром OR ferry) kind:claim"),
        ("-kind:note паром", "kind:", "quote", "-kind:note паром kind:quote"),
    ],
)
def test_a_value_is_asked_for_once_and_taken_back(query, field, value, wanted):
    assert toggled(query, field, value) == wanted


def test_only_facets_with_a_choice_are_shown():
    rows = rows_of(FACETS, "паром kind:quote")
    assert [row for row in rows if isinstance(row, str)] == ["Kind", "Speaker"]
    assert [(row.label, row.on) for row in rows[1:3]] == [("Quote", True), ("Claim", False)]


def test_model_keeps_its_promises(qtmodeltester, qapp):
    model = FacetModel()
    model.show(rows_of(FACETS, ""))
    qtmodeltester.check(model)
    assert model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Quote, 14 hits"


def test_a_click_and_a_key_narrow(qtbot, theme):
    pane = FacetPane(theme)
    qtbot.addWidget(pane)
    pane.resize(256, 500)
    assert pane.show_facets(FACETS, "паром") and not pane.show_facets({}, "паром")
    pane.show_facets(FACETS, "паром")
    pane.show()
    place = pane.view.visualRect(pane.model.index(2, 0)).center()
    with qtbot.waitSignal(pane.query_wanted) as caught:
        qtbot.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert caught.args == ["паром kind:claim"]
    with qtbot.waitSignal(pane.query_wanted) as caught:
        qtbot.keyClick(pane.view, Qt.Key.Key_Space)
    assert caught.args == ["паром kind:claim"]
