"""Read hostile files as an import would: each must end, soon and small, in an import or a sentence.

    python scripts/score_hostile.py [--data DIR] [--only TEXT] [--big] [--all] [FOLDER …]

Reads ``DIR/nasty`` and what ``DIR/scripts/make_hostile.py`` writes into a temporary folder (default DIR:
``../shared/data`` beside the checkout, or ``PRESSMARK_SHARED/data``), and the folders that are named. Of each
file: how it ended, the seconds, and the most memory that its process held. What ``expected.json`` promises in
quoted words, seconds and megabytes is checked. Fails where a file takes over 30 s or 1 GB, ends without an
answer, crashes its reader, or breaks a promise. ``--big`` makes those of 50 MB and more, too;
``--all`` prints the good ones.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop.core.errors import ImportFailed  # noqa: E402
from desktop.core.extraction import Extraction  # noqa: E402
from desktop.core.sentences import IMPORT_REASONS  # noqa: E402
from desktop.importing.isolate import ExtractionPool  # noqa: E402
from desktop.importing.sources import Source  # noqa: E402

SECONDS, MEGABYTES = 30.0, 1024
LEFT_OUT = {"pdf_ref", "pdf_index.json", "expected.json", "canary.txt"}
NUMBERS = {"two": 2, "three": 3, "four": 4}


@dataclass
class Outcome:
    """How the reading of one file ended."""

    name: str
    found: list[Extraction] = field(default_factory=list)
    failures: list[ImportFailed] = field(default_factory=list)
    fault: str = ""
    seconds: float = 0.0
    megabytes: int = 0

    @property
    def state(self) -> str:
        if self.fault:
            return "no answer"
        reasons = Counter(failure.reason for failure in self.failures)
        told = [f"{count}× {reason}" if count > 1 else reason for reason, count in reasons.items()]
        return ", ".join([f"{len(self.found)} read"] * bool(self.found) + told) or "nothing at all"

    @property
    def text(self) -> str:
        return "\n".join(one.document.text for one in self.found)

    def complaints(self) -> list[str]:
        """What is wrong with any file, whatever is in it."""
        found = [self.fault] if self.fault else []
        found += ["ended without an answer"] * (not self.found and not self.failures and not self.fault)
        found += [f"{self.seconds:.0f} s"] * (self.seconds > SECONDS)
        found += [f"{self.megabytes} MB"] * (self.megabytes > MEGABYTES)
        for failure in self.failures:
            if failure.reason not in IMPORT_REASONS:
                found.append(f"no sentence for {failure.reason}")
            if failure.reason == "crash":
                found.append(f"crash: {failure.detail[:90]}")
        return found


@contextmanager
def watched(outcome: Outcome) -> Iterator[None]:
    """Note the most memory that a child of this process holds meanwhile."""
    over = threading.Event()

    def look() -> None:
        while not over.wait(0.02):
            with suppress(psutil.Error):
                sizes = [child.memory_info().rss >> 20 for child in psutil.Process().children(recursive=True)]
                outcome.megabytes = max([outcome.megabytes, *sizes])

    thread = threading.Thread(target=look)
    thread.start()
    began = time.monotonic()
    try:
        yield
    finally:
        outcome.seconds = time.monotonic() - began
        over.set()
        thread.join()


def read(pool: ExtractionPool, path: Path, name: str) -> Outcome:
    outcome = Outcome(name)
    with watched(outcome):
        try:
            for answer in pool.extract_each(Source(str(path), str(path))):
                (outcome.failures if isinstance(answer, ImportFailed) else outcome.found).append(answer)
        except ImportFailed as failure:
            outcome.failures.append(failure)
        except Exception as error:  # noqa: BLE001 - what it is about
            outcome.fault = f"{type(error).__name__}: {error}"
    return outcome


def broken_promises(outcome: Outcome, words: str, canary: str) -> list[str]:
    """What of a promise in words can be checked, and does not hold."""
    broken = [f"not refused: {words}"] * (
        words.startswith(("refused", "a clear message")) and bool(outcome.found)
    )
    broken += ["it holds the canary"] * (canary in outcome.text)
    for number in re.findall(r"< (\d+) s", words):
        broken += [f"over {number} s"] * (outcome.seconds > float(number))
    for number in re.findall(r"< (\d+) MB", words):
        broken += [f"over {number} MB"] * (outcome.megabytes > int(number))
    if outcome.found or not re.search(r"clear error|refused", words):
        broken += unkept_words(outcome, words)
    return broken


def unkept_words(outcome: Outcome, words: str) -> list[str]:
    """Quoted words of the promise that are not where it says; and numbers of lines and entries."""
    titles = [one.document.metadata.title or "" for one in outcome.found]
    authors = [name for one in outcome.found for name in one.document.metadata.byline]
    broken = []
    for kind, word in re.findall(r"(title|author|text|contains|and|,) '([^']+)'", words):
        places = {"title": titles, "author": authors}.get(kind, [outcome.text, *titles])
        if "search finds" not in words and not any(word in place for place in places):
            broken.append(f"without the {kind if kind in ('title', 'author') else 'words'} “{word}”")
    for number, thing in re.findall(r"\b(two|three|four) (lines|entries)\b", words):
        lines = len(outcome.text.splitlines())
        entries = sum(max(len(one.marks), 1) for one in outcome.found)
        if (lines if thing == "lines" else entries) != NUMBERS[number]:
            broken.append(f"not {number} {thing}")
    return broken


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=shared_data())
    parser.add_argument("--only", default="", help="files whose path holds this")
    parser.add_argument("--all", action="store_true", help="print the good ones, too")
    parser.add_argument("--big", action="store_true", help="also those of 50 MB and more")
    parser.add_argument("folders", nargs="*", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as made, ExtractionPool(workers=1) as pool:
        subprocess.run(
            [sys.executable, arguments.data / "scripts/make_hostile.py", made, *["--big"] * arguments.big],
            check=True,
            capture_output=True,
        )
        hostile = Path(made)
        expected = json.loads((hostile / "expected.json").read_text("utf-8"))
        canary = (hostile / "canary.txt").read_text("utf-8").strip()
        score = Score(arguments.all)
        for folder in (hostile, arguments.data / "nasty", *arguments.folders):
            for path in files_of(folder):
                name = str(path.relative_to(folder.parent if folder != hostile else folder))
                if arguments.only not in name:
                    continue
                outcome = read(pool, path, name)
                promise = expected.get(name, "") if folder == hostile else ""
                score.add(outcome, broken_promises(outcome, promise, canary) if promise else [])
    return score.told()


def files_of(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not LEFT_OUT & set(path.relative_to(folder).parts)
    )


def shared_data() -> Path:
    named = os.environ.get("PRESSMARK_SHARED")
    places = [Path(named)] if named else [ROOT.parent / "shared", ROOT.parent.parent / "shared"]
    return next((place / "data" for place in places if (place / "data").is_dir()), places[0] / "data")


@dataclass
class Score:
    """The table, and what is wrong in it."""

    everything: bool
    outcomes: list[Outcome] = field(default_factory=list)
    bad: int = 0

    def add(self, outcome: Outcome, broken: list[str]) -> None:
        self.outcomes.append(outcome)
        wrong = outcome.complaints() + broken
        self.bad += bool(wrong)
        if wrong or self.everything:
            line = f"{outcome.name:60.60} {outcome.seconds:6.2f} s {outcome.megabytes:5} MB  {outcome.state}"
            print(line, *(f"\n    ! {words}" for words in wrong), sep="", flush=True)

    def told(self) -> int:
        if not self.outcomes:
            print("no files")
            return 1
        read_well = sum(bool(one.found) for one in self.outcomes)
        slowest = max(self.outcomes, key=lambda one: one.seconds)
        largest = max(self.outcomes, key=lambda one: one.megabytes)
        print(f"{len(self.outcomes)} files, {read_well} read and the others refused in a sentence")
        print(f"slowest {slowest.seconds:.1f} s ({slowest.name})")
        print(f"largest {largest.megabytes} MB ({largest.name})")
        print(f"{self.bad} of them not as they should be" if self.bad else "all as they should be")
        return 1 if self.bad else 0


if __name__ == "__main__":
    sys.exit(main())
