"""Writes small PDFs of a test's own: any script, any place, marks of other people, no fonts needed.

Text is set in a composite font whose codes are the characters' own (UTF-16), so PDFium reads every
script from it; Latin letters are half as wide as the size, wide ones as wide.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

WIDE = "[12288 [500] 12289 40959 1000 65281 65376 1000]"


@dataclass
class Page:
    """A page of 400 by 600 points unless it says otherwise; places are from its top left.

    Attributes:
        turned: Degrees clockwise by which it is shown turned.
        crop: Left, bottom, right, top of what is shown, in the page's own coordinates.
    """

    width: float = 400
    height: float = 600
    turned: int = 0
    crop: tuple[float, float, float, float] | None = None
    drawing: list[str] = field(default_factory=list)
    annotations: list[str] = field(default_factory=list)
    pictures: list[tuple[bytes, int, int]] = field(default_factory=list)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 10,
        *,
        bold: bool = False,
        matrix: str = "1 0 0 1",
        mode: int = 0,
    ) -> "Page":
        """A line whose letters stand on ``y``, which is measured from the top."""
        font = "FB" if bold else "F"
        self.drawing.append(
            f"BT /{font} {size} Tf {mode} Tr {matrix} {x} {self.height - y} Tm <{hexed(text)}> Tj ET"
        )
        return self

    def lines(
        self, x: float, y: float, lines: Sequence[str], size: float = 10, pitch: float = 12, **look: bool
    ) -> "Page":
        for number, line in enumerate(lines):
            self.text(x, y + number * pitch, line, size, **look)
        return self

    def column(self, x: float, y: float, text: str, size: float = 10) -> "Page":
        """Vertical writing, from the top, each sign set for itself, as layout programs do."""
        for number, sign in enumerate(text):
            # PDFium passes over an object of one sign whose shape it does not have.
            self.text(x, y + number * size, f"{sign}\u200b", size)
        return self

    def picture(self, jpeg: bytes, width: int, height: int) -> "Page":
        """A picture of ``width`` by ``height`` pixels over the whole page."""
        self.drawing.append(f"q {self.width} 0 0 {self.height} 0 0 cm /P{len(self.pictures)} Do Q")
        self.pictures.append((jpeg, width, height))
        return self

    def annotate(
        self, kind: str, left: float, top: float, right: float, bottom: float, more: str = ""
    ) -> "Page":
        """An annotation on a rectangle measured from the top left."""
        low, high = self.height - bottom, self.height - top
        quads = f"/QuadPoints [{left} {high} {right} {high} {left} {low} {right} {low}]"
        marks = kind in ("Highlight", "Underline", "StrikeOut", "Squiggly")
        rect = f"/Rect [{left} {low} {right} {high}]"
        self.annotations.append(f"/Type /Annot /Subtype /{kind} {rect} {quads if marks else ''} {more}")
        return self


def hexed(text: str) -> str:
    return text.encode("utf-16-be").hex()


def said(text: str) -> str:
    """A text string of PDF."""
    return f"<feff{hexed(text)}>"


def written(
    *pages: Page,
    info: dict[str, str] | None = None,
    xmp: str | None = None,
    language: str | None = None,
    attached: dict[str, bytes] | None = None,
    locked: bool = False,
) -> bytes:
    """The bytes of a PDF with these pages."""
    return _Writer().document(pages, info or {}, xmp, language, attached or {}, locked)


class _Writer:
    def __init__(self) -> None:
        self.objects: list[bytes] = []

    def add(self, body: str | bytes) -> int:
        self.objects.append(body.encode("latin-1") if isinstance(body, str) else body)
        return len(self.objects)

    def stream(self, data: bytes, entries: str = "") -> int:
        return self.add(f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream")

    def font(self, name: str, encoding: str) -> int:
        unicode = self.stream(_to_unicode())
        kind = (
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /DW 500 /W {WIDE} "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        )
        flags = 1 << 18 | 4 if "Bold" in name else 4
        descriptor = self.add(
            f"<< /Type /FontDescriptor /FontName /{name} /Flags {flags} /FontBBox [0 -200 1000 800] "
            "/Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 /ItalicAngle 0 >>"
        )
        inner = self.add(f"{kind} /FontDescriptor {descriptor} 0 R >>")
        return self.add(
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /{encoding} "
            f"/DescendantFonts [{inner} 0 R] /ToUnicode {unicode} 0 R >>"
        )

    def document(
        self,
        pages: Sequence[Page],
        info: dict[str, str],
        xmp: str | None,
        language: str | None,
        attached: dict[str, bytes],
        locked: bool,
    ) -> bytes:
        catalog, tree = self.add(""), self.add("")
        fonts = [self.font("Test", "Identity-H"), self.font("Test-Bold", "Identity-H")]
        named = "/Font << /F {} 0 R /FB {} 0 R >>".format(*fonts)
        kids = [self.page(page, tree, named) for page in pages]
        listed = " ".join(f"{kid} 0 R" for kid in kids)
        self.objects[tree - 1] = f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>".encode()
        more = f"/Lang ({language})" if language else ""
        if xmp is not None:
            more += f" /Metadata {self.stream(_packet(xmp), '/Type /Metadata /Subtype /XML')} 0 R"
        if attached:
            more += f" /Names << /EmbeddedFiles << /Names [{self.files(attached)}] >> >>"
        self.objects[catalog - 1] = f"<< /Type /Catalog /Pages {tree} 0 R {more} >>".encode()
        known = self.add(f"<< {' '.join(f'/{key} {said(value)}' for key, value in info.items())} >>")
        return self.file(catalog, known, locked)

    def page(self, page: Page, tree: int, fonts: str) -> int:
        content = self.stream("\n".join(page.drawing).encode("latin-1"))
        kept = [self.add(f"<< {one} >>") for one in page.annotations]
        drawn = [self.drawn(*picture) for picture in page.pictures]
        shown = " ".join(f"/P{number} {one} 0 R" for number, one in enumerate(drawn))
        crop = f"/CropBox [{' '.join(map(str, page.crop))}]" if page.crop else ""
        annotations = f"/Annots [{' '.join(f'{one} 0 R' for one in kept)}]" if kept else ""
        return self.add(
            f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {page.width} {page.height}] {crop} "
            f"/Rotate {page.turned} /Resources << {fonts} /XObject << {shown} >> >> "
            f"/Contents {content} 0 R {annotations} >>"
        )

    def drawn(self, jpeg: bytes, width: int, height: int) -> int:
        look = f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray"
        return self.stream(jpeg, f"{look} /BitsPerComponent 8 /Filter /DCTDecode")

    def files(self, attached: dict[str, bytes]) -> str:
        entries = []
        for name, data in attached.items():
            stream = self.stream(data, "/Type /EmbeddedFile")
            entry = self.add(f"<< /Type /Filespec /F ({name}) /UF ({name}) /EF << /F {stream} 0 R >> >>")
            entries.append(f"({name}) {entry} 0 R")
        return " ".join(entries)

    def file(self, catalog: int, known: int, locked: bool) -> bytes:
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        places = []
        for number, body in enumerate(self.objects, 1):
            places.append(len(out))
            out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
        start = len(out)
        out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode()
        out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
        lock = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{0}> /U <{0}> >> /ID [<00> <00>]".format(
            "5a" * 32
        )
        trailer = f"/Size {len(places) + 1} /Root {catalog} 0 R /Info {known} 0 R {lock if locked else ''}"
        out += f"trailer << {trailer} >>\n".encode()
        return bytes(out + f"startxref\n{start}\n%%EOF\n".encode())


def _to_unicode() -> bytes:
    """Every code stands for itself."""
    ranges = [f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>" for high in range(256)]
    parts = [ranges[start : start + 100] for start in range(0, 256, 100)]
    body = "\n".join(f"{len(part)} beginbfrange\n" + "\n".join(part) + "\nendbfrange" for part in parts)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{body}\nendcmap end end"
    ).encode()


def _packet(properties: str) -> bytes:
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
        'xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"><dc:format>application/pdf</dc:format>'
        f'{properties}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()
