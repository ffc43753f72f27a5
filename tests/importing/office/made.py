"""Small documents of our own writing, as the programs that make such files would pack them."""

import io
import zipfile

from desktop.core.errors import ImportFailed
from desktop.core.extraction import Extraction, Options
from desktop.importing.extract import extract_material
from desktop.importing.material import Material

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{WORD}" xmlns:r="{OFFICE}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
STYLES = """
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Quote"/></w:style>
<w:style w:type="paragraph" w:styleId="C"><w:name w:val="HTML Preformatted"/></w:style>
<w:style w:type="paragraph" w:styleId="F"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="O"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="S"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="L"><w:name w:val="List Bullet"/>
<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="russianLower"/>
<w:lvlText w:val="%2)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/>
</w:lvlOverride></w:num>
"""
_KINDS = {"core": "metadata/core-properties"}


def packed(members: dict[str, str | bytes]) -> bytes:
    """A ZIP of these members, in this order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def words(text: str, properties: str = "") -> str:
    """A run of Word."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*runs: str, style: str = "", more: str = "") -> str:
    """A paragraph of Word; what is no markup is a run."""
    inner = "".join(run if run.startswith("<") else words(run) for run in runs)
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{more}</w:pPr>{inner}</w:p>"


def docx(
    body: str, core: str = "", links: str = "", media: dict[str, bytes] | None = None, **parts: str
) -> bytes:
    """A Word document; ``parts`` are the contents of ``word/<name>.xml``, without their root elements."""
    parts = {"styles": STYLES, "numbering": NUMBERING} | parts
    related = "".join(
        f'<Relationship Id="p{index}" Type="{OFFICE}/{name}" Target="{name}.xml"/>'
        for index, name in enumerate(parts)
    )
    relations = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships {relations}><Relationship Id="a" Type="{OFFICE}/officeDocument" '
        f'Target="word/document.xml"/><Relationship Id="b" Type="http://schemas.openxmlformats.org/package/2006/'
        f'relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f"<Relationships {relations}>{related}{links}</Relationships>",
    }
    for name, content in parts.items():
        members[f"word/{name}.xml"] = f"<w:{name} {NAMES}>{content}</w:{name}>"
    if core:
        names = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        members["docProps/core.xml"] = f"<coreProperties {names}>{core}</coreProperties>"
    return packed(members | (media or {}))


def read_all(data: bytes, name: str, **options) -> list[Extraction | ImportFailed]:
    return list(extract_material(Material(data, name, options=Options(**options))))


def read_one(data: bytes, name: str, **options) -> Extraction:
    """The only article in the bytes."""
    (found,) = read_all(data, name, **options)
    assert isinstance(found, Extraction)
    return found


def marked_words(extraction: Extraction) -> list[tuple[str, str]]:
    """The words that each mark stands on, and its note."""
    text = extraction.document.text
    return [("…".join(text[a:b] for a, b in mark.ranges), mark.note) for mark in extraction.marks]
