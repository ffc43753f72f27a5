"""What the search field can offer at the cursor: fields, their values, words for dates, operators."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.core.query_fields import (
    BY_NAME,
    CHOICES,
    DATE_WORDS,
    FIELDS,
    LANGUAGES,
    MONTHS,
    FieldKind,
    QueryField,
)

# What may be typed between words; offered by name, or all together when somebody asks.
OPERATORS = (
    ("AND ", "AND", "both; words side by side mean the same"),
    ("OR ", "OR", "one or the other"),
    ("NOT ", "NOT", "without what follows; a minus does the same"),
)
SIGNS = (
    ('"', '"…"', 'these words as they stand; "…"~5 near each other'),
    ("=", "=word", "only this form of it"),
    ("-", "-word", "without it"),
    ("(", "(…)", "what belongs together"),
    ("/", "/…/", "a regular expression for one word"),
)
_HAS = {
    "note": "articles with a note, or a mark that has one",
    "tag": "tagged itself",
    "speaker": "articles that quote somebody",
    "verdict": "articles with a claim that has a verdict",
    "date": "a date is known",
    "outlet": "a publisher is known",
    "author": "articles whose author is known",
    "collection": "is in a collection",
}
_TOKEN = re.compile(
    r"""(?<![^\s(])(-?)(\w{2,20})([:：])((?:"[^"]*"?|«[^»]*»?|「[^」]*」?|\([^)]*\)?|[^\s()"«「]+)*)"""
)
_QUOTES = {'"': '"', "«": "»", "“": "”", "„": "“”", "「": "」", "『": "』"}
_FIELD = re.compile(r"(\w{2,20})[:：]")
_CYRILLIC, _JAPANESE = re.compile("[\u0400-\u052f]"), re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
_MOST = 12


@dataclass(frozen=True, slots=True)
class Offer:
    """One completion.

    Attributes:
        text: What replaces what was typed of it.
        label: What is listed.
        note: Small words beside it.
        value: It ends a word, so that a space may follow.
    """

    text: str
    label: str
    note: str = ""
    value: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """What is being typed at the cursor.

    Attributes:
        start: Where it begins, with its quotation mark; in code points, as all offsets here.
        words: The part of it before the cursor, without the quotation mark.
        field: That it is a value of, and ``name`` by which name; None for words of the text.
        quoted: A quotation mark was opened and not closed.
    """

    start: int
    words: str
    field: QueryField | None = None
    name: str = ""
    quoted: bool = False


def field_tokens(text: str) -> Iterator[tuple[int, int, int]]:
    """(start, end of the field's name, end) of each field with its value, the minus before it included."""
    for match in _TOKEN.finditer(text):
        if _field_of(match[2]):
            yield match.start(), match.end(3), match.end()


def typed_at(text: str, cursor: int) -> Typed:
    """What is being typed before the cursor: within brackets and quotation marks, too."""
    return _Scan(text[:cursor]).typed()


def offers(
    text: str,
    cursor: int,
    values: Mapping[str, Sequence[str]],
    *,
    everything: bool = False,
    today: date | None = None,
) -> list[Offer]:
    """Completions for what is being typed at the cursor, best first.

    Args:
        values: The archive's own names by field, e.g. ``{"tag:": ["оборона/дроны"]}``.
        everything: Somebody asks what there is, before typing anything.
    """
    typed = typed_at(text, cursor)
    if typed.field is None:
        return [] if typed.quoted else _names(typed.words, everything)
    found = _values(typed, values, today or date.today())
    return [] if [offer.label for offer in found] == [typed.words] else found


class _Scan:
    """Goes once over the text before the cursor and remembers which field is being filled."""

    def __init__(self, before: str) -> None:
        self.before, self.at, self.start = before, 0, 0
        self.name = ""  # of the field whose value begins at ``start``
        self.scopes = [""]
        self.dated: tuple[int, str] | None = None  # where a date began, and its field's name

    def typed(self) -> Typed:
        while self.at < len(self.before):
            char = self.before[self.at]
            if char in _QUOTES and (closed := self._closing(char)) < 0:
                return self._typed(self.at, self.before[self.at + 1 :], quoted=True)
            if char in _QUOTES:
                self.at = closed
            elif char.isspace() or char in "()（）":
                self._part(char)
            elif self.at == self.start and char in "-−－=":
                self.start += 1
            elif char in ",，、" and self._name():
                self.start = self.at + 1
            elif self.at == self.start and (match := self._field()):
                self.name, self.start = match[1], match.end()
                self.dated = (self.start, self.name) if _is_date(self.name) else None
                self.at = match.end() - 1
            self.at += 1
        return self._dated() or self._typed(self.start, self.before[self.start :])

    def _part(self, char: str) -> None:
        """A space ends a value, a bracket begins or ends several."""
        if char in "(（":
            self.scopes.append(self._name())
        elif char in ")）" and len(self.scopes) > 1:
            self.scopes.pop()
        if not char.isspace():
            self.dated = None
        self.name, self.start = "", self.at + 1

    def _dated(self) -> Typed | None:
        """Words that go on as a date: ``date:last we``."""
        if self.dated is None or self.start == self.dated[0]:
            return None
        start, name = self.dated
        words = self.before[start:]
        known = any(phrase.startswith(words.lower()) for phrase in _date_words())
        return Typed(start, words, _field_of(name), name) if known else None

    def _closing(self, opening: str) -> int:
        ends = [self.before.find(mark, self.at + 1) for mark in _QUOTES[opening]]
        return min((end for end in ends if end >= 0), default=-1)

    def _field(self) -> re.Match[str] | None:
        match = _FIELD.match(self.before, self.at)
        return match if match and _field_of(match[1]) else None

    def _name(self) -> str:
        return self.name or self.scopes[-1]

    def _typed(self, start: int, words: str, *, quoted: bool = False) -> Typed:
        field = _field_of(self._name()) if self._name() else None
        if field is not None and field.kind is FieldKind.WORDS:
            return Typed(start, words, None, quoted=quoted or start > 0)
        return Typed(start, words, field, self._name(), quoted)


def _names(typed: str, everything: bool) -> list[Offer]:
    """Fields by any of their names, in the language that is being typed, and operators."""
    if not typed and not everything:
        return []
    wanted = _folded(typed)
    found = []
    for field in FIELDS:
        name = next((name for name in field.names if name.startswith(wanted)), None)
        if name:
            note = field.note if name == field.name else f"{field.name}: {field.note}"
            found.append(Offer(f"{name}:", f"{name}:", note))
    if typed.isupper() or everything:
        found += [Offer(text, name, note) for text, name, note in OPERATORS if name.startswith(typed)]
    return [*found, *(Offer(*sign) for sign in SIGNS)] if everything and not typed else found


def _values(typed: Typed, values: Mapping[str, Sequence[str]], today: date) -> list[Offer]:
    assert typed.field is not None
    field = typed.field
    if field.kind is FieldKind.DATES:
        return _dates(typed, today)
    if field.kind is FieldKind.CHOICES:
        return _choices(typed)
    key = "speaker:" if field.name == "author" else f"{field.name}:"
    known = values.get(key, ())
    if field.name == "lang":
        return _languages(typed, known)
    return [_value(name) for name in _best(typed.words, known)]


def _choices(typed: Typed) -> list[Offer]:
    """Values with a name that fits, in the language that is being typed."""
    assert typed.field is not None
    script = _script(typed.words or typed.name)
    found = []
    for value, names in CHOICES[typed.field.name].items():
        fitting = [name for name in names if name.startswith(_folded(typed.words))]
        alike = [name for name in fitting if _script(name) == script]
        if fitting and (alike or typed.words):
            name = (alike or fitting)[0]
            found.append(_value(name, value if name != value else _notes(typed.field.name, value)))
    return found


def _notes(field: str, value: str) -> str:
    """What a value means where a field has several kinds of them."""
    if field == "has":
        return _HAS.get(value, "articles with such a mark")
    if field != "is":
        return ""
    kinds = {"read": "reading", "verdict": "verdict", "kind": "kind"}
    return next((words for name, words in kinds.items() if value in CHOICES[name]), "without a date")


def _languages(typed: Typed, known: Sequence[str]) -> list[Offer]:
    """The archive's languages, by code or by name."""
    wanted, found = _folded(typed.words), []
    for code in known:
        names = LANGUAGES.get(code.partition("-")[0], ())
        if code.lower().startswith(wanted) or any(name.startswith(wanted) for name in names):
            found.append(_value(code, names[0].capitalize() if names else ""))
    return found[:_MOST]


def _dates(typed: Typed, today: date) -> list[Offer]:
    script = _script(typed.words or typed.name)
    languages = {"cyrillic": ("ru", "uk"), "japanese": ("ja",)}.get(script, ("en",))
    words = [word for language in languages for word in DATE_WORDS[language].split(", ")]
    months = [month for language in languages for month in MONTHS[language].split()]
    wanted = _folded(typed.words)
    found = [word for word in dict.fromkeys(words) if word.startswith(wanted)]
    if wanted:
        found += [month for month in months if _folded(month).startswith(wanted)]
        return [_value(word) for word in found[:_MOST]]
    year = today.year
    forms = [(f"{year}", "a year"), (f"{today:%Y-%m}", "a month"), (f">{year - 1}", "later than")]
    forms.append((f"{year - 1}..{year}", "from … to …"))
    return [*(_value(*form) for form in forms), *(_value(word) for word in found[: _MOST - len(forms)])]


def _best(typed: str, known: Sequence[str]) -> list[str]:
    """Names that begin so, then those with a word that does, then those that have it inside."""
    wanted = typed.casefold()
    ranks = [(_rank(one.casefold(), wanted), order) for order, one in enumerate(known)]
    best = sorted((rank, order) for rank, order in ranks if rank is not None)
    return list(dict.fromkeys(known[order] for _, order in best))[:_MOST]


def _rank(name: str, wanted: str) -> int | None:
    at = name.find(wanted)
    if at < 0:
        return None
    return 0 if at == 0 else 1 if not name[at - 1].isalnum() else 2


def _value(name: str, note: str = "") -> Offer:
    return Offer(quoted(name), name, note, value=True)


def quoted(name: str) -> str:
    """A value as the query language reads it back."""
    plain = re.fullmatch(r"[\w<>.][\w./@#&+:<>=-]*", name) and name not in ("AND", "OR", "NOT")
    doubled = name.replace('"', '""')
    return name if plain else f'"{doubled}"'


def _field_of(name: str) -> QueryField | None:
    return BY_NAME.get(_folded(name))


def _is_date(name: str) -> bool:
    field = _field_of(name)
    return field is not None and field.kind is FieldKind.DATES


def _date_words() -> list[str]:
    return [word for words in DATE_WORDS.values() for word in words.split(", ")]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _script(text: str) -> str:
    if _JAPANESE.search(text):
        return "japanese"
    return "cyrillic" if _CYRILLIC.search(text) else "latin"
