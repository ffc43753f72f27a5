"""One entry of a reading list, from what its columns or keys hold, by role.

Roles: ``url title author people publisher house description note comment words many marked colour
mark_tags prefix suffix maker place place_kind tags more_tags folder saved published language html
doi isbn asin files``. ``author`` is a line as a page gives it, ``people`` is ``Family, Given; …``.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from desktop.core.document import Metadata
from desktop.core.extraction import FoundMark
from desktop.importing.reading import split_names
from desktop.importing.records import values
from desktop.importing.records.record import Passage, Record, highlight, labelled, remark, words_of

Roles = Mapping[str, Any]


def record_of(entries: Sequence[Roles], data: bytes, suffix: str = ".json", separators: str = ",") -> Record:
    """What one or several entries say of the same article.

    Args:
        entries: At least one; they differ in their marks only.
    """
    first = _together(entries)
    record = Record(_metadata(first), data, suffix)
    record.texts = [text for text in (words_of(values.paragraphs(first.get("description"))),) if text]
    record.html = values.paragraphs(first.get("html"))
    record.facts = labelled(
        [
            ("Publisher", values.words(first.get("house"))),
            ("Amazon", values.words(first.get("asin"))),
        ]
    )
    record.tags = values.paths(
        tag
        for entry in entries
        for role in ("tags", "more_tags")
        for tag in values.split_tags(entry.get(role), separators)
    )
    record.collections = _folders(first.get("folder"))
    record.captured_at = values.moment(first.get("saved"))
    record.notes = [remark(note) for note in _notes(entries)]
    for entry in entries:
        _add_marks(record, entry, separators)
    return record


def _together(entries: Sequence[Roles]) -> Roles:
    """The first value of each role that is one."""
    together: dict[str, Any] = {}
    for entry in entries:
        for role, value in entry.items():
            if value not in (None, "", []) and role not in together:
                together[role] = value
    return together


def _metadata(entry: Roles) -> Metadata:
    url = values.address(entry.get("url"))
    title = values.words(entry.get("title"))
    people = tuple(
        name for part in values.words(entry.get("people")).split(";") if (name := values.person(part))
    )
    description = " ".join(words_of(values.words(entry.get("description"))).split())
    return Metadata(
        title=title if title and title != entry.get("url") else None,
        byline=people or _authors(entry.get("author")),
        publisher=values.words(entry.get("publisher")) or None,
        published_at=values.day(entry.get("published")),
        language=values.words(entry.get("language"))[:2].lower() or None,
        url=url,
        description=description[:2000] or None,
        identifier=_identifier(entry, url),
    )


def _authors(value: Any) -> tuple[str, ...]:
    names = value if isinstance(value, list) else split_names(values.words(value))
    return tuple(dict.fromkeys(name for one in names if (name := values.words(one))))


def _identifier(entry: Roles, url: str | None) -> str | None:
    known = values.doi(entry.get("doi")) or values.isbn(entry.get("isbn"))
    return known or (None if url else values.words(entry.get("identifier")) or None)


_STATES = {"unread", "archive", "archived", "starred", "unsorted", "all", "inbox", "later", "home", "read"}


def _folders(value: Any) -> tuple[str, ...]:
    """Folders of the person's own; those that say whether it was read are left out."""
    names = value if isinstance(value, list) else [value]
    return values.paths(name for name in names if values.words(name).lower() not in _STATES)


def _notes(entries: Sequence[Roles]) -> Iterator[str]:
    seen = set()
    for entry in entries:
        note = words_of(values.paragraphs(entry.get("note")))
        if note and note not in seen:
            seen.add(note)
            yield note


def _add_marks(record: Record, entry: Roles, separators: str) -> None:
    mark = _mark(entry, separators)
    if mark.exact.strip():
        record.passages.append(Passage(mark, _place(entry)))
    elif mark.note or mark.tags:
        record.notes.append(mark)
    record.passages += [Passage(one) for one in _many(values.paragraphs(entry.get("many")), entry)]


def _mark(entry: Roles, separators: str) -> FoundMark:
    return highlight(
        values.paragraphs(entry.get("words")),
        values.paragraphs(entry.get("comment")),
        prefix=values.paragraphs(entry.get("prefix")),
        suffix=values.paragraphs(entry.get("suffix")),
        tags=values.split_tags(entry.get("mark_tags"), separators),
        creator=account(entry.get("maker")),
        created_at=values.moment(entry.get("marked")) if entry.get("words") or entry.get("comment") else "",
        colour=values.colour(entry.get("colour")),
    )


def account(value: Any) -> str:
    """``acct:ann@hypothes.is`` is Ann's account; her name there is what people know."""
    text = values.words(value)
    return text.removeprefix("acct:").partition("@")[0] if text.startswith("acct:") else text


def _place(entry: Roles) -> str:
    place = values.words(entry.get("place"))
    kind = values.words(entry.get("place_kind")).lower() or "location"
    return f"{kind.capitalize()} {place}" if place and kind not in ("none", "order", "offset") else ""


def _many(text: str, entry: Roles) -> Iterator[FoundMark]:
    """Highlights in one cell, a line each; a line ``Note:`` belongs to the one before."""
    words, notes = "", []
    for line in (*text.splitlines(), "Highlight:"):
        label, _, rest = line.partition(":")
        if label.strip().lower() == "note" and words:
            notes.append(rest.strip())
            continue
        if words:
            yield highlight(words, "\n".join(notes), created_at=values.moment(entry.get("saved")))
        words, notes = (rest.strip() if label.strip().lower() == "highlight" else line.strip()), []
