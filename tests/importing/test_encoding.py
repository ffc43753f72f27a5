"""Bytes to text, in every encoding our readers meet."""

import codecs

import pytest

from desktop.importing.encoding import declared_in_markup, decode
from desktop.importing.oddness import oddness

RUSSIAN = 'Министр заявил: "Мы не можем оставаться в стороне", - и добавил, что решение будет принято завтра.'
UKRAINIAN = 'Міністр заявив: "Ми не залишимося осторонь". Її позиція, ґрунт, єдність, їжак.'
JAPANESE = "首相は「地震はいつ起きてもおかしくない」と述べた。国民に備えを呼びかけた。"

CASES = [
    *((RUSSIAN, name) for name in ("cp1251", "koi8-r", "cp866", "mac-cyrillic", "iso8859-5", "utf-8")),
    *((RUSSIAN, name) for name in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")),
    *((UKRAINIAN, name) for name in ("cp1251", "koi8-u", "utf-16-le")),
    *((JAPANESE, name) for name in ("cp932", "shift_jis", "euc_jp", "iso2022_jp", "utf-16-le", "utf-16-be")),
    ("naïve café façade, déjà vu", "cp1252"),
]


@pytest.mark.parametrize(("text", "encoding"), CASES, ids=[f"{e}-{t[:4]}" for t, e in CASES])
def test_undeclared_text_is_decoded(text, encoding):
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.replaced == 0


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_not_text(mark, encoding):
    decoded = decode(mark + RUSSIAN.encode(encoding), declared="koi8-r")
    assert (decoded.text, decoded.encoding, decoded.confidence) == (RUSSIAN, encoding, 1000)


@pytest.mark.parametrize("actual", ["cp1251", "koi8-r", "cp866", "mac-cyrillic", "iso8859-5"])
@pytest.mark.parametrize("declared", ["utf-8", "windows-1251", "koi8-r", "iso-8859-1"])
def test_a_lying_declaration_is_found_out(actual, declared):
    page = f'<html><head><meta charset="{declared}"></head><body><p>{RUSSIAN * 3}</p>'
    assert decode(page.encode(actual), declared).text == page


def test_a_true_declaration_settles_a_short_text():
    assert decode("Ґанок".encode("cp1251"), "windows-1251").text == "Ґанок"


def test_the_name_tells_koi8_russian_from_ukrainian():
    assert decode(RUSSIAN.encode("koi8-r")).encoding == "koi8-r"
    assert decode(UKRAINIAN.encode("koi8-u")).encoding == "koi8-u"


def test_a_few_broken_bytes_leave_the_rest_of_utf8_readable():
    decoded = decode("Начало ".encode() + b"\xff\xfe " + "середина, конец".encode())
    assert decoded.encoding == "utf-8"
    assert decoded.replaced == 2
    assert "середина" in decoded.text


def test_an_unknown_declaration_is_ignored():
    assert decode(RUSSIAN.encode("cp1251"), "x-no-such-thing").text == RUSSIAN


@pytest.mark.parametrize(
    ("markup", "name"),
    [
        (b'<meta charset="windows-1251">', "windows-1251"),
        (b"<META http-equiv=Content-Type content='text/html; charset=koi8-r'>", "koi8-r"),
        (b'<?xml version="1.0" encoding="Shift_JIS"?><html>', "Shift_JIS"),
        (b"<html><p>no declaration</p>", None),
    ],
)
def test_declarations_are_found_in_markup(markup, name):
    assert declared_in_markup(markup) == name


def test_wrong_decodings_look_odd_and_right_ones_do_not():
    assert oddness(RUSSIAN) == 0
    assert oddness(JAPANESE) == 0
    assert oddness(RUSSIAN.encode("koi8-r").decode("cp866")) > 0.2
    assert oddness(RUSSIAN.encode().decode("cp1251", "replace")) > 0.2


UDHR = {
    "Russian-Cyrillic": ("cp1251", "Принята и провозглашена"),
    "Ukrainian-Cyrillic": ("cp1251", "Беручи до уваги"),
    "Bulgarian_Balgarski-Cyrillic": ("cp1251", "признаването на достойнството"),
    "Belorus_Belaruski-Cyrillic": ("cp1251", "прызнанне"),
    "Japanese_Nihongo-EUC": ("euc_jp", "人類社会のすべての構成員"),
    "Japanese_Nihongo-JIS": ("iso2022_jp_ext", "人類社会のすべての構成員"),
    "Japanese_Nihongo-SJIS": ("cp932", "人類社会のすべての構成員"),
    "Greek_Ellinika-Greek": ("cp1253", "Επειδή η αναγνώριση"),
    "Hebrew_Ivrit-Hebrew": ("cp1255", "משפחת האדם"),
    "Arabic_Alarabia-Arabic": ("cp1256", "الأسرة البشرية"),
    "Chinese_Mandarin-GB2312": ("gb18030", "世 界 人 权 宣 言"),
    "Chinese_Mandarin-HZ": ("hz", "世 界 人 权 宣 言"),
    "Turkish_Turkce-Turkish": ("cp1254", "bunların eşit"),
    "Polish-Latin2": ("cp1250", "obradująca w Paryżu"),
    "Czech-Latin2": ("cp1250", "přirozené důstojnosti"),
    "German_Deutsch-Latin1": ("cp1252", "Präambel"),
    "French_Francais-Latin1": ("cp1252", "dignité inhérente"),
    "Spanish-Latin1": ("cp1252", "resolución"),
}


@pytest.mark.shared
@pytest.mark.parametrize("name", UDHR)
def test_the_declaration_of_human_rights_is_read(shared, name):
    decoded = decode((shared / "data/corpora/udhr" / name).read_bytes())
    encoding, words = UDHR[name]
    assert decoded.encoding == encoding
    assert words in decoded.text


@pytest.mark.shared
def test_every_utf8_file_of_the_declaration_is_utf8(shared):
    files = sorted((shared / "data/corpora/udhr").glob("*-UTF8"))
    wrong = [file.name for file in files if decode(file.read_bytes()).encoding != "utf-8"]
    assert len(files) > 15
    assert wrong == ["Czech_Cesky-UTF8"], "this one holds Latin-2 bytes, whatever its name says"
