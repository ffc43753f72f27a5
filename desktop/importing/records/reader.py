"""Records of other programs, each to a reading; which module reads which is told by their shape."""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import cast

from desktop.core.errors import ImportFailed
from desktop.importing.decoding import decoded_text
from desktop.importing.encoding import declared_in_markup
from desktop.importing.material import Material
from desktop.importing.reading import Part
from desktop.importing.records.attached import with_files
from desktop.importing.records.recognise import module_of
from desktop.importing.records.record import Record, RecordPart, reading_of

_FAULTS = (ValueError, TypeError, AttributeError, LookupError, ArithmeticError)
Records = Callable[[str, Material], Iterable[RecordPart]]


def read(material: Material) -> Iterator[Part]:
    """Take the records apart; one that cannot be read costs no other.

    Raises:
        ImportFailed: ``malformed``, ``no_text``: the material as a whole.
    """
    name = module_of(material.data, material.name)
    if name is None:
        raise ImportFailed(material.name, "unknown_format")
    module = import_module(f"desktop.importing.records.{name}")
    decoded = decoded_text(material, declared_in_markup(material.data))
    text = decoded.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    for part in _sound(cast(Records, module.records)(text, material), material):
        if not isinstance(part, Record):
            yield part
            continue
        for one in with_files(part, material):
            yield _read(one, module.EXTRACTOR, decoded.encoding, material) if isinstance(one, Record) else one


def _read(record: Record, extractor: str, encoding: str | None, material: Material) -> Part:
    """The record's reading; what is wrong with its own text costs this record alone."""
    try:
        return reading_of(record, extractor, encoding)
    except _FAULTS as error:
        name = f"{material.name}/{record.metadata.title or 'record'}"
        return ImportFailed(name, "crash", f"{type(error).__name__}: {error}")


def _sound(parts: Iterable[RecordPart], material: Material) -> Iterator[RecordPart]:
    """The parts; what makes no sense around them is the file's fault."""
    try:
        yield from parts
    except _FAULTS as error:
        raise ImportFailed(material.name, "malformed", f"{type(error).__name__}: {error}") from error
