"""How a query was read, as a plain sentence."""

from desktop.search import syntax
from desktop.search.syntax import Filter, Manner, Node, Phrase, Without, Word

_MANNERS = {
    Manner.FORMS: "any form of “{}”",
    Manner.PREFIX: "words beginning with “{}”",
    Manner.SIMILAR: "words like “{}”",
    Manner.TYPING: "any form of “{}”, or words beginning so",
}
_MOST_NAMES = 4
_PLACES = {"title": " in the title", "text": " in the text", "note": " in a note"}
_FILTERS = {
    "kind": "kind is {}",
    "tag": "tag “{}” or one below it",
    "collection": "collection “{}” or one below it",
    "speaker": "speaker or author “{}”",
    "outlet": "outlet “{}”",
    "lang": "language {}",
    "date": "date {}",
    "read": "reading state {}",
    "verdict": "verdict {}",
}


def described(node: Node) -> str:
    """The node in words; parts of parts in brackets."""
    if isinstance(node, Word):
        return _MANNERS[node.manner].format(node.text) + _spellings(node) + _PLACES.get(node.field or "", "")
    if isinstance(node, Phrase):
        return f"exactly “{node.text.strip()}”" + _PLACES.get(node.field or "", "")
    if isinstance(node, Filter):
        return _FILTERS[node.field].format(_range(node.value) if node.field == "date" else node.value)
    if isinstance(node, Without):
        return f"not {_bracketed(node.what)}"
    joint = " or " if isinstance(node, syntax.Any) else " and "
    return joint.join(_bracketed(part) for part in node.parts)


def _spellings(word: Word) -> str:
    """What else a name is looked for as."""
    if word.manner not in (Manner.FORMS, Manner.TYPING):
        return ""
    listed = [f"“{other}”" for other in word.others[:_MOST_NAMES]]
    listed += ["in other spellings"] if word.is_name else []
    return f" (also {', '.join(listed)})" if listed else ""


def _bracketed(node: Node) -> str:
    words = described(node)
    return f"({words})" if isinstance(node, syntax.All | syntax.Any) else words


def _range(value: str) -> str:
    first, dots, last = (part.strip() for part in value.partition(".."))
    if not dots:
        return first
    return " ".join(filter(None, [f"from {first}" if first else "", f"to {last}" if last else ""]))
