"""Title, authors, date and identifier: from XMP, then the Info dictionary, then the first page."""

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePath

import pypdfium2

from desktop.core.document import Block, BlockKind, Metadata
from desktop.core.times import utc
from desktop.importing.dates import is_date_line, parse_date
from desktop.importing.pdf.opening import catalog_language
from desktop.importing.pdf.xmp import Declared, declared_in
from desktop.importing.reading import byline_of, split_names, squeezed

CREATED = "The date is that of the file's making; when it was published was not declared."
DATE_FROM_TEXT = "The date was not declared: it is a guess from the first page."

_DATE = re.compile(
    r"(?:D:)?(?P<year>\d{4})(?P<month>\d\d)?(?P<day>\d\d)?(?P<hour>\d\d)?(?P<minute>\d\d)?(?P<second>\d\d)?"
    r"\s*(?:(?P<sign>[-+])(?P<zone>\d\d)'?(?P<past>\d\d)?'?|(?P<utc>Z).*)?"
)
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>«»,;]+[^\s\"<>«»,;.)\]]", re.IGNORECASE)
_DOI_SAID = re.compile(rf"(?:doi\s*[:.]?\s*(?:org/)?|doi\.org/)\s*({_DOI.pattern})", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"microsoft (?:word|powerpoint|excel)\b.*|untitled(?:[-\s]?\d+)?|без имени(?:[-\s]?\d+)?|без названия|"
    r"без назви|無題(?:\d+)?|document\s?\d*|документ\s?\d*|slide \d+|title|заголовок|none|null|about:blank|"
    r"scan(?:ned)?(?: document)?[\s_\d-]*|img[\s_\d-]*|doc\d+|"
    r"\(anonymous\)|print|layout \d+|.*\bfm template\b.*|"
    r"https?://\S+|[\W\d_]*",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(
    r".*\.(?:pdf|docx?|rtf|odt|txt|tex|dvi|ps|indd|qxd|qxp|pmd|fm|wpd|pptx?|xlsx?|html?|eps|ai|cdr|jpe?g|tiff?|png)$",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"user|admin(?:istrator)?|owner|unknown|none|null|author|автор|пользователь|користувач|адміністратор|"
    r"администратор|root|guest|pc|home|test|acer|asus|hp|dell|lenovo|samsung|\(anonymous\)|\w+@\S+|[\W\d_]*",
    re.IGNORECASE,
)
_FIRST_BLOCKS = 12


def read_facts(
    document: pypdfium2.PdfDocument, data: bytes, first: Sequence[Block], name: str
) -> tuple[Metadata, tuple[str, ...]]:
    """What is known of the document, and what of it is a guess.

    Args:
        first: The blocks of the first page that has words.
        name: The file's name, which is no title.
    """
    xmp = declared_in(data)
    date, guess, dated = _date(document, xmp, first)
    metadata = Metadata(
        title=_title(document, xmp, first, PurePath(name).stem),
        byline=_byline(document, xmp, first),
        publisher=_first(xmp, "dc:publisher", "prism:publicationName"),
        published_at=date,
        date_is_guess=guess,
        language=_language(document, xmp),
        url=_address(xmp),
        description=_description(document, xmp),
        identifier=_identifier(xmp, first),
    )
    return metadata, dated


def _first(xmp: Declared, *names: str) -> str | None:
    return next((value for name in names for value in xmp.get(name, ())), None)


def _info(document: pypdfium2.PdfDocument, key: str) -> str:
    value = document.get_metadata_value(key)
    return " ".join(value.replace("\0", "").split())[:2000]


# title


def _title(document: pypdfium2.PdfDocument, xmp: Declared, first: Sequence[Block], stem: str) -> str | None:
    for declared in (_first(xmp, "dc:title") or "", _info(document, "Title")):
        title = re.sub(r"^microsoft (?:word|powerpoint|excel) - ", "", declared.strip(), flags=re.IGNORECASE)
        if _is_title(title, stem):
            return title
    return _headline(first)


def _is_title(title: str, stem: str) -> bool:
    if len(title) < 3 or _NO_TITLE.fullmatch(title) or _FILE_NAME.fullmatch(title) or "\ufffd" in title:
        return False
    return not (title == stem and " " not in title) and not _looks_encoded(title)


def _looks_encoded(title: str) -> bool:
    """Cyrillic or Japanese bytes that were written as if they were Latin ones."""
    odd = sum("\x80" <= char <= "\xff" for char in title)
    return odd > 0.5 * sum(map(str.isalpha, title)) and odd > 3


def _headline(first: Sequence[Block]) -> str | None:
    """The largest heading near the top of the first page."""
    headings = [
        block for block in first[:_FIRST_BLOCKS] if block.kind is BlockKind.HEADING and len(block.text) > 3
    ]
    largest = min(headings, key=lambda block: block.level, default=None)
    return largest.text if largest is not None and any(map(str.isalpha, largest.text)) else None


# who and when


def _byline(document: pypdfium2.PdfDocument, xmp: Declared, first: Sequence[Block]) -> tuple[str, ...]:
    declared = tuple(name for value in xmp.get("dc:creator", ()) for name in split_names(value))
    for names in (declared, split_names(_info(document, "Author"))):
        if found := tuple(name for name in names if _is_author(name)):
            return found
    return next((names for block in first[:_FIRST_BLOCKS] if (names := byline_of(block.text))), ())


def _is_author(name: str) -> bool:
    return 1 < len(name) <= 120 and not _NO_AUTHOR.fullmatch(name) and "\ufffd" not in name


def _date(
    document: pypdfium2.PdfDocument, xmp: Declared, first: Sequence[Block]
) -> tuple[str | None, bool, tuple[str, ...]]:
    """The date, whether it is a guess, and what to say of it."""
    published = _first(xmp, "prism:publicationDate", "prism:coverDate", "dc:date")
    if published and (date := parse_date(published)):
        return date, False, ()
    lines = [block.text for block in first[:_FIRST_BLOCKS]]
    if date := next((parse_date(line) for line in lines if is_date_line(line)), None):
        return date, True, (DATE_FROM_TEXT,)
    declared = _first(xmp, "xmp:CreateDate")
    date = (parse_date(declared) if declared else None) or pdf_date(_info(document, "CreationDate"))
    return date, bool(date), (CREATED,) if date else ()


def pdf_date(text: str) -> str | None:
    """A date of PDF (ISO 32000-1, 7.9.4), e.g. ``D:20240305101500+03'00'``, as ISO 8601; else any date."""
    match = _DATE.fullmatch(text.strip())
    if not match:
        return parse_date(text) if text.strip() else None
    parts = match.groupdict()
    try:
        moment = datetime(
            int(parts["year"] or 0),
            int(parts["month"] or 1),
            int(parts["day"] or 1),
            int(parts["hour"] or 0),
            int(parts["minute"] or 0),
            int(parts["second"] or 0),
        )
    except ValueError:
        return None
    if not 1970 <= moment.year <= 2100:
        return None
    if not parts["hour"]:
        return (
            f"{moment:%Y-%m-%d}" if parts["day"] else f"{moment:%Y-%m}" if parts["month"] else f"{moment:%Y}"
        )
    return moment.isoformat() + _zone(parts)


def _zone(parts: dict[str, str | None]) -> str:
    if parts["utc"]:
        return "+00:00"
    if not parts["sign"] or int(parts["zone"] or 0) > 14:
        return ""
    return f"{parts['sign']}{parts['zone']}:{parts['past'] or '00'}"


def pdf_moment(text: str) -> str:
    """A date of PDF as UTC in ISO 8601; empty where it is none. Without a zone it is taken for UTC."""
    date = pdf_date(text) or ""
    return utc(date if len(date) >= 10 else f"{date}-01-01"[:10])


# what names it


def _language(document: pypdfium2.PdfDocument, xmp: Declared) -> str | None:
    for declared in (catalog_language(document), _first(xmp, "dc:language") or ""):
        subtag = re.split(r"[-_]", declared.strip().lower())[0]
        if re.fullmatch(r"[a-z]{2,3}", subtag) and subtag not in ("und", "xx"):
            return subtag
    return None


def _address(xmp: Declared) -> str | None:
    address = _first(xmp, "prism:url")
    return address if address and re.match(r"https?://\S+$", address) and "doi.org/" not in address else None


def _description(document: pypdfium2.PdfDocument, xmp: Declared) -> str | None:
    for text in (_first(xmp, "dc:description") or "", _info(document, "Subject")):
        if len(text) >= 20 and " " in text and not _looks_encoded(text):
            return text
    return None


def _identifier(xmp: Declared, first: Sequence[Block]) -> str | None:
    """A DOI that is declared; or the first one that the first page names as its own."""
    for value in (
        *xmp.get("prism:doi", ()),
        *xmp.get("dc:identifier", ()),
        *xmp.get("pdfx:doi", ()),
        *xmp.get("crossmark:DOI", ()),
    ):
        if match := _DOI.search(value):
            return f"doi:{match[0]}"
    found = {match[1] for block in first for match in _DOI_SAID.finditer(block.text)}
    return f"doi:{found.pop()}" if len(found) == 1 else None


def repeated_title(blocks: Sequence[Block], title: str | None) -> int | None:
    """The number of the block near the top that only repeats the title; None where none does."""
    for index, block in enumerate(blocks[:4]):
        one, other = squeezed(block.text), squeezed(title or "")
        if block.kind is BlockKind.HEADING and one == other and one and len(blocks) > 1:
            return index
    return None
