"""What can be edited of one mark, and what an edit changed; no widgets here."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from difflib import SequenceMatcher
from typing import Any

from desktop.core.records import Annotation, Claim, Vocabulary
from desktop.core.sortkeys import name_key

# Fields of the mark itself, as operations.marking.edit takes them.
MARK_FIELDS = ("kind", "colour", "note", "speaker", "cue", "mode", "said_at", "stance", "claim")


@dataclass(frozen=True, slots=True)
class MarkFields:
    """The values of the editor.

    Attributes:
        speaker, claim: A name and a statement, not ids; None for none.
        tags: Paths.
        verdict, claim_note: Of the claim the mark belongs to.
    """

    kind: str = "highlight"
    colour: str | None = None
    note: str = ""
    speaker: str | None = None
    cue: str | None = None
    mode: str | None = None
    said_at: str | None = None
    stance: str | None = None
    claim: str | None = None
    tags: tuple[str, ...] = ()
    verdict: str = "open"
    claim_note: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """What changed between two values of the editor.

    Attributes:
        mark: For ``operations.marking.edit``.
        tags_added: Paths; tags_removed: paths too, the panel knows their ids.
        claim: ``statement``, ``verdict``, ``note`` of the claim itself.
    """

    mark: dict[str, Any] = field(default_factory=dict)
    tags_added: list[str] = field(default_factory=list)
    tags_removed: list[str] = field(default_factory=list)
    claim: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.mark or self.tags_added or self.tags_removed or self.claim)


def fields_of(annotation: Annotation, vocabulary: Vocabulary) -> MarkFields:
    person = vocabulary.people.get(annotation.speaker_id or "")
    claim = vocabulary.claims.get(annotation.claim_id or "")
    tags = (vocabulary.tags.get(tag_id) for tag_id in annotation.tag_ids)
    return MarkFields(
        kind=str(annotation.kind),
        colour=annotation.colour,
        note=annotation.note,
        speaker=person.name if person else None,
        cue=annotation.cue,
        mode=str(annotation.mode) if annotation.mode else None,
        said_at=annotation.said_at,
        stance=str(annotation.stance) if annotation.stance else None,
        claim=claim.statement if claim else None,
        tags=tuple(tag.path for tag in tags if tag is not None),
        verdict=str(claim.verdict) if claim else "open",
        claim_note=claim.note if claim else "",
    )


def edit_between(before: MarkFields, after: MarkFields, *, reword: bool, target: Claim | None = None) -> Edit:
    """What must be asked for to get from ``before`` to ``after``.

    Args:
        reword: A new statement is the old claim in other words, for all its mentions; otherwise
            the mark is given to another claim, found or made by this statement.
        target: The claim that the archive holds already under the new statement.
    """
    old, new = asdict(before), asdict(after)
    mark = {name: new[name] for name in MARK_FIELDS if old[name] != new[name]}
    claim: dict[str, str] = {}
    known = (before.verdict, before.claim_note)
    if "claim" in mark and reword and before.claim and after.claim:
        claim["statement"] = mark.pop("claim")
    elif "claim" in mark:
        known = (str(target.verdict), target.note) if target is not None else ("open", "")
    if after.claim and after.verdict != known[0]:
        claim["verdict"] = after.verdict
    if after.claim and after.claim_note != known[1]:
        claim["note"] = after.claim_note
    added, removed = _difference(before.tags, after.tags)
    return Edit(mark, added, removed, claim)


def _difference(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """(added, removed) paths; case and spacing do not make another tag."""
    old, new = {name_key(path) for path in before}, {name_key(path) for path in after}
    added = [path for path in after if name_key(path) not in old]
    return added, [path for path in before if name_key(path) not in new]


def rebase(base: MarkFields, current: MarkFields, news: MarkFields) -> MarkFields:
    """Take what changed elsewhere, except in fields that the person has touched since ``base``."""
    kept = {
        one.name: getattr(
            news if getattr(current, one.name) == getattr(base, one.name) else current, one.name
        )
        for one in fields(MarkFields)
    }
    return MarkFields(**kept)


def find_claim(claims: Iterable[Claim], statement: str) -> Claim | None:
    """The claim of this statement, whatever its case and spacing."""
    wanted = name_key(statement)
    return next((claim for claim in claims if name_key(claim.statement) == wanted), None)


def looks_reworded(before: str, after: str) -> bool:
    """The new statement seems to be the old one, corrected: most of its letters stayed in their order."""
    return SequenceMatcher(None, name_key(before), name_key(after), autojunk=False).ratio() >= 0.6
