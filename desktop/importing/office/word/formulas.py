"""Formulas of Word (OMML) as words: letters in reading order, with a sign for what is above or below."""

from lxml import etree

from desktop.importing.xml import local

_BETWEEN = {"sSup": "^", "sSub": "_", "sSubSup": "_", "f": "/", "limLow": "_", "limUpp": "^"}
_LAST = {"sSubSup": "^"}
_BEFORE = {"rad": "√"}
_PARTS = {"e", "sup", "sub", "num", "den", "lim"}
_MOST = 5000


def formula_words(root: etree._Element) -> str:
    """What an ``m:oMath`` says."""
    parts: list[str] = []
    for node in root.iter():
        if len(parts) >= _MOST:
            break
        name = local(node)
        if name in _PARTS:
            parts.append(_joint(node))
        elif name in _BEFORE:
            parts.append(_BEFORE[name])
        elif name == "chr":
            parts.append(next(iter(map(str, node.attrib.values())), ""))
        elif name == "t":
            parts.append("".join((node.text or "").split()))
    return "".join(parts)


def _joint(part: etree._Element) -> str:
    """The sign between a part of a structure and the one before it."""
    parent = part.getparent()
    if parent is None:
        return ""
    place = [node for node in parent if local(node) in _PARTS].index(part)
    kind = local(parent)
    return "" if place == 0 else _LAST.get(kind, "") if place > 1 else _BETWEEN.get(kind, "")
