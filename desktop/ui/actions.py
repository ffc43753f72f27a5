"""Every command of the window: one table, one QAction each, shared by menus, buttons, keys and palette."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QIcon, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from desktop.ui.theme import Theme


@dataclass(frozen=True)
class Command:
    """What a person can do.

    Attributes:
        name: For the code.
        menu: The menu it stands in, and its group in the palette.
        text: With ``&`` for the menu's own key.
        keys: Shortcuts in Qt's portable notation; the first is printed.
        icon: A name of the icon set, or empty.
        needs: What must be there: ``archive``, ``writable``, ``article`` (one is open),
            ``articles`` (some are chosen), ``mark`` (one is focused), ``selection`` of words, ``hits``,
            ``found`` (articles of a search), ``subject`` (an article or a mark at hand), ``proposal`` (of
            another query), ``pages`` (it has some), ``page_view`` (they are in front), ``pages_writable``,
            ``report`` (of an import), ``pin_1`` … (a tag is pinned to this digit), or nothing.
        checkable: It is on or off.
        line: A separator stands before it in the menu.
        local: Its keys act in the list of articles only, for elsewhere they mean another thing.
    """

    name: str
    menu: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    needs: str = ""
    checkable: bool = False
    line: bool = False
    local: bool = False


_C = Command
PINS = range(1, 10)  # the digit keys that a tag can be pinned to
COMMANDS = (
    _C("new_archive", "Archive", "&New archive…", ("Ctrl+Shift+N",), "archive"),
    _C("open_archive", "Archive", "&Open archive…", ("Ctrl+O",), "folder"),
    _C("open_sample", "Archive", "Open the &sample", (), "book-open"),
    _C("import_files", "Archive", "&Import files…", ("Ctrl+I",), "upload", "writable", line=True),
    _C("import_folder", "Archive", "Import a &folder…", ("Ctrl+Shift+I",), "folder", "writable"),
    _C("import_address", "Archive", "Import from an a&ddress…", ("Ctrl+Shift+U",), "link", "writable"),
    _C("paste_text", "Archive", "&Paste a text as an article", ("Ctrl+V",), "file-text", "writable"),
    _C("import_report", "Archive", "Report of the last import", (), "", "report"),
    _C("export", "Archive", "&Export…", ("Ctrl+E",), "download", "archive", line=True),
    _C("empty_trash", "Archive", "Empty the &trash…", (), "trash", "writable", line=True),
    _C("preferences", "Archive", "Prefe&rences…", ("Ctrl+,",), "", line=True),
    _C("quit", "Archive", "&Quit", ("Ctrl+Q",)),
    _C("undo", "Edit", "&Undo", ("Ctrl+Z",), "", "writable"),
    _C("redo", "Edit", "&Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "", "writable"),
    _C("find", "Edit", "&Search", ("Ctrl+F", "/"), "search", "archive", line=True),
    _C("next_hit", "Edit", "Next hit", ("F3",), "chevron-down", "hits"),
    _C("previous_hit", "Edit", "Previous hit", ("Shift+F3",), "", "hits"),
    _C("next_found", "Edit", "Next found &article", ("Ctrl+F3",), "", "found"),
    _C("previous_found", "Edit", "Previous found article", ("Ctrl+Shift+F3",), "", "found"),
    _C("more_like", "Edit", "&More like this", ("Ctrl+Shift+M",), "search", "subject"),
    _C("take_proposal", "Edit", "Search for what was mean&t", ("Alt+Return", "Alt+Enter"), "", "proposal"),
    _C("other_scripts", "Edit", "Other spellings of &names", (), "", "archive", checkable=True),
    _C("save_search", "Edit", "&Keep this search…", ("Ctrl+S",), "star", "writable"),
    _C("conditions", "Edit", "Search by c&onditions…", ("Ctrl+Shift+F",), "list-filter", "archive"),
    _C("freeze_search", "Edit", "Free&ze this search…", (), "snowflake", "writable"),
    _C("palette", "Edit", "&Command palette", ("Ctrl+K", "Ctrl+Shift+P"), "search", line=True),
    _C("mark_highlight", "Mark", "Mark selection as &highlight", ("H",), "highlighter", "selection"),
    _C("mark_quote", "Mark", "Mark selection as &quote", ("Q",), "quote", "selection"),
    _C("mark_claim", "Mark", "Mark selection as &claim", ("C",), "flag", "selection"),
    _C("mark_note", "Mark", "Mark selection with a &note", ("N",), "sticky-note", "selection"),
    _C("tag", "Mark", "&Tag the selection, mark or articles…", ("T",), "tag", "writable"),
    *(_C(f"pin_{n}", "Mark", f"Tag with the tag pinned to {n}", (str(n),), "tag", f"pin_{n}") for n in PINS),
    _C("remove_mark", "Mark", "&Remove the mark", (), "x", "mark", line=True),
    _C("next_mark", "Mark", "Go to the next mark", ("J",), "chevron-down", "article"),
    _C("previous_mark", "Mark", "Go to the previous mark", ("K",), "", "article"),
    _C("toggle_read", "Article", "Mark article as &read or unread", ("M",), "circle-check", "articles"),
    _C("edit_details", "Article", "Edit &details…", ("Ctrl+Shift+D",), "file-text", "articles"),
    _C("collect", "Article", "&Add to a collection…", ("Ctrl+D",), "folder", "articles"),
    _C("export_articles", "Article", "E&xport these articles…", ("Ctrl+Shift+E",), "download", "articles"),
    _C("trash", "Article", "Move to the &trash", ("Delete",), "trash", "articles", line=True, local=True),
    _C("restore", "Article", "Put &back from the trash", (), "refresh-cw", "articles"),
    _C("captures", "Article", "C&ompare captures…", ("Ctrl+Shift+C",), "refresh-cw", "article", line=True),
    _C("reread", "Article", "Read the original a&gain…", ("Ctrl+Shift+R",), "file-text", "article"),
    _C("recognise", "Article", "Recogni&se the words of its pages…", (), "file-text", "pages_writable"),
    _C("manage_tags", "Article", "&Manage tags…", ("Ctrl+Shift+T",), "tag", "archive", line=True),
    _C("edit_person", "Article", "Edit a &person…", (), "user", "writable"),
    _C("next_article", "Article", "Next article", ("Alt+Down",), "", "archive", line=True),
    _C("previous_article", "Article", "Previous article", ("Alt+Up",), "", "archive"),
    _C("show_navigation", "View", "&Navigation", ("F7",), "panel-left", checkable=True),
    _C("show_list", "View", "&List", ("F8",), "list-filter", checkable=True),
    _C("show_inspector", "View", "&Inspector", ("F9",), "panel-right", checkable=True),
    _C("next_pane", "View", "Next pane", ("F6",), "", line=True),
    _C("previous_pane", "View", "Previous pane", ("Shift+F6",)),
    _C("turn_pages", "View", "Text or &pages", ("P",), "file-text", "pages", line=True),
    _C("go_to_page", "View", "Go to pag&e…", ("Ctrl+G",), "", "page_view"),
    _C("fit_width", "View", "Fit the &width of pages", ("Ctrl+1",), "", "page_view"),
    _C("fit_page", "View", "Fit &one page", ("Ctrl+2",), "", "page_view"),
    _C("larger_text", "View", "Larger te&xt", ("Ctrl++", "Ctrl+="), "", line=True),
    _C("smaller_text", "View", "&Smaller text", ("Ctrl+-",)),
    _C("usual_text", "View", "Us&ual text size", ("Ctrl+0",)),
    _C("appearance_system", "View", "Colours of the s&ystem", (), "", checkable=True, line=True),
    _C("appearance_light", "View", "Light &colours", (), "sun", checkable=True),
    _C("appearance_dark", "View", "&Dark colours", (), "moon", checkable=True),
    _C("toggle_dark", "View", "Ligh&t or dark", ("Ctrl+Shift+L",), "moon"),
    _C("menu", "View", "Open the menu", ("F10",), "ellipsis", line=True),
    _C("back", "View", "Back, or close what is open", ("Esc",)),
)
MENUS = tuple(dict.fromkeys(command.menu for command in COMMANDS))
# Buttons need their icons at once; those of the menus are drawn when one is opened.
_BUTTONS = ("import_files", "show_navigation", "show_inspector", "toggle_dark")
_APPEARANCES = ("appearance_system", "appearance_light", "appearance_dark")


class Actions(QObject):
    """The QAction of each command, by name: ``actions["undo"]``."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._theme, self._tinted = theme, False
        self._actions = {command.name: self._make(command, window) for command in COMMANDS}
        choice = QActionGroup(self)
        for name in _APPEARANCES:
            choice.addAction(self._actions[name])
        theme.changed.connect(self._retint)

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __iter__(self) -> Iterator[tuple[Command, QAction]]:
        return ((command, self._actions[command.name]) for command in COMMANDS)

    def enable(self, present: set[str]) -> None:
        """Enable what can be done now.

        Args:
            present: Which of the needs are met.
        """
        for command, action in self:
            action.setEnabled(not command.needs or command.needs in present)

    def trigger(self, keys: QKeySequence) -> bool:
        """Do what these keys mean for the window; False where that is nothing, or cannot be done now."""
        for command, action in self:
            if not command.local and action.isEnabled() and keys in action.shortcuts():
                action.trigger()
                return True
        return False

    def fill(self, menu: QMenu, names: tuple[str, ...]) -> None:
        """Put commands into a context menu; an empty name is a separator."""
        self.tint()
        for name in names:
            menu.addAction(self._actions[name]) if name else menu.addSeparator()

    def menu_bar(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Fill the bar; returns its menus by title."""
        menus = {title: bar.addMenu(f"&{title}") for title in MENUS}
        for command, action in self:
            if command.line:
                menus[command.menu].addSeparator()
            menus[command.menu].addAction(action)
        return menus

    def _make(self, command: Command, window: QWidget) -> QAction:
        action = QAction(command.text, window)
        action.setObjectName(command.name)
        action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        context = Qt.ShortcutContext
        action.setShortcutContext(
            context.WidgetWithChildrenShortcut if command.local else context.WindowShortcut
        )
        action.setCheckable(command.checkable)
        if command.name in _BUTTONS:
            action.setIcon(self._icon(command))
            action.setToolTip(tip(action))  # menus show the keys themselves
        if not command.local:
            window.addAction(action)
        return action

    def add_local(self, widget: QWidget) -> None:
        """Let the keys of the local commands act in this widget."""
        widget.addActions([action for command, action in self if command.local])

    def _icon(self, command: Command) -> QIcon:
        """Tinted with the accent while a checkable command is on."""
        if not command.icon:
            return QIcon()
        icon = self._theme.icon(command.icon)
        if command.checkable:
            for ratio in (1, 2, 3):
                on = self._theme.pixmap(command.icon, "accent", 16, ratio)
                icon.addPixmap(on, QIcon.Mode.Normal, QIcon.State.On)
        return icon

    def tint(self) -> None:
        """Draw the icons of all commands, unless that has been done."""
        if not self._tinted:
            self._tinted = True
            self._retint()

    def _retint(self) -> None:
        for command, action in self:
            if self._tinted or command.name in _BUTTONS:
                action.setIcon(self._icon(command))


def plain(action: QAction) -> str:
    """Its text without the menu key and without the dots."""
    return action.text().replace("&", "").removesuffix("…")


def keys(action: QAction) -> str:
    """Its first shortcut as it is printed on this system, or empty."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def tip(action: QAction) -> str:
    """For a tooltip: what it does and its key."""
    return f"{plain(action)} ({keys(action)})" if keys(action) else plain(action)
