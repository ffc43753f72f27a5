"""Any text a person may bring: emoji, combining marks, CJK, astral letters, right to left."""

from hypothesis import strategies as st

_PIECES = [
    "Зеленський заявив",
    "ёлка",
    "й",
    "и\u0306",
    "ї",
    "п’ять",
    "«цитата»",
    "首相は東京で",
    "パ",
    "ハ\u309a",
    "か\u3099",
    "😀",
    "👩\u200d👩\u200d👧",
    "𝒳",
    "𠮷野家",
    "e\u0301",
    "naïve",
    "שלום",
    "مرحبا",
    " ",
    "\n",
    "—",
    "…",
    "a",
    "1 234,5",
    "\u00ad",
    "\u2028",
]

texts = st.lists(
    st.one_of(st.sampled_from(_PIECES), st.text(st.characters(exclude_categories=["Cs"]), max_size=6)),
    max_size=40,
).map("".join)


@st.composite
def texts_with_spans(draw):
    text = draw(texts.filter(bool))
    start = draw(st.integers(0, len(text) - 1))
    return text, start, draw(st.integers(start + 1, len(text)))
