"""Which files are records of another program, by their shape first and their name second.

An article must never be taken for records, so each shape asks for what no article has: the keys or
the heading row of a known export, a document type, or the separators of a format.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from desktop.importing.originals import extension_of
from desktop.importing.records import json_shapes, table_shapes

Shape = Callable[[str, str], bool]

_HEAD = 64 * 1024
_LARGEST_JSON = 256 * 1024 * 1024

_BOOKMARKS = re.compile(r"<!DOCTYPE\s+NETSCAPE-Bookmark-file-1", re.IGNORECASE)
_NOTEBOOK = re.compile(r"""class=["']?noteHeading\b.*?class=["']?noteText\b""", re.DOTALL)
_BOOK_TITLE = re.compile(r"""class=["']?bookTitle\b""")
_POCKET_PAGE = re.compile(r"<title>\s*Pocket Export\s*</title>", re.IGNORECASE)
_INSTAPAPER_PAGE = re.compile(r"<title>\s*Instapaper[^<]{0,20}Export\s*</title>", re.IGNORECASE)

_SEPARATOR = re.compile(r"^={8,}\s*$", re.MULTILINE)
_DETAIL = re.compile(r"^[-–—]\s.*\d.*$")
_RIS = re.compile(r"^(?:TY|T1|TI|JF|AU|A1|ER)  ?-(?: |$)", re.MULTILINE)
_ENTRY = re.compile(
    r"^\s*@[A-Za-z]{3,30}\s*[{(]\s*[^\s,{}()=]*\s*,\s*(?:[\w:-]{2,40}\s*=|[})])", re.MULTILINE
)
_REFER = re.compile(r"^%[0A-Z1-9@?!&(*$+^>\[]\s?\S*", re.MULTILINE)
_MEDLINE = re.compile(r"^PMID- \d+", re.MULTILINE)
_ZOTERO_RDF = re.compile(
    r"xmlns:(?:z|bib)\s*=\s*[\"']http://(?:www\.zotero\.org/namespaces|purl\.org/net/biblio)"
)
_ENDNOTE_XML = re.compile(r"<xml>\s*<records>|<records>\s*<record>", re.IGNORECASE)
_LUA = re.compile(r"^(?:--.*\n)?\s*return\s*\{")


def _is_clippings(head: str, name: str) -> bool:  # noqa: ARG001
    """Blocks of a title, a line that begins with a dash and names numbers, and words."""
    parts = _SEPARATOR.split(head.lstrip("\ufeff"))[:12]
    if len(parts) < 2:
        return False
    blocks = [lines for part in parts if len(lines := part.strip().splitlines()) >= 2]
    good = sum(1 for lines in blocks if _DETAIL.match(lines[1].strip().lstrip("\ufeff")))
    return good > 0 and good * 2 >= len(blocks)


def _is_ris(head: str, name: str) -> bool:
    if head.lstrip("\ufeff \r\n").startswith("TY  -"):
        return True
    if re.search(r"^TY  - ?\w", head, re.MULTILINE) and re.search(r"^ER  -", head, re.MULTILINE):
        return True
    return extension_of(name) == ".ris" and bool(_RIS.search(head))


def _is_bibtex(head: str, name: str) -> bool:
    first = next((line for line in head.splitlines() if line.strip() and not line.startswith("%")), "")
    begins = first.lstrip("\ufeff ").startswith("@") and _ENTRY.search(head) is not None
    return begins or (extension_of(name) in (".bib", ".bibtex") and "@" in head)


def _is_refer(head: str, name: str) -> bool:
    lines = [line for line in head.splitlines() if line.strip()]
    tagged = sum(1 for line in lines if _REFER.match(line))
    if extension_of(name) == ".enw":
        return tagged > 0
    return len(lines) > 2 and lines[0].startswith("%0 ") and tagged * 2 > len(lines)


def _is_medline(head: str, name: str) -> bool:  # noqa: ARG001
    return _MEDLINE.match(head.lstrip("\ufeff \r\n")) is not None


def _is_koreader(head: str, name: str) -> bool:  # noqa: ARG001
    return _LUA.match(head.lstrip("\ufeff")) is not None and re.search(
        r'\["(?:annotations|bookmarks|highlight|doc_props|stats)"\]', head
    ) is not None  # fmt: skip


def _is_calibre_bookmarks(head: str, name: str) -> bool:  # noqa: ARG001
    return head.startswith("encoding=json+base64:")


def _is_notebook(head: str, name: str) -> bool:  # noqa: ARG001
    return _BOOK_TITLE.search(head) is not None and _NOTEBOOK.search(head) is not None


def _is_bookmark_page(head: str, name: str) -> bool:  # noqa: ARG001
    start = head[:4096]
    return any(pattern.search(start) for pattern in (_BOOKMARKS, _POCKET_PAGE, _INSTAPAPER_PAGE))


# The module that reads each shape.
OF_MARKUP: Mapping[str, Shape] = {"bookmark_pages": _is_bookmark_page, "kindle_notebook": _is_notebook}
OF_XML: Mapping[str, Shape] = {
    "zotero_rdf": lambda head, _: _ZOTERO_RDF.search(head) is not None,
    "endnote_xml": lambda head, _: _ENDNOTE_XML.search(head) is not None,
}
OF_TEXT: Mapping[str, Shape] = {
    "kindle": _is_clippings,
    "ris": _is_ris,
    "medline": _is_medline,
    "bibtex": _is_bibtex,
    "endnote": _is_refer,
    "koreader": _is_koreader,
    "calibre": _is_calibre_bookmarks,
    "tables": table_shapes.is_known,
}


def module_of(data: bytes, name: str) -> str | None:
    """The module of this package that reads the file; None where it is no record that we know."""
    head = head_text(data)
    start = head.lstrip("\ufeff \t\r\n")
    if start.startswith(("{", "[")):
        return _of_json(data) or _of(OF_TEXT, head, name)
    if start.startswith("<"):
        return _of(OF_XML, head, name) or _of(OF_MARKUP, head, name)
    return _of(OF_TEXT, head, name)


def is_records(data: bytes, name: str) -> bool:
    """Whether a reader of this package knows the file; the bytes are text."""
    return module_of(data, name) is not None


def head_text(data: bytes) -> str:
    """The beginning of the bytes as text, well enough to know a format by its ASCII parts."""
    head = data[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace")
    return head.decode("utf-8-sig", "replace").replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")


def _of(shapes: Mapping[str, Shape], head: str, name: str) -> str | None:
    return next((module for module, shape in shapes.items() if shape(head, name)), None)


def _of_json(data: bytes) -> str | None:
    if len(data) > _LARGEST_JSON:
        return None
    with suppress(ValueError, RecursionError):
        return json_shapes.module_of(json.loads(data))
    first = data.lstrip(b"\xef\xbb\xbf \r\n").split(b"\n", 1)[0]
    with suppress(ValueError, RecursionError):  # an object a line
        return json_shapes.module_of([json.loads(first)])
    # Broken JSON that names a standard is told to be broken, rather than unknown.
    return "webannotation" if b"www.w3.org/ns/anno" in data[:4096] else None


def json_value(text: str) -> Any:
    """The value of a JSON text, or the list of the values of its lines.

    Raises:
        ValueError: It is neither.
    """
    try:
        return json.loads(text)
    except ValueError:
        lines: Sequence[str] = [line for line in text.splitlines() if line.strip()]
        with suppress(ValueError):
            if len(lines) > 1:
                return [json.loads(line) for line in lines]
        raise
