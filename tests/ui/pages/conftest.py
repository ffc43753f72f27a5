"""A reader with pages in front, drawn at once by PDFium in this process."""

import pytest

from desktop.core.records import Article
from desktop.importing.pdf.drawing import Sheets
from desktop.ui.reader.view import ReaderView
from tests.paged import book, printed

TWO_COLUMNS = ["Левая колонка начинается здесь.", "Вторая строка её."]


@pytest.fixture(scope="session")
def made(qapp):
    from desktop.ui.theme import Theme

    return book(6, Theme(qapp))


@pytest.fixture
def scan(theme):
    return printed([["скан"] * 5, ["без слов"] * 5], theme, words=False)


@pytest.fixture
def reader(theme, qtbot, made):
    view = ReaderView(theme)
    qtbot.addWidget(view)
    view.resize(760, 600)
    with qtbot.waitExposed(view):
        view.show()
    view.show_document(Article("article", made.document.metadata, "capture"), made.document)
    view.offer_pages(True)
    qtbot.waitUntil(lambda: view.page.finished)
    yield view
    theme.set_dark(False)


@pytest.fixture
def pages(reader, qtbot, made):
    """The page view in front, everything in view drawn."""
    view = reader.show_pages(made.map)
    draw(view, made.data)
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    qtbot.waitUntil(lambda: view.crisp)
    return view


def draw(view, data):
    """Answer every wish at once."""
    sheets = Sheets(data)
    view.wished = []

    def grant(tiles):
        view.wished.append(tiles)
        for tile in tiles:
            view.take(tile, bytes(sheets.draw(tile)))

    view.tiles_wanted.connect(grant)
    view.ask_again()


def spot_of(view, words, near=0.5):
    """A point of the viewport on words that are in view."""
    at = view.canonical.index(words)
    box = view.rects(at, at + len(words))[0]
    center = box.center()
    center.setX(round(box.left() + box.width() * near))
    return center
