"""What tells a right decoding from a wrong one."""

import pytest

from desktop.importing.encoding import decode
from desktop.importing.oddness import capitals_misplaced, oddness, strangeness

RUSSIAN = "река поднялась на два метра, сказала она вчера, и я это видел"
UKRAINIAN = "Річка піднялася на два метри, сказала вона вчора, і я це бачив"
JAPANESE = "首相は地震がいつ起きてもおかしくないと述べた"


@pytest.mark.parametrize("wrong", ["cp1251", "cp866", "iso8859-5", "cp932", "cp1252"])
@pytest.mark.parametrize("text", [RUSSIAN, UKRAINIAN])
def test_a_wrong_cyrillic_decoding_is_stranger_even_without_odd_characters(text, wrong):
    misread = text.encode("koi8-u").decode(wrong, "replace")
    assert strangeness(misread) > strangeness(text) + 0.05


def test_prose_is_not_strange():
    assert max(map(strangeness, (RUSSIAN, UKRAINIAN, JAPANESE, "Der Präsident sagte: „Ja“."))) < 0.06
    assert oddness("plain words") == strangeness("plain words") == 0


def test_capitals_tell_windows_from_mac():
    text = "Юрий, Яна и Павел сказали: это я"
    assert capitals_misplaced(text) == 0
    assert capitals_misplaced(text.encode("mac-cyrillic").decode("cp1251", "replace")) > 2
    assert capitals_misplaced(text.encode("cp1251").decode("mac-cyrillic")) > 0


@pytest.mark.parametrize("declared", ["windows-1251", "koi8-r", "shift_jis", "euc-jp", "iso-8859-1", "utf-8"])
@pytest.mark.parametrize("actual", ["cp1251", "koi8-u", "mac-cyrillic"])
def test_a_sentence_is_read_right_whatever_is_declared(actual, declared):
    text = "Міністр заявив, що річка піднялася на два метри, і я йому вірю."
    assert decode(text.encode(actual), declared).text == text


def test_japanese_in_utf_16_without_a_mark_is_recognised_by_its_kana():
    text = "日本共産党の事務所・施設は、各地域の地区委員会にもあり、地表に建てられている。"
    assert decode(text.encode("utf-16-le")).text == text
