"""Recognising the words in pictures of pages with Tesseract, where that is installed.

It is a program of its own, started for each page with a time limit; it reads the picture from its
standard input and writes nothing to the disk.
"""

import csv
import functools
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PAGE_SECONDS = 90
_LIST_SECONDS = 20
_HELPERS = ("osd", "equ", "snum")
_LANGUAGE = re.compile(r"[A-Za-z0-9_]+(?:/[A-Za-z0-9_]+)?")
_BESIDE = {
    "win32": ("C:/Program Files/Tesseract-OCR", "C:/Program Files (x86)/Tesseract-OCR"),
    "darwin": ("/opt/homebrew/bin", "/usr/local/bin", "/opt/local/bin"),
}
_OF = {
    "ru": "rus", "uk": "ukr", "en": "eng", "ja": "jpn", "de": "deu", "fr": "fra", "be": "bel", "bg": "bul",
    "pl": "pol", "es": "spa", "it": "ita", "zh": "chi_sim",
    "ko": "kor", "kk": "kaz", "sr": "srp", "cs": "ces",
}  # fmt: skip
_USUAL = ("rus", "ukr", "eng")


class RecognisingFailed(Exception):
    """Tesseract did not read a picture; the message says why."""


@dataclass(frozen=True, slots=True)
class FoundWord:
    """A word in a picture.

    Attributes:
        left, top, right, bottom: In pixels.
        confidence: In hundredths.
        line: Words of one line have the same one.
    """

    text: str
    left: int
    top: int
    right: int
    bottom: int
    confidence: float
    line: tuple[int, int, int]


@functools.cache
def find_tesseract() -> str | None:
    """The program, or None where it is not installed."""
    if found := shutil.which("tesseract"):
        return found
    name = "tesseract.exe" if sys.platform == "win32" else "tesseract"
    folders = [Path(folder) for folder in _BESIDE.get(sys.platform, ())]
    if local := os.environ.get("LOCALAPPDATA"):
        folders.append(Path(local) / "Programs" / "Tesseract-OCR")
    return next((str(folder / name) for folder in folders if (folder / name).is_file()), None)


def languages() -> tuple[str, ...]:
    """The languages that can be recognised, as Tesseract names them; empty where it is not installed."""
    program = find_tesseract()
    if program is None:
        return ()
    try:
        told = _run([program, "--list-langs"], b"", _LIST_SECONDS).decode("utf-8", "replace")
    except RecognisingFailed:
        return ()
    names = (line.strip() for line in told.splitlines()[1:])
    return tuple(sorted(name for name in names if _LANGUAGE.fullmatch(name) and name not in _HELPERS))


def default_languages(available: Sequence[str], language: str | None = None) -> str:
    """What to try, e.g. ``rus+eng``: the language of the article, else the usual ones; English beside it.

    Args:
        language: BCP 47 primary subtag, where it is known.
    """
    own = _OF.get(language or "", "")
    wanted = [own, "eng"] if own else list(_USUAL)
    chosen = [name for name in dict.fromkeys(wanted) if name in available]
    return "+".join(chosen or available[:1])


def can_recognise(wanted: str) -> bool:
    """Whether all of the languages, e.g. ``rus+eng``, are installed."""
    available = languages()
    return bool(wanted) and all(name in available for name in wanted.split("+"))


def recognise(picture: bytes, wanted: str, seconds: float = PAGE_SECONDS) -> list[FoundWord]:
    """The words of a picture, in the order of reading.

    Args:
        picture: A PGM, PNG or another format that Tesseract reads.
        wanted: Languages, e.g. ``rus+eng``.

    Raises:
        RecognisingFailed
    """
    program = find_tesseract()
    if program is None:
        raise RecognisingFailed("Tesseract is not installed")
    if not all(_LANGUAGE.fullmatch(name) for name in wanted.split("+")):
        raise RecognisingFailed(f"no language: {wanted}")
    told = _run([program, "stdin", "stdout", "-l", wanted, "--dpi", "300", "tsv"], picture, seconds)
    return _words(told.decode("utf-8", "replace"))


def _run(command: list[str], given: bytes, seconds: float) -> bytes:
    try:
        done = subprocess.run(
            command,
            input=given,
            capture_output=True,
            timeout=seconds,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired as error:
        raise RecognisingFailed(f"longer than {seconds:.0f} s") from error
    except OSError as error:
        raise RecognisingFailed(str(error)) from error
    if done.returncode:
        raise RecognisingFailed(done.stderr.decode("utf-8", "replace").strip()[-300:])
    return done.stdout


def _words(table: str) -> list[FoundWord]:
    rows = csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    words = []
    for row in rows:
        text = (row.get("text") or "").strip()
        if row.get("level") != "5" or not text:
            continue
        try:
            left, top, width, height = (int(row[name]) for name in ("left", "top", "width", "height"))
            line = (int(row["block_num"]), int(row["par_num"]), int(row["line_num"]))
            words.append(FoundWord(text, left, top, left + width, top + height, float(row["conf"]), line))
        except (KeyError, TypeError, ValueError):
            continue
    return words
