"""Plain text and Markdown."""

from collections.abc import Iterable
from dataclasses import replace

from desktop.importing.decoding import decoded_text, decoding_warnings
from desktop.importing.material import Material
from desktop.importing.originals import extension_of
from desktop.importing.reading import Reading

MARKDOWN_NAMES = {".md", ".markdown", ".mdown", ".mkd"}


def read(material: Material) -> Iterable[Reading]:
    """Take a text apart; by its name it is Markdown or not."""
    decoded = decoded_text(material)
    if extension_of(material.name) in MARKDOWN_NAMES:
        from desktop.importing.markdown import read_markdown

        reading = read_markdown(decoded.text, material.name)
    else:
        from desktop.importing.text import read_text

        reading = read_text(decoded.text, material.name)
    warnings = reading.warnings + decoding_warnings(decoded)
    return [replace(reading, encoding=decoded.encoding, warnings=warnings)]
