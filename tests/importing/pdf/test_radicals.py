"""Characters that PDFs name by their radicals."""

import unicodedata

from desktop.importing.pdf.radicals import whole


def test_radicals_become_the_characters_that_the_page_shows():
    assert whole("市⻑は記者会⾒で、⽔位は⼀晩で⼆メートル") == "市長は記者会見で、水位は一晩で二メートル"
    assert whole("⻄の⺠が⻝べる") == "西の民が食べる"


def test_every_radical_becomes_one_ideograph():
    for code in range(0x2E80, 0x2FD6):
        if unicodedata.name(chr(code), ""):
            assert len(whole(chr(code))) == 1
    assert all("\u3400" <= whole(chr(code)) <= "\u9fff" for code in range(0x2F00, 0x2FD6))


def test_everything_else_stays():
    text = "市長 Мост ﾊﾝｶｸ ① é 𠮷"
    assert whole(text) == text
