"""What a card says, from the records alone."""

from dataclasses import replace

from desktop.core.anchors import AnchorState
from desktop.core.records import AnnotationKind, QuoteMode, Verdict
from desktop.ui.inspector.cards import card_of
from desktop.ui.inspector.layout import CardLayout
from desktop.ui.wording import short_date
from tests.ui.inspector.material import VOCABULARY, annotation, placement, placements


def card(one, state=AnchorState.EXACT):
    return card_of(placement(one, state), VOCABULARY)


def test_a_quote_shows_its_speaker_mode_cue_and_day():
    shown = card_of(placements()[1], VOCABULARY)
    assert (shown.speaker, shown.said) == (
        "Марина Ветрова",
        f"direct · “сказала” · {short_date('2026-03-14')}",
    )
    assert shown.tags == (("инфраструктура/мост", "colour.blue"), ("проверить", "colour.red"))


def test_a_claim_shows_its_statement_and_verdict():
    shown = card_of(placements()[0], VOCABULARY)
    assert (shown.statement, shown.verdict, shown.stance) == (
        "Lorry ban 16 March – 27 April",
        Verdict.SUPPORTED,
        "asserts",
    )


def test_a_statement_that_repeats_the_words_is_not_shown_twice():
    words = VOCABULARY.claims["c-450"].statement + "."
    shown = card(annotation(1, AnnotationKind.CLAIM, words, claim_id="c-450"))
    assert shown.statement == "" and shown.verdict == Verdict.OPEN


def test_quotation_marks_are_added_only_where_there_are_none():
    assert card(annotation(1, AnnotationKind.QUOTE, "мы не вправе")).words == "«мы не вправе»"
    assert card(annotation(1, AnnotationKind.QUOTE, "「前倒し」")).words == "「前倒し」"
    assert card(annotation(1, AnnotationKind.HIGHLIGHT, "мы не вправе")).words == "мы не вправе"


def test_unsure_and_lost_places_are_explained():
    one = annotation(1, AnnotationKind.HIGHLIGHT, "паром")
    assert card(one).explanation == ""
    assert card(one, AnchorState.FUZZY).unsure and card(one, AnchorState.AMBIGUOUS).unsure
    lost = card(one, AnchorState.ORPHAN)
    assert lost.orphan and "not in this text" in lost.explanation and lost.label == "Highlight · orphan"


def test_a_screen_reader_hears_the_whole_card():
    one = annotation(
        1,
        AnnotationKind.QUOTE,
        "「橋」",
        speaker_id="p-zelensky",
        mode=QuoteMode.DIRECT,
        note="Проверить перевод",
        tag_ids=("t-harbour",),
    )
    assert card(one).sentence == "Quote. 「橋」. Владимир Зеленский. direct. 港湾. Проверить перевод"


def test_records_that_vanished_leave_no_trace_on_the_card():
    gone = annotation(
        1, AnnotationKind.QUOTE, "«слова»", speaker_id="nobody", claim_id="none", tag_ids=("t-gone",)
    )
    shown = card(gone)
    assert (shown.speaker, shown.verdict, shown.tags) == ("", "", ())


def test_a_mark_of_somebody_else_says_who_made_it_and_when():
    theirs = annotation(
        1,
        AnnotationKind.HIGHLIGHT,
        "паром",
        creator="A. Vetrova",
        created_at="2021-03-04T10:00:00Z",
        updated_at="2026-01-01T00:00:00Z",
    )
    shown = card_of(placement(theirs), VOCABULARY, me="I")
    assert shown.maker == "Marked by A. Vetrova, 4 Mar 2021" and shown.maker in shown.sentence
    assert card_of(placement(replace(theirs, creator="")), VOCABULARY, me="I").maker == "Marked 4 Mar 2021"
    undated = replace(theirs, created_at=theirs.updated_at)
    assert card_of(placement(undated), VOCABULARY, me="I").maker == "Marked by A. Vetrova"


def test_my_own_marks_need_no_maker():
    mine = annotation(1, AnnotationKind.HIGHLIGHT, "паром", creator="I")
    assert card_of(placement(mine), VOCABULARY, me="I").maker == ""


def test_each_line_of_a_note_has_a_line_of_its_card(theme):
    def height(note):
        one = annotation(1, AnnotationKind.HIGHLIGHT, "паром", note=note)
        return CardLayout(card(one), 300, theme).height

    assert height("Really?\n\nBo: Yes.") > height("Really? Bo: Yes.") == height("Really?")
