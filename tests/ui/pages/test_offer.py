"""The bar over pages that are only pictures."""

import pytest

from desktop.ui.pages.offer import RecogniseOffer, language_name


@pytest.fixture
def offer(theme, qtbot):
    bar = RecogniseOffer(theme)
    qtbot.addWidget(bar)
    return bar


def test_languages_are_named_the_usual_ones_first(offer):
    offer.offer(("deu", "eng", "jpn", "jpn_vert", "rus"), "rus+eng")
    names = [action.text() for action in offer._actions]
    assert names == ["Russian", "English", "Japanese", "German", "Japanese (vert)"]
    assert offer.chosen == "rus+eng" and offer._languages.text() == "Russian, English"


def test_what_is_chosen_is_asked_for(offer, qtbot):
    offer.offer(("eng", "jpn", "rus"), "rus+eng")
    offer._actions[0].toggle()
    offer._actions[2].toggle()
    with qtbot.waitSignal(offer.wanted) as asked:
        offer.button.click()
    assert asked.args == ["eng+jpn"]
    offer.choose([])
    assert not offer.button.isEnabled() and offer._languages.text() == "Choose languages"


def test_it_says_what_can_be_done(offer):
    offer.say_pictures()
    assert offer.words == "This PDF has no text of its own. It can be read as pages." and not offer.offers
    offer.offer(())
    assert offer.words.endswith("then open this article again.") and not offer.offers
    offer.offer(("eng",), "eng", again=True)
    assert "read anew" in offer.words and offer.offers
    offer.say_running()
    assert not offer.offers


@pytest.mark.parametrize(
    ("code", "name"),
    [("ukr", "Ukrainian"), ("chi_sim", "Chinese (sim)"), ("xyz", "xyz"), ("script", "script")],
)
def test_codes_without_a_name_are_shown_as_they_are(code, name):
    assert language_name(code) == name


def test_in_a_narrow_window_the_choice_stands_under_the_words(qtbot, theme):
    bar = RecogniseOffer(theme)
    qtbot.addWidget(bar)
    bar.offer(("eng", "rus", "ukr"), "eng+rus+ukr")
    bar.resize(400, 90)
    qtbot.waitUntil(lambda: bar.button.y() > bar._words.y() + 8)
    assert bar._words.width() > 300
    bar.resize(900, 60)
    qtbot.waitUntil(lambda: bar.button.x() > bar._words.geometry().right())
