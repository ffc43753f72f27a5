"""The conditions' names as people read them."""

from desktop.core.query_fields import CHOICES, FIELDS, FieldKind
from desktop.operations.conditions import ANYWHERE, OF_DATES, How, Operator

HOWS = {How.ALL: "all of", How.ANY: "any of", How.NONE: "none of"}
_LABELS = {
    "title": "Title",
    "text": "Text",
    "note": "Note",
    "claim": "Claim",
    "kind": "Kind",
    "tag": "Tag",
    "speaker": "Speaker or author",
    "author": "Author",
    "verdict": "Verdict",
    "outlet": "Outlet",
    "lang": "Language",
    "collection": "Collection",
    "date": "Published",
    "imported": "Imported or marked",
    "has": "Contents",
    "is": "State",
    "read": "Reading",
}
TEXT_FIELD = "line"  # stands for rows that are a piece of query line
_OF_WORDS = {
    Operator.FORMS: ("has, in any form", "has not, in any form"),
    Operator.EXACT: ("has exactly", "has not exactly"),
    Operator.PHRASE: ("has the phrase", "has not the phrase"),
    Operator.NEAR: ("has near each other", "has not near each other"),
    Operator.BEGINS: ("has what begins with", "has nothing beginning with"),
    Operator.SIMILAR: ("has similar to", "has nothing similar to"),
    Operator.WILD: ("has what looks like", "has nothing looking like"),
    Operator.PATTERN: ("matches the pattern", "does not match the pattern"),
}
_OF_DATES = {
    Operator.IS: ("is in", "is not in"),
    Operator.FROM: ("from", "not from"),
    Operator.UNTIL: ("to", "not to"),
    Operator.BETWEEN: ("between", "not between"),
    Operator.AFTER: ("after", "not after"),
    Operator.BEFORE: ("before", "not before"),
}
_EXAMPLES = {
    Operator.FORMS: "Words, e.g. bridge",
    Operator.EXACT: "The word in this form alone",
    Operator.PHRASE: "Words in this order",
    Operator.NEAR: "Words with few others between",
    Operator.BEGINS: "The beginning of a word",
    Operator.SIMILAR: "A word that may be misspelt",
    Operator.WILD: "w?rd*",
    Operator.PATTERN: "A regular expression for one word",
    Operator.LINE: "A piece of query line",
}


_DISTANCES = (1, 2, 3, 10, 20, 50)


def field_choices() -> list[tuple[str, str]]:
    """(name, label) of every field of the query line, and of a row of plain query text."""
    fields = [(field.name, _LABELS.get(field.name, field.name.capitalize())) for field in FIELDS]
    return [(ANYWHERE, "Anywhere"), *fields, (TEXT_FIELD, "As text")]


def operator_label(field: str, operator: Operator, *, negated: bool) -> str:
    if operator is Operator.LINE:
        return "does not match" if negated else "matches"
    if operator in _OF_WORDS:
        return _OF_WORDS[operator][negated]
    if field in ("date", "imported"):
        return _OF_DATES[operator][negated]
    if field == "has":
        return "has no" if negated else "has"
    return "is not" if negated else "is"


def value_choices(field: str) -> list[tuple[str, str]]:
    """(value, label) of a field with a few values; empty for other fields."""
    return [(value, value[:1].upper() + value[1:]) for value in CHOICES.get(field, {})]


def number_choices(operator: Operator, own: int | None) -> list[tuple[str, str]]:
    """How far a similar word may be, or how many words may stand between; empty for other operators.

    Args:
        own: What was read, which stays one of the choices.
    """
    if operator is Operator.SIMILAR:
        return [("", "by its length"), ("1", "1 letter other"), ("2", "2 letters other")]
    if operator is Operator.NEAR:
        known = sorted({*_DISTANCES, *([] if own is None else [own])})
        return [("", "within a few"), *((str(number), f"within {number}") for number in known)]
    return []


def example(field: str, operator: Operator) -> str:
    """What to write into an empty value."""
    if operator in _EXAMPLES:
        return _EXAMPLES[operator]
    if operator in OF_DATES and field in ("date", "imported"):
        return "2026, 2026-03, last week"
    return next((f"e.g. {one.example}" for one in FIELDS if one.name == field), "")


def is_dated(field: str) -> bool:
    return any(one.name == field and one.kind is FieldKind.DATES for one in FIELDS)
