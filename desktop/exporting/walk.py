"""What every format needs: going through a selection, and holding each quote to its text."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.core.anchors import AnchorState, describe, resolve
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
        self._tags: set[str] = set()
        self._people: set[str] = set()
        self._claims: set[str] = set()

    def __iter__(self) -> Iterator[ExportArticle]:
        total = len(self._set)
        self._progress.report(0, total)
        for item in self._set:
            self._progress.check()
            item = carried(item)
            self.warnings += mismatches(item)
            self._note_names(item)
            yield item
            self.articles += 1
            self.annotations += len(item.annotations)
            self._progress.report(self.articles, total, item.article.metadata.title or "")

    def report(self, target: Path) -> ExportReport:
        if missing := len(self._set) - self.articles:
            self.warnings.append(f"{missing} of the chosen articles have no text and were left out.")
        return ExportReport(str(target), self.articles, self.annotations, tuple(self.warnings))

    def names(self) -> Vocabulary:
        """What the exported records refer to, with the ancestors of tags, and nothing else.

        Whoever is sent a few articles is not told everybody the archive knows. Complete once the
        walk is over.
        """
        known = self._set.vocabulary
        used = {tag.id for tag in known.tags.values() if tag.path in self._tags or tag.id in self._tags}
        waiting = list(used)
        while waiting:
            parent = known.tags[waiting.pop()].parent_id
            if parent in known.tags and parent not in used:
                used.add(parent)
                waiting.append(parent)
        return Vocabulary(
            {key: tag for key, tag in known.tags.items() if key in used},
            {key: person for key, person in known.people.items() if key in self._people},
            {key: claim for key, claim in known.claims.items() if key in self._claims},
        )

    def _note_names(self, item: ExportArticle) -> None:
        self._tags.update(item.tags)
        for mark in item.annotations:
            self._tags.update(mark.tag_ids)
            self._people.add(mark.speaker_id or "")
            self._claims.add(mark.claim_id or "")


def carried(item: ExportArticle) -> ExportArticle:
    """The article with marks of earlier captures on the text that is exported.

    Only such as stand there word for word, at a place that is certain; the others stay on the
    capture they were made on, and ``stands`` is false of them.
    """
    here, text = item.capture.id, item.capture.text
    marks = tuple(
        mark if _is_at_home(mark, here) else _carried(mark, here, text) for mark in item.annotations
    )
    return item if marks == item.annotations else replace(item, annotations=marks)


def _is_at_home(mark: Annotation, capture_id: str) -> bool:
    return mark.capture_id == capture_id and all(span.placed for span in mark.spans)


def _carried(mark: Annotation, capture_id: str, text: str) -> Annotation:
    places = [resolve(span, text) for span in mark.spans]
    if any(place.state is not AnchorState.EXACT for place in places):
        return mark
    spans = tuple(describe(text, place.start, place.end) for place in places)
    return replace(mark, capture_id=capture_id, spans=spans)


def stands(item: ExportArticle, annotation: Annotation) -> bool:
    """Whether every span's words stand in the exported text exactly where the mark says."""
    text = item.capture.text
    return annotation.capture_id == item.capture.id and all(
        span.placed and text[span.start : span.end] == span.exact for span in annotation.spans
    )


def mismatches(item: ExportArticle) -> list[str]:
    """A sentence for each mark whose words are not the text's words at its place."""
    title = item.article.metadata.title or item.article.id
    return [
        f"“{_short(mark.exact)}” "
        + ("does not stand word for word at its place" if mark.capture_id == item.capture.id else _EARLIER)
        + f" in “{title}” (mark {mark.id})."
        for mark in item.annotations
        if not stands(item, mark)
    ]


_EARLIER = "was marked on an earlier capture and does not stand word for word in the newest text"


def _short(text: str, limit: int = 80) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
