"""docs/screenshots, taken from the real window on the sample archive; needs no display.

Japanese needs a font that has it: ``apt-get install fonts-noto-cjk`` on Debian and Ubuntu.
"""

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")
ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from PySide6.QtGui import QFontDatabase  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402
from setup import install_debian  # noqa: E402

TARGET = ROOT / "docs" / "screenshots"
WIDE, NARROW = (1440, 900), (1024, 700)


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
    russian, japanese = most_marked(sample, "ru"), most_marked(sample, "ja")
    for name, archive, size, dark, wishes in (
        ("reading-light", sample, WIDE, False, {"article": russian}),
        ("reading-dark", sample, WIDE, True, {"article": russian}),
        ("reading-japanese", sample, WIDE, False, {"article": japanese}),
        ("searching-light", sample, WIDE, False, {"query": "насос"}),
        ("searching-dark", sample, WIDE, True, {"query": "насос"}),
        ("empty", empty, WIDE, False, {}),
        ("narrow", sample, NARROW, True, {"article": russian}),
    ):
        picture = screenshot(archive, TARGET / f"{name}.png", size, dark, **wishes)
        sys.stdout.write(f"{picture.relative_to(ROOT)}\n")


def most_marked(archive_path: Path, language: str) -> str:
    """The article of this language with the most marks."""
    from desktop.store.archive import open_archive
    from desktop.store.articles import ArticleFilter, ArticleSort, article_ids

    with open_archive(archive_path, read_only=True) as archive:
        chosen = ArticleFilter(language=language)
        return article_ids(archive, chosen, ArticleSort.ANNOTATIONS, descending=True)[0]


if __name__ == "__main__":
    main()
