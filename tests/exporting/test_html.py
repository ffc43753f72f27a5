"""The web page, parsed as a browser would."""

import re
from dataclasses import replace

import pytest
from lxml import html

from desktop.core.progress import Progress
from desktop.core.records import COLOURS
from desktop.exporting.html import policy, write

from .fakes import UKRAINIAN, FakeExportSet


@pytest.fixture
def page(written):
    return html.document_fromstring(written("html").encode(), parser=html.HTMLParser(encoding="utf-8"))


def test_nothing_is_loaded_from_elsewhere(page, written):
    loading = page.xpath(
        "//*[@src or @srcset or @background or @data or @poster or @action]|//link|//iframe|//img"
    )
    assert loading == []
    assert "url(" not in written("html")
    assert "@import" not in written("html")


def test_the_policy_forbids_all_but_the_pages_own_script_and_style(page):
    style, script = page.xpath("//style/text()")[0], page.xpath("//script/text()")[0]
    [declared] = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert declared == policy(style, script)
    assert declared.startswith("default-src 'none'")
    assert page.xpath("//*[@style]|//*[starts-with(name(@*), 'on')]") == []


def test_text_is_text_and_never_markup(page):
    assert len(page.xpath("//script")) == 1
    assert page.findtext(".//title") == "Reservoir <dossier> & “notes”"
    assert "<script>alert(1)</script>" in page.xpath("//article")[0].text_content()


def test_every_block_of_the_text_is_there_letter_for_letter(page):
    shown = page.xpath("//article[1]/div[@class='text']")[0]
    blocks = shown.xpath("./h3|./p|./ol/li|.//td|.//th|./blockquote/p|./pre|.//figcaption")
    cells = [part for block in UKRAINIAN.blocks for part in block.text.split("\t")]
    assert [block.text_content() for block in blocks] == cells
    assert shown.get("lang") == "uk"


def test_overlapping_marks_run_in_lanes_of_their_own(page):
    both = page.xpath("//mark[contains(@data-marks, '1-2 ') and contains(@data-marks, '1-3 ')]")
    assert "".join(run.text_content() for run in both) == "тріщину,"
    assert all({"u0-blue", "u1-orange"} <= set(run.get("class").split()) for run in both)


def test_a_mark_has_the_colour_it_was_given(page):
    [heading] = page.xpath("//h3/mark")
    assert "tint-pink" in heading.get("class")
    assert "line-pink" in page.xpath("//*[@id='m1-1']")[0].get("class")


def test_every_colour_of_the_archive_has_its_styles(written):
    style = written("html")
    for name in COLOURS:
        assert all(f"{rule}-{name} {{" in style for rule in (".tint", ".u0", ".u1", ".u2", ".line"))
        assert style.count(f"--tint-{name}: #") == style.count(f"--{name}: #") == 2, "light and dark"


def test_each_marks_runs_join_to_its_words(page, export_set):
    for number, mark in enumerate(export_set.items[0].annotations, 1):
        runs = page.xpath(f"//mark[contains(concat(' ', @data-marks), ' 1-{number} ')]")
        assert "".join(run.text_content() for run in runs) == "".join(
            span.exact.replace("\n", "") for span in mark.spans
        )


def test_only_safe_addresses_become_links(page):
    links = {link for link in page.xpath("//a/@href") if not link.startswith("#")}
    assert links == {"https://dam.example/a?b=1&c=2", "https://dam.example/п?q=a%20b"}


def test_marks_have_cards_that_the_filter_can_read(page):
    [card] = page.xpath("//*[@id='m1-2']")
    assert card.get("data-kind") == "quote"
    assert card.get("data-speaker") == "Ірина Мельник"
    assert "water/dams" in card.get("data-tags")
    assert page.xpath("//template[@id='tags']/option/text()") == ["water", "water/dams & <locks>"]
    assert page.xpath("//template[@id='speakers']/option/text()") == ["Ірина Мельник"]
    assert page.xpath("//form[@hidden]"), "without a script the filter stays out of sight"


def test_marks_of_another_capture_are_listed_but_not_painted(written, export_set):
    item = export_set.items[2]
    newer = replace(item.capture, id="newer", text="首相は「水位は上がった」と述べた。")
    page = html.document_fromstring(written("html", FakeExportSet([replace(item, capture=newer)])))
    assert page.xpath("//mark") == []
    assert len(page.xpath("//li[contains(@class, 'card')]")) == 1


def test_articles_are_written_one_at_a_time(tmp_path, export_set):
    """The page is on its way to the disk before the last article is read."""
    item, alive = export_set.items[0], []

    class Many(FakeExportSet):
        def __len__(self):
            return 400

        def __iter__(self):
            for number in range(400):
                alive.append(number)
                yield item
                if number == 399:
                    [draft] = tmp_path.glob(".pressmark-*.tmp")
                    assert draft.stat().st_size > 1_000_000

    report = write(Many([]), tmp_path / "many.html", Progress())
    assert (report.articles, len(alive)) == (400, 400)
    assert len(re.findall(r"<article ", (tmp_path / "many.html").read_text("utf-8"))) == 400
