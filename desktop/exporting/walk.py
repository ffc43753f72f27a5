"""What every format needs: going through a selection, and holding each quote to its text."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop.core.progress import Progress
from desktop.core.records import Annotation, Claim, Person, Vocabulary
from desktop.core.selection import ExportArticle, ExportReport, ExportSet


@dataclass(frozen=True, slots=True)
class Facts:
    """The names that an annotation refers to, looked up."""

    tags: tuple[str, ...] = ()
    speaker: Person | None = None
    claim: Claim | None = None

    @property
    def speaker_name(self) -> str:
        return self.speaker.name if self.speaker else ""


def facts(annotation: Annotation, vocabulary: Vocabulary) -> Facts:
    """Tags as paths, speaker and claim; what the vocabulary does not know is left out."""
    return Facts(
        tuple(vocabulary.tags[tag].path for tag in annotation.tag_ids if tag in vocabulary.tags),
        vocabulary.people.get(annotation.speaker_id or ""),
        vocabulary.claims.get(annotation.claim_id or ""),
    )


class Walk:
    """The articles of a selection one at a time, counted, checked and cancellable.

    Iterate once, then ask for the ``report``. Only one article is held at a time.
    """

    def __init__(self, export_set: ExportSet, progress: Progress) -> None:
        self._set, self._progress = export_set, progress
        self.articles = self.annotations = 0
        self.warnings: list[str] = []

    def __iter__(self) -> Iterator[ExportArticle]:
        total = len(self._set)
        self._progress.report(0, total)
        for item in self._set:
            self._progress.check()
            self.warnings += mismatches(item)
            yield item
            self.articles += 1
            self.annotations += len(item.annotations)
            self._progress.report(self.articles, total, item.article.metadata.title or "")

    def report(self, target: Path) -> ExportReport:
        return ExportReport(str(target), self.articles, self.annotations, tuple(self.warnings))


def stands(item: ExportArticle, annotation: Annotation) -> bool:
    """Whether every span's words stand in the exported text exactly where the mark says."""
    text = item.capture.text
    return annotation.capture_id == item.capture.id and all(
        text[span.start : span.end] == span.exact for span in annotation.spans
    )


def mismatches(item: ExportArticle) -> list[str]:
    """A sentence for each mark whose words are not the text's words at its place."""
    return [
        f"“{_short(annotation.exact)}” does not stand word for word at its place in "
        f"“{item.article.metadata.title or item.article.id}” (mark {annotation.id})."
        for annotation in item.annotations
        if not stands(item, annotation)
    ]


def _short(text: str, limit: int = 80) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
