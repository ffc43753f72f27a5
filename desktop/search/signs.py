"""The signs of the query line: what parts words, begins a quotation, or joins."""

import re
import unicodedata

# Full-width signs of Japanese keyboards are the same signs.
WIDTHS = str.maketrans("（）＂＊＝－～＞＜＆｜＼，", '()"*=-~><&|\\,')

QUOTES = {
    '"': '"',
    "«": "»",
    "“": "”",
    "„": "“”",
    "”": "”",
    "‹": "›",
    "「": "」",
    "『": "』",
    "〝": "〟〞",
    "《": "》",
    "‘": "’",
    "‚": "‘’",
}
# These are apostrophes too, so they end a word nowhere and a quotation only at the end of a word.
_APOSTROPHES = "‘’‚"
_QUOTE_SIGNS = "".join(sorted({*QUOTES, *"".join(QUOTES.values())} - {*_APOSTROPHES}))
PARTING = rf"\s(){_QUOTE_SIGNS}"

WORD = re.compile(rf"(?:\\.|[^{PARTING}])+")
VALUE = re.compile(rf"(?:\\.|[^{PARTING},、])+")
COMMA = re.compile(r"[,、](?=[^\s,、)])")
PIECE = re.compile(r"\\.|.", re.DOTALL)
# A number with its groups parted by spaces is one word, as it is in the index.
NUMBER = re.compile(r"\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?![\w*~])")
REGEX = re.compile(r"/((?:\\.|[^/\\\s])+)/(?=[\s)]|\Z)")
FIELD = re.compile(r"([^\W\d]{2,20})([:：])")
ADDRESS = re.compile(r"(?:https?|ftp|file)://", re.IGNORECASE)
NEAR = re.compile(r"~(\d{0,4})")
# A question mark at the end of a word is a question's; inside it stands for a letter.
LETTER = re.compile(r"\?(?=[?*]*\w|\*)")

_STRAIGHT = re.compile(r'(?:[^"]|"")*+(?=")')

_OPERATORS = {"AND": "and", "&&": "and", "OR": "or", "||": "or", "|": "or", "NOT": "not"}
# Only where some other letter is small: a headline in capitals is no formula.
_CYRILLIC_OPERATORS = {"И": "and", "ТА": "and", "ИЛИ": "or", "АБО": "or", "НЕ": "not"}


def operators(line: str) -> dict[str, str]:
    """The words that join in this line, and what each does."""
    small = any(char.islower() for char in line)
    return _OPERATORS | (_CYRILLIC_OPERATORS if small else {})


def operator(word: str, known: dict[str, str]) -> str:
    """What a word joins as; empty when it is a word like any other."""
    return known.get(unicodedata.normalize("NFKC", word), "")


def joins(word: str) -> bool:
    """Whether the word joins in some line, so that it must be written with care."""
    return bool(operator(word, _OPERATORS | _CYRILLIC_OPERATORS))


def quotation_end(line: str, at: int) -> int:
    """Where the quotation that begins at ``at`` has its closing mark; -1 when it has none.

    A straight mark that stands twice is a mark within the quotation.
    """
    opening = line[at]
    if opening == '"':
        end = _STRAIGHT.match(line, at + 1)
        return end.end() if end else line.find('"', at + 1)
    after = r"(?!\w)" if opening in _APOSTROPHES else ""
    end = re.compile(f"[{QUOTES[opening]}]{after}").search(line, at + 1)
    return end.start() if end else -1
