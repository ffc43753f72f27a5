"""A REFI-QDA project (.qdpx): its texts with what was coded in them, and the files that it holds.

Offsets of text selections are Unicode code points of the plain text. A PDF or a picture is kept as a
capture of its own beside the words that the project gives for it.
"""

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from lxml import etree

from desktop.core.document import Block, BlockKind, Metadata
from desktop.core.errors import ImportFailed
from desktop.core.extraction import FoundMark
from desktop.core.records import AnnotationKind
from desktop.core.times import utc
from desktop.importing.dates import parse_date
from desktop.importing.encoding import decode
from desktop.importing.material import Material
from desktop.importing.qda.project import (
    Project,
    description,
    guid,
    named,
    plain_guid,
    references,
    sources_of,
)
from desktop.importing.reading import Marked, Member, Part, Reading
from desktop.importing.xml import local, parse_xml
from desktop.importing.zips import SafeZip

EXTRACTOR = "refi-qda/1"
_INTERNAL = "internal://"
_MOST_SELECTIONS = 50_000
_TEXT, _PDF, _PICTURE = "TextSource", "PDFSource", "PictureSource"
Files = Callable[[str | None], bytes | None]


def read(material: Material) -> Iterator[Part]:
    """Yield an article a source; notes that belong to none are articles, too.

    Raises:
        ImportFailed: ``malformed``, ``hostile``, ``encrypted``, ``too_many``.
    """
    files = SafeZip(material.data, material.name)
    main = next((name for name in files.names if name.lower().endswith("project.qde")), None)
    if main is None:
        raise ImportFailed(material.name, "malformed", "no project.qde")
    project = Project.read(parse_xml(files.read(main), material.name))
    look_up = _internal(files)
    used: set[str] = set()
    for source in sources_of(project.root):
        used |= set(_all_notes(source))
        yield from _source(project, source, look_up)
    for key, note in project.notes.items():
        if key not in used:
            yield from _text(project, note, look_up)


def _internal(files: SafeZip) -> Files:
    """Files of the project by ``internal://…``, whatever the case of their folder."""
    by_name = {PurePosixPath(name).name.lower(): name for name in files.names}

    def look_up(path: str | None) -> bytes | None:
        if not path or not path.startswith(_INTERNAL):
            return None
        member = by_name.get(PurePosixPath(path.removeprefix(_INTERNAL)).name.lower())
        return files.read(member) if member else None

    return look_up


def _source(project: Project, source: etree._Element, files: Files) -> Iterator[Part]:
    kind = local(source)
    if kind == _TEXT:
        yield from _text(project, source, files)
        return
    inner = named(source, "Representation" if kind == _PDF else "TextDescription")
    yield from _described(project, source, inner[0] if inner else None, files)
    data = files(source.get("path"))
    if data is not None and kind in (_PDF, _PICTURE):
        name = _file_name(source)
        yield Member(data, name, metadata=Metadata(title=_title(source)), key=guid(source))


def _text(project: Project, source: etree._Element, files: Files) -> Iterator[Part]:
    text = _words(source, files)
    if text is None:
        yield ImportFailed(_title(source) or "text", "missing", str(source.get("plainTextPath") or ""))
        return
    lines = text.split("\n")
    marks = tuple(_selections(project, source, text, lines))
    yield _reading(project, source, lines, marks, partial=False, files=files)


def _described(
    project: Project, source: etree._Element, inner: etree._Element | None, files: Files
) -> Iterator[Part]:
    """What the project says of a source that is no text: its words, and what was coded on its pages."""
    text = (_words(inner, files) if inner is not None else None) or ""
    lines = text.split("\n") if text else []
    marks = list(_selections(project, inner, text, lines)) if inner is not None else []
    for name in ("PDFSelection", "PictureSelection", "AudioSelection", "VideoSelection"):
        for selection in named(source, name)[:_MOST_SELECTIONS]:
            passage = _passage(selection, files)
            block = len(lines)
            lines.append(passage)
            mark = _mark(project, selection, passage, files)
            marks.append(Marked(mark, ((block, 0, len(passage)),)))
    if lines or project.codes_of(source) or description(source):
        lines = lines or [_title(source) or "source"]
        yield _reading(project, source, lines, tuple(marks), partial=True, files=files)


def _reading(
    project: Project,
    source: etree._Element,
    lines: list[str],
    marks: tuple[Marked, ...],
    *,
    partial: bool,
    files: Files,
) -> Reading:
    created = source.get("creationDateTime")
    return Reading(
        [Block(BlockKind.PARAGRAPH, line) for line in lines],
        Metadata(
            title=_title(source),
            published_at=parse_date(created) if created else None,
            date_is_guess=bool(created),
        ),
        EXTRACTOR,
        name=f"{_title(source) or guid(source)}.txt",
        data="\n".join(lines).encode(),
        media_type="text/plain",
        marks=marks,
        tags=tuple(dict.fromkeys(code.path for code in project.codes_of(source))),
        collections=tuple(project.sets.get(guid(source), ())),
        note="\n\n".join(filter(None, (description(source), *_notes(project, source, files)))),
        partial=partial,
        key=guid(source),
    )


def _words(node: etree._Element, files: Files) -> str | None:
    """The plain text, line ends made one code point as the standard counts them."""
    data = files(node.get("plainTextPath"))
    if data is not None:
        return decode(data).text.replace("\r\n", "\n").replace("\r", "\n")
    inline = named(node, "PlainTextContent")
    return (inline[0].text or "").replace("\r\n", "\n") if inline else None


def _selections(project: Project, source: etree._Element, text: str, lines: list[str]) -> Iterator[Marked]:
    for selection in named(source, "PlainTextSelection")[:_MOST_SELECTIONS]:
        start, end = _number(selection, "startPosition"), _number(selection, "endPosition")
        places = tuple(_places(lines, start, end)) if 0 <= start < end <= len(text) else ()
        words = text[start:end] if places else selection.get("name") or ""
        yield Marked(_mark(project, selection, words, lambda _: None), places)


def _places(lines: list[str], start: int, end: int) -> Iterator[tuple[int, int, int]]:
    at = 0
    for number, line in enumerate(lines):
        a, b = max(start - at, 0), min(end - at, len(line))
        if a < b:
            yield number, a, b
        at += len(line) + 1
        if at > end:
            return


def _mark(project: Project, selection: etree._Element, words: str, files: Files) -> FoundMark:
    codes = project.codes_of(selection)
    note = "\n\n".join(filter(None, (description(selection), *_notes(project, selection, files))))
    return FoundMark(
        AnnotationKind.HIGHLIGHT,
        words,
        note=note,
        tags=tuple(dict.fromkeys(code.path for code in codes)),
        creator=project.creator_of(selection),
        created_at=utc(selection.get("creationDateTime")),
        colour=next((code.colour for code in codes if code.colour), None),
    )


def _passage(selection: etree._Element, files: Files) -> str:
    """The words of a place on a page, or a name for the place."""
    for inner in named(selection, "Representation"):
        if words := " ".join((_words(inner, files) or "").split()):
            return words
    page = selection.get("page")
    place = f"page {int(page) + 1}" if page and page.isdigit() else local(selection)
    return " ".join((selection.get("name") or "").split()) or f"({place})"


def _notes(project: Project, node: etree._Element, files: Files) -> Iterator[str]:
    for key in references(node, "NoteRef"):
        note = project.notes.get(key)
        if note is not None and (words := (_words(note, files) or description(note)).strip()):
            yield words


def _all_notes(source: etree._Element) -> Iterator[str]:
    for node in source.iter():
        if local(node) == "NoteRef":
            yield plain_guid(node.get("targetGUID"))


def _title(node: etree._Element) -> str | None:
    return " ".join((node.get("name") or "").split()) or None


def _file_name(source: etree._Element) -> str:
    path = PurePosixPath((source.get("path") or "").removeprefix(_INTERNAL))
    return f"{(_title(source) or path.stem).removesuffix(path.suffix)}{path.suffix}"


def _number(node: etree._Element, name: str) -> int:
    try:
        return int(node.get(name) or "")
    except ValueError:
        return -1
