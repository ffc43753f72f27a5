"""How many single sentences are told to be in their language: ``desktop.importing.language`` on real ones.

    python scripts/score_language.py [--number N] [--shortest N] [--misses]

Sentences of 15 to 200 characters from the team's corpora (see ``sentence_corpora``), a fixed choice.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from sentence_corpora import LANGUAGES, data_folder, sentences  # noqa: E402

from desktop.importing.language import detect_language  # noqa: E402


def main() -> int:
    """Print a line for each language."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--number", type=int, default=2000, help="sentences a language")
    parser.add_argument("--shortest", type=int, default=15)
    parser.add_argument("--misses", action="store_true", help="print the sentences that were mistaken")
    chosen = parser.parse_args()
    if not (data_folder() / "corpora").is_dir():
        parser.exit(0, f"There is no test data at {data_folder()}; nothing was scored.\n")
    for language in LANGUAGES:
        told: Counter[str] = Counter()
        for sentence in sentences(data_folder(), language, chosen.number, chosen.shortest):
            code, confidence = detect_language(sentence)
            told[code] += 1
            if chosen.misses and code != language:
                print(f"    {code} {confidence:4} {sentence}")
        right, total = told.pop(language, 0), sum(told.values())
        others = ", ".join(f"{code} {number}" for code, number in told.most_common(6))
        print(f"{language}: {right}/{right + total} = {right / (right + total):.4f}   {others}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
