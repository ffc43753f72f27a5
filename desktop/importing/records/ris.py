"""RIS, the tags of reference managers and publishers.

Written by hand rather than with a library: that which was tried reads nothing where the first tag
is missing, and keeps one value of a tag that stands several times (measured on the samples of
JabRef and of that library itself).
"""

import re
from collections.abc import Iterator

from desktop.core.errors import ImportFailed
from desktop.importing.material import Material
from desktop.importing.records.citation import Citation, pages, people
from desktop.importing.records.record import Attached, Record, RecordPart, guarded
from desktop.importing.records.tagged import Fields, entries

EXTRACTOR = "ris/1"
_LINE = re.compile(r"\s{0,3}([A-Z][A-Z0-9])  ?-(?: (.*)|$)")
_KINDS = {
    "JOUR": "Journal article", "JFULL": "Journal", "BOOK": "Book", "CHAP": "Book chapter",
    "CONF": "Conference paper", "CPAPER": "Conference paper", "THES": "Thesis", "RPRT": "Report",
    "NEWS": "Newspaper article", "MGZN": "Magazine article", "ELEC": "Web page", "WEB": "Web page",
    "BLOG": "Blog post", "EDBOOK": "Edited book", "PAT": "Patent", "UNPB": "Unpublished work",
    "PCOMM": "Personal communication", "VIDEO": "Video", "GEN": "Document", "SOUND": "Sound recording",
    "ENCYC": "Encyclopedia entry", "DATA": "Dataset", "GOVDOC": "Government document",
    "LEGAL": "Legal rule", "CASE": "Legal case", "BILL": "Bill", "HEAR": "Hearing",
    "EJOUR": "Journal article",
}  # fmt: skip
_LABELS = {
    "VL": "Volume", "IS": "Issue", "M1": "Number", "ET": "Edition", "CY": "Place", "PP": "Place",
    "T3": "Series", "A3": "Series editors", "A4": "Contributors", "C1": "Custom 1", "C2": "Custom 2",
    "C3": "Custom 3", "C4": "Custom 4", "C5": "Custom 5", "C6": "Custom 6", "C7": "Custom 7",
    "C8": "Custom 8", "AD": "Author address", "AN": "Accession number", "CN": "Call number",
    "DB": "Database", "DP": "Database provider", "ID": "Reference id", "LB": "Label", "M2": "Number",
    "M3": "Type of work", "NV": "Number of volumes", "OP": "Original publication", "RI": "Reviewed item",
    "RP": "Reprint", "SE": "Section", "ST": "Short title", "TA": "Translated author",
    "TT": "Translated title", "U1": "Custom 1", "U2": "Custom 2", "U3": "Custom 3", "U4": "Custom 4",
    "U5": "Custom 5", "JA": "Abbreviated journal", "J1": "Abbreviated journal", "J2": "Alternative title",
    "SN": "ISSN or ISBN", "Y2": "Accessed", "AV": "Available at", "CA": "Caption", "RN": "Research notes",
}  # fmt: skip


def records(text: str, material: Material) -> Iterator[RecordPart]:
    """One record for each reference.

    Raises:
        ImportFailed: ``malformed``: there is not a whole field in it.
    """
    found = [
        one for one in entries(text, _LINE, "TY", "ER") if any(f.value for f in one.fields if f.tag != "TY")
    ]
    if not found:
        raise ImportFailed(material.name, "malformed", "no reference in it")
    yield from guarded(found, _record, material.name)


def _record(one: Fields) -> Record:
    kind = one.first("TY")
    addresses = [part for value in one.all("UR", "LK") for part in re.split(r";\s*|\s+(?=https?://)", value)]
    titles = one.all("TI", "T1", "CT") or one.all("BT")
    container = one.first("JF", "JO", "T2", "BT", "JA", "J1", "J2")
    authors = people(one.all("AU", "A1"))
    citation = Citation(
        kind=_KINDS.get(kind, kind.capitalize()),
        title=titles[0] if titles else "",
        authors=authors,
        editors=people(one.all("ED", "A2")),
        container="" if titles and container == titles[0] else container,
        publisher=one.first("PB"),
        date=_date(one),
        language=one.first("LA"),
        url=next(iter(addresses), ""),
        doi=one.first("DO", "DI")
        or next((value for value in one.all("M3", "N1", "L3") if "10." in value), ""),
        isbn=one.first("SN"),
        abstract="\n".join(dict.fromkeys(one.all("AB", "N2"))),
        keywords=[word for value in one.all("KW") for word in re.split(r"[;\n]", value)],
        notes=one.all("N1"),
        facts=_facts(one, addresses[1:]),
        files=[Attached(path) for value in one.all("L1", "L2", "L4") for path in value.split("\n")],
    )
    if citation.isbn and not re.search(r"(?:[\dXx][ -]?){10}", citation.isbn):
        citation.isbn = ""  # an ISSN, which is among the facts
    return citation.record(one.raw.encode("utf-8", "replace"), ".ris")


def _date(one: Fields) -> str:
    """The fullest of the dates, as long as they agree on the year."""
    found = [value.strip() for value in one.all("DA", "PY", "Y1")]
    if not found:
        return ""
    year = one.first("PY", "Y1", "DA")[:4]
    agreeing = [value for value in found if value.startswith(year)]
    return max(agreeing or found, key=lambda value: len(re.findall(r"\d+", value)))


def _facts(one: Fields, addresses: list[str]) -> list[tuple[str, str]]:
    facts = [("Pages", pages(one.first("SP"), one.first("EP")))]
    facts += [(label, "; ".join(one.all(tag))) for tag, label in _LABELS.items()]
    links = [value for value in one.all("L1", "L2", "L3", "L4") if value.startswith(("http", "doi:"))]
    return [*facts, ("More addresses", " ".join([*addresses, *links]))]
