"""Word documents (DOCX, DOCM, DOTX; transitional and strict)."""

from collections.abc import Iterable, Iterator

from lxml import etree

from desktop.core.document import Metadata
from desktop.core.errors import ImportFailed
from desktop.core.extraction import FoundMark
from desktop.importing.material import Material
from desktop.importing.office.entitling import entitled
from desktop.importing.office.flow import Flow
from desktop.importing.office.properties import creators, language, moment
from desktop.importing.office.ranges import Marker
from desktop.importing.office.remarks import marked
from desktop.importing.office.word.body import Body
from desktop.importing.office.word.comments import read_comments
from desktop.importing.office.word.fields import Fields
from desktop.importing.office.word.package import Package, W, value
from desktop.importing.office.word.styles import Numbering, Styles
from desktop.importing.pictures import pictures_of
from desktop.importing.reading import Reading
from desktop.importing.xml import local

EXTRACTOR = "docx/1"

_NOTE_PARTS = {"footnote": "footnotes", "endnote": "endnotes"}
_MOST_NOTES = 20_000


def read(material: Material) -> Iterable[Reading]:
    """Take a Word document apart: text, comments, highlights, tracked changes, pictures.

    Page headers and footers are left out, and so is a table of contents. Words that were deleted
    with changes tracked are not in the text; each such change is a note on the word beside it.

    Raises:
        ImportFailed: ``malformed``, ``encrypted``, ``hostile``, ``too_large``, ``too_many``.
    """
    package = Package(material.data, material.name)
    root = package.parsed(package.main)
    body = _walked(package, root)
    flow, properties = body.flow, _properties(package)
    title, blocks, marks, warnings = entitled(
        flow.blocks,
        marked(flow, body.marker.marks),
        properties.get("title"),
        material.name,
        body.headline,
    )
    pictures = pictures_of(package.zip.read_each((member, member) for member in body.pictures))
    return [
        Reading(
            blocks, _metadata(properties, title), EXTRACTOR, warnings, pictures=pictures, marks=tuple(marks)
        )
    ]


def _walked(package: Package, root: etree._Element) -> Body:
    flow = Flow()
    marker = Marker(flow, dict(_comments(package)))
    signs = [value(node, "fldCharType") for node in root.iter(f"{W}fldChar")]
    body = Body(
        package,
        Styles(package.related("styles")),
        Numbering(package.related("numbering")),
        flow,
        marker,
        Fields(balanced=signs.count("begin") == signs.count("end")),
        package.relations,
        frozenset(value(node, "id") for node in root.iter(f"{W}commentRangeEnd")),
    )
    body.blocks(root)
    _add_notes(package, body)
    marker.colour(None)
    flow.end()
    return body


def _comments(package: Package) -> Iterator[tuple[str, FoundMark]]:
    for key, mark in read_comments(package).items():
        yield f"c{key}", mark


def _add_notes(package: Package, body: Body) -> None:
    """Footnotes and endnotes behind the text, in the order of the references to them."""
    known: dict[str, dict[str, etree._Element]] = {}
    for number, (kind, key) in enumerate(body.notes, 1):  # grows meanwhile: a note may refer to others
        if number > _MOST_NOTES:
            return
        if kind not in known:
            root = package.related(_NOTE_PARTS[kind])
            known[kind] = {value(node, "id"): node for node in root} if root is not None else {}
        body.relations = package.relations_of(_NOTE_PARTS[kind])
        if (node := known[kind].get(key)) is not None:
            body.note(node, number)


def _properties(package: Package) -> dict[str, str]:
    try:
        root = package.core_properties()
    except ImportFailed as failure:
        if failure.reason == "hostile":
            raise
        return {}
    if root is None:
        return {}
    return {local(node): (node.text or "").strip() for node in root if (node.text or "").strip()}


def _metadata(properties: dict[str, str], title: str) -> Metadata:
    return Metadata(
        title=title,
        byline=creators(properties.get("creator", "")),
        published_at=moment(properties.get("created"), properties.get("modified")),
        language=language(properties.get("language")),
        description=properties.get("description") or properties.get("subject"),
    )
