"""Web pages."""

from collections.abc import Iterable
from dataclasses import replace

from desktop.importing.decoding import decoded_text, decoding_warnings
from desktop.importing.encoding import declared_in_markup
from desktop.importing.html.page import read_html
from desktop.importing.material import Material
from desktop.importing.reading import Reading


def read(material: Material) -> Iterable[Reading]:
    """Take a page apart."""
    decoded = decoded_text(material, declared_in_markup(material.data))
    whole = material.options.whole or material.options.plain
    reading = read_html(decoded.text, material.name, material.address, whole=whole)
    warnings = reading.warnings + decoding_warnings(decoded)
    return [replace(reading, encoding=decoded.encoding, warnings=warnings)]
