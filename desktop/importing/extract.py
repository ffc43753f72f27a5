"""From bytes to extractions: what runs inside the child process."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from desktop.core.document import Metadata
from desktop.core.errors import ImportFailed
from desktop.core.extraction import Entry, Extraction, Options
from desktop.core.progress import Progress
from desktop.importing import jsonl
from desktop.importing.beside import files_beside
from desktop.importing.detect import detect
from desktop.importing.finishing import finished
from desktop.importing.formats import FORMATS, PLAINER, lister_of, reader_of
from desktop.importing.material import DEEPEST, Material
from desktop.importing.reading import Member, Part, Reading
from desktop.importing.records.recognise import module_of
from desktop.importing.sources import Form, Source, read_source

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it logs every odd page; ours are odd

MOST_PARTS = 50_000
_AS_FOUND = Options()
_ANNOTATIONS = ("hypothesis", "webannotation")  # a line of them is marks, whose text is a note
Answer = Extraction | ImportFailed


def extract_source(source: Source, progress: Progress | None = None) -> Iterator[Answer]:
    """Read and take apart one source: the articles in it, or why a part of it is none.

    Raises:
        ImportFailed: The source as a whole, with a reason of ``core.sentences.IMPORT_REASONS``.
    """
    data = read_source(source)
    if source.form is Form.CLIP:
        from desktop.importing.clipboard import extract_clip

        yield extract_clip(data)
        return
    material = _material(source, data, progress or Progress())
    if source.form is Form.RECORD and module_of(data, source.name) not in _ANNOTATIONS:
        yield extract_record(material)
        return
    if source.options.plain and detect(data, source.name) not in PLAINER:
        raise ImportFailed(source.name, "timeout", "it has no plainer way")
    yield from extract_material(material)


def list_source(source: Source) -> list[Entry]:
    """What a person can choose from in a source; empty where it is one article.

    Raises:
        ImportFailed
    """
    material = _material(source, read_source(source), Progress())
    lister = lister_of(detect(material.data, material.name))
    return lister(material) if lister else []


def extract_record(material: Material) -> Extraction:
    """Take apart one line of a ``.jsonl`` file.

    Raises:
        ImportFailed: ``malformed``, ``no_text``.
    """
    kept = replace(material, name=jsonl.kept_name(material.name))
    return finished(jsonl.read(material), kept, "application/json")


def extract_bytes(
    data: bytes, name: str, address: str | None = None, options: Options = _AS_FOUND
) -> Extraction:
    """Take apart the bytes of a file that is one article; of several, the first.

    Args:
        name: Path or file name, for the title of last resort and the kept original.
        address: Where a page came from, if known.

    Raises:
        ImportFailed
    """
    answer = next(extract_material(Material(data, name, address, options=options)), None)
    if answer is None:
        raise ImportFailed(name, "no_text")
    if isinstance(answer, ImportFailed):
        raise answer
    return answer


def extract_material(material: Material) -> Iterator[Answer]:
    """Every article in the material; a part that fails is one answer, and the others go on.

    Raises:
        ImportFailed: The material as a whole.
    """
    kind = detect(material.data, material.name)
    known = FORMATS[kind]
    try:
        yield from _answers(reader_of(kind)(material), material, known.media_type)
    except RecursionError as error:
        raise ImportFailed(material.name, "too_deep", str(error)) from error


def _answers(parts: Iterable[Part], material: Material, media_type: str) -> Iterator[Answer]:
    budget = _Budget(material)
    for part in parts:
        budget.count()
        if isinstance(part, Reading):
            yield from _alone(part, material, media_type)
        elif isinstance(part, Member):
            for number, answer in enumerate(_inside(part, material)):
                if number:
                    budget.count()
                yield answer
        else:
            yield part
    if not budget.parts:  # no source ends without a word
        raise ImportFailed(material.name, "no_such_part" if material.options.parts else "nothing_inside")


@dataclass
class _Budget:
    """A file of a million parts is no article's neighbour."""

    material: Material
    parts: int = 0

    def count(self) -> None:
        self.parts += 1
        self.material.progress.check()
        self.material.progress.report(self.parts, 0, "")
        if self.parts > MOST_PARTS:
            raise ImportFailed(self.material.name, "too_many", f"more than {MOST_PARTS}")


def _alone(reading: Reading, material: Material, media_type: str) -> Iterator[Answer]:
    try:
        yield finished(reading, material, media_type)
    except ImportFailed as failure:
        if not reading.name:
            raise
        yield ImportFailed(f"{material.name}/{reading.name}", failure.reason, failure.detail)


def _inside(member: Member, outer: Material) -> Iterator[Answer]:
    """The articles of a part that is a source of its own."""
    name = f"{outer.name}/{member.name}"
    if outer.depth >= DEEPEST:
        yield ImportFailed(name, "too_deep", f"{outer.depth} containers")
        return
    inner = Material(
        member.data,
        member.name,
        member.address,
        member.charset,
        member.media_type,
        replace(outer.options, parts=None),
        member.beside,
        outer.depth + 1,
        outer.progress,
    )
    try:
        for answer in extract_material(inner):
            yield _named(answer, member, outer)
    except ImportFailed as failure:
        yield ImportFailed(name, failure.reason, failure.detail)
    except (ValueError, TypeError, AttributeError, LookupError, ArithmeticError) as error:
        # A fault of one part must cost one line, not what follows it.
        yield ImportFailed(name, "crash", f"{type(error).__name__}: {error}")


def _named(answer: Answer, member: Member, outer: Material) -> Answer:
    if isinstance(answer, ImportFailed):
        return ImportFailed(f"{outer.name}/{answer.source}", answer.reason, answer.detail)
    document = replace(answer.document, metadata=overlaid(member.metadata, answer.document.metadata))
    return replace(
        answer,
        document=document,
        name=f"{member.name}/{answer.name}" if answer.name else member.name,
        tags=(*member.tags, *answer.tags),
        collections=(*member.collections, *answer.collections),
        note="\n\n".join(note for note in (member.note, answer.note) if note),
        key=member.key or answer.key,
        captured_at=member.captured_at or answer.captured_at,
    )


def overlaid(known: Metadata | None, found: Metadata) -> Metadata:
    """What is known, its gaps filled with what was found."""
    if known is None:
        return found
    dated = known if known.published_at else found
    return Metadata(
        title=known.title or found.title,
        byline=known.byline or found.byline,
        publisher=known.publisher or found.publisher,
        published_at=dated.published_at,
        date_is_guess=dated.date_is_guess,
        language=found.language or known.language,
        language_confidence=found.language_confidence,
        url=known.url or found.url,
        description=known.description or found.description,
        identifier=known.identifier or found.identifier,
    )


def _material(source: Source, data: bytes, progress: Progress) -> Material:
    beside = files_beside(source.path) if source.path else dict(source.files).get
    material = Material(
        data, source.name, source.address, source.charset, options=source.options, progress=progress
    )
    return replace(material, beside=beside)
