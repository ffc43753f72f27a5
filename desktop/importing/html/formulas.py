"""Formulas as words: the TeX they were written in where the page has it, else their letters."""

import re

import lxml.html

_TEX = "tex"
_DATA = ("data-math", "data-tex", "data-latex", "data-entry", "alttext")
_RENDERED = re.compile(
    r"(?:^|\s)(?:katex-html|mathjax_preview|mathjax_display_preview|mjx-chtml)(?:$|\s)", re.I
)
_PICTURED = re.compile(r"(?:^|[\s_-])(?:math|tex|latex|mwe-math-fallback)", re.IGNORECASE)
_BETWEEN = {"mfrac": "/", "msub": "_", "msup": "^", "munder": "_", "mover": "^"}
_MOST = 2000


def tex_of(math: lxml.html.HtmlElement) -> str:
    """What a ``<math>`` element says."""
    for note in math.iter("annotation"):
        if _TEX in (note.get("encoding") or "") and (note.text or "").strip():
            return _line(note.text)
    return _line(math.get("alttext") or math.get("data-tex")) or _line(_letters(math))


def written_formula(node: lxml.html.HtmlElement) -> str:
    """The TeX that an element around a drawn formula carries in an attribute; empty otherwise."""
    found = next((value for name in _DATA if (value := node.get(name))), "")
    return _line(found) if found and next(node.iter("annotation"), None) is None else ""


def is_formula_script(node: lxml.html.HtmlElement) -> bool:
    return (node.get("type") or "").startswith("math/tex")


def is_rendering(node: lxml.html.HtmlElement) -> bool:
    """Whether it only draws a formula whose words stand beside it."""
    return _RENDERED.search(node.get("class") or "") is not None


def pictured_formula(image: lxml.html.HtmlElement) -> str:
    """The TeX behind a formula that is a picture; empty for other pictures."""
    return _line(image.get("alt")) if _PICTURED.search(image.get("class") or "") else ""


def _letters(node: lxml.html.HtmlElement) -> str:
    """MathML's letters in reading order, fractions and indices with the sign for them."""
    parts: list[str] = []
    waiting: list[lxml.html.HtmlElement | str] = [node]
    while waiting and len(parts) < _MOST:
        here = waiting.pop()
        if isinstance(here, str):
            parts.append(here)
            continue
        parts.append((here.text or "").strip())
        between = _BETWEEN.get(here.tag, "")
        inner = [child for child in here if child.tag not in ("annotation", "annotation-xml")]
        for index in range(len(inner) - 1, -1, -1):
            waiting += [inner[index], between] if index else [inner[index]]
    return "".join(parts)


def _line(text: str | None) -> str:
    return " ".join((text or "").split())
