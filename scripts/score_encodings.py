"""How many single sentences are decoded right from bytes alone: ``desktop.importing.encoding`` on real ones.

    python scripts/score_encodings.py [--number N] [--shortest N] [--misses]

Sentences of 15 to 200 characters from the team's corpora (see ``sentence_corpora``), a fixed choice, each
encoded in every encoding that holds all its characters, decoded without a declaration, and compared.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from sentence_corpora import data_folder, sentences  # noqa: E402

from desktop.importing.encoding import decode  # noqa: E402

ENCODINGS = {
    "ru": ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic", "utf-8", "utf-16-le"),
    "uk": ("cp1251", "koi8-u", "iso8859-5", "mac-cyrillic", "utf-8", "utf-16-le"),
    "ja": ("shift_jis", "euc_jp", "iso2022_jp", "utf-8", "utf-16-le"),
    "en": ("cp1252", "utf-8"),
}


def encoded(sentence: str, encoding: str) -> bytes | None:
    """The bytes, or None where the encoding lacks a character."""
    try:
        return sentence.encode(encoding)
    except UnicodeEncodeError:
        return None


def main() -> int:
    """Print a line for each language and encoding."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--number", type=int, default=1000, help="sentences a language")
    parser.add_argument("--shortest", type=int, default=15)
    parser.add_argument("--misses", action="store_true", help="print the sentences that were mistaken")
    chosen = parser.parse_args()
    if not (data_folder() / "corpora").is_dir():
        parser.exit(0, f"There is no test data at {data_folder()}; nothing was scored.\n")
    for language, encodings in ENCODINGS.items():
        lines = sentences(data_folder(), language, chosen.number, chosen.shortest)
        for encoding in encodings:
            report(language, encoding, lines, chosen.misses)
    return 0


def report(language: str, encoding: str, lines: list[str], misses: bool) -> None:
    """Decode all sentences from one encoding and print how many come back."""
    tried, mistaken = 0, Counter[str]()
    for line in lines:
        if (data := encoded(line, encoding)) is None:
            continue
        tried += 1
        decoded = decode(data)
        if decoded.text != line:
            mistaken[decoded.encoding] += 1
            if misses:
                print(f"    {decoded.encoding} {decoded.confidence:4} {line}")
    right = tried - sum(mistaken.values())
    others = ", ".join(f"{name} {number}" for name, number in mistaken.most_common(5))
    print(f"{language} {encoding:12} {right}/{tried} = {right / max(tried, 1):.4f}   {others}")


if __name__ == "__main__":
    raise SystemExit(main())
