"""What the reader says in words: of a mark under the pointer, and of the place one has reached."""

from PySide6.QtCore import QCoreApplication

from desktop.core.records import Vocabulary
from desktop.ui.reader.marks import Mark
from desktop.ui.reader.shown import Shown
from desktop.ui.words import name_of

LONGEST_NOTE = 200


def mark_sentence(mark: Mark, vocabulary: Vocabulary) -> str:
    """Kind, speaker or claim with its verdict, tags and the note; a line each."""
    about = mark.annotation
    head = name_of(mark.kind)
    if about.stance:
        head += f" · {name_of(about.stance)}"
    if about.speaker_id and (speaker := vocabulary.people.get(about.speaker_id)):
        head += f" · {speaker.name}"
    lines = [head]
    if about.claim_id and (claim := vocabulary.claims.get(about.claim_id)):
        lines.append(f"{claim.statement} ({name_of(claim.verdict)})")
    tags = [vocabulary.tags[one].path for one in about.tag_ids if one in vocabulary.tags]
    if tags:
        lines.append(_tr("Tags: {names}").format(names=", ".join(tags)))
    if about.note:
        note = about.note.strip()
        lines.append(note if len(note) <= LONGEST_NOTE else note[:LONGEST_NOTE].rstrip() + "…")
    if not mark.sure:
        lines.append(_tr("The text has changed here: please check these words."))
    return "\n".join(lines)


def place_sentence(scene: Shown, *, going: bool = False) -> str:
    """“Mark 2 of 12 · hit 3 of 7”, or how many there are; and whether the way there takes a moment."""
    parts, marks, hits = [], scene.marks.marks, scene.hits
    if going:
        parts.append(_tr("Going there…"))
    if focused := scene.marks.get(scene.focused):
        parts.append(_counted("Mark {number} of {total}", len(marks), marks.index(focused) + 1))
    elif marks:
        parts.append(_counted("1 mark" if len(marks) == 1 else "{total} marks", len(marks)))
    if scene.current_hit is not None:
        parts.append(_counted("hit {number} of {total}", len(hits), scene.current_hit + 1))
    elif hits:
        parts.append(_counted("1 hit" if len(hits) == 1 else "{total} hits", len(hits)))
    return "  ·  ".join(parts)


def _counted(text: str, total: int, number: int = 0) -> str:
    return _tr(text).format(total=total, number=number)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Reader", text)
