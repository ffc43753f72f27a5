"""Languages, of headlines as well as of articles."""

import pytest

from desktop.importing.language import UNKNOWN, detect_language, settle_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Президент подписал указ об экспорте", "ru"),
        ("Украина предлагает Японии партнёрство", "ru"),
        ("Україна пропонує Японії партнерство", "uk"),
        ("Президент підписав указ", "uk"),
        ("The president has signed the order", "en"),
        ("日本政府は新しい方針を発表した", "ja"),
        ("首相会見、円安で対応", "ja"),
        ("国家主席对记者说我们会发展", "zh"),
        ("대통령은 오늘 말했다", "ko"),
        ("Президентът заяви, че държавата ще се защити със сигурност", "bg"),
        ("Прэзідэнт падпісаў указ аб дзяржаўнай мове", "be"),
        ("Der Präsident hat heute gesagt", "de"),
        ("Le président a déclaré hier soir", "fr"),
    ],
)
def test_the_language_of_a_sentence(text, language):
    assert detect_language(text)[0] == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("В 1950 году Нобл назначил Роберта Кинтнера президентом, сам оставаясь до настоящего времени", "ru"),
        ("Почему дрова трещат в костре?", "ru"),
        ("Категория турнира — XIX.", "ru"),
        ("Движение по пътищата", "bg"),
        ("Such cities are for example Lublin, Kraków, Gdańsk, Poznań.", "en"),
        ("形容詞は (of) Dominica。", "ja"),
        ("国际的优の良品店在全国各地都有很多分店并且价格便宜而且质量也很好", "zh"),
    ],
)
def test_sentences_without_letters_that_tell(text, language):
    assert detect_language(text)[0] == language


def test_what_the_letters_say_counts_for_more_than_a_template():
    russian = "Эти выводы объясняют, почему река поднялась на два метра за одну ночь."
    assert settle_language("en", russian)[0] == "ru"
    assert settle_language("ru", russian)[0] == "ru"


def test_a_few_words_count_for_less_than_a_declaration():
    assert settle_language("sr", "Новости") == ("sr", 500)
    assert settle_language("de", "12 345") == ("de", 500)


def test_a_declaration_tells_near_languages_apart():
    indonesian = "Sebelum Islam pecah jadi Sunni dan Syiah zaman Khalifah Ali, umat hidup bersama."
    assert settle_language("id", indonesian)[0] == "id"


def test_a_language_nobody_declared_is_told_only_when_sure():
    assert settle_language(None, "Vale.") == (None, 0)
    assert settle_language(None, "Президент подписал указ об экспорте")[0] == "ru"


def test_confidence_grows_with_the_text():
    short, long = detect_language("Новости"), detect_language("Новости о том, что сегодня было в мире. " * 20)
    assert 0 < short[1] < 700 < long[1] <= 1000


def test_no_letters_no_language():
    assert detect_language("12 345 — 67 %") == UNKNOWN
    assert detect_language("") == UNKNOWN


def test_a_quotation_does_not_turn_the_article():
    article = "Міністр закордонних справ України відповів журналістам, що це його позиція. " * 10
    assert detect_language(article + "«Это мы ещё посмотрим, — сказал он. — Вы бы объяснили».")[0] == "uk"


def test_japanese_with_latin_names_is_japanese():
    assert detect_language("Kyodo News によると、Zelensky 大統領が Tokyo で述べた。")[0] == "ja"


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("Russian-UTF8", "ru"),
        ("Ukrainian-UTF8", "uk"),
        ("Japanese_Nihongo-UTF8", "ja"),
        ("English-Latin1", "en"),
    ],
)
def test_the_language_of_the_declaration(shared, name, language):
    text = (shared / "data/corpora/udhr" / name).read_text("utf-8")
    code, confidence = detect_language(text)
    assert code == language
    assert confidence > 950
