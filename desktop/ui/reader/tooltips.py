"""What a mark says when the pointer rests on it."""

from PySide6.QtCore import QCoreApplication

from desktop.core.records import Vocabulary
from desktop.ui.reader.marks import Mark

_KINDS = {"highlight": "Highlight", "quote": "Quote", "claim": "Claim", "note": "Note"}
LONGEST_NOTE = 200


def mark_sentence(mark: Mark, vocabulary: Vocabulary) -> str:
    """Kind, speaker or claim with its verdict, tags and the note; a line each."""
    about = mark.annotation
    head = _tr(_KINDS[mark.kind])
    if about.stance:
        head += f" · {_tr(str(about.stance))}"
    if about.speaker_id and (speaker := vocabulary.people.get(about.speaker_id)):
        head += f" · {speaker.name}"
    lines = [head]
    if about.claim_id and (claim := vocabulary.claims.get(about.claim_id)):
        lines.append(f"{claim.statement} ({_tr(str(claim.verdict))})")
    tags = [vocabulary.tags[one].path for one in about.tag_ids if one in vocabulary.tags]
    if tags:
        lines.append(_tr("Tags: {names}").format(names=", ".join(tags)))
    if about.note:
        note = about.note.strip()
        lines.append(note if len(note) <= LONGEST_NOTE else note[:LONGEST_NOTE].rstrip() + "…")
    if not mark.sure:
        lines.append(_tr("The text has changed here: please check these words."))
    return "\n".join(lines)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ReaderTooltip", text)
