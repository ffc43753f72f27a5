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
    for part in cast(Records, module.records)(text, material):
        if not isinstance(part, Record):
            yield part
            continue
        for one in with_files(part, material):
            if isinstance(one, Record):
                yield reading_of(one, module.EXTRACTOR, decoded.encoding)
            else:
                yield one
