"""BibTeX and BibLaTeX."""

import logging
import re
from collections.abc import Iterator
from typing import Any

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from bibtexparser.model import Entry, ParsingFailedBlock

from desktop.core.errors import ImportFailed
from desktop.importing.material import Material
from desktop.importing.records.citation import Citation, people
from desktop.importing.records.months import month_in
from desktop.importing.records.record import Attached, Record, RecordPart, guarded

logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # it logs every odd entry; ours are told

EXTRACTOR = "bibtex/1"
Fields = dict[str, str]
_DEEPEST = 20  # commands within commands
_LARGEST = 32 * 1024 * 1024
_VERBATIM = ("url", "doi", "file", "eprint", "howpublished")
_STYLED = re.compile(r"\\(?:text\w{2,4}|emph|mkbibquote|enquote|url|mbox|uppercase|underline)\s*\{([^{}]*)\}")
_COMMENTS = re.compile(r"(?<!\\)%")
_LABELS = {
    "volume": "Volume", "number": "Issue", "issue": "Issue", "pages": "Pages", "edition": "Edition",
    "address": "Place", "location": "Place", "series": "Series", "chapter": "Chapter", "school": "School",
    "institution": "Institution", "organization": "Organization", "issn": "ISSN", "eprint": "Eprint",
    "type": "Kind", "translator": "Translator", "booksubtitle": "Subtitle of the book",
    "urldate": "Accessed", "pmid": "PMID", "eventtitle": "Event", "venue": "Venue", "version": "Version",
    "pagetotal": "Number of pages", "database": "Database", "howpublished": "How published",
    "crossref": "In entry", "shorttitle": "Short title", "entryset": "Entries", "indextitle": "Indexed as",
    "primaryclass": "Class", "archiveprefix": "Archive", "archive": "Archive",
}  # fmt: skip
_USED = frozenset(
    "title subtitle author editor journal journaltitle booktitle publisher date year month day language "
    "langid url doi isbn abstract keywords keyword note annote annotation annotations comment "
    "file groups timestamp "
    "date-added mendeley-groups mendeley-tags creationdate dateadded".split()
)


def records(text: str, material: Material) -> Iterator[RecordPart]:
    """One record for each entry; one whose braces do not close is told.

    Raises:
        ImportFailed: ``too_large``; ``malformed``: there is no entry in it.
    """
    if len(text) > _LARGEST:
        raise ImportFailed(material.name, "too_large", f"{len(text)} characters")
    library = parse_string(text)
    found = list(library.entries)
    for block in library.failed_blocks:
        # Two entries of one key, and two fields of one name, are no fault of what they say.
        inner = getattr(block, "ignore_error_block", None)
        if isinstance(inner, Entry):
            found.append(inner)
        elif isinstance(block, ParsingFailedBlock):
            first = " ".join((block.raw or "").split())[:80]
            yield ImportFailed(f"{material.name}/line {(block.start_line or 0) + 1}", "malformed", first)
    if not found and not library.failed_blocks:
        raise ImportFailed(material.name, "malformed", "no entry in it")
    found.sort(key=lambda entry: entry.start_line or 0)
    decoder = LatexDecodingMiddleware()
    yield from guarded(found, lambda entry: _record(entry, decoder), material.name)


def _record(entry: Entry, decoder: Any) -> Record:
    raw: Fields = {}
    twice: list[tuple[str, str]] = []
    for field in entry.fields:
        key, value = field.key.lower(), _unquoted(str(field.value))
        if raw.setdefault(key, value) != value:
            twice.append((field.key.capitalize(), _decoded(value, decoder)))
    fields = {
        key: _plain(value) if key in _VERBATIM else _decoded(value, decoder) for key, value in raw.items()
    }
    title, subtitle = fields.get("title", ""), fields.get("subtitle", "")
    citation = Citation(
        kind=entry.entry_type.capitalize(),
        title=f"{title}: {subtitle}" if title and subtitle else title,
        authors=_people(raw.get("author", ""), decoder),
        editors=_people(raw.get("editor", ""), decoder),
        container=_first(fields, "journaltitle", "journal", "booktitle"),
        publisher=_first(fields, "publisher", "institution", "school", "organization"),
        date=_date(fields),
        language=_first(fields, "langid", "language"),
        url=_first(fields, "url") or _address(fields.get("howpublished", "")),
        doi=_first(fields, "doi"),
        isbn=_first(fields, "isbn"),
        abstract=_first(fields, "abstract"),
        keywords=_keywords(_first(fields, "keywords", "keyword"))
        + _keywords(fields.get("mendeley-tags", "")),
        notes=[
            fields[key]
            for key in ("note", "annote", "annotation", "annotations", "comment")
            if fields.get(key)
        ],
        facts=[(label, fields.get(key, "").replace("--", "\N{EN DASH}")) for key, label in _LABELS.items()],
        files=list(_files(raw.get("file", ""))),
        collections=_groups(_first(fields, "groups", "mendeley-groups")),
        added=_first(fields, "timestamp", "date-added", "creationdate", "dateadded"),
    )
    others = [
        (key.capitalize(), value) for key, value in fields.items() if key not in _USED and key not in _LABELS
    ]
    citation.facts += [*others, *twice, ("Citation key", entry.key or "")]
    return citation.record((entry.raw or "").encode("utf-8", "replace"), ".bib")


def _first(fields: Fields, *keys: str) -> str:
    return next((fields[key] for key in keys if fields.get(key)), "")


def _unquoted(value: str) -> str:
    """Of an entry that the library gave back as it stood, without its own braces or quotes."""
    value = value.strip()
    if len(value) > 1 and (value[0], value[-1]) in (("{", "}"), ('"', '"')) and _closes_last(value):
        return value[1:-1]
    return value


def _closes_last(value: str) -> bool:
    """Whether the brace that opens the value is closed by its last character."""
    depth = 0
    for at, char in enumerate(value):
        depth += (char == "{") - (char == "}")
        if depth == 0 and value[0] == "{":
            return at == len(value) - 1
    return value[0] == '"'


def _plain(value: str) -> str:
    """An address: only its escapes are taken away."""
    return re.sub(r"\\([_%&#~{}$])|[{}]", lambda match: match[1] or "", value).strip()


def _decoded(value: str, decoder: Any) -> str:
    """LaTeX as text: accents, dashes, symbols; the words of commands for looks stay."""
    for _ in range(_DEEPEST):
        value, found = _STYLED.subn(r"\1", value)
        if not found:
            break
    value = _COMMENTS.sub(r"\\%", value)
    if "\\" in value or "$" in value or "~" in value or "--" in value or "``" in value:
        value = _latex(value, decoder)
    paragraphs = re.split(r"\n\s*\n", re.sub(r"[{}]", "", value))
    return "\n".join(" ".join(one.split()) for one in paragraphs if one.strip())


def _latex(value: str, decoder: Any) -> str:
    """Through the library; what it cannot follow stays as it is written."""
    decoded, error = decoder._transform_python_value_string(value)
    return value if error else str(decoded)


def _people(value: str, decoder: Any) -> list[str]:
    names = re.split(r"\s+and\s+", value) if value.strip() else []
    whole = [name.strip() for name in names]
    found = []
    for name in whole:
        if name.startswith("{") and name.endswith("}"):
            found.append(_decoded(name, decoder))
        elif name.lower() != "others":
            found += people([_decoded(name, decoder)])
    return [name for name in found if name]


def _date(fields: Fields) -> str:
    date = _first(fields, "date")
    if re.match(r"\d{4}", date):
        return date
    year, month = _first(fields, "year"), _first(fields, "month").strip().lower()
    number = month_in(month) or (int(month) if re.fullmatch(r"0?[1-9]|1[0-2]", month) else None)
    if not number or not re.fullmatch(r"\d{4}", year):
        return f"{date} {year}".strip() if date and year else year or date
    day = _first(fields, "day")
    return f"{year}-{number:02}" + (f"-{int(day):02}" if day.isdigit() else "")


def _address(text: str) -> str:
    found = re.search(r"https?://[^\s}]+", text)
    return found[0] if found else ""


def _files(value: str) -> Iterator[Attached]:
    """``Title:path:type`` of JabRef, Zotero and Mendeley, or a bare path; semicolons part several."""
    for one in re.split(r"(?<!\\);", value):
        parts = [
            re.sub(r"\\(.)", r"\1", part)
            for part in re.split(r"(?<!\\):(?![\\/]{1,2})", one.strip().strip("{}"))
        ]
        if len(parts) >= 3:
            yield Attached(":".join(parts[1:-1]), parts[0], parts[-1] if "/" in parts[-1] else None)
        elif one.strip():
            yield Attached(re.sub(r"\\(.)", r"\1", one.strip().strip("{}")))


def _keywords(value: str) -> list[str]:
    """Commas part them, unless semicolons do: then they belong to a word (``Aged, 80 and over``)."""
    return value.split(";" if ";" in value else ",")


def _groups(value: str) -> list[str]:
    return [group.replace(">", "/") for group in value.split(",")]
