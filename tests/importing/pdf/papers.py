"""Small PDFs written by hand, byte by byte."""

from collections.abc import Sequence


def pdf_of(contents: Sequence[str], *, size=(200, 300), extras: str = "", page_keys: str = "") -> bytes:
    """A PDF with a page for each content stream.

    Args:
        extras: Further objects, numbered from 3; pages and their contents come after them.
        page_keys: What else stands in the dictionary of every page.
    """
    objects = [extra for extra in extras.split("\n---\n") if extra]
    first = 3 + len(objects)
    numbers = [first + 2 * at for at in range(len(contents))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    forms = " /AcroForm 3 0 R" if "/Fields" in extras else ""
    head = [f"<< /Type /Catalog /Pages 2 0 R{forms} >>"]
    head.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>")
    for number, content in zip(numbers, contents, strict=True):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] /Contents {number + 1} 0 R"
            f" {page_keys} >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    return _written(head + objects)


def _written(objects: Sequence[str]) -> bytes:
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(out)


def box(color: str, left: int, bottom: int, width: int, height: int) -> str:
    """A filled rectangle; ``color`` as three numbers from 0 to 1, lengths in points from the lower left."""
    return f"{color} rg {left} {bottom} {width} {height} re f"
