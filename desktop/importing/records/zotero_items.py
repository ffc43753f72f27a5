"""What Zotero calls things: its fields, creators and annotations, in whatever file they come."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from desktop.core.extraction import FoundMark
from desktop.core.records import AnnotationKind
from desktop.importing.records import values
from desktop.importing.records.citation import Citation
from desktop.importing.records.record import Passage, highlight, words_of

Item = dict[str, Any]
KINDS = {
    "journalArticle": "Journal article", "newspaperArticle": "Newspaper article",
    "magazineArticle": "Magazine article", "webpage": "Web page", "blogPost": "Blog post",
    "forumPost": "Forum post", "bookSection": "Book chapter", "conferencePaper": "Conference paper",
    "encyclopediaArticle": "Encyclopedia article", "tvBroadcast": "TV broadcast",
    "radioBroadcast": "Radio broadcast", "videoRecording": "Video", "audioRecording": "Sound recording",
    "computerProgram": "Software", "dictionaryEntry": "Dictionary entry",
    "instantMessage": "Instant message",
}  # fmt: skip
_CONTAINERS = (
    "publicationTitle", "websiteTitle", "blogTitle", "forumTitle", "bookTitle", "proceedingsTitle",
    "encyclopediaTitle", "dictionaryTitle", "programTitle", "series",
)  # fmt: skip
_LABELS = {
    "volume": "Volume", "issue": "Issue", "pages": "Pages", "edition": "Edition", "place": "Place",
    "series": "Series", "seriesTitle": "Series", "seriesNumber": "Number in the series", "ISSN": "ISSN",
    "number": "Number", "numPages": "Number of pages", "section": "Section", "shortTitle": "Short title",
    "accessDate": "Accessed", "journalAbbreviation": "Abbreviated journal", "archive": "Archive",
    "archiveLocation": "Archive location", "callNumber": "Call number", "libraryCatalog": "Library",
    "conferenceName": "Conference", "court": "Court", "reportNumber": "Report number", "reportType": "Kind",
    "thesisType": "Kind", "websiteType": "Kind", "extra": "Extra", "rights": "Rights",
    "numberOfVolumes": "Number of volumes", "legislativeBody": "Legislative body",
    "university": "University", "institution": "Institution", "meetingName": "Meeting", "medium": "Medium",
    "runningTime": "Running time", "citationKey": "Citation key", "patentNumber": "Patent number",
    "code": "Code",
}  # fmt: skip
_AUTHORS = {"author", "artist", "podcaster", "presenter", "programmer", "inventor", "interviewee", "director",
            "performer", "cartographer", "sponsor"}  # fmt: skip


def citation_of(item: Item) -> Citation:
    """The catalogue's entry of an item, without what hangs on it."""
    kind = values.words(item.get("itemType"))
    creators = [one for one in item.get("creators") or () if isinstance(one, dict)]
    citation = Citation(
        kind=KINDS.get(kind, kind.capitalize()),
        title=next(
            (title for key in ("title", "subject", "caseName", "nameOfAct") if (title := _text(item, key))),
            "",
        ),
        authors=[name(one) for one in creators if one.get("creatorType", "author") in _AUTHORS],
        editors=[name(one) for one in creators if one.get("creatorType") == "editor"],
        container=next((text for key in _CONTAINERS if (text := _text(item, key))), ""),
        publisher=next(
            (
                text
                for key in ("publisher", "studio", "label", "network", "company")
                if (text := _text(item, key))
            ),
            "",
        ),
        date=_text(item, "date") or _text(item, "dateEnacted") or _text(item, "dateDecided"),
        language=_text(item, "language"),
        url=_text(item, "url"),
        doi=_text(item, "DOI") or _text(item, "extra"),
        isbn=_text(item, "ISBN"),
        abstract=values.paragraphs(item.get("abstractNote")),
        keywords=list(values.split_tags(item.get("tags") or [])),
        added=_text(item, "dateAdded"),
    )
    citation.doi = citation.doi if values.doi(citation.doi) else ""
    citation.facts = [(label, _text(item, key)) for key, label in _LABELS.items()]
    others: dict[str, list[str]] = {}
    for one in creators:
        role = values.words(one.get("creatorType"))
        if role and role not in _AUTHORS and role != "editor":
            others.setdefault(role.capitalize(), []).append(name(one))
    citation.facts += [(role, ", ".join(names)) for role, names in others.items()]
    return citation


def _text(item: Item, key: str) -> str:
    return values.words(item.get(key))


def name(creator: Item) -> str:
    """A creator's name as it is spoken."""
    if whole := values.words(creator.get("name") or creator.get("literal")):
        return whole
    return values.spoken(values.words(creator.get("firstName")), values.words(creator.get("lastName")))


def marks_of(annotations: Any) -> Iterator[Passage | FoundMark]:
    """Annotations of an attachment: passages, and notes that stand on no words."""
    found = [one for one in annotations if isinstance(one, dict)] if isinstance(annotations, list) else []
    found.sort(key=lambda one: values.words(one.get("annotationSortIndex") or one.get("sortIndex")))
    for one in found:
        yield _mark(one)


def _mark(one: Item) -> Passage | FoundMark:
    text = values.paragraphs(_of(one, "Text"))
    comment = words_of(values.paragraphs(_of(one, "Comment")))
    page = values.words(_of(one, "PageLabel"))
    kind = values.words(one.get("annotationType") or one.get("type"))
    mark = highlight(
        text,
        comment,
        colour=values.colour(_of(one, "Color")),
        tags=values.split_tags(one.get("tags") or []),
        creator=values.words(_of(one, "AuthorName")),
        created_at=values.moment(one.get("dateAdded") or one.get("dateCreated") or one.get("dateModified")),
    )
    place = f"Page {page}" if page else ""
    if text:
        return Passage(mark, place)
    said = comment or f"[{kind or 'mark'}]"
    return replace(mark, kind=AnnotationKind.NOTE, note=f"{place}: {said}" if place else said)


def _of(one: Item, name_: str) -> Any:
    """A field as the library's items name it, or as the reader does."""
    return one.get(f"annotation{name_}") or one.get(name_[0].lower() + name_[1:])


def add_marks(citation: Citation, annotations: Any) -> None:
    for one in marks_of(annotations):
        if isinstance(one, Passage):
            citation.passages.append(one)
        else:
            citation.marks.append(one)
