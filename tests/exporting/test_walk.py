"""Each quote is held to the text it came from."""

from dataclasses import replace

import pytest

from desktop.core.progress import Progress
from desktop.exporting.formats import FORMATS
from desktop.exporting.links import web_address
from desktop.exporting.walk import carried, facts, mismatches

from .fakes import CLAIM, PERSON, ROOT, TAG, VOCABULARY, FakeExportSet

WRITTEN = [name for name, entry in FORMATS.items() if entry.module]


def altered(export_set):
    """The same selection, one letter of one text changed after marking."""
    item = export_set.items[2]
    capture = replace(item.capture, text=item.capture.text.replace("水位", "水圧"))
    return FakeExportSet([*export_set.items[:2], replace(item, capture=capture)], VOCABULARY)


@pytest.mark.parametrize("name", WRITTEN)
def test_a_sound_selection_exports_without_a_warning(tmp_path, export_set, name):
    report = FORMATS[name].writer()(export_set, tmp_path / "out", Progress())
    assert (report.articles, report.annotations, report.warnings) == (3, 6, ())


@pytest.mark.parametrize("name", WRITTEN)
def test_words_that_are_not_the_texts_words_are_reported(tmp_path, export_set, name):
    report = FORMATS[name].writer()(altered(export_set), tmp_path / "out", Progress())
    assert len(report.warnings) == 1
    assert "水位は下がった" in report.warnings[0]


def recaptured(item, text: str):
    """The article after a further capture with another text; its marks stay on the old one."""
    return replace(item, capture=replace(item.capture, id="newer", text=text))


def test_marks_of_an_earlier_capture_are_carried_to_the_same_words(export_set):
    item = recaptured(export_set.items[2], "追記あり。首相は「水位は下がった」と述べた。")
    [mark] = carried(item).annotations
    assert (mark.capture_id, mark.spans[0].start, mark.exact) == ("newer", 9, "水位は下がった")
    assert mismatches(carried(item)) == []


@pytest.mark.parametrize(
    "text", ["首相は「水位は上がった」と述べた。", "水位は下がった。水位は下がった。", ""]
)
def test_marks_are_never_carried_to_other_or_uncertain_words(export_set, text):
    item = recaptured(export_set.items[2], text)
    assert carried(item) == item
    [warning] = mismatches(item)
    assert "earlier capture" in warning


def test_progress_names_each_article(tmp_path, export_set):
    told = []
    FORMATS["csv"].writer()(export_set, tmp_path / "out", Progress(lambda *report: told.append(report)))
    assert told == [(0, 3, ""), (1, 3, "Тріщина & <гребля>"), (2, 3, "Plain"), (3, 3, "")]


@pytest.mark.parametrize("name", WRITTEN)
def test_names_that_nothing_exported_refers_to_stay_at_home(tmp_path, export_set, name):
    FORMATS[name].writer()(FakeExportSet(export_set.items[2:], VOCABULARY), tmp_path / "out", Progress())
    text = (tmp_path / "out").read_text("utf-8")
    assert "水位は下がった" in text
    assert not any(private in text for private in (PERSON.name, CLAIM.statement, TAG.name, "skos:notation"))


def test_an_article_left_out_is_reported(tmp_path, export_set):
    class OneMissing(FakeExportSet):
        def __len__(self):
            return 4

    report = FORMATS["csv"].writer()(OneMissing(export_set.items), tmp_path / "out", Progress())
    assert report.warnings == ("1 of the chosen articles have no text and were left out.",)


def test_facts_look_up_names(export_set):
    quote, claim = export_set.items[0].annotations[1:3]
    assert facts(quote, VOCABULARY).speaker == PERSON
    assert facts(claim, VOCABULARY).claim == CLAIM
    assert facts(claim, VOCABULARY).tags == (ROOT.path, TAG.path)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://a.example/b c", "https://a.example/b%20c"),
        (' https://a.example/"><script>', "https://a.example/%22%3E%3Cscript%3E"),
        ("mailto:desk@a.example", "mailto:desk@a.example"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("http://[broken", None),
        ("//a.example/x", None),
        ("a.example", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_and_mail_addresses_are_links(given, expected):
    assert web_address(given) == expected
