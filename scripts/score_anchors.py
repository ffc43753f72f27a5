"""Measure how marks survive a changed text: the share of wrong places, and of places found again.

Every text is marked at random stretches, then edited in one way (a paragraph put in or taken out,
other quotation marks, decomposed letters, a sentence doubled, a few letters changed ...). The edit
knows where each letter went, so the right answer is known for every mark.

    python scripts/score_anchors.py [FILE ...]        # default: the team's corpora, where present

A *wrong* answer is exact or typographic and covers other letters than were marked. A mark is
*found* when its answer, of any state but orphan, overlaps the right stretch by at least 90 %.
"""

import argparse
import gzip
import json
import random
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop.core.anchors import AnchorState, describe, resolve  # noqa: E402

SHARED = ROOT.parent / "shared" / "data"
Letters = list[tuple[str, int]]  # each letter of the edited text with the offset it came from, or -1
Edit = Callable[[Letters, random.Random], Letters]


def paragraph_before(letters: Letters, _: random.Random) -> Letters:
    return [(char, -1) for char in "Этот абзац редакция вставила позже. 編集部より。\n"] + letters


def paragraph_gone(letters: Letters, rng: random.Random) -> Letters:
    ends = [i for i, (char, _) in enumerate(letters) if char == "\n"]
    if len(ends) < 3:
        return letters
    first = rng.randrange(len(ends) - 1)
    return letters[: ends[first]] + letters[ends[first + 1] :]


def sentence_doubled(letters: Letters, rng: random.Random) -> Letters:
    ends = [i for i, (char, _) in enumerate(letters) if char in ".。\n"] or [len(letters) - 1]
    at = rng.randrange(len(ends))
    start = ends[at - 1] + 1 if at else 0
    copy = [(char, -1) for char, _ in letters[start : ends[at] + 1]]
    return letters[: ends[at] + 1] + copy + letters[ends[at] + 1 :]


def typography(letters: Letters, _: random.Random) -> Letters:
    others = {"«": "“", "»": "”", "—": "-", "–": "-", '"': "“", "「": "『", "」": "』", " ": "\u00a0"}
    return [(others.get(char, char), origin) for char, origin in letters]


def decomposed(letters: Letters, _: random.Random) -> Letters:
    return [(part, origin) for char, origin in letters for part in unicodedata.normalize("NFD", char)]


def few_letters(share: float) -> Edit:
    def edit(letters: Letters, rng: random.Random) -> Letters:
        out: Letters = []
        for char, origin in letters:
            if char.isalpha() and rng.random() < share:
                out += [[], [("е", origin)], [(char, origin), ("н", -1)]][rng.randrange(3)]
            else:
                out.append((char, origin))
        return out

    return edit


def boilerplate(letters: Letters, rng: random.Random) -> Letters:
    out: Letters = []
    for letter in letters:
        out.append(letter)
        if letter[0] == "\n" and rng.random() < 0.3:
            out += [(char, -1) for char in "Читайте также: подробности в нашем канале.\n"]
    return out


EDITS: dict[str, Edit] = {
    "paragraph before": paragraph_before,
    "paragraph gone": paragraph_gone,
    "sentence doubled": sentence_doubled,
    "other typography": typography,
    "decomposed": decomposed,
    "boilerplate between": boilerplate,
    "1 % of letters": few_letters(0.01),
    "5 % of letters": few_letters(0.05),
}


def stretches(text: str, rng: random.Random, count: int) -> Iterator[tuple[int, int]]:
    """Sentences, clauses and short phrases, as people mark them."""
    sentences = [m.span() for m in re.finditer(r"[^.。!?\n]{12,}[.。!?]?", text)]
    rng.shuffle(sentences)
    for number, (start, end) in enumerate(sentences[:count]):
        if number % 3 == 2:
            words = [start + m.start() for m in re.finditer(r"\b\w", text[start:end])]
            if len(words) > 5:
                yield words[1], words[4]
                continue
        yield start, end


def judge(text: str, letters: Letters, start: int, end: int, tally: Counter[str]) -> None:
    edited = "".join(char for char, _ in letters)
    wanted = {i for i, (_, origin) in enumerate(letters) if start <= origin < end}
    found = resolve(describe(text, start, end), edited)
    got = set(range(found.start, found.end))
    tally[str(found.state)] += 1
    present = len({letters[i][1] for i in wanted}) >= 0.8 * (end - start)
    overlap = len(got & wanted) / max(1, len(got | wanted))
    tally["present"] += present
    tally["found"] += present and overlap >= 0.9
    sure = found.state in (AnchorState.EXACT, AnchorState.TYPOGRAPHIC)
    tally["wrong"] += sure and overlap < 0.5


def texts(paths: list[Path]) -> Iterator[str]:
    for path in paths:
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        if path.name.startswith("docs.jsonl"):
            yield from (json.loads(line)["text"] for line in data.decode().splitlines()[:60])
        else:
            yield unicodedata.normalize("NFC", data.decode("utf-8", "ignore"))[:40_000]


def default_paths() -> list[Path]:
    news = sorted((SHARED / "corpora" / "factrueval2016_ru").glob("*.txt"))[:60]
    declarations = [p for p in sorted((SHARED / "corpora" / "udhr").glob("*UTF8*")) if p.is_file()]
    return [*news, *declarations, *sorted((SHARED / "ir").glob("jsquad_ja/docs.jsonl.gz"))]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--marks", type=int, default=12, help="marks a text")
    options = parser.parse_args()
    paths = options.files or default_paths()
    if not paths:
        print("No texts: give some files.", file=sys.stderr)
        return 1
    all_texts = [text for text in texts(paths) if len(text) > 200]
    print(f"{len(all_texts)} texts, {sum(map(len, all_texts)):,} code points")
    print(f"{'edit':22}{'marks':>7}{'wrong':>9}{'found':>9}   states")
    for name, edit in EDITS.items():
        rng, tally, began = random.Random(name), Counter[str](), time.perf_counter()
        for text in all_texts:
            letters = edit(list(zip(text, range(len(text)), strict=True)), rng)
            for start, end in stretches(text, rng, options.marks):
                judge(text, letters, start, end, tally)
                tally["marks"] += 1
        states = "  ".join(f"{state} {tally[state]}" for state in AnchorState)
        wrong = f"{100 * tally['wrong'] / tally['marks']:.2f} %"
        found = f"{100 * tally['found'] / max(1, tally['present']):.2f} %"
        seconds = time.perf_counter() - began
        print(f"{name:22}{tally['marks']:7}{wrong:>9}{found:>9}   {states}   {seconds:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
