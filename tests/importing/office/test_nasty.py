"""Real files that broke other programs, and files made to break ours."""

import subprocess
import sys
import time

import pytest

from desktop.core.errors import ImportFailed
from desktop.core.sentences import IMPORT_REASONS
from tests.importing.office.made import read_all

FOLDERS = (
    *("tika/docx", "tika/odt", "tika/rtf", "tika/epub", "tika/eml", "tika/mbox"),
    *("python_docx", "epub_w3c", "eml_mikel_mail"),
)
MADE = (".docx", ".odt", ".rtf", ".epub", ".eml")


def ends(path) -> str:
    """How reading it ends: the words of it, or the reason why there are none."""
    try:
        answers = read_all(path.read_bytes(), path.name)
    except ImportFailed as failure:
        answers = [failure]
    for one in answers:
        if isinstance(one, ImportFailed):
            assert one.reason in IMPORT_REASONS, path.name
            assert one.reason != "crash", f"{path.name}: {one.detail}"
    words = [one.document.text for one in answers if not isinstance(one, ImportFailed)]
    return "\n".join(words) or answers[0].reason


@pytest.mark.shared
def test_every_nasty_file_ends_in_an_article_or_a_sentence(shared):
    files = [path for folder in FOLDERS for path in sorted((shared / "data/nasty" / folder).iterdir())]
    if not files:
        pytest.skip("no nasty files")
    assert all(ends(path) for path in files)


@pytest.mark.shared
def test_every_hostile_file_ends_soon_and_well(shared, tmp_path):
    script = shared / "data/scripts/make_hostile.py"
    if not script.is_file():
        pytest.skip("no hostile files")
    subprocess.run([sys.executable, script, tmp_path], check=True, capture_output=True)
    found = {}
    for path in (path for path in tmp_path.iterdir() if path.suffix in MADE):
        begun = time.process_time()
        found[path.name] = ends(path)
        assert time.process_time() - begun < 20, path.name
    assert not any("canary" in words.lower() for words in found.values())
    for name in ("billion_laughs.docx", "quadratic.docx", "billion_laughs.odt"):
        assert found[name] == "hostile"
    assert found["truncated.docx"] == "malformed"
    assert "глава" in found["spine_repeat.epub"]
    assert "дно" in found["deep_mime.eml"]
    assert "Привет из КОИ" in found["attach_traversal.eml"]
    assert found["deep.rtf"] == "привет"
    assert found["cp1251.rtf"] == "Привет, мир!"
    assert len(found["space_bomb.odt"]) < 1000
