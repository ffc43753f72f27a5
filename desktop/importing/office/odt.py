"""OpenDocument texts (ODT), as LibreOffice and others write them."""

from collections.abc import Iterable

from lxml import etree

from desktop.core.document import Metadata
from desktop.core.errors import ImportFailed
from desktop.importing.html.formulas import tex_of
from desktop.importing.material import Material
from desktop.importing.office.entitling import entitled
from desktop.importing.office.flow import Flow
from desktop.importing.office.opendocument.body import Body
from desktop.importing.office.opendocument.changes import read_changes
from desktop.importing.office.opendocument.names import DC, META, OFFICE
from desktop.importing.office.opendocument.styles import Styles
from desktop.importing.office.properties import creators, language, moment
from desktop.importing.office.ranges import Marker
from desktop.importing.office.remarks import marked
from desktop.importing.pictures import pictures_of
from desktop.importing.reading import Reading
from desktop.importing.xml import local, parse_xml
from desktop.importing.zips import SafeZip

EXTRACTOR = "odt/1"

_MOST_NOTES = 20_000


def read(material: Material) -> Iterable[Reading]:
    """Take an OpenDocument text apart: text, comments, highlights, tracked changes, pictures.

    Page headers and footers are left out, and so is a table of contents. Words that were deleted
    with changes tracked are not in the text; each such change is a note on the word beside it.

    Raises:
        ImportFailed: ``malformed``, ``encrypted``, ``hostile``, ``too_large``, ``too_many``.
    """
    archive = SafeZip(material.data, material.name)
    _refuse_encrypted(archive, material.name)
    if "content.xml" not in archive:
        raise ImportFailed(material.name, "malformed", "no content.xml")
    root = parse_xml(archive.read("content.xml"), material.name)
    styles = _optional(archive, "styles.xml", material.name)
    body = _walked(root, styles, archive)
    meta = _optional(archive, "meta.xml", material.name)
    title, blocks, marks, warnings = entitled(
        body.flow.blocks,
        marked(body.flow, body.marker.marks),
        _said(meta, f"{DC}title"),
        material.name,
        body.headline,
    )
    pictures = pictures_of(archive.read_each((member, member) for member in body.pictures))
    return [Reading(blocks, _metadata(meta, title), EXTRACTOR, warnings, pictures=pictures, marks=marks)]


def _refuse_encrypted(archive: SafeZip, name: str) -> None:
    manifest = "META-INF/manifest.xml"
    if manifest in archive and b"encryption-data" in archive.read(manifest):
        raise ImportFailed(name, "encrypted")


def _optional(archive: SafeZip, member: str, name: str) -> etree._Element | None:
    """A part without which the text is still worth reading."""
    if member not in archive:
        return None
    try:
        return parse_xml(archive.read(member), name)
    except ImportFailed as failure:
        if failure.reason == "hostile":
            raise
        return None


def _walked(root: etree._Element, styles: etree._Element | None, archive: SafeZip) -> Body:
    flow = Flow()
    marker = Marker(flow)
    body = Body(
        Styles([root] if styles is None else [root, styles]),
        flow,
        marker,
        frozenset(archive.names),
        lambda href: _formula(archive, href),
        read_changes(root),
        frozenset(node.get(f"{OFFICE}name") or "" for node in root.iter(f"{OFFICE}annotation-end")),
    )
    for text in root.iterfind(f"{OFFICE}body/{OFFICE}text"):
        body.blocks(text)
    for number, note in enumerate(body.notes, 1):  # grows meanwhile: a note may have notes
        if number > _MOST_NOTES:
            break
        body.note(note, number)
    marker.colour(None)
    flow.end()
    return body


def _formula(archive: SafeZip, href: str) -> str:
    """The letters of a formula in a row; empty where the object is something else."""
    root = _optional(archive, f"{href.removeprefix('./').rstrip('/')}/content.xml", "formula")
    if root is None or local(root) != "math":
        return ""
    for node in root.iter():
        node.tag = local(node) or node.tag
    return tex_of(root)


def _metadata(meta: etree._Element | None, title: str) -> Metadata:
    author = _said(meta, f"{META}initial-creator") or _said(meta, f"{DC}creator")
    return Metadata(
        title=title,
        byline=creators(author),
        published_at=moment(_said(meta, f"{META}creation-date"), _said(meta, f"{DC}date")),
        language=language(_said(meta, f"{DC}language")),
        description=_said(meta, f"{DC}description") or _said(meta, f"{DC}subject") or None,
    )


def _said(meta: etree._Element | None, tag: str) -> str:
    node = next(meta.iter(tag), None) if meta is not None else None
    return " ".join((node.text or "").split()) if node is not None else ""
