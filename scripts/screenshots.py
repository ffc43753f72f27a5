"""docs/screenshots, taken from the real window on the sample archive; needs no display.

Japanese needs a font that has it: ``apt-get install fonts-noto-cjk`` on Debian and Ubuntu.
"""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")
ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from PySide6.QtGui import QFont, QFontDatabase, QPdfWriter, QTextDocument  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402
from setup import install_debian  # noqa: E402

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

TARGET = ROOT / "docs" / "screenshots"
WIDE, NARROW = (1440, 900), (1024, 700)
CORRECTED = (  # what a paper changes overnight
    ("двумя голосами против одного воздержавшегося", "тремя голосами при одном воздержавшемся"),
    ("значатся 2300 фамилий", "значатся 2340 фамилий"),
    ("назначено на 19 марта", "назначено на 21 марта"),
    ("<p>Эти слова гидролога Льва Полянова председатель попросил занести в протокол целиком.</p>\n", ""),
    ("осматривающей плотину.</p>", "осматривающей плотину.</p>\n<p>Заметка исправлена утром 13 марта.</p>"),
)


def main() -> None:
    if not has_japanese() and install_debian(["fonts-noto-cjk"], "for the pictures"):
        os.execv(sys.executable, [sys.executable, *sys.argv])  # Qt reads the fonts once
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PRESSMARK_CACHE"] = f"{folder}/cache"
        os.environ["PRESSMARK_DATA"] = f"{folder}/data"
        take_all(Path(folder))
    if not has_japanese():
        sys.stderr.write("Without a Japanese font, Japanese is shown as boxes: install fonts-noto-cjk.\n")


def has_japanese() -> bool:
    QApplication.instance() or QApplication([])
    return bool(QFontDatabase.families(QFontDatabase.WritingSystem.Japanese))


def take_all(folder: Path) -> None:
    from desktop.app import screenshot
    from desktop.operations.indexing import index_now
    from desktop.operations.samples import make_sample_archive
    from desktop.store.archive import create_archive

    sample = make_sample_archive(folder / "Sample.pressmark")
    index_now(sample)
    empty = folder / "Empty.pressmark"
    create_archive(empty).close()
    grown = Path(shutil.copy(sample, folder / "Grown.pressmark"))
    russian, japanese = most_marked(sample, "ru"), most_marked(sample, "ja")
    for name, archive, size, dark, wishes in (
        ("reading-light", sample, WIDE, False, {"article": russian}),
        ("reading-dark", sample, WIDE, True, {"article": russian}),
        ("reading-japanese", sample, WIDE, False, {"article": japanese}),
        ("searching-light", sample, WIDE, False, {"query": "насос"}),
        ("searching-dark", sample, WIDE, True, {"query": "насос"}),
        ("empty", empty, WIDE, False, {}),
        ("narrow", sample, NARROW, True, {"article": russian}),
        ("pages", grown, WIDE, False, {"article": print_and_mark(grown, folder), "turn": to_pages}),
        ("captures", grown, WIDE, False, {"article": capture_anew(grown, folder), "turn": to_captures}),
    ):
        picture = screenshot(archive, TARGET / f"{name}.png", size, dark, **wishes)
        sys.stdout.write(f"{picture.relative_to(ROOT)}\n")


def print_and_mark(archive_path: Path, folder: Path) -> str:
    """A sample article as a PDF in the archive, with the marks that it has as a text; its id."""
    from desktop.operations import marking
    from desktop.operations.samples import sample_files
    from desktop.store.archive import open_archive

    entry, file = sample_plan()[0], sample_files()[0]
    title, *lines = [line for line in file.read_text("utf-8").splitlines() if line.strip()]
    pdf = folder / f"{file.stem}.pdf"
    print_pdf(pdf, title, lines)
    article = import_one(archive_path, pdf)
    with open_archive(archive_path) as archive:
        for mark in entry["marks"]:
            facts = {name: mark[name] for name in ("speaker", "claim", "colour", "tags") if name in mark}
            marking.mark_words(archive, article, mark["kind"], mark["words"], **facts)
    return article


def print_pdf(target: Path, title: str, lines: list[str]) -> None:
    from desktop.app import application
    from desktop.ui.theme import Theme

    writer = QPdfWriter(str(target))
    writer.setTitle(title)
    document = QTextDocument()
    font = QFont(Theme(application()).font(12, serif=True).families())
    font.setPointSize(13)
    document.setDefaultFont(font)
    document.setHtml(f"<h1>{title}</h1>" + "".join(f"<p>{line}</p>" for line in lines))
    document.print_(writer)


def capture_anew(archive_path: Path, folder: Path) -> str:
    """A page of the sample, imported again as its paper might have corrected it; the article's id."""
    from desktop.operations.samples import sample_files

    page = next(file for file in sample_files() if file.name == "sovet.html")
    text = page.read_text("utf-8")
    for old, new in CORRECTED:
        assert old in text
        text = text.replace(old, new)
    later = folder / page.name
    later.write_text(text, "utf-8")
    return import_one(archive_path, later)


def import_one(archive_path: Path, file: Path) -> str:
    from desktop.core.progress import Progress
    from desktop.operations.importing import import_paths
    from desktop.operations.indexing import index_now

    (line,) = import_paths(archive_path, [file], Progress()).lines
    index_now(archive_path)
    assert line.article is not None, line.error
    return line.article


def sample_plan() -> list[dict[str, Any]]:
    from desktop.paths import resource

    plan: dict[str, Any] = json.loads(resource("samples", "marks.json").read_text("utf-8"))
    found: list[dict[str, Any]] = plan["articles"]
    return found


def to_pages(window: "MainWindow") -> "tuple[QWidget, Callable[[], bool]]":
    window.actions_["turn_pages"].trigger()
    reader = window.reading.reader
    return window, lambda: reader.shows_pages and reader.pages is not None and reader.pages.crisp


def to_captures(window: "MainWindow") -> "tuple[QWidget, Callable[[], bool]]":
    window.actions_["captures"].trigger()
    dialog = window.captures.dialog
    assert dialog is not None
    return dialog, lambda: bool(dialog.marks.rows)


def most_marked(archive_path: Path, language: str) -> str:
    """The article of this language with the most marks."""
    from desktop.store.archive import open_archive
    from desktop.store.articles import ArticleFilter, ArticleSort, article_ids

    with open_archive(archive_path, read_only=True) as archive:
        chosen = ArticleFilter(language=language)
        return article_ids(archive, chosen, ArticleSort.ANNOTATIONS, descending=True)[0]


if __name__ == "__main__":
    main()
