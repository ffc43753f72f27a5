"""A selection of records made by hand, with everything that exporters find hard."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from desktop.core.anchors import Span
from desktop.core.document import Block, BlockKind, Document, InlineMark, MarkKind, Metadata
from desktop.core.ids import new_id
from desktop.core.records import (
    Annotation,
    AnnotationKind,
    Article,
    Capture,
    Claim,
    Person,
    QuoteMode,
    Stance,
    Tag,
    Verdict,
    Vocabulary,
)
from desktop.core.selection import ExportArticle

NOW = "2026-03-14T09:20:00.000Z"


@dataclass
class FakeExportSet:
    items: list[ExportArticle]
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    title: str = "Reservoir <dossier> & “notes”"
    archive_id: str = field(default_factory=new_id)
    exported_at: str = NOW

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[ExportArticle]:
        return iter(self.items)


def span(text: str, words: str, nth: int = 0) -> Span:
    """Where the words stand for the ``nth`` time."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    end = start + len(words)
    return Span(start, end, words, text[max(0, start - 32) : start], text[end : end + 32])


def export_article(document: Document, marks=(), **fields) -> ExportArticle:
    """``marks`` are functions from (article id, capture id, text) to an annotation."""
    article_id, capture_id, text = new_id(), new_id(), document.text
    sha = hashlib.sha256(text.encode()).hexdigest()
    capture = Capture(
        capture_id, article_id, text, document.layout_json(), sha, None, "html/1", "utf-8", "a.html", NOW
    )
    made = tuple(mark(article_id, capture_id, text) for mark in marks)
    article = Article(article_id, document.metadata, capture_id, note=fields.pop("note", ""), added_at=NOW)
    return ExportArticle(article, capture, document, made, **fields)


def marking(kind: AnnotationKind, *words: str, **fields):
    """A mark on the first occurrences of the words."""
    return lambda article, capture, text: Annotation(
        new_id(),
        article,
        capture,
        kind,
        tuple(span(text, part) for part in words),
        created_at=NOW,
        updated_at=NOW,
        creator="R. Analyst",
        **fields,
    )


PERSON = Person(new_id(), "Ірина Мельник", aliases=("Ирина Мельник", "Iryna Melnyk", "イリーナ・メルニク"))
ROOT = Tag(new_id(), "water", "water")
TAG = Tag(new_id(), "dams & <locks>", "water/dams & <locks>", ROOT.id, "blue", "Everything that holds it")
CLAIM = Claim(new_id(), "The dam holds *48* million m³", Verdict.REFUTED, "Two surveys say 31.", NOW, NOW)
VOCABULARY = Vocabulary({t.id: t for t in (ROOT, TAG)}, {PERSON.id: PERSON}, {CLAIM.id: CLAIM})

UKRAINIAN = Document.build(
    [
        Block(BlockKind.HEADING, "Гребля 😀 біля Озерища", level=1),
        Block(
            BlockKind.PARAGRAPH,
            "«Ми бачимо тріщину, — сказала Ірина Мельник, — і вона росте» <script>alert(1)</script>",
            marks=(
                InlineMark(1, 3, MarkKind.STRONG),
                InlineMark(4, 18, MarkKind.LINK, "https://dam.example/a?b=1&c=2"),
                InlineMark(29, 34, MarkKind.LINK, "javascript:alert(1)"),
            ),
        ),
        Block(BlockKind.LIST_ITEM, "=1+1 — перша", level=1, group=1, number=1),
        Block(BlockKind.LIST_ITEM, "друга", level=2, group=1, number=2),
        Block(BlockKind.TABLE_ROW, "Рік\tОбсяг", group=2, header=True),
        Block(BlockKind.TABLE_ROW, "2025\t48 млн м³", group=2),
        Block(BlockKind.QUOTE, "Вода пам’ятає.", level=1, group=3),
        Block(BlockKind.CODE, "level = 48\n  rising = True"),
        Block(BlockKind.IMAGE, "Гребля взимку", src="https://dam.example/i.jpg", alt="dam"),
    ],
    Metadata(
        "Тріщина & <гребля>",
        ("О. Яр",),
        "Озерна газета",
        "2026-03-01",
        True,
        "uk",
        990,
        "https://dam.example/п?q=a b",
    ),
)


def dossier() -> FakeExportSet:
    """An article with overlapping, split and awkward marks, one without any, one without a title."""
    marked = export_article(
        UKRAINIAN,
        [
            marking(AnnotationKind.HIGHLIGHT, "Гребля 😀", colour="pink"),
            marking(
                AnnotationKind.QUOTE,
                "Ми бачимо тріщину,",
                "і вона росте",
                speaker_id=PERSON.id,
                cue="сказала",
                mode=QuoteMode.DIRECT,
                said_at="2026-02-28",
                tag_ids=(TAG.id,),
                note="She said it twice.\n\n# not a heading\n- not a list",
            ),
            marking(
                AnnotationKind.CLAIM,
                "тріщину, — сказала Ірина",
                claim_id=CLAIM.id,
                stance=Stance.ASSERTS,
                tag_ids=(ROOT.id, TAG.id),
            ),
            marking(AnnotationKind.NOTE, "=1+1 — перша\nдруга", note='=HYPERLINK("http://x.example")'),
            marking(AnnotationKind.HIGHLIGHT, "<script>alert(1)</script>"),
        ],
        note="Check the survey.",
        tags=("water",),
        original_name="гребля.html",
        original_sha256="ab" * 32,
    )
    plain = export_article(Document.build([Block(BlockKind.PARAGRAPH, "No marks here.")], Metadata("Plain")))
    untitled = export_article(
        Document.build([Block(BlockKind.PARAGRAPH, "首相は「水位は下がった」と述べた。")]),
        [marking(AnnotationKind.QUOTE, "水位は下がった")],
    )
    return FakeExportSet([marked, plain, untitled], VOCABULARY)
