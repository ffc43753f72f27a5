"""The window: the places put together, what they tell each other, and what is remembered."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop.core.sentences import sentence
from desktop.ui.actions import MENUS, Actions
from desktop.ui.columns import Columns
from desktop.ui.desk.bulk import BulkDesk
from desktop.ui.desk.captures import CapturesDesk
from desktop.ui.desk.choices import command_entries, place_entries
from desktop.ui.desk.conditions import ConditionsDesk
from desktop.ui.desk.exporting import ExportDesk
from desktop.ui.desk.files import FilesDesk
from desktop.ui.desk.indexer import Indexer
from desktop.ui.desk.library import LibraryDesk
from desktop.ui.desk.people import PeopleDesk
from desktop.ui.desk.pictures import PicturesDesk
from desktop.ui.desk.reading import ReadingDesk
from desktop.ui.desk.rereading import RereadingDesk
from desktop.ui.desk.search_lane import hit_range
from desktop.ui.desk.searching import SearchDesk
from desktop.ui.desk.stepping import HitSteps
from desktop.ui.desk.tags import TagsDesk
from desktop.ui.desk.tools import Tools
from desktop.ui.desk.watching import WatchingDesk
from desktop.ui.empty import EmptyArchive, Welcome
from desktop.ui.library.places import Place
from desktop.ui.looks import Looks
from desktop.ui.messages import Messages
from desktop.ui.notice import Notice
from desktop.ui.painted import hairline
from desktop.ui.palette import Palette
from desktop.ui.pane_keys import PaneKeys
from desktop.ui.search.orders import order_words
from desktop.ui.session import Session
from desktop.ui.settings.store import GEOMETRY, MAXIMIZED, Settings
from desktop.ui.status import StatusBar
from desktop.ui.theme import Theme
from desktop.ui.topbar import Banner, TopBar
from desktop.ui.wording import counted

if TYPE_CHECKING:
    from desktop.core.searching import SearchHit


class MainWindow(QWidget):
    """Made once. What happens in it is done by the parts of the desk.

    Signals:
        closing: The person closes it; nothing has been let go yet.
    """

    closing = Signal()

    def __init__(self, settings: Settings, theme: Theme, session: Session) -> None:
        super().__init__()
        self.setWindowTitle("Pressmark")
        self.setAcceptDrops(True)
        self._settings, self._theme, self.session = settings, theme, session
        self._known: int | None = None  # how many articles there are
        self.actions_ = Actions(self, theme)
        self.status = StatusBar(theme)
        self.notice = Notice(self)
        self.messages = Messages(self.notice, self)
        self.palette_ = Palette(theme, self)
        self.tools = Tools(settings, theme, session, self.actions_, self.messages, self.palette_, self.status)
        self.indexer = Indexer(session, self)
        self.library = LibraryDesk(self.tools, self)
        self.reading = ReadingDesk(self.tools, self)
        self.pictures = PicturesDesk(self.tools, self.reading.reader, self)
        self.rereading = RereadingDesk(self.tools, self.reading, self)
        self.searching = SearchDesk(self.tools, self)
        self.conditions = ConditionsDesk(self.tools, self.library.folders, self)
        self.steps = HitSteps(self.tools, self.searching, self.reading, lambda: self.shows_results, self)
        self.files = FilesDesk(self.tools, self)
        self.watching = WatchingDesk(self.tools, self.files, self)
        self.exporting = ExportDesk(self.tools, self.library, self.searching, self)
        self.tags = TagsDesk(self.tools, self)
        self.people = PeopleDesk(self.tools, self)
        self.bulk = BulkDesk(self.tools, self.library, self._edit_details, self)
        self.captures = CapturesDesk(self.tools, self)
        self._build()
        self.looks = Looks(self.tools, self.reading.reader, self)
        self.looks.add_row("Watched folder", self.watching.make_panel)
        self.looks.add_row("Names in a search", self.searching.make_panel)
        self._connect()
        self._restore()
        self.welcome.setFocus()
        self._refresh()

    # Putting together

    def _build(self) -> None:
        theme = self._theme
        self.top = TopBar(theme, self.searching.field)
        self.banner = Banner(theme)
        self.empty, self.welcome = EmptyArchive(theme), Welcome(theme)
        self.middle = QStackedWidget()
        for place in (self.reading.reader, self.searching.pane, self.empty):
            self.middle.addWidget(place)
        self.columns = Columns(
            self._settings,
            self.library.column,
            self.library.pane,
            self.middle,
            self.reading.inspector,
        )
        self.pages = QStackedWidget()
        for page in (self.welcome, self.columns):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.top, hairline(), self.banner, self.pages, hairline(), self.status):
            column.addWidget(widget, 1 if widget is self.pages else 0)
        self._fill_top()
        self.setMinimumSize(640, 420)

    def _edit_details(self) -> None:
        """Of the article that is open."""
        if self.reading.article_id is not None:
            self.columns.want("inspector", True)
            self.reading.inspector.show_article_page()

    def _show_mark(self, article_id: str, annotation_id: str) -> None:
        """Only in the article that is read: comparing captures never opens another one."""
        if self.reading.article_id == article_id:
            self.reading.go_to_mark(annotation_id)

    def _fill_top(self) -> None:
        self.menu = QMenu(self)
        self.submenus = {title: self.menu.addMenu(title) for title in MENUS}
        for command, action in self.actions_:
            if command.line:
                self.submenus[command.menu].addSeparator()
            self.submenus[command.menu].addAction(action)
        for menu in self.submenus.values():
            menu.aboutToShow.connect(self.actions_.tint)
        archive = self.submenus["Archive"]
        archive.insertMenu(self.actions_["open_sample"], self.files.recent)
        for name in ("import_files", "show_navigation", "show_inspector"):
            self.top.add_tool(self.actions_[name])
        self.top.add_tool(self.actions_["toggle_dark"])
        self.menu_button = self.top.add_menu(self.menu, "ellipsis", "Menu (F10)")
        self.top.brand.clicked.connect(
            lambda: archive.popup(self.top.brand.mapToGlobal(self.top.brand.rect().bottomLeft()))
        )

    def _connect(self) -> None:
        session, library, reading, searching = self.session, self.library, self.reading, self.searching
        session.opened.connect(self._opened)
        session.closing.connect(reading.finish_editing)
        session.closed.connect(self._closed)
        session.failed.connect(self.messages.fail)
        session.history_changed.connect(self._refresh_history)
        session.stirred.connect(self._refresh)
        session.changed.connect(self._refresh)
        library.article_wanted.connect(reading.show)
        library.search_wanted.connect(self._find)
        library.conditions_wanted.connect(self.conditions.open_search)
        self.conditions.search_wanted.connect(self._find)
        library.counted.connect(self._counted)
        library.pane.selection_changed.connect(self._refresh)
        library.pane.opened.connect(self.reading.reader.setFocus)
        library.navigation.place_chosen.connect(self._went)
        reading.state_changed.connect(self._refresh)
        reading.inspector_wanted.connect(lambda: self.columns.want("inspector", True))
        searching.answered.connect(self._answered)
        searching.hit_wanted.connect(self.open_hit)
        searching.article_wanted.connect(self._open_found)
        searching.understood.connect(self.top.show_reading)
        searching.paged.connect(self._refresh)
        reading.opened.connect(searching.find_places)
        self.steps.article_wanted.connect(self._open_found)
        self.steps.moved.connect(self._refresh)
        self.files.imported.connect(self._imported)
        self.files.reported.connect(self._refresh)
        self.files.comparison_wanted.connect(self._compare)
        self.actions_["captures"].triggered.connect(lambda: self.captures.open(reading.article_id or ""))
        self.captures.mark_wanted.connect(self._show_mark)
        self.tags.place_wanted.connect(library.go_to)
        self.people.place_wanted.connect(library.go_to)
        library.person_wanted.connect(self.people.edit)
        reading.inspector.person_requested.connect(self.people.edit)
        self.tags.pin_used.connect(lambda path: reading.tag_with(path, library.chosen))
        self.indexer.moved.connect(self.status.show_index)
        self.indexer.moved.connect(searching.follow_index)
        self.indexer.caught_up.connect(searching.ask_again)
        self.indexer.caught_up.connect(library.folders.follow)
        self.indexer.gave_up.connect(self.messages.tell)
        searching.index_missed.connect(self.indexer.check)
        self.status.follow(session.free)
        self.status.cancel_requested.connect(self._cancel)
        for page in (self.empty, self.welcome):
            page.sample_requested.connect(self.files.open_sample)
        self.empty.files_requested.connect(self.files.ask_files)
        self.empty.paste_requested.connect(self.files.paste)
        self.empty.address_requested.connect(self.actions_["import_address"].trigger)
        self.welcome.new_requested.connect(self.files.ask_new)
        self.welcome.open_requested.connect(self.files.ask_open)
        self.columns.folded.connect(self._refresh)
        self._keys = PaneKeys(self.actions_, reading.reader, self._panes(), self.back, self)
        reading.reader.sheet_made.connect(self._keys.watch)
        self._connect_actions()

    def _connect_actions(self) -> None:
        actions = self.actions_
        for name, act in {
            "undo": lambda: self._turn(self.session.undo, "Undone"),
            "redo": lambda: self._turn(self.session.redo, "Redone"),
            "palette": self.open_palette,
            "conditions": lambda: self.conditions.open(self.searching.field.query),
            "freeze_search": lambda: self.library.opened.freezer.freeze(self.searching.field.query),
            "more_like": self._search_like,
            "tag": lambda: self.reading.tag(self.library.chosen),
            "quit": self.close,
            "back": self.back,
            "next_pane": lambda: self.cycle(1),
            "previous_pane": lambda: self.cycle(-1),
            "menu": self.menu_button.showMenu,
        }.items():
            actions[name].triggered.connect(act)
        for name in ("navigation", "list", "inspector"):
            actions[f"show_{name}"].triggered.connect(lambda on, name=name: self.columns.want(name, on))

    def _restore(self) -> None:
        geometry = self._settings.get(GEOMETRY)
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            room = self.screen().availableSize() - QSize(16, 56)  # the frame and the title bar
            self.resize(QSize(1440, 900).boundedTo(room))
        if self._settings.get(MAXIMIZED):
            self.setWindowState(Qt.WindowState.WindowMaximized)

    # The archive comes and goes

    def _opened(self) -> None:
        reason = self.session.read_only_reason
        self.banner.say(f"Read-only. {sentence(reason)}" if reason else "")
        self.reading.forget()
        self.searching.start()
        self.library.reload()
        self.setWindowTitle(f"{self.session.title} – Pressmark")
        self._counted(-1)
        self._refresh()
        self._refresh_history()

    def _closed(self) -> None:
        self.searching.stop()
        self.reading.forget()
        self.library.clear()
        self.notice.hide()  # its button would undo, or empty the trash, in the next archive
        self.banner.say("")
        self._known = None
        self.pages.setCurrentWidget(self.welcome)
        self.welcome.setFocus()
        self.setWindowTitle("Pressmark")
        self.top.brand.describe("Pressmark", "", "")
        self._refresh()

    def _counted(self, number: int) -> None:
        """Tell how many articles there are; none at all is a state of its own."""
        if not self.session.is_open:
            return
        state = "saved" if self.session.writable else "read-only"
        facts = "new archive" if number == 0 else f"{counted(number, 'article', 'articles')} · {state}"
        self.top.brand.describe(
            self.session.title, facts if number >= 0 else "opening…", str(self.session.path)
        )
        self._known = number if number >= 0 else None
        if number >= 0:
            self._show_page(empty=number == 0)

    def _show_page(self, *, empty: bool) -> None:
        """The place that fits: nothing open, nothing in it, or articles to read."""
        before = self.pages.currentWidget(), self.middle.currentWidget()
        self.pages.setCurrentWidget(self.columns if self.session.is_open else self.welcome)
        if empty:
            self._show_in_middle(self.empty)
        elif before[1] is self.empty:
            self.show_reading()
        if before != (self.pages.currentWidget(), self.middle.currentWidget()):
            self.columns.arrange()
            (self.empty if empty else self.library.pane.view).setFocus()
        self._refresh()

    def _imported(self, article_id: str) -> None:
        self._known = self._known or 1
        self._show_page(empty=False)
        self.library.choose(article_id)

    def _compare(self, article_id: str) -> None:
        """Of an article that was captured anew: its captures, and the article behind them."""
        if self.session.is_open:
            self._imported(article_id)
            self.captures.open(article_id)

    @property
    def loaded(self) -> bool:
        """The archive is open, and what is to be seen of it has been read."""
        return self.session.is_open and self._known is not None and not self.session.busy

    # Searching and reading

    @property
    def shows_results(self) -> bool:
        return self.middle.currentWidget() is self.searching.pane

    @property
    def _has_found(self) -> bool:
        return self.searching.active and self.searching.pane.model.rowCount() > 0

    def show_results(self) -> None:
        self._show_in_middle(self.searching.pane)

    def show_reading(self) -> None:
        if self.session.is_open and self._known != 0:
            self._show_in_middle(self.reading.reader)

    def _went(self, _place: Place) -> None:
        """A place lists articles to read."""
        self.show_reading()

    def _find(self, query: str) -> None:
        """Show what a kept search finds now."""
        self.searching.field.set_query(query)
        self.show_results()

    def _show_in_middle(self, place: QWidget) -> None:
        self.middle.setCurrentWidget(place)
        self.columns.show_only_middle(place is not self.reading.reader)

    def open_hit(self, hit: "SearchHit") -> None:
        """Show a hit in its article, the found articles beside it."""
        self._open_found(hit.article_id)
        self.searching.pane.choose(hit.article_id, hit.key)
        place = hit_range(hit)
        if hit.annotation_id:
            self.reading.go_to_mark(hit.annotation_id)
        elif place is not None:
            self.reading.go_to(*place)
        self.reading.reader.setFocus()

    def _open_found(self, article_id: str) -> None:
        answer = self.searching.answer
        if answer is not None:
            order = order_words(self.searching.order)
            note = f"{counted(answer.result.total, 'hit', 'hits')} · {order}"
            self.library.show_found(self.searching.found_articles(), answer.result.articles, note)
        self.show_reading()
        self.library.pane.choose(article_id)
        before = self.reading.article_id
        self.reading.expect_hits(article_id, self.searching.listed_places(article_id))
        self.reading.show(article_id)
        if before == article_id:  # else they are looked for when it is open
            self.searching.find_places(article_id)

    def _search_like(self) -> None:
        """Find what resembles the hit or the article at hand."""
        row = self.searching.pane.current if self.shows_results else None
        record = row.record_id if row is not None else self.reading.focused_mark or self.reading.article_id
        if record:
            self.searching.search_like(record)
            self.show_results()
            self.searching.pane.focus()

    def _answered(self, something: bool) -> None:
        """Results come to the front while the person types; they do not take an article away."""
        self.reading.set_hits({})
        if not something:
            self.library.leave_found()
            self.show_reading()
        elif self.searching.field.edit.hasFocus() or self.shows_results:
            self.show_results()
        else:
            self.searching.find_places(self.reading.article_id or "")
        self._refresh()

    def back(self) -> None:
        """Out of an article into the results, out of the results into the library."""
        if self.palette_.isVisible():
            self.palette_.close_palette()
        elif self.notice.isVisible():
            self.notice.hide()
        elif self.shows_results:
            self.searching.field.clear()
            self.library.pane.view.setFocus()
        elif self.searching.active:
            self.show_results()
            self.searching.pane.focus()
        else:
            self.library.pane.view.setFocus()

    # Commands

    def open_palette(self) -> None:
        entries = command_entries(self.actions_)
        if self.session.is_open:
            entries += place_entries(self.session.archive, self.library.go_to)
        hint = "↑↓ choose     ⏎ run     > commands   # tags   @ people"
        self.palette_.open(entries, "Type a command, a tag or a person", hint=hint)

    def cycle(self, by: int) -> None:
        """Give the keyboard to the next pane that is shown."""
        panes = [self.searching.field.edit, *self._panes()]
        panes[-1] = self.reading.inspector
        shown = [pane for pane in panes if pane.isVisible()]
        here = next((at for at, pane in enumerate(shown) if _holds_focus(pane)), -1)
        for distance in range(1, len(shown)):
            target = shown[(here + by * distance) % len(shown)]
            if target is self.reading.inspector:
                self.reading.inspector.show_marks_page()
            else:
                target.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if _holds_focus(target):  # an inspector without marks takes no focus
                return

    def _panes(self) -> list[QWidget]:
        """Where letters are commands, in the order of the window."""
        return [
            self.library.navigation,
            self.library.pane.view,
            self.searching.pane.facets.view,
            self.searching.pane.view,
            self.reading.reader.sheet,
            self.reading.inspector.list,
        ]

    def _turn(self, turn: object, words: str) -> None:
        self.reading.finish_editing()

        def tell(changes: object) -> None:
            label = getattr(changes, "label", "")
            if label:
                self.messages.tell(f"{words}: {label}.")

        turn(tell)  # type: ignore[operator]

    def _cancel(self, number: int) -> None:
        for job in self.session.free.jobs:
            if job.number == number:
                job.cancel()

    # What can be done now

    def _refresh(self, *_: object) -> None:
        present = set()
        if self.session.is_open:
            present.add("archive")
            chosen = self.library.chosen_count
            facts = {
                "writable": self.session.writable,
                "article": self.reading.article_id is not None,
                "articles": bool(chosen) and not self.shows_results,
                "selection": self.reading.has_selection and self.session.writable,
                "mark": self.reading.focused_mark is not None and self.session.writable,
                "hits": self.reading.has_hits or self._has_found,
                "found": self._has_found,
                "subject": self.reading.article_id is not None or (self.shows_results and self._has_found),
                "proposal": self.searching.active and self.searching.pane.notes.best is not None,
                "report": self.files.has_report,
                "pages": self.reading.pages.offered,
                "page_view": self.reading.pages.shown,
                "pages_writable": self.reading.pages.offered and self.session.writable,
            }
            facts |= {f"pin_{digit}": self.session.writable for digit in self.tags.pinned}
            present |= {name for name, here in facts.items() if here}
            words = f"{counted(chosen, 'article', 'articles')} chosen" if chosen > 1 else self.steps.words
            self.status.say(words)
        self.actions_.enable(present)
        self.actions_["restore"].setEnabled("articles" in present and self.library.in_trash)
        for name in ("navigation", "list", "inspector"):
            self.actions_[f"show_{name}"].setChecked(self.columns.wanted(name))
        self._refresh_history()

    def _refresh_history(self) -> None:
        for name, words in (("undo", "Undo"), ("redo", "Redo")):
            action = self.actions_[name]
            label = getattr(self.session, f"{name}_label") if self.session.is_open else None
            action.setText(f"&{words} {label}" if label else f"&{words}")
            action.setEnabled(label is not None and self.session.writable)

    # Overrides of Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What no field took for typing."""
        if not self._keys.obey(event):
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() or url.scheme() in ("http", "https") for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self.empty.highlight(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self.empty.highlight(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.empty.highlight(False)
        if self.files.drop(event.mimeData()):
            event.acceptProposedAction()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.reading.finish_editing()
        self._settings.set(MAXIMIZED, self.isMaximized())
        self._settings.set(GEOMETRY, QByteArray(self.saveGeometry()))
        self._settings.save()
        self.closing.emit()
        self.searching.stop()
        self.indexer.stop()
        self.session.shut_down()
        super().closeEvent(event)


def _holds_focus(pane: QWidget) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and (focus is pane or pane.isAncestorOf(focus))
