"""Formulas (MathML) as words."""

from lxml import etree

from desktop.importing.xml import local


def formula_words(root: etree._Element) -> str:
    """The letters of a formula in a row, without what says the same in another language."""
    for inner in list(root.iter()):
        if local(inner).startswith("annotation"):
            inner.clear()
    return "".join("".join(str(part).split()) for part in root.itertext())
