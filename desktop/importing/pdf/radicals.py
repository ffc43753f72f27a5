"""Radicals of Chinese characters, which many PDFs name where their pages show whole characters.

Fonts draw ⽔ (a radical) and 水 (water) with one glyph; programs that write PDFs by way of the glyph often
name the first. A search for 水位 would not find ⽔位, and a quotation would hold other characters than were
printed.
"""

import re
import unicodedata

# The property Equivalent_Unified_Ideograph of Unicode 14, as far as it stays in the basic plane. For the
# other block of radicals, U+2F00 to U+2FD5, compatibility decomposition says the same.
_RADICALS = (
    "⺁⺂⺃⺄⺅⺆⺈⺉⺊⺋⺌⺍⺎⺏⺐⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺫⺬"
    "⺭⺯⺰⺱⺲⺳⺴⺶⺹⺺⺻⺼⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜"
    "⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
)
_CHARACTERS = (
    "厂乛乚乙亻冂刀刂卜㔾小小兀尣尢巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王目示"
    "礻糹纟罓罒㓁冗羊耂肀聿肉艹艹艹虎衤覀西见角讠贝车辶辶辶邑钅長镸长门阝雨青韦页风飞"
    "食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
_WHOLE = {
    **dict(zip(map(ord, _RADICALS), _CHARACTERS, strict=True)),
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
}
_ANY = re.compile("[\u2e80-\u2fd5]")


def whole(text: str) -> str:
    """The text with whole characters in place of radicals, one for one."""
    return text.translate(_WHOLE) if _ANY.search(text) else text
