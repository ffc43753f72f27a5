"""A query tree as the line that reads as this tree again."""

import re

from desktop.core.query_fields import BY_NAME, WORD_FIELDS, FieldKind
from desktop.search import signs
from desktop.search.fold import fold_value
from desktop.search.nodes import (
    All,
    Any,
    Filter,
    Likeness,
    Manner,
    Node,
    Period,
    Phrase,
    Regex,
    Without,
    Word,
    tidied,
)

_SPECIAL = re.compile(rf"[{signs.PARTING}\\*~]")
_BEGINS = re.compile(r"[-−=/‘‚]")
_BARE_VALUE = re.compile(r"\w[\w./@#&+:-]*")
_BARE_DATE = re.compile(r"[<>]?=?\d{4}[\d-]*(?:\.\.(?:\d{4}[\d-]*)?)?|\.\.\d{4}[\d-]*")


def write(node: Node) -> str:
    """The line of a tree; reading it gives the tidied tree again.

    That holds for lines of up to ``syntax.LONGEST`` characters and ``syntax.MOST_WORDS`` words, whose
    words and values have letters or digits. What is known only when asking (a word's language, the days
    of a period) is not part of a line: a period is written with its days.
    """
    neat = tidied(node)
    return "" if neat is None else _line(neat)


def _line(node: Node) -> str:
    if isinstance(node, All):
        return _apart([_bracketed(part) if isinstance(part, Any) else _line(part) for part in node.parts])
    if isinstance(node, Any):
        return _listed(node) or " OR ".join(_bracketed(part) for part in node.parts)
    if isinstance(node, Without):
        return f"-{_bracketed(node.what)}"
    return _leaf(node)


def _bracketed(node: Node) -> str:
    line = _line(node)
    return f"({line})" if isinstance(node, All) or (isinstance(node, Any) and not _listed(node)) else line


def _listed(node: Any) -> str:
    """Values of one field with commas between them; empty where it is something else."""
    fields = {part.field if isinstance(part, Filter) else "" for part in node.parts}
    if len(fields) > 1 or fields == {""}:
        return ""
    values = [_value(part.field, part.value) for part in node.parts if isinstance(part, Filter)]
    return f"{fields.pop()}:{','.join(values)}"


def _leaf(node: Word | Phrase | Regex | Filter | Period | Likeness) -> str:
    if isinstance(node, Filter):
        return f"{node.field}:{_value(node.field, node.value)}"
    if isinstance(node, Likeness):
        return f"like:{_quoted(node.key[2:] or node.title)}"
    if isinstance(node, Period):
        return f"{node.field}:{node.dates.first or ''}..{node.dates.last or ''}"
    place = f"{node.field}:" if node.field in WORD_FIELDS else ""
    if isinstance(node, Regex):
        return f"{place}/{node.text}/"
    if isinstance(node, Phrase):
        return place + _quoted(node.text) + ("" if node.slop is None else f"~{node.slop}")
    return place + _word(node)


def _word(word: Word) -> str:
    if word.manner is Manner.WILD:
        return _escaped(word.text, keep="*")
    text = signs.LETTER.sub(r"\?", _escaped(word.text))
    if word.manner is Manner.EXACT:
        return f"={text}"
    if word.manner is Manner.PREFIX:
        return f"{text}*"
    if word.manner is Manner.SIMILAR:
        return f"{text}~{'' if word.edits is None else word.edits}"
    return text


def _escaped(text: str, keep: str = "") -> str:
    """A word with a backslash before what would be a sign."""
    if signs.NUMBER.fullmatch(text):
        return text
    plain = _SPECIAL.sub(lambda found: found[0] if found[0] in keep else f"\\{found[0]}", text)
    field = signs.FIELD.match(plain)
    if field and fold_value(field[1]) in BY_NAME:
        plain = f"{plain[: field.end() - 1]}\\{plain[field.end() - 1 :]}"
    return f"\\{plain}" if _BEGINS.match(plain) or signs.joins(plain) else plain


def _value(field: str, value: str) -> str:
    dated = BY_NAME[field].kind is FieldKind.DATES
    bare = (_BARE_DATE if dated else _BARE_VALUE).fullmatch(value) and not signs.joins(value)
    return value if bare else _quoted(value)


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _apart(lines: list[str]) -> str:
    """The lines side by side, so that no two numbers become one."""
    joined = lines[0]
    for line in lines[1:]:
        one_number = re.match(r"\d{3}(?!\d)", line) and re.search(r"\d\Z", joined)
        joined += " \\" + re.sub(r"(\s)", r"\\\1", line) if one_number else f" {line}"
    return joined
