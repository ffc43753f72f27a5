"""Read the team's PDFs as an import would, and compare their words with reference texts.

    python scripts/score_pdf.py [FILE ...] [--data DIR] [--pair PDF TEXT] [--chars]

Reads ``DIR/nasty/pdf`` (default DIR: ``../shared/data`` beside the checkout, or ``PRESSMARK_SHARED``).
Every file must end in an import or in a sentence; where ``pdf_index.json`` calls the reference silver,
the F1 of the words is told, lower-cased, without regard to their order. ``--pair`` compares one more
book with its own plain text, and tells how much of it stands in the same order.
"""

import argparse
import json
import os
import re
import sys
import time
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop.core.errors import ImportFailed  # noqa: E402
from desktop.core.extraction import Extraction  # noqa: E402
from desktop.core.progress import Progress  # noqa: E402
from desktop.core.sentences import reason_sentence  # noqa: E402
from desktop.importing.isolate import ExtractionPool  # noqa: E402
from desktop.importing.sources import find_sources  # noqa: E402

TARGET = 0.90


def words(text: str, chars: bool = False) -> list[str]:
    folded = unicodedata.normalize("NFKC", text).lower()
    return [char for char in folded if char.isalnum()] if chars else re.findall(r"\w+", folded)


def f1(found: str, reference: str, chars: bool = False) -> float:
    """Harmonic mean of precision and recall over the bag of words (or of characters)."""
    one, other = Counter(words(found, chars)), Counter(words(reference, chars))
    common = sum((one & other).values())
    return 2 * common / (sum(one.values()) + sum(other.values())) if one or other else 1.0


def in_order(found: str, reference: str) -> float:
    """The share of the common words' runs that stand in the same order."""
    one, other = words(found), words(reference)
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    common = sum((Counter(one) & Counter(other)).values())
    return sum(block.size for block in matcher.get_matching_blocks()) / max(common, 1)


def answer_of(pool: ExtractionPool, path: Path) -> tuple[list[Extraction], str, float]:
    """What is read from a file, the sentence where that fails, and the seconds it took."""
    begun = time.perf_counter()
    found, sentence = [], ""
    try:
        for answer in pool.extract_each(next(find_sources([path], Progress()))):
            if isinstance(answer, Extraction):
                found.append(answer)
            else:
                sentence = f"{answer.source}: {reason_sentence(answer)}"
    except ImportFailed as failure:
        sentence = f"{failure.reason}: {reason_sentence(failure)} [{failure.detail}]"
    return found, sentence, time.perf_counter() - begun


def score_all(pool: ExtractionPool, folder: Path, chosen: list[str]) -> int:
    """One line a file; the number of those that miss the target."""
    missed, scores = 0, []
    for entry in json.loads((folder / "pdf_index.json").read_text("utf-8")):
        name = entry["file"]
        if chosen and not any(part in name for part in chosen):
            continue
        found, sentence, taken = answer_of(pool, folder / "pdf" / name)
        if not found:
            print(f"{name:64} {taken:5.1f} s  {sentence}")
            continue
        text = found[0].document.text
        told = f"{len(text):6} characters, {len(found[0].marks):2} marks"
        if entry.get("silver_text"):
            reference = (folder / "pdf_ref" / f"{name}.txt").read_text("utf-8", "replace")
            scores.append(f1(text, reference))
            missed += scores[-1] < TARGET
            told = f"F1 {scores[-1]:.3f}  {told}"
        more = f", and {len(found) - 1} inside" if len(found) > 1 else ""
        print(f"{name:64} {taken:5.1f} s  {told}{more}  {sentence}")
    if scores:
        print(f"{len(scores)} with a reference: F1 {sum(scores) / len(scores):.3f}, least {min(scores):.3f}")
    return missed


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", metavar="FILE", help="parts of names; all without any")
    default = os.environ.get("PRESSMARK_SHARED") or ROOT.parent / "shared"
    parser.add_argument("--data", type=Path, default=Path(default) / "data")
    parser.add_argument("--pair", nargs=2, type=Path, metavar=("PDF", "TEXT"))
    parser.add_argument("--chars", action="store_true", help="compare characters: for scripts without spaces")
    chosen = parser.parse_args()
    with ExtractionPool(workers=1) as pool:
        if chosen.pair:
            found, sentence, taken = answer_of(pool, chosen.pair[0])
            reference = chosen.pair[1].read_text("utf-8", "replace")
            text = found[0].document.text if found else ""
            score = f1(text, reference, chosen.chars)
            print(f"F1 {score:.3f}, in order {in_order(text, reference):.3f}, {taken:.1f} s {sentence}")
            return int(score < TARGET)
        if not (chosen.data / "nasty" / "pdf").is_dir():
            parser.exit(0, f"There is no test data at {chosen.data}; nothing was scored.\n")
        return int(score_all(pool, chosen.data / "nasty", chosen.files) > 0)


if __name__ == "__main__":
    raise SystemExit(main())
