"""The pages of the open article: read, drawn, turned to, and recognised where they are only pictures."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.core.errors import Cancelled
from desktop.core.pages import PageMap
from desktop.core.progress import Progress
from desktop.store.archive import Archive
from desktop.ui.desk.tools import Tools
from desktop.ui.entries import Entry
from desktop.ui.reader.view import ReaderView

if TYPE_CHECKING:
    from desktop.operations.pages import PageRenderer, Tile
    from desktop.ui.pages.canvas import Place
    from desktop.ui.pages.offer import RecogniseOffer
    from desktop.ui.pages.view import PagesView

_DWELL = 200  # milliseconds on an article before its pages are made ready
_PATIENCE = 0.06  # seconds that pages are waited for: less than anybody notices


class PagesDesk(QObject):
    """Brings the page view and a PDF together. A PDF is drawn by a child process of its own.

    Signals:
        changed: There are pages or not, or they came to the front or left it.
    """

    changed = Signal()
    _answered = Signal(object, object)

    def __init__(self, tools: Tools, reader: ReaderView, parent: QObject) -> None:
        super().__init__(parent)
        self._tools, self._session, self._reader = tools, tools.session, reader
        self._article, self._capture, self._paged, self._wordless = "", "", False, False
        self._map: PageMap | None = None
        self._renderer: PageRenderer | None = None
        self._ending: list[PageRenderer] = []
        self._coming = False  # the pages are wanted, and are being read
        self._chosen: dict[str, bool] = {}  # article to whether its pages were in front
        self._places: dict[str, Place] = {}
        self._text_place = (0, 0)  # where the text was opened, and its caret
        self._offer: RecogniseOffer | None = None
        self._recognising: set[str] = set()
        self._watched = False
        self._dwell = QTimer(self, singleShot=True, interval=_DWELL)
        self._dwell.timeout.connect(self._read)
        self._answered.connect(self._take)
        reader.pages_wanted.connect(self.turn)
        reader.page_wanted.connect(self.ask_page)
        reader.turned.connect(self.changed)
        self._session.closing.connect(self._end)
        actions = tools.actions
        actions["turn_pages"].triggered.connect(lambda: self.turn(not reader.shows_pages))
        actions["go_to_page"].triggered.connect(self.ask_page)
        actions["fit_width"].triggered.connect(partial(self._fit, "width"))
        actions["fit_page"].triggered.connect(partial(self._fit, "page"))
        actions["recognise"].triggered.connect(self.ask_recognise)

    # The article comes and goes

    def open(self, article_id: str, capture: str, *, paged: bool, words: bool) -> None:
        """Another article, or capture, is shown as text.

        Args:
            paged: It has pages.
            words: It has a text.
        """
        self.leave()
        self._article, self._capture, self._paged, self._wordless = article_id, capture, paged, not words
        self._text_place = self._reader.position(), self._reader.sheet.caret_point()
        self._reader.offer_pages(paged and words)
        self._reader.header.show_side(pages=False)
        if paged and self._chosen.get(article_id, not words):
            self.turn(True)
        elif paged:
            self._dwell.start()
        if paged and not words:
            self._offer_words()
        self.changed.emit()

    def leave(self) -> None:
        """Let go of what belongs to the article."""
        if self._reader.shows_pages and self._reader.pages is not None:
            self._places[self._article] = self._reader.pages.place()
        self._drop()
        self._article = self._capture = ""
        self._paged = self._wordless = False
        if self._offer is not None:
            self._offer.hide()

    def forget(self) -> None:
        """Another archive, or none."""
        self.leave()
        self._chosen, self._places = {}, {}

    @property
    def offered(self) -> bool:
        """The article has pages."""
        return self._paged

    @property
    def ready(self) -> bool:
        """Turning to the pages would show them at once."""
        return self._map is not None and self._renderer is not None and self._renderer.ready

    @property
    def shown(self) -> bool:
        return self._reader.shows_pages

    # Turning

    def turn(self, pages: bool) -> None:
        """Bring pages or text to the front; it stays so for this article until the program ends."""
        if not self._paged:
            return
        self._chosen[self._article] = pages
        self._coming = pages
        if not pages:
            self._reader.show_text()
        elif self._map is not None and self._renderer is not None:
            self._show(self._map)
        else:
            self._reader.page.yield_to_others(True)
            self._read(patience=_PATIENCE if self._wordless else 0)
        self.changed.emit()

    def _read(self, patience: float = 0) -> None:
        """The file first: while its child process starts, the map is read."""
        self._dwell.stop()
        look = partial(self._session.glance, patience=patience) if self._coming else self._session.read
        capture = self._capture
        if self._renderer is None:
            pdf = partial(_pdf, capture_id=capture)
            look(pdf, partial(self._got_pdf, capture), slot="pdf", on_failed=self._failed)
        if self._map is None:
            where = partial(_map, capture_id=capture)
            look(where, partial(self._got_map, capture), slot="pages", on_failed=self._failed)

    def _got_pdf(self, capture: str, data: bytes) -> None:
        from desktop.operations.pages import PageRenderer

        if capture == self._capture and self._renderer is None:
            renderer = PageRenderer(data, lambda answer: self._answered.emit(renderer, answer))
            self._renderer = renderer
            renderer.start()
            self._show_if_ready()

    def _got_map(self, capture: str, pages: PageMap) -> None:
        if capture == self._capture and self._map is None:
            self._map = pages
            self._show_if_ready()

    def _show_if_ready(self) -> None:
        if self._coming and self._map is not None and self._renderer is not None:
            self._show(self._map)
            self.changed.emit()

    def _failed(self, error: Exception) -> None:
        if self._coming:
            self._coming = False
            self._reader.page.yield_to_others(False)
            self._chosen.pop(self._article, None)
            self._reader.header.show_side(pages=False)
            self._tools.messages.fail(error)

    def _show(self, pages: PageMap) -> None:
        self._coming = False
        untouched = self._text_place == (self._reader.position(), self._reader.sheet.caret_point())
        view = self._reader.show_pages(pages)
        if not self._watched:
            self._watched = True
            view.tiles_wanted.connect(self._want)
        place = self._places.pop(self._article, None)
        if place is not None and untouched:  # else somebody went to a hit or a mark meanwhile
            view.go_to_place(place)
        view.ask_again()

    # Drawing

    def _want(self, tiles: "list[Tile]") -> None:
        if self._renderer is not None:
            self._renderer.want(tiles)

    def _take(self, renderer: object, answer: Any) -> None:
        from desktop.operations.pages import Drawn

        view = self._reader.pages
        if renderer is not self._renderer or view is None or not self._reader.shows_pages:
            return
        if isinstance(answer, Drawn):
            view.take(answer.tile, answer.pixels)
        else:
            view.refuse(answer.page, answer.reason)

    def _drop(self) -> None:
        self._dwell.stop()
        self._coming, self._map = False, None
        if self._renderer is not None:
            self._renderer.close()
            self._ending = [one for one in self._ending if one.alive] + [self._renderer]
        self._renderer = None

    def _end(self) -> None:
        """The archive is closed: no thread may tell anything afterwards."""
        self._drop()
        for renderer in self._ending:
            renderer.join()
        self._ending = []

    # Size and number

    def _fit(self, how: str, *_: object) -> None:
        from desktop.ui.pages.layout import Fit

        if (view := self._front()) is not None:
            view.set_fit(Fit(how))

    def _front(self) -> "PagesView | None":
        return self._reader.pages if self._reader.shows_pages else None

    def ask_page(self) -> None:
        """Ask for the number of a page to go to."""
        if (view := self._front()) is None:
            return
        words = f"Type a number from 1 to {view.count}"
        self._tools.palette.open([], words, create=partial(_page_entry, view), hint="⏎ go     Esc close")

    # Recognising

    def _offer_words(self) -> None:
        offer = self._offer_bar()
        if self._article in self._recognising:
            offer.say_running()
            return
        offer.say_pictures()
        if self._session.writable:
            self._look_for_languages(offer.offer)

    def ask_recognise(self) -> None:
        """Offer it for a PDF that has words as well: they may be wrong."""
        if not (self._paged and self._session.writable) or self._article in self._recognising:
            return

        def show(languages: tuple[str, ...], suggested: str) -> None:
            if languages or self._wordless:
                self._offer_bar().offer(languages, suggested, again=not self._wordless)
            else:
                self._tools.messages.tell(_MISSING)

        self._look_for_languages(show)

    def _look_for_languages(self, show: Callable[[tuple[str, ...], str], object]) -> None:
        """Tesseract is asked anew each time: it may have been installed meanwhile."""
        article = self._article

        def look(archive: Archive, _progress: Progress) -> tuple[tuple[str, ...], str]:
            from desktop.operations.recognising import languages_available, suggested_languages

            return languages_available(), suggested_languages(archive, article)

        def done(found: tuple[tuple[str, ...], str]) -> None:
            if article == self._article:
                show(*found)

        self._session.beside(look, "", done, self._tools.messages.fail, read_only=True)

    def _offer_bar(self) -> "RecogniseOffer":
        if self._offer is None:
            from desktop.ui.pages.offer import RecogniseOffer

            self._offer = RecogniseOffer(self._tools.theme)
            self._offer.wanted.connect(self._recognise)
            self._reader.put_above(self._offer)
        return self._offer

    def _recognise(self, languages: str) -> None:
        article = self._article
        if not self._session.writable or article in self._recognising:
            return

        def work(archive: Archive, progress: Progress) -> Any:
            from desktop.operations.recognising import recognise

            return recognise(archive, article, languages, progress)

        self._recognising.add(article)
        self._offer_bar().say_running()
        self._session.beside(
            work, "Recognising", partial(self._recognised, article), partial(self._not_recognised, article)
        )

    def _recognised(self, article: str, changes: object) -> None:
        """The new capture is shown by whoever follows the archive."""
        if changes:
            self._recognising.discard(article)
            if article == self._article and self._offer is not None and not self._wordless:
                self._offer.hide()
            self._tools.tell_undoable("The words of the PDF were recognised")
        else:
            again = article == self._article and not self._wordless
            self._offer_again(article)
            self._tools.messages.tell(_AS_BEFORE if again else _NO_WORDS)

    def _offer_again(self, article: str) -> None:
        """The article is as it was."""
        self._recognising.discard(article)
        if article == self._article and self._wordless:
            self._offer_words()
        elif article == self._article:
            self._offer_bar().hide()

    def _not_recognised(self, article: str, error: Exception) -> None:
        self._offer_again(article)
        if isinstance(error, Cancelled):
            self._tools.messages.tell("Recognising was stopped. The article is as it was.")
        else:
            self._tools.messages.fail(error)


_NO_WORDS = "No words were found in its pictures. Other languages may find some."
_AS_BEFORE = "The same words were recognised: nothing was changed."
_MISSING = (
    "To recognise words in pictures, install the free program Tesseract OCR with its languages, "
    "then choose this again."
)


def _pdf(archive: Archive, capture_id: str) -> bytes:
    """Runs in a lane, where what the first PDF needs is loaded without the window waiting for it."""
    import desktop.ui.pages.view  # noqa: F401
    from desktop.operations.pages import read_pdf

    return read_pdf(archive, capture_id)


def _map(archive: Archive, capture_id: str) -> PageMap:
    from desktop.operations.pages import read_map

    return read_map(archive, capture_id)


def _page_entry(view: "PagesView", words: str) -> Entry:
    number = int(words) if words.isdecimal() and len(words) < 7 else 0
    if 1 <= number <= view.count:
        return Entry(f"Go to page {number}", "Pages", partial(view.go_to_page, number - 1), "file-text")
    return Entry(f"There is no page “{words}”: they are numbered 1 to {view.count}", "Pages", lambda: None)
