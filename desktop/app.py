"""The program with its window. Every object is made once, here, in this order:

settings (what is remembered), the Qt application, the theme, the session (which holds the open
archive), the window with its parts. Each receives what it needs in its constructor.
"""

import gc
import os
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

import desktop.ui  # noqa: F401  # isort: skip  # before any other part of PySide
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from desktop import __version__
from desktop.jobs.precedence import put_window_first
from desktop.paths import data_dir
from desktop.ui.session import Session
from desktop.ui.settings.store import APPEARANCE, LAST_ARCHIVE, Settings
from desktop.ui.theme import Theme, system_is_dark
from desktop.ui.window import MainWindow

_PATIENCE = 20.0  # seconds that a picture waits for the index
Turn = Callable[[MainWindow], tuple[QWidget, Callable[[], bool]]]


def main(arguments: Sequence[str] = ()) -> int:
    """Open the window on the archive that is named, else on the last one; returns the exit status."""
    gc.disable()
    settings = Settings(data_dir() / "settings.ini")
    app = application()
    session = Session()
    if path := first_archive(arguments, settings):
        session.open(path)  # in its lane, while the window is made; told when the event loop runs
    theme = Theme(app, dark=starts_dark(app, settings), dressed=False)
    window = MainWindow(settings, theme, session)
    theme.dress()
    report_faults(window)
    window.show()
    gc.freeze()  # what was made until now stays to the end: no collection needs to look at it
    put_window_first(app)
    return app.exec()


def application() -> QApplication:
    """The one Qt application of this process."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("Pressmark")
    app.setApplicationVersion(__version__)
    QGuiApplication.setDesktopFileName("pressmark")
    return app


def starts_dark(app: QApplication, settings: Settings) -> bool:
    appearance = settings.get(APPEARANCE)
    return appearance == "dark" or (appearance != "light" and system_is_dark(app))


def first_archive(arguments: Sequence[str], settings: Settings) -> Path | None:
    """What is opened at the start: the first argument, or the last archive if it is still there."""
    if arguments:
        return Path(arguments[0])
    last = settings.get(LAST_ARCHIVE)
    return Path(last) if last and Path(last).exists() else None


def report_faults(window: MainWindow) -> None:
    """Show what nobody expected as a report to copy; the program goes on."""

    def in_window(_: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            window.close()
        else:
            window.messages.fault(error.with_traceback(trace))

    def in_thread(hook: threading.ExceptHookArgs) -> None:
        if hook.exc_value is not None:
            error = hook.exc_value
            QTimer.singleShot(0, window, lambda: window.messages.fault(error))

    sys.excepthook = in_window
    threading.excepthook = in_thread


def screenshot(
    archive_path: Path | str,
    png_path: Path | str,
    size: tuple[int, int] = (1440, 900),
    dark: bool = False,
    query: str | None = None,
    article: str | None = None,
    turn: Turn | None = None,
) -> Path:
    """Draw the real window, fully loaded, into a PNG; needs no display and changes no settings.

    Args:
        size: Of the window, in logical pixels.
        query: Typed into the search field; its results are shown.
        article: The id of the article to open; else the first of the list.
        turn: Done last; returns what to draw in place of the window, and whether it is complete yet.

    Raises:
        ArchiveError: The archive cannot be opened.
    """
    if QApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    import tempfile

    target = Path(png_path)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "settings.ini")
        settings.set(APPEARANCE, "dark" if dark else "light")
        theme = Theme(application(), dark=dark)
        window = MainWindow(settings, theme, Session())
        try:
            _load(window, Path(archive_path), size)
            _turn_to(window, query, article)
            drawn: QWidget = window
            if turn is not None:
                drawn, complete = turn(window)
                _wait(complete)
                _wait(lambda: False, 0.1)
            target.parent.mkdir(parents=True, exist_ok=True)
            drawn.grab().save(str(target), "PNG")
        finally:
            window.close()
            window.deleteLater()
    return target


def _load(window: MainWindow, path: Path, size: tuple[int, int]) -> None:
    refused: list[Exception] = []
    window.session.open_failed.connect(lambda _, error: refused.append(error))
    window.resize(*size)
    window.show()
    window.files.open(path)
    _wait(lambda: bool(refused) or window.loaded)
    if refused:
        raise refused[0]
    _wait(lambda: window.indexer.ready)


def _turn_to(window: MainWindow, query: str | None, article: str | None) -> None:
    if article is not None:
        window.library.choose(article)
        _wait(lambda: window.reading.article_id == article)
    if query is not None:
        window.searching.field.focus()
        window.searching.field.set_query(query)
        _wait(lambda: window.searching.answer is not None and not window.searching.waiting)
    _wait(lambda: window.loaded)
    window.notice.hide()
    _wait(lambda: False, 0.1)  # layouts settle in the event loop
    _wait(lambda: window.loaded)  # and have asked for the rows to be seen


def _wait(until: Callable[[], bool], seconds: float = _PATIENCE) -> None:
    """Let the event loop run until something holds, or patience ends."""
    loop, tick, end = QEventLoop(), QTimer(interval=10), QTimer(singleShot=True)
    tick.timeout.connect(lambda: loop.quit() if until() else None)
    end.timeout.connect(loop.quit)
    tick.start()
    end.start(round(seconds * 1000))
    if not until():
        loop.exec()
