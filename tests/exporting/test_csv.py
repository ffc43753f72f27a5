"""The table of marks."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.anchors import Span
from desktop.core.records import Vocabulary
from desktop.exporting.csv import COLUMNS, defused, row

from .fakes import CLAIM, PERSON


@pytest.fixture
def rows(written):
    return list(csv.DictReader(io.StringIO(written("csv").removeprefix("\ufeff"), newline="")))


def test_excel_is_told_the_encoding_and_lines_end_as_rfc_4180_says(written):
    text = written("csv")
    assert text.startswith("\ufeffannotation_id,kind,quote,")
    assert text.endswith("\r\n")


def test_one_row_a_mark_in_text_order_with_all_columns(rows):
    assert [row["kind"] for row in rows] == ["highlight", "quote", "claim", "note", "highlight", "quote"]
    assert tuple(rows[0]) == COLUMNS


def test_a_quote_has_its_speaker_and_the_code_points_of_every_span(rows, export_set):
    row, text = rows[1], export_set.items[0].capture.text
    assert (row["speaker"], row["cue"], row["mode"]) == (PERSON.name, "сказала", "direct")
    words = [text[slice(*map(int, span.split(":")))] for span in row["spans"].split()]
    assert " … ".join(words) == row["quote"]


def test_words_without_a_known_place_have_no_numbers(export_set):
    item = export_set.items[0]
    mark = replace(item.annotations[0], spans=(Span(7, 7, "lost words"),))
    cells = dict(zip(COLUMNS, row(item, mark, Vocabulary()), strict=True))
    assert [cells[name] for name in ("quote", "start", "end", "spans")] == ["lost words", "", "", ""]


def test_a_claim_has_its_statement_stance_and_verdict(rows):
    assert (rows[2]["claim"], rows[2]["stance"], rows[2]["verdict"]) == (
        CLAIM.statement,
        "asserts",
        "refuted",
    )


def test_formulas_in_words_and_notes_are_defused(rows):
    assert rows[3]["quote"] == "'=1+1 — перша\nдруга"
    assert rows[3]["note"].startswith("'=HYPERLINK")


def test_dash_dialogue_is_left_alone():
    assert defused("— Вода уходит, — сказал он.") == "— Вода уходит, — сказал он."


@given(st.text())
def test_no_cell_begins_a_formula_and_the_words_come_back(text):
    cell = defused(text)
    assert not cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))
    assert cell in (text, "'" + text)
