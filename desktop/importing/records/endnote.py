"""EndNote's tagged format (``.enw``), which refer had before it."""

import re
from collections.abc import Iterator

from desktop.core.errors import ImportFailed
from desktop.importing.material import Material
from desktop.importing.records.citation import Citation, people
from desktop.importing.records.record import Attached, Record, RecordPart, guarded
from desktop.importing.records.tagged import Fields, entries

EXTRACTOR = "endnote/1"
_LINE = re.compile(r"%(\S)(?:\s+(.*)|$)")
_LABELS = {
    "V": "Volume", "N": "Issue", "P": "Pages", "7": "Edition", "C": "Place", "S": "Series",
    "Y": "Series editors", "9": "Type of work", "M": "Accession number", "L": "Call number", "F": "Label",
    "6": "Number of volumes", "Q": "Translated title", "H": "Translated author", "!": "Short title",
    "&": "Section", "(": "Original publication", "+": "Author address", "W": "Database provider",
    "~": "Database", "[": "Accessed", "1": "Custom 1", "2": "Custom 2", "3": "Custom 3", "4": "Custom 4",
    "?": "Subsidiary author", "*": "Reviewed item",
}  # fmt: skip


def records(text: str, material: Material) -> Iterator[RecordPart]:
    """One record for each reference.

    Raises:
        ImportFailed: ``malformed``: there is not a whole field in it.
    """
    found = [one for one in entries(text, _LINE, "0") if any(f.value for f in one.fields if f.tag != "0")]
    if not found:
        raise ImportFailed(material.name, "malformed", "no reference in it")
    yield from guarded(found, _record, material.name)


def _record(one: Fields) -> Record:
    title = one.first("T")
    date = one.first("8") if re.search(r"\d{4}", one.first("8")) else ""
    if not date:
        date = f"{one.first('8')} {one.first('D')}".strip() if one.first("8") else one.first("D")
    citation = Citation(
        kind=one.first("0"),
        title=title,
        authors=people(one.all("A")),
        editors=people(one.all("E")),
        container=next((value for value in one.all("J", "B") if value != title), ""),
        publisher=one.first("I"),
        date=date,
        language=one.first("G"),
        url=one.first("U"),
        doi=one.first("R"),
        isbn=one.first("@"),
        abstract="\n".join(one.all("X")),
        keywords=[word for value in one.all("K") for word in re.split(r"[;\n]", value)],
        notes=one.all("O", "Z"),
        facts=[(label, "; ".join(one.all(tag))) for tag, label in _LABELS.items()],
        files=[Attached(path) for path in one.all(">")],
    )
    return citation.record(one.raw.encode("utf-8", "replace"), ".enw")
