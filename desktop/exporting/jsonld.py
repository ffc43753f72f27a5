"""W3C Web Annotation Data Model (https://www.w3.org/TR/annotation-model/) as one JSON-LD file.

The file is an ``AnnotationCollection`` with one embedded page of annotations, followed by the
articles with their canonical texts and by the people, claims and tags that the marks refer to.

A mark on several spans has several targets, in text order. Each target is a SpecificResource on
the canonical text of one capture (``urn:uuid:`` and the capture's id), selected twice: by the
words and their neighbours (TextQuoteSelector) and by position (TextPositionSelector). Positions
are code points, as the standard counts. What the standard has no terms for is in our namespace
``NAMESPACE``, declared in the file's own context, so that a JSON-LD processor keeps it all.
"""

import json
import tempfile
from pathlib import Path
from typing import IO, Any

from desktop import __version__
from desktop.core.anchors import Span
from desktop.core.ids import new_id
from desktop.core.progress import Progress
from desktop.core.records import Annotation, AnnotationKind, Claim, Person, Tag, Vocabulary
from desktop.core.selection import ExportArticle, ExportReport, ExportSet
from desktop.exporting.atomic import replacing
from desktop.exporting.links import web_address
from desktop.exporting.walk import Walk, facts, stands

Node = dict[str, Any]

ANNO_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
NAMESPACE = "https://pressmark.example/ns#"
CONTEXT = [
    ANNO_CONTEXT,
    {
        "pressmark": NAMESPACE,
        "dcterms": "http://purl.org/dc/terms/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
    },
]
# No motivation of the standard means "somebody said this": a quote is a highlight whose body
# classifies it, so that any reader shows it and one that knows our terms tells it apart.
MOTIVATIONS = {
    AnnotationKind.HIGHLIGHT: "highlighting",
    AnnotationKind.QUOTE: "highlighting",
    AnnotationKind.CLAIM: "assessing",
    AnnotationKind.NOTE: "commenting",
}
_CLASSES = {
    AnnotationKind.HIGHLIGHT: "Highlight",
    AnnotationKind.QUOTE: "Quote",
    AnnotationKind.CLAIM: "ClaimMention",
    AnnotationKind.NOTE: "Note",
}
_IN_MEMORY = 8 << 20


def write(export_set: ExportSet, target: Path, progress: Progress) -> ExportReport:
    """Write the collection, holding one article in memory at a time."""
    walk = Walk(export_set, progress)
    with (
        replacing(target) as file,
        tempfile.SpooledTemporaryFile(
            _IN_MEMORY, "w+", encoding="utf-8", errors="replace", newline=""
        ) as articles,
    ):
        _write_collection(export_set, walk, file, articles)
    return walk.report(target)


def _write_collection(export_set: ExportSet, walk: Walk, file: IO[str], articles: IO[str]) -> None:
    """Annotations go straight to the file, articles wait beside it until the page is closed."""
    head, page = _collection(export_set), _page()
    page["partOf"] = head["id"]
    file.write(_open(head) + ',\n"first": ' + _open(page) + ',\n"items": [')
    first_mark = first_article = True
    for item in walk:
        for mark in item.annotations:
            file.write(("\n" if first_mark else ",\n") + _json(annotation(item, mark, export_set.vocabulary)))
            first_mark = False
        articles.write(("\n" if first_article else ",\n") + _json(article(item)))
        first_article = False
    file.write(f']}},\n"total": {walk.annotations},\n"pressmark:articles": [')
    articles.seek(0)
    while part := articles.read(1 << 16):
        file.write(part)
    file.write("]" + "".join(f',\n"{key}": {_json(nodes)}' for key, nodes in _names(walk.names()).items()))
    file.write("}\n")


def _collection(export_set: ExportSet) -> Node:
    generator = {"type": "Software", "name": f"Pressmark {__version__}"}
    return {
        "@context": CONTEXT,
        "id": urn(new_id()),
        "type": "AnnotationCollection",
        "label": export_set.title,
        "generator": generator,
        "generated": export_set.exported_at,
        "pressmark:archive": {"id": urn(export_set.archive_id)},
    }


def _page() -> Node:
    return {"id": urn(new_id()), "type": "AnnotationPage", "startIndex": 0}


def annotation(item: ExportArticle, mark: Annotation, vocabulary: Vocabulary) -> Node:
    """One annotation; it names its article's text by id and repeats only title and address."""
    targets = [_target(item, mark, span, rank) for rank, span in enumerate(mark.spans, 1)]
    node = {
        "id": urn(mark.id),
        "type": "Annotation",
        "motivation": MOTIVATIONS[mark.kind],
        "created": mark.created_at,
        "modified": mark.updated_at,
        "creator": {"type": "Person", "name": mark.creator} if mark.creator else None,
        "body": _bodies(mark, vocabulary),
        "target": targets[0] if len(targets) == 1 else targets,
        "pressmark:colour": mark.colour,
    }
    return _without_gaps(node | _quotation(mark, vocabulary) | _mention(mark, vocabulary))


def _bodies(mark: Annotation, vocabulary: Vocabulary) -> list[Node]:
    known = facts(mark, vocabulary)
    kind = {
        "type": "SpecificResource",
        "source": NAMESPACE + _CLASSES[mark.kind],
        "purpose": "classifying",
    }
    tags = [_textual(path, "tagging") for path in known.tags]
    notes = [_textual(mark.note, "commenting")] if mark.note else []
    claims: list[Node] = []
    if known.claim:
        claims = [
            {"type": "SpecificResource", "source": urn(known.claim.id), "purpose": "linking"},
            _textual(known.claim.statement, "describing"),
            _textual(str(known.claim.verdict), "assessing"),
        ]
    return [kind, *notes, *claims, *tags]


def _textual(value: str, purpose: str) -> Node:
    return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}


def _quotation(mark: Annotation, vocabulary: Vocabulary) -> Node:
    speaker = facts(mark, vocabulary).speaker
    return {
        "pressmark:speaker": {"id": urn(speaker.id)} if speaker else None,
        "pressmark:cue": mark.cue,
        "pressmark:mode": mark.mode,
        "pressmark:saidAt": mark.said_at,
    }


def _mention(mark: Annotation, vocabulary: Vocabulary) -> Node:
    claim = facts(mark, vocabulary).claim
    return {"pressmark:claim": {"id": urn(claim.id)} if claim else None, "pressmark:stance": mark.stance}


def _target(item: ExportArticle, mark: Annotation, span: Span, rank: int) -> Node:
    """A span as a SpecificResource.

    ``pressmark:order`` keeps the order of several targets, which JSON-LD does not. A mark whose
    words do not stand at its place keeps its words and loses its position: a position that
    points to other words would be worse than none.
    """
    quote = {"type": "TextQuoteSelector", "exact": span.exact, "prefix": span.prefix, "suffix": span.suffix}
    position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    return {
        "type": "SpecificResource",
        "source": _source(item, mark.capture_id),
        "selector": [quote, position] if stands(item, mark) else quote,
    } | ({"pressmark:order": rank} if len(mark.spans) > 1 else {})


def _source(item: ExportArticle, capture_id: str) -> Node:
    cited = item.article.metadata
    return _without_gaps(
        {
            "id": urn(capture_id),
            "type": "Text",
            "format": "text/plain",
            "language": cited.language,
            "via": web_address(cited.url),
            "dcterms:title": cited.title,
            "dcterms:isVersionOf": {"id": urn(item.article.id)},
        }
    )


def article(item: ExportArticle) -> Node:
    """The article in Dublin Core terms, with the canonical text that positions count in."""
    cited, capture = item.article.metadata, item.capture
    text = _source(item, capture.id) | {
        "value": capture.text,
        "created": capture.captured_at,
        "pressmark:sha256": capture.text_sha256,
        "pressmark:extractor": capture.extractor,
    }
    address = web_address(cited.url)
    return _without_gaps(
        {
            "id": urn(item.article.id),
            "type": "pressmark:Article",
            "dcterms:title": cited.title,
            "dcterms:creator": list(cited.byline),
            "dcterms:publisher": cited.publisher,
            "dcterms:date": cited.published_at,
            "pressmark:dateIsGuess": cited.date_is_guess or None,
            "dcterms:language": cited.language,
            "dcterms:identifier": cited.url,
            "dcterms:source": {"id": address} if address else None,
            "dcterms:description": cited.description,
            "dcterms:subject": list(item.tags),
            "pressmark:note": item.article.note,
            "pressmark:original": _without_gaps(
                {"dcterms:title": item.original_name, "pressmark:sha256": item.original_sha256}
            ),
            "pressmark:text": _without_gaps(text),
        }
    )


def _names(known: Vocabulary) -> dict[str, list[Node]]:
    return {
        "pressmark:people": [_person(person) for person in known.people.values()],
        "pressmark:claims": [_claim(claim) for claim in known.claims.values()],
        "pressmark:tags": [_tag(tag) for tag in known.tags.values()],
    }


def _person(person: Person) -> Node:
    return _without_gaps(
        {
            "id": urn(person.id),
            "type": "Organization" if person.kind == "organisation" else "Person",
            "name": person.name,
            "skos:altLabel": list(person.aliases),
            "pressmark:note": person.note,
        }
    )


def _claim(claim: Claim) -> Node:
    return _without_gaps(
        {
            "id": urn(claim.id),
            "type": "pressmark:Claim",
            "pressmark:statement": claim.statement,
            "pressmark:verdict": claim.verdict,
            "pressmark:note": claim.note,
            "created": claim.created_at,
            "modified": claim.updated_at,
        }
    )


def _tag(tag: Tag) -> Node:
    return _without_gaps(
        {
            "id": urn(tag.id),
            "type": "skos:Concept",
            "skos:prefLabel": tag.name,
            "skos:notation": tag.path,
            "skos:broader": {"id": urn(tag.parent_id)} if tag.parent_id else None,
            "skos:definition": tag.description,
            "pressmark:colour": tag.colour,
        }
    )


def urn(uuid: str) -> str:
    """The record's identifier as an IRI (RFC 9562)."""
    return f"urn:uuid:{uuid}"


def _without_gaps(node: Node) -> Node:
    return {key: value for key, value in node.items() if value not in (None, "", [], {})}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _open(node: Node) -> str:
    """The node as JSON without its closing brace, so that more keys can follow."""
    return _json(node)[:-1]
