"""Web pages, with the pictures that were saved with them."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from posixpath import normpath

from desktop.core.errors import ImportFailed
from desktop.importing.decoding import decoded_text, decoding_warnings
from desktop.importing.encoding import declared_in_markup
from desktop.importing.html.page import read_html
from desktop.importing.material import Material
from desktop.importing.reading import Reading
from desktop.importing.web.embedded import Embedded
from desktop.importing.web.singlefile import PackedPage, packed_page, saved_at
from desktop.importing.zips import SafeZip

PLAINLY = "Finding its article took too long: all words of the page are here, without the pictures in it."


def read(material: Material) -> Iterable[Reading]:
    """Take a page apart."""
    package = packed_page(material.data, material.name)
    if package is not None:
        return [read_packed(package, material)]
    return [read_page(material)]


def read_packed(package: PackedPage, material: Material) -> Reading:
    """The article of a page in a ZIP of its own; the original is all of the material.

    Raises:
        ImportFailed
    """
    inner = replace(
        material,
        data=package.index(),
        address=package.address or material.address,
        beside=member_look_up(package.files, package.folder),
    )
    reading = read_page(inner, keep=False)
    return replace(reading, data=material.data, captured_at=reading.captured_at or package.saved_at)


def read_page(material: Material, *, keep: bool = True) -> Reading:
    """The article of a page.

    Args:
        keep: Keep the bytes of pictures beside it as originals, because its own do not hold them.

    Raises:
        ImportFailed: ``no_text``.
    """
    decoded = decoded_text(material, declared_in_markup(material.data))
    options = material.options
    pictures = Embedded(material.beside, material.address, keep)
    markup = decoded.text if material.options.plain else pictures.named_in(decoded.text)
    reading = read_html(markup, material.name, material.address, whole=options.whole, plain=options.plain)
    reading = pictures.shown(reading)
    return replace(
        reading,
        encoding=decoded.encoding,
        warnings=(*reading.warnings, *decoding_warnings(decoded), *((PLAINLY,) * material.options.plain)),
        captured_at=reading.captured_at or saved_at(decoded.text),
    )


def member_look_up(package: SafeZip, folder: str = "") -> Callable[[str], bytes | None]:
    """The members of a package by their path relative to ``folder`` in it; None for what cannot be read."""

    def look_up(relative: str) -> bytes | None:
        try:
            return package.read(normpath(f"{folder}/{relative}") if folder else relative)
        except (KeyError, ImportFailed):
            return None

    return look_up
