"""PubMed's format (``.nbib``), which MEDLINE has had since its tapes."""

import re
from collections.abc import Iterator

from desktop.importing.material import Material
from desktop.importing.records.citation import Citation
from desktop.importing.records.record import Record, RecordPart, guarded
from desktop.importing.records.tagged import Fields, entries
from desktop.importing.records.values import person

EXTRACTOR = "medline/1"
_LINE = re.compile(r"([A-Z]{2,4}) {0,2}- ?(.*)")


def records(text: str, material: Material) -> Iterator[RecordPart]:
    """One record for each article."""
    yield from guarded(entries(text, _LINE, "PMID"), _record, material.name)


def _record(one: Fields) -> Record:
    number = one.first("PMID")
    names = one.all("FAU") or [f"{family}, {initials}" for family, initials in map(_short, one.all("AU"))]
    citation = Citation(
        kind=one.first("PT"),
        title=_joined(one.first("TI", "BTI")).rstrip("."),
        authors=[person(name) for name in names] or one.all("CN"),
        editors=[person(name) for name in one.all("FED", "ED")],
        container=one.first("JT", "TA"),
        publisher=one.first("PB"),
        date=one.first("DP"),
        language=one.first("LA"),
        url=f"https://pubmed.ncbi.nlm.nih.gov/{number}/" if number.isdigit() else "",
        doi=next((value for value in one.all("LID", "AID") if "[doi]" in value), ""),
        isbn=one.first("ISBN"),
        abstract=_joined(one.first("AB")),
        keywords=[_joined(word).lstrip("*") for word in one.all("OT", "MH")],
        facts=[
            ("Volume", one.first("VI")),
            ("Issue", one.first("IP")),
            ("Pages", one.first("PG")),
            ("ISSN", "; ".join(one.all("IS"))),
            ("PMID", number),
            ("PMCID", one.first("PMC")),
            ("Affiliations", "; ".join(map(_joined, one.all("AD")))),
            ("Place", one.first("PL")),
        ],
    )
    return citation.record(one.raw.encode("utf-8", "replace"), ".nbib")


def _joined(value: str) -> str:
    """A value that was broken into lines."""
    return " ".join(value.split())


def _short(name: str) -> tuple[str, str]:
    family, _, initials = name.rpartition(" ")
    return (family, initials) if family else (name, "")
