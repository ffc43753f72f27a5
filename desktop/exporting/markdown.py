"""One CommonMark file: a section an article, a block quotation a mark."""

import re
from collections.abc import Iterator
from pathlib import Path

from desktop.core.document import Metadata
from desktop.core.progress import Progress
from desktop.core.records import Annotation, AnnotationKind, Vocabulary
from desktop.core.selection import ExportArticle, ExportReport, ExportSet
from desktop.exporting.atomic import replacing
from desktop.exporting.links import web_address
from desktop.exporting.walk import Facts, Walk, facts

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&!^$]")
# What would open a list, a heading's underline or a rule at the beginning of a line.
_LINE_START = re.compile(r"^(\s*)([-+=:]|\d{1,9}(?=[.)]))", re.MULTILINE)


def write(export_set: ExportSet, target: Path, progress: Progress) -> ExportReport:
    """Write every article with its marks in text order."""
    walk = Walk(export_set, progress)
    with replacing(target) as file:
        file.write(f"# {escape(export_set.title)}\n\n{escape(export_set.exported_at)}\n")
        for item in walk:
            file.writelines(f"\n{part}\n" for part in section(item, export_set.vocabulary))
    return walk.report(target)


def section(item: ExportArticle, vocabulary: Vocabulary) -> Iterator[str]:
    """The paragraphs of one article."""
    cited = item.article.metadata
    yield f"## {escape(cited.title or 'Untitled')}"
    if source := _source(cited):
        yield source
    if item.tags:
        yield "Tags: " + ", ".join(map(_tag, item.tags))
    if item.article.note:
        yield escape(item.article.note)
    for annotation in item.annotations:
        yield from _mark(annotation, facts(annotation, vocabulary))


def escape(text: str) -> str:
    """Text that CommonMark reads as these very characters, line feeds as line breaks."""
    lines = (line.strip() for line in re.split(r"[\r\n]+", text))
    escaped = (_LINE_START.sub(_escape_start, _SPECIAL.sub(r"\\\g<0>", line)) for line in lines if line)
    return "\\\n".join(escaped)


def _escape_start(match: re.Match[str]) -> str:
    lead, sign = match.groups()
    return f"{lead}{sign}\\" if sign.isdigit() else f"{lead}\\{sign}"


def _source(cited: Metadata) -> str:
    date = f"{cited.published_at}{' (?)' if cited.date_is_guess else ''}" if cited.published_at else ""
    parts = [", ".join(cited.byline), cited.publisher or "", date]
    words = [escape(part) for part in parts if part]
    if address := web_address(cited.url):
        words.append(f"<{address}>")
    elif cited.url:
        words.append(escape(cited.url))
    return " · ".join(words)


def _tag(path: str) -> str:
    return "`" + re.sub(r"[`\s]+", " ", path) + "`"


def _mark(annotation: Annotation, known: Facts) -> Iterator[str]:
    words = "\n".join(f"> {line}" for line in escape(annotation.exact).split("\n"))
    if annotation.kind is AnnotationKind.QUOTE and known.speaker:
        words += f"\n>\n> — {escape(_attribution(annotation, known))}"
    yield words
    yield "\n".join(f"- {line}" for line in _about(annotation, known))


def _attribution(annotation: Annotation, known: Facts) -> str:
    return ", ".join(part for part in (known.speaker_name, annotation.cue, annotation.said_at) if part)


def _about(annotation: Annotation, known: Facts) -> Iterator[str]:
    yield f"**{str(annotation.kind).capitalize()}**"
    if known.claim:
        stance = f"{annotation.stance}: " if annotation.stance else ""
        yield f"{stance}{_inline(known.claim.statement)} ({known.claim.verdict})"
    if known.tags:
        yield "Tags: " + ", ".join(map(_tag, known.tags))
    if annotation.note:
        yield f"Note: {_inline(annotation.note)}"


def _inline(text: str) -> str:
    return escape(text).replace("\n", "\n  ")
