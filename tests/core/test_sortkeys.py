import pytest

from desktop.core.sortkeys import name_key, sort_key


@pytest.mark.parametrize(
    "order",
    [
        ["елка", "ёж", "жук"],
        ["Їжак", "йод"],
        ["где", "ґанок", "дім"],
        ["Глава 2", "Глава 10"],
        ["ア", "い", "ウ", "が", "ギ"],
        ["abc", "Äbc", "b"],
        ["«Аист»", "Бук"],
        ["2", "10", "a", "а", "あ", "漢"],
    ],
)
def test_keys_sort_as_readers_expect(order):
    backwards = order[::-1]
    assert sorted(backwards, key=sort_key) == order


def test_one_name_in_many_spellings_has_one_key():
    assert name_key("ТЕГ ") == name_key("тег")
    assert name_key("ＡＢＣ  x") == name_key("abc X")
    assert name_key("й") != name_key("и")
