"""What a card shows, worked out once from the records; no painting and no widgets here."""

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop.core.anchors import AnchorState
from desktop.core.placing import Placement
from desktop.core.records import Annotation, AnnotationKind, Claim, Vocabulary
from desktop.ui.wording import short_date
from desktop.ui.words import name_of

SHOWN_WORDS = 240  # code points; more than any card has room for, and cheap to lay out
_EXPLANATIONS = {
    AnchorState.ORPHAN: QT_TRANSLATE_NOOP("Cards", "These words are not in this text. The mark is kept."),
    AnchorState.FUZZY: QT_TRANSLATE_NOOP("Cards", "The text differs here. Are these still the words?"),
    AnchorState.AMBIGUOUS: QT_TRANSLATE_NOOP(
        "Cards", "These words stand in several places. Is this the right one?"
    ),
}
_QUOTED = "«„“\"「『‘'"


@dataclass(frozen=True, slots=True)
class Card:
    """One mark as its card shows it.

    Attributes:
        token: The colour token of glyph and swatch.
        words: The marked words, in quotation marks for a quote.
        said: Mode, cue and date of a quote, ready to show.
        tags: (path, colour token), in the tags' order.
        explanation: Why the place is unsure or gone; empty when it is sure.
        maker: Who marked it and when, ready to show; empty for marks of the person at the keyboard.
    """

    id: str
    kind: AnnotationKind
    token: str
    words: str
    state: AnchorState = AnchorState.EXACT
    stance: str = ""
    verdict: str = ""
    statement: str = ""
    speaker: str = ""
    said: str = ""
    tags: tuple[tuple[str, str], ...] = ()
    note: str = ""
    explanation: str = ""
    maker: str = ""

    @property
    def orphan(self) -> bool:
        return self.state is AnchorState.ORPHAN

    @property
    def unsure(self) -> bool:
        """It waits for a person to confirm its place."""
        return self.state in (AnchorState.FUZZY, AnchorState.AMBIGUOUS)

    @property
    def label(self) -> str:
        kind = name_of(self.kind)
        return kind if not (self.orphan or self.unsure) else f"{kind} · {name_of(self.state)}"

    @property
    def tooltip(self) -> str:
        """What a narrow card has to cut: who said how, and whole tags."""
        who = ", ".join(part for part in (self.speaker, self.said) if part)
        return "\n".join(part for part in (who, ", ".join(path for path, _ in self.tags), self.maker) if part)

    @property
    def sentence(self) -> str:
        """The whole card for a screen reader."""
        parts = [self.label, self.stance, self.verdict, self.words, self.statement, self.speaker, self.said]
        parts += [", ".join(path for path, _ in self.tags), self.note, self.explanation, self.maker]
        return ". ".join(part for part in parts if part)


def card_of(placement: Placement, vocabulary: Vocabulary, me: str = "") -> Card:
    """The card of a mark; ``me`` is the name that the marks of the person at the keyboard bear."""
    annotation = placement.annotation
    claim = vocabulary.claims.get(annotation.claim_id or "")
    person = vocabulary.people.get(annotation.speaker_id or "")
    return Card(
        id=annotation.id,
        kind=annotation.kind,
        token=mark_token(annotation),
        words=_words(annotation),
        state=placement.state,
        stance=name_of(annotation.stance) if annotation.stance else "",
        verdict=claim.verdict if claim else "",
        statement=_statement(annotation, claim),
        speaker=person.name if person else "",
        said=_said(annotation),
        tags=_tags(annotation, vocabulary),
        note=annotation.note.strip(),
        explanation=_explanation(placement.state),
        maker=_maker(annotation, me),
    )


def mark_token(annotation: Annotation) -> str:
    """The colour a person gave, else the kind's own."""
    return f"colour.{annotation.colour}" if annotation.colour else str(annotation.kind)


def tag_token(colour: str | None) -> str:
    return f"colour.{colour}" if colour else "muted"


def _words(annotation: Annotation) -> str:
    words = " ".join(annotation.exact[:SHOWN_WORDS].split())
    if annotation.kind is AnnotationKind.QUOTE and words and words[0] not in _QUOTED:
        return f"«{words}»"
    return words


def _statement(annotation: Annotation, claim: Claim | None) -> str:
    """Left out where it only says the marked words again."""
    if claim is None or claim.statement.strip(" .") == annotation.exact.strip(" ."):
        return ""
    return claim.statement


def _said(annotation: Annotation) -> str:
    mode = name_of(annotation.mode) if annotation.mode else ""
    cue = f"“{annotation.cue}”" if annotation.cue else ""
    return " · ".join(part for part in (mode, cue, short_date(annotation.said_at or "")) if part)


def _maker(annotation: Annotation, me: str) -> str:
    """A mark that came without its time bears that of its import twice, which says nothing."""
    who = annotation.creator.strip()
    if who == me:
        return ""
    dated = annotation.created_at != annotation.updated_at
    when = short_date(annotation.created_at) if dated else ""
    if who:
        return _tr("Marked by {who}").format(who=", ".join(filter(None, (who, when))))
    return _tr("Marked {when}").format(when=when) if when else ""


def _tags(annotation: Annotation, vocabulary: Vocabulary) -> tuple[tuple[str, str], ...]:
    found = (vocabulary.tags.get(tag_id) for tag_id in annotation.tag_ids)
    return tuple((tag.path, tag_token(tag.colour)) for tag in found if tag is not None)


def _explanation(state: AnchorState) -> str:
    sentence = _EXPLANATIONS.get(state, "")
    return _tr(str(sentence)) if sentence else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Cards", text)
