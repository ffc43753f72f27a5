"""Pressmark's own JSON-LD export: articles with their texts, and marks that stand exactly on them.

The other side of ``desktop.exporting.jsonld``, whose documentation says what is in the file.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from desktop.core.document import Block, BlockKind, Metadata
from desktop.core.errors import ImportFailed
from desktop.core.extraction import FoundMark
from desktop.core.records import COLOURS, AnnotationKind, QuoteMode, Stance, Verdict
from desktop.importing.material import Material
from desktop.importing.records import values
from desktop.importing.records.annotation_bodies import address_of, bodies, mark_of, noted
from desktop.importing.records.annotation_rules import fault, listed
from desktop.importing.records.record import Passage, Record, RecordPart, as_json, guarded, remark
from desktop.importing.records.selectors import Quoted, quoted

_NAMESPACE = "https://pressmark.example/ns#"
_KINDS = {
    "Highlight": AnnotationKind.HIGHLIGHT,
    "Quote": AnnotationKind.QUOTE,
    "ClaimMention": AnnotationKind.CLAIM,
    "Note": AnnotationKind.NOTE,
}
Node = dict[str, Any]
Known = Mapping[str, Node]


def is_export(value: Any) -> bool:
    """Whether a JSON value is such a file."""
    return isinstance(value, dict) and isinstance(value.get("pressmark:articles"), list)


def records(value: Node, material: Material) -> Iterator[RecordPart]:
    """One record for each article, marked or not."""
    people = _by_id(value.get("pressmark:people"))
    claims = _by_id(value.get("pressmark:claims"))
    marks: dict[str, list[Node]] = {}
    page = value.get("first")
    for number, one in enumerate(listed(page.get("items") if isinstance(page, dict) else None), 1):
        broken = fault(one, within=True) if isinstance(one, dict) else "it is no object"
        if broken:
            yield ImportFailed(f"{material.name}/{number}", "not_standard", broken)
        else:
            marks.setdefault(_text_of(one), []).append(one)
    articles = [one for one in value["pressmark:articles"] if isinstance(one, dict)]
    yield from guarded(articles, lambda one: _record(one, marks, people, claims), material.name)


def _by_id(value: Any) -> Known:
    return {
        one["id"]: one for one in listed(value) if isinstance(one, dict) and isinstance(one.get("id"), str)
    }


def _text_of(annotation: Node) -> str:
    """The id of the text that the annotation stands on, or of the article whose earlier text it was."""
    target = next((one for one in listed(annotation["target"]) if isinstance(one, dict)), {})
    source = target.get("source")
    article = source.get("dcterms:isVersionOf") if isinstance(source, dict) else None
    return values.words(article.get("id") if isinstance(article, dict) else None)


def _record(article: Node, marks: Mapping[str, list[Node]], people: Known, claims: Known) -> Record:
    text = article.get("pressmark:text")
    text = text if isinstance(text, dict) else {}
    words = text.get("value")
    own = marks.get(values.words(article.get("id")), [])
    record = Record(_metadata(article), as_json([article, *own]))
    record.blocks = [_block(line) for line in (words if isinstance(words, str) else "").split("\n")]
    record.tags = values.paths(listed(article.get("dcterms:subject")))
    record.captured_at = values.moment(text.get("created"))
    if note := values.paragraphs(article.get("pressmark:note")):
        record.notes.append(remark(note))
    for one in own:
        said = [quoted(target.get("selector")) for target in _targets(one)]
        said = [quote for quote in said if quote.exact]
        if said:
            record.passages.append(
                Passage(
                    _mark(one, said, people, claims),
                    parts=tuple(quote.exact for quote in said),
                    ranges=_ranges(one, said, text, words),
                )
            )
        else:
            record.notes.append(_mark(one, said, people, claims))
    return record


def _targets(annotation: Node) -> list[Node]:
    """In the order of the text, which JSON-LD itself does not keep."""
    targets = [one for one in listed(annotation["target"]) if isinstance(one, dict)]
    return sorted(
        targets, key=lambda one: one["pressmark:order"] if isinstance(one.get("pressmark:order"), int) else 0
    )


def _ranges(annotation: Node, said: list[Quoted], text: Node, words: Any) -> tuple[tuple[int, int], ...]:
    """Places in this very text; none where the mark was made on another one."""
    sources = [one.get("source") for one in _targets(annotation)]
    here = all(isinstance(one, dict) and one.get("id") == text.get("id") for one in sources)
    good = isinstance(words, str) and all(words[one.start : one.end] == one.exact for one in said)
    return tuple((one.start, one.end) for one in said) if here and good else ()


def _metadata(article: Node) -> Metadata:
    url = values.address(article.get("dcterms:identifier"))
    return Metadata(
        title=values.words(article.get("dcterms:title")) or None,
        byline=tuple(name for one in listed(article.get("dcterms:creator")) if (name := values.words(one))),
        publisher=values.words(article.get("dcterms:publisher")) or None,
        published_at=values.day(article.get("dcterms:date")),
        date_is_guess=article.get("pressmark:dateIsGuess") is True,
        language=values.words(article.get("dcterms:language")) or None,
        url=url,
        description=values.words(article.get("dcterms:description")) or None,
        identifier=None if url else values.words(article.get("id")) or None,
    )


def _block(line: str) -> Block:
    """A line of the canonical text as a block that keeps it as it is."""
    if "\t" in line:
        return Block(BlockKind.TABLE_ROW, line, group=1)
    if line != " ".join(line.split()):
        return Block(BlockKind.CODE, line)
    return Block(BlockKind.PARAGRAPH, line)


def _mark(annotation: Node, said: list[Quoted], people: Known, claims: Known) -> FoundMark:
    speaker = _referred(annotation.get("pressmark:speaker"), people)
    claim = _referred(annotation.get("pressmark:claim"), claims)
    colour = annotation.get("pressmark:colour")
    return mark_of(
        annotation,
        said,
        noted(annotation, without=("classifying", "linking", "describing", "assessing")),
        kind=_kind(annotation),
        colour=colour if colour in COLOURS else None,
        speaker=values.words(speaker.get("name")) or None,
        cue=values.words(annotation.get("pressmark:cue")) or None,
        mode=_one_of(QuoteMode, annotation.get("pressmark:mode")),
        said_at=values.words(annotation.get("pressmark:saidAt")) or None,
        claim=values.words(claim.get("pressmark:statement")) or None,
        verdict=_one_of(Verdict, claim.get("pressmark:verdict")),
        stance=_one_of(Stance, annotation.get("pressmark:stance")),
    )


def _kind(annotation: Node) -> AnnotationKind:
    named = (values.words(address_of(one)) for one in bodies(annotation) if isinstance(one, dict))
    kinds = (_KINDS.get(one.removeprefix(_NAMESPACE)) for one in named if one.startswith(_NAMESPACE))
    return next((kind for kind in kinds if kind), AnnotationKind.HIGHLIGHT)


def _referred(value: Any, known: Known) -> Node:
    return known.get(values.words(value.get("id")), {}) if isinstance(value, dict) else {}


def _one_of(kinds: Any, value: Any) -> Any:
    return kinds(value) if value in list(kinds) else None
