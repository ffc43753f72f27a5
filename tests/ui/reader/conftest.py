"""A reader with an article in it, shown and focused."""

import pytest

from desktop.core.anchors import AnchorState, describe
from desktop.core.document import Block, BlockKind, Document, InlineMark, MarkKind, Metadata
from desktop.core.placing import Placement
from desktop.core.records import Annotation, AnnotationKind, Article
from desktop.ui.reader.view import ReaderView
from desktop.ui.theme import Theme

BRIDGE = Document.build(
    [
        Block(BlockKind.PARAGRAPH, "Мост через Каменку закроют на шесть недель. Паром 🚢 откроют раньше."),
        Block(BlockKind.HEADING, "Паром вместо моста", 2),
        Block(
            BlockKind.PARAGRAPH,
            "«Мы нашли трещины, — сказала инженер Ветрова, — в двух опорах». Смотри отчёт.",
            marks=(InlineMark(65, 77, MarkKind.LINK, "https://report.example/"),),
        ),
        Block(BlockKind.TABLE_ROW, "Год\tПаромы", group=1, header=True),
        Block(BlockKind.TABLE_ROW, "2026\t140 машин", group=1),
        Block(BlockKind.CODE, "паром = 140\n  мост = 600"),
        Block(BlockKind.PARAGRAPH, "Город обещает. " * 60),
        Block(BlockKind.PARAGRAPH, "Последний раз мост закрывали в 2011 году."),
    ],
    Metadata(
        "Мост закроют", ("Ирина Сомова",), "Листок", "2026-03-14", language="ru", url="https://a.example/1"
    ),
)


def article_of(document, article_id="article"):
    return Article(article_id, document.metadata, "capture")


def placed(document, name, kind, *words, state=AnchorState.EXACT, **fields):
    ranges = tuple((at := document.text.index(one), at + len(one)) for one in words)
    spans = tuple(describe(document.text, *one) for one in ranges)
    annotation = Annotation(name, "article", "capture", AnnotationKind(kind), spans, **fields)
    return Placement(annotation, ranges, state)


MARKS = [
    placed(BRIDGE, "weeks", "claim", "закроют на шесть недель"),
    placed(BRIDGE, "six", "highlight", "шесть"),
    placed(BRIDGE, "spoken", "quote", "«Мы нашли трещины", "в двух опорах»"),
    placed(BRIDGE, "last", "note", "закрывали в 2011 году", state=AnchorState.FUZZY),
]


@pytest.fixture
def theme(qapp):
    found = Theme(qapp)
    yield found
    found.set_dark(False)


@pytest.fixture
def reader(theme, qtbot):
    view = ReaderView(theme)
    qtbot.addWidget(view)
    view.resize(640, 560)
    with qtbot.waitExposed(view):
        view.show()
    view.show_document(article_of(BRIDGE), BRIDGE)
    view.set_placements(MARKS)
    view.page.setFocus()
    qtbot.waitUntil(lambda: view.page.finished)
    qtbot.waitUntil(view.page.hasFocus)
    return view


def words(reader, ranges=None):
    """The canonical words of ranges, or of the selection."""
    found = reader.selection() if ranges is None else ranges
    return [reader.text[start:end] for start, end in found]


def select(reader, words_):
    at = reader.text.index(words_)
    reader.select(at, at + len(words_))


def spot_of(reader, words_, near=0.5):
    """A point of the viewport on words that are in view."""
    at = reader.text.index(words_)
    box = reader.page.rects(*reader.page.map.to_range(at, at + len(words_)))[0]
    center = box.center()
    center.setX(round(box.left() + box.width() * near))
    return center
