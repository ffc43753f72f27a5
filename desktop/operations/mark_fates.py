"""What becomes of an article's marks on another of its texts, counted and in words."""

from dataclasses import dataclass

from desktop.core.placing import place_all
from desktop.store import annotations, captures
from desktop.store.archive import Archive


@dataclass(frozen=True, slots=True)
class MarkFates:
    """How many marks have which fate on a text; none is changed by counting.

    Attributes:
        kept: Found for certain.
        unsure: Found, but a person has to confirm the place.
        gone: Their words are not there; they stay as orphans.
    """

    kept: int = 0
    unsure: int = 0
    gone: int = 0

    @property
    def total(self) -> int:
        return self.kept + self.unsure + self.gone

    def in_words(self) -> str:
        """``37 of 38 marks stay, 1 to confirm.``"""
        if not self.total:
            return "The article has no marks yet."
        if self.kept == self.total:
            return "Its mark stays." if self.total == 1 else f"All {self.total:,} marks stay."
        parts = [f"{self.kept:,} of {self.total:,} {'mark stays' if self.total == 1 else 'marks stay'}"]
        if self.unsure:
            parts.append(f"{self.unsure:,} to confirm")
        if self.gone:
            parts.append(f"{self.gone:,} not found: kept with their words")
        return ", ".join(parts) + "."


def fates_of_marks(archive: Archive, article_id: str, text: str | None = None) -> MarkFates:
    """What becomes of the article's marks on ``text``; on its current one where None is given.

    Raises:
        NotFound
    """
    capture = captures.current_capture(archive, article_id)
    found = annotations.annotations_of(archive, article_id)
    # No capture has an empty id: in a text that is not kept every mark has to be looked for.
    placed = place_all(found, capture.text, capture.id) if text is None else place_all(found, text, "")
    kept = sum(1 for one in placed if one.sure)
    gone = sum(1 for one in placed if not one.ranges)
    return MarkFates(kept, len(placed) - kept - gone, gone)
