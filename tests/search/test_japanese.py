"""Japanese inflection, from the tables of the school grammar, through the real index."""

import pytest

from desktop.search.japanese import Form, forms

VERBS = {
    "書く": "書かない 書きます 書けば 書こう 書いた 書かれた 書ける",
    "泳ぐ": "泳がない 泳ぎます 泳いだ",
    "話す": "話さない 話します 話した 話せる",
    "待つ": "待たない 待ちます 待った 待とう",
    "死ぬ": "死なない 死にます 死んだ",
    "飛ぶ": "飛ばない 飛びます 飛んで",
    "読む": "読まない 読みました 読んでいる 読もう",
    "買う": "買わない 買います 買った 買えば",
    "切る": "切らない 切ります 切った 切ろう",
    "行く": "行かない 行きます 行った 行こう",
    "見る": "見ない 見ます 見た 見られる 見よう",
    "食べる": "食べない 食べます 食べた 食べられる 食べよう 食べ、",
    "起きる": "起きない 起きます 起きて 起きれば",
    "繰り返す": "繰り返さない 繰り返した 繰返します",
    "取り上げる": "取り上げた 取上げて 取り上げられる",
    "発表する": "発表した 発表しない 発表される 発表させる",
    "対する": "対して 対しない",
    "来る": "来た 来ない 来ます",
}
ADJECTIVES = {
    "高い": "高くない 高かった 高ければ 高さ",
    "新しい": "新しく 新しかった 新しければ",
    "素晴らしい": "素晴らしかった すばらしい すばらしく",
}


@pytest.fixture
def japanese(finder):
    """Each inflected form in a text of its own, with the grammar's particles about it."""
    texts = {
        f"{word}/{form}": f"彼はそれを{form}。"
        for word, all_forms in (VERBS | ADJECTIVES).items()
        for form in all_forms.split()
    }
    finder.put(**texts)
    return finder


def test_a_dictionary_form_finds_its_inflected_forms(japanese):
    for word, all_forms in (VERBS | ADJECTIVES).items():
        assert japanese.find(word) >= {f"{word}/{form}" for form in all_forms.split()}, word


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("書いた", {"書く/書かない", "書く/書きます"}),
        ("読みました", {"読む/読まない", "読む/読もう"}),
        ("食べなかった", {"食べる/食べた", "食べる/食べよう"}),
        ("待って", {"待つ/待たない"}),
        ("高かった", {"高い/高くない", "高い/高さ"}),
        ("発表された", {"発表する/発表した"}),
    ],
)
def test_an_inflected_form_finds_its_sisters(japanese, asked, found):
    assert japanese.find(asked) >= found


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("食べる", "食べ物がある"),
        ("書く", "書店に行った"),
        ("見る", "見せかけだった"),
        ("高い", "高校に入った"),
        ("付く", "手を付けた"),
        ("入る", "箱に入れた"),
        ("読む", "読者が多い"),
    ],
)
def test_other_words_with_the_same_ideograph_are_not_found(finder, asked, text):
    finder.put(a=text)
    assert finder.find(asked) == set()


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("出来る", "よくできた話"),
        ("できる", "出来ました"),
        ("売り上げ", "売上が伸びた"),
        ("箇月", "三ヶ月かかった"),
        ("コンピューター", "コンピュータを買った"),
        ("行う", "式を行なった"),
    ],
)
def test_usual_spellings_are_one_word(finder, asked, text):
    finder.put(a=text)
    assert finder.find(asked) == {"a"}


def test_what_is_no_inflected_word_stands_for_itself():
    for run in ("首相", "東京都庁", "クラブ", "は", "日本の首相が語った言葉について述べよ"):
        assert forms(run) == [Form(run)]


def test_the_form_asked_for_comes_first(finder):
    finder.put(a="手紙を書いた。", b="手紙を書く。", c="手紙を書こう。")
    hits = finder.ask("書く").hits
    assert hits[0].key == "a:b" and len(hits) == 3


def test_the_hit_is_the_stem_with_what_follows_it(finder):
    finder.put(a="手紙を書きました。")
    snippet = finder.ask("書く").hits[0].snippet
    assert [snippet.text[a:b] for a, b in snippet.matches] == ["書き"]
