"""A quiet bar over pages that have no text of their own, with what can be done about it."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)

from desktop.ui.theme import Theme

_BESIDE = 560  # pixels of width from which words and choices stand side by side
USUAL = ("rus", "ukr", "eng", "jpn")


class RecogniseOffer(QFrame):
    """Says that a PDF is only pictures; offers to recognise its words where that is possible.

    Signals:
        wanted: (languages as Tesseract names them, joined by ``+``).
    """

    wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._actions: list[QAction] = []
        self._words = QLabel(wordWrap=True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._icon = QLabel()
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self._languages = QToolButton(popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self._languages.setMenu(self._menu)
        self._languages.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._languages.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow behind the names
        self._languages.setToolTip(self.tr("The languages its words are in"))
        self.button = QPushButton(self.tr("Recognise its words…"))
        self.button.clicked.connect(self._ask)
        said, choice = QHBoxLayout(), QHBoxLayout()
        said.addWidget(self._icon)
        said.addWidget(self._words, 1)
        choice.addStretch()
        choice.addWidget(self._languages)
        choice.addWidget(self.button)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(16, 8, 12, 8)
        self._row.setSpacing(8)
        self._row.addLayout(said, 1)
        self._row.addLayout(choice)
        theme.changed.connect(self._tint)
        self._tint()
        self.hide()

    # What it says

    def say_pictures(self) -> None:
        """That there is no text, while it is not known yet what can be done."""
        self._say(self._pictures)

    @property
    def _pictures(self) -> str:
        return self.tr("This PDF has no text of its own. It can be read as pages.")

    def offer(self, languages: Sequence[str], suggested: str = "", *, again: bool = False) -> None:
        """Tesseract is here and knows these languages; none means that it is not here.

        Args:
            suggested: Those to try, joined by ``+``; the others can be added.
            again: The PDF has words already, which may be wrong.
        """
        if languages:
            self._fill(languages, suggested.split("+"))
            words = self.tr("Its words can be read anew from the pictures of its pages.")
            self._say(words if again else self._pictures, choice=True)
        else:
            how = self.tr(
                "To search and mark its words, install the free program Tesseract OCR with its languages, "
                "then open this article again."
            )
            self._say(f"{self._pictures} {how}")

    def say_running(self) -> None:
        self._say(self.tr("The words are being recognised; reading can go on meanwhile."))

    @property
    def words(self) -> str:
        return self._words.text()

    @property
    def chosen(self) -> str:
        """The languages, as Tesseract wants them."""
        return "+".join(action.data() for action in self._actions if action.isChecked())

    def choose(self, languages: Sequence[str]) -> None:
        for action in self._actions:
            action.setChecked(action.data() in languages)

    @property
    def offers(self) -> bool:
        """There is a button to begin with."""
        return not (self.isHidden() or self.button.isHidden())

    # Inside

    def _say(self, words: str, *, choice: bool = False) -> None:
        self._words.setText(words)
        for widget in (self._languages, self.button):
            widget.setVisible(choice)
        self.show()

    def _fill(self, languages: Sequence[str], suggested: Sequence[str]) -> None:
        self._menu.clear()
        usual = [one for one in USUAL if one in languages]
        ordered = usual + sorted((one for one in languages if one not in USUAL), key=language_name)
        self._actions = [self._menu.addAction(language_name(one)) for one in ordered]
        for action, code in zip(self._actions, ordered, strict=True):
            action.setData(code)
            action.setCheckable(True)
            action.setChecked(code in suggested)
            action.toggled.connect(self._show_chosen)
        self._show_chosen()

    def _show_chosen(self) -> None:
        names = [action.text() for action in self._actions if action.isChecked()]
        words = ", ".join(names[:4]) + (" …" if len(names) > 4 else "")
        self._languages.setText(words or self.tr("Choose languages"))
        self._languages.setAccessibleName(self.tr("Languages: {0}").format(", ".join(names)))
        self.button.setEnabled(bool(names))

    def _ask(self) -> None:
        self.wanted.emit(self.chosen)

    def _tint(self) -> None:
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(self._theme.pixmap("file-text", "muted", 16, ratio))
        self._languages.setIcon(self._theme.icon("chevron-down"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What can be done stands under what is said where there is no room beside it."""
        super().resizeEvent(event)
        beside = event.size().width() >= _BESIDE
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.LeftToRight if beside else directions.TopToBottom)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.color("raised"))
            painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.color("line"))


def language_name(code: str) -> str:
    """In words; codes that are no language's are shown as they are (``jpn_vert``: its first part)."""
    base, _, kind = code.partition("_")
    language = QLocale.codeToLanguage(base)
    name = QLocale.languageToString(language) if language is not QLocale.Language.AnyLanguage else base
    return f"{name} ({kind})" if kind else name
