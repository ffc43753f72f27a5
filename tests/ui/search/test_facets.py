"""Facets count what was found; a click narrows the search, another widens it again."""

import pytest
from PySide6.QtCore import Qt

from desktop.ui.search.facets import Facet, FacetModel, FacetPane, More, asked_facets, rows_of
from desktop.ui.search.years import YearChart, bars_of

FACETS = {
    "kind": {"quote": 14, "claim": 6},
    "speaker": {"Марина Ветрова": 14, "Лев Аксюта": 8},
    "language": {"ru": 20},
    "tag": {},
}
MANY = {"tag": {f"tag {number:03}": 500 - number for number in range(300)}}
YEARS = {"2019": 3, "2021": 12, "2024": 1}


@pytest.fixture
def pane(qtbot, theme):
    pane = FacetPane(theme)
    qtbot.addWidget(pane)
    pane.resize(256, 600)
    pane.show()
    return pane


def headings(rows):
    return [row for row in rows if isinstance(row, str)]


def place(pane, row):
    return pane.view.visualRect(pane.model.index(row, 0)).center()


def test_only_facets_with_a_choice_are_shown():
    rows = rows_of(FACETS, "паром kind:quote")
    assert headings(rows) == ["Kind", "Speaker"]
    assert [(row.label, row.on) for row in rows[1:3]] == [("Quote", True), ("Claim", False)]


def test_what_is_asked_for_or_forbidden_is_listed_however_rare():
    rows = rows_of(MANY, '-tag:гонки (tag:"tag 250" OR tag:"tag 001")')
    assert [
        (row.label, row.on, row.off) for row in rows if isinstance(row, Facet) and (row.on or row.off)
    ] == [
        ("tag 001", True, False),
        ("tag 250", True, False),
        ("гонки", False, True),
    ]
    assert rows[-1] == More("tag", 300 - 7)


def test_facets_that_a_query_asks_of_are_counted_without_it():
    assert asked_facets("a kind:quote -tag:b (outlet:x OR outlet:y) date:2026") == ["kind", "outlet", "year"]


def test_model_keeps_its_promises(qtmodeltester, qapp):
    model = FacetModel()
    model.show(rows_of(FACETS | MANY, "-kind:claim"))
    qtmodeltester.check(model)
    said = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in (1, 2)]
    assert said == ["Quote, 14 hits", "Claim, excluded, 6 hits"]
    assert model.index(model.rowCount() - 1, 0).data() == "294 more"


def test_a_click_and_a_key_narrow(qtbot, pane):
    assert pane.show_facets(FACETS, "паром") and not pane.show_facets({}, "паром")
    pane.show_facets(FACETS, "паром")
    with qtbot.waitSignal(pane.query_wanted) as caught:
        qtbot.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=place(pane, 2))
    assert caught.args == ["паром kind:claim"]
    pane.show_facets(FACETS, "паром kind:claim")
    assert pane.model.row(pane.view.currentIndex()).value == "claim", "the keyboard stays where it was"
    with qtbot.waitSignal(pane.query_wanted) as caught:
        qtbot.keyClick(pane.view, Qt.Key.Key_Space)
    assert caught.args == ["паром"]


def test_a_modifier_a_key_or_the_small_minus_excludes(qtbot, pane):
    pane.show_facets(FACETS, "паром")
    left, control = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
    wanted = []
    pane.query_wanted.connect(wanted.append)
    qtbot.mouseClick(pane.view.viewport(), left, control, place(pane, 2))
    qtbot.keyClick(pane.view, Qt.Key.Key_Minus)
    minus = pane.view.minus_of(pane.model.index(2, 0)).center().toPoint()
    qtbot.mouseClick(pane.view.viewport(), left, pos=minus)
    assert wanted == ["паром -kind:claim"] * 3


def test_the_arrows_pass_over_headings_and_long_lists_lead_on(qtbot, pane):
    pane.show_facets(FACETS | MANY, "паром")
    pane.view.setCurrentIndex(pane.model.index(2, 0))
    qtbot.keyClick(pane.view, Qt.Key.Key_Down)
    assert pane.model.row(pane.view.currentIndex()).label == "Марина Ветрова"
    pane.view.setCurrentIndex(pane.model.index(pane.model.rowCount() - 1, 0))
    with qtbot.waitSignal(pane.more_wanted) as caught:
        qtbot.keyClick(pane.view, Qt.Key.Key_Return)
    assert caught.args == ["tag"] and len(pane.values("tag")) == 300


def test_years_stand_side_by_side_and_many_share_a_bar():
    bars = bars_of(YEARS, "паром date:2020..2021 -date:2024")
    assert [(bar.first, bar.count, bar.on, bar.off) for bar in bars] == [
        (2019, 3, False, False),
        (2020, 0, True, False),
        (2021, 12, True, False),
        (2022, 0, False, False),
        (2023, 0, False, False),
        (2024, 1, False, True),
    ]
    long = bars_of({"1881": 1, "1900": 2, "2026": 5, "": 7}, "")
    assert len(long) <= 36 and sum(bar.count for bar in long) == 8 and long[0].words == "1880–1884"
    assert bars_of({}, "") == []


def test_a_year_or_a_stroke_over_several_narrows(qtbot, theme):
    chart = YearChart(theme)
    qtbot.addWidget(chart)
    chart.resize(256, 92)
    assert chart.show_years(YEARS, "") and not chart.show_years({"2026": 3}, "")
    chart.show_years(YEARS, "")
    chosen = []
    chart.years_chosen.connect(lambda *args: chosen.append(args))
    spot = [chart.place_of(number).toPoint() for number in range(6)]
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=spot[2])
    qtbot.mousePress(chart, Qt.MouseButton.LeftButton, pos=spot[4])
    qtbot.mouseMove(chart, spot[1])
    qtbot.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=spot[1])
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    qtbot.keyClick(chart, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(chart, Qt.Key.Key_Space)
    assert chosen[:2] == [("2021", False), ("2020..2023", False)] and chosen[2][0].startswith("20")
    assert "hits" in chart.accessibleName()


def test_years_take_the_place_of_other_years(pane):
    pane.show_facets({"year": YEARS}, "паром date:2019")
    wanted = []
    pane.query_wanted.connect(wanted.append)
    pane.years.years_chosen.emit("2021", False)
    pane.years.years_chosen.emit("2024", True)
    assert wanted == ["паром date:2021", "паром date:2019 -date:2024"]
