"""How a query was read, as a plain sentence."""

import re

from desktop.search.dating import in_words
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
)
from desktop.search.signs import LETTER

_SIGNS = " (* is any letters, ? is one)"
_MANNERS = {
    Manner.FORMS: "any form of “{}”",
    Manner.EXACT: "only the form “{}”",
    Manner.PREFIX: "words beginning with “{}”",
    Manner.WILD: "words such as “{}”" + _SIGNS,
    Manner.SIMILAR: "words like “{}”",
    Manner.TYPING: "any form of “{}”, or words beginning so",
}
_EDITS = {
    None: "words like “{}”",
    0: "only the form “{}”",
    1: "words with one letter other than “{}”",
    2: "words with up to two letters other than “{}”",
}
_PLACES = {
    "title": " in the title",
    "text": " in the text",
    "note": " in a note",
    "claim": " in a claim's statement",
}
_MOST_NAMES = 4
_FILTERS = {
    "kind": "kind is {}",
    "tag": "tag “{}” or one below it",
    "collection": "collection “{}” or one below it",
    "speaker": "speaker or author “{}”",
    "author": "author “{}”",
    "outlet": "outlet “{}”",
    "lang": "language {}",
    "read": "reading state {}",
    "verdict": "verdict {}",
    "is": "is {}",
    "like": "like the record “{}”",
    "date": "date “{}”",
    "imported": "imported or marked “{}”",
}
_HAS = {
    "mark": "its article has marks",
    "highlight": "its article has highlights",
    "quote": "its article has quotes",
    "claim": "its article has claims",
    "note": "its article has a note",
    "tag": "has a tag",
    "speaker": "its article quotes a speaker",
    "verdict": "its article has a claim with a verdict",
    "date": "has a date",
    "outlet": "has an outlet",
    "author": "its article has an author",
    "collection": "is in a collection",
}
_DATES = {"date": "date {}", "imported": "imported or marked {}"}
# What stands around a word and is not searched for.
_AROUND = re.compile(r"\A[^\w*?]+|(?<=\w)[^\w*\u0300-\u036f\u3099\u309a]+\Z")


def described(node: Node) -> str:
    """The node in words; parts of parts in brackets."""
    if isinstance(node, All | Any):
        joint = " or " if isinstance(node, Any) else " and "
        return joint.join(_bracketed(part) for part in node.parts)
    if isinstance(node, Without):
        return f"not {_bracketed(node.what)}"
    if isinstance(node, Filter):
        return _HAS[node.value] if node.field == "has" else _FILTERS[node.field].format(node.value)
    if isinstance(node, Likeness):
        return f"like “{node.title}”" + (
            f", with words such as {', '.join(node.words[:5])}" if node.words else ""
        )
    if isinstance(node, Period):
        return _DATES[node.field].format(in_words(node.dates))
    return _asked(node) + _PLACES.get(node.field or "", "")


def _asked(node: Word | Phrase | Regex) -> str:
    if isinstance(node, Regex):
        return f"words matching /{node.text}/"
    if isinstance(node, Phrase):
        if node.slop is not None:
            return _near(node.text, node.slop)
        has_signs = "*" in node.text or LETTER.search(node.text)
        return f"exactly “{node.text}”" + (_SIGNS if has_signs else "")
    manner = _EDITS[node.edits] if node.manner is Manner.SIMILAR else _MANNERS[node.manner]
    return manner.format(_AROUND.sub("", node.text)) + _spellings(node)


def _near(text: str, slop: int) -> str:
    apart = "side by side" if not slop else f"at most {slop} other word{'s' if slop > 1 else ''} between them"
    return f"any forms of “{text}” near each other, {apart}"


def _spellings(word: Word) -> str:
    """What else a name is looked for as."""
    if word.manner not in (Manner.FORMS, Manner.TYPING):
        return ""
    listed = [f"“{other}”" for other in word.others[:_MOST_NAMES]]
    listed += ["in other spellings"] if word.is_name else []
    return f" (also {', '.join(listed)})" if listed else ""


def _bracketed(node: Node) -> str:
    words = described(node)
    return f"({words})" if isinstance(node, All | Any) else words
