"""Open every interchange sample of the team's data, and compare what came of it with what it holds.

    python scripts/score_interop.py [--data DIR] [--verbose]

Reads ``DIR/interop`` (default DIR: ``../shared/data`` beside the checkout, or ``PRESSMARK_SHARED``), as
``pressmark extract`` would. What a sample holds is counted here by other and simpler means than the
readers': by lines, keys and separators. Samples that are no input formats (schemas, documentation,
archives of other kinds) are left out. Ends with 1 where a sample differs.
"""

import argparse
import csv
import io
import json
import logging
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop.core.errors import ImportFailed  # noqa: E402
from desktop.core.extraction import Extraction  # noqa: E402
from desktop.importing.beside import files_beside  # noqa: E402
from desktop.importing.extract import extract_material  # noqa: E402
from desktop.importing.material import Material  # noqa: E402


class Count(NamedTuple):
    """Articles and marks; marks are those on words, notes on whole articles are no part of them."""

    records: int
    marks: int = 0


REFUSED = Count(0)
Counter = Callable[[str], Count]


def of_ris(text: str) -> Count:
    """A reference ends with ER; one without any field is none."""
    parts = re.split(r"^ER  ?-.*$", text, flags=re.MULTILINE)
    return Count(sum(1 for part in parts if re.search(r"^(?!TY)[A-Z][A-Z0-9]  ?- *\S", part, re.MULTILINE)))


def of_bibtex(text: str) -> Count:
    kinds = re.findall(r"^\s*@(\w+)\s*[{(]", text, re.MULTILINE)
    return Count(sum(1 for kind in kinds if kind.lower() not in ("comment", "string", "preamble")))


def of_refer(text: str) -> Count:
    """A reference begins with %0; one without any other field is none."""
    parts = re.split(r"^(?=%0)", text, flags=re.MULTILINE)
    return Count(sum(1 for part in parts if re.search(r"^%[^0]\s*\S", part, re.MULTILINE)))


def of_clippings(text: str) -> Count:
    """Books by their first lines; highlights whose words another block only repeats count once."""
    books: dict[str, list[str]] = {}
    for block in re.split(r"^=====+ *$", text, flags=re.MULTILINE):
        lines = [line.strip().strip("\ufeff") for line in block.strip().strip("\ufeff").splitlines()]
        if len(lines) < 2:
            continue
        found = books.setdefault(lines[0], [])
        words = " ".join(" ".join(lines[2:]).split())
        if words and "Bookmark" not in lines[1] and "Note" not in lines[1]:
            found.append(words)
    return Count(len(books), sum(len(set(words)) for words in books.values()))


def of_table(text: str) -> Count:
    rows = list(csv.DictReader(io.StringIO(text)))
    column = next((name for name in rows[0] if name.lower() in ("highlight", "selection", "quote")), "")
    address = next((name for name in rows[0] if name.lower() == "url"), "")
    return Count(
        len({row[address] for row in rows} if address else rows), sum(1 for row in rows if row.get(column))
    )


def of_bookmarks(text: str) -> Count:
    return Count(len(re.findall(r"<a\s[^>]*href=[\"']https?://", text, re.IGNORECASE)))


def of_json(text: str) -> Count:
    """By keys that every list of this kind has."""
    value = json.loads(text)
    items = value.get("bookmarks", value) if isinstance(value, dict) else value
    if isinstance(items, dict):
        return Count(
            sum(1 for node in _nodes(items) if str(node.get("uri", node.get("url", ""))).startswith("http"))
        )
    marks = sum(len(item.get("annotations") or item.get("highlights") or ()) for item in items)
    return Count(len(items), marks)


def of_annotations(text: str) -> Count:
    """Resources that are annotated, and words that are quoted."""
    value = json.loads(text)
    nodes = list(_nodes(value))
    sources, marks = set(), 0
    for node in nodes:
        if node.get("type") == "Annotation":
            found = list(_sources(node["target"]))
            sources.update(found)
            marks += any(one.get("type") == "TextQuoteSelector" for one in _nodes(node["target"]))
    return Count(len(sources) or 1, marks)


def _sources(target: Any) -> Iterator[str]:
    if isinstance(target, list):
        for one in target:
            yield from _sources(one)
    elif isinstance(target, str):
        yield target.partition("#")[0]
    elif "items" in target:
        yield from _sources(target["items"])
    else:
        yield from _sources(target.get("source", target.get("id")))


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for one in value.values():
            yield from _nodes(one)
    elif isinstance(value, list):
        for one in value:
            yield from _nodes(one)


# The samples that are input formats, and how each is counted. None: it has to be refused.
SAMPLES: tuple[tuple[str, Counter | None], ...] = (
    ("ris_*/*.ris", of_ris),
    ("ris_*/*.bib", of_bibtex),
    ("ris_*/*.enw", of_refer),
    ("kindle_*/**/*.txt", of_clippings),
    ("readlater_*/*.csv", of_table),
    ("readlater_*/*.html", of_bookmarks),
    ("readlater_*/*.json", of_json),
    ("w3c_webannotation/correct/*.json", of_annotations),
    ("w3c_webannotation/incorrect/*.json", None),
)


def opened(path: Path) -> tuple[Count, list[str]]:
    """What our readers make of a sample, and the sentences of what failed."""
    material = Material(path.read_bytes(), path.name, beside=files_beside(str(path)))
    try:
        answers = list(extract_material(material))
    except ImportFailed as failure:
        return REFUSED, [f"{failure.reason} {failure.detail}".strip()]
    found = [answer for answer in answers if isinstance(answer, Extraction)]
    failures = [
        f"{one.source}: {one.reason} {one.detail}" for one in answers if isinstance(one, ImportFailed)
    ]
    return Count(len(found), sum(1 for one in found for mark in one.marks if mark.exact.strip())), failures


def expected(path: Path, count: Counter | None) -> Count:
    return count(path.read_bytes().decode("utf-8-sig")) if count else REFUSED


def score(folder: Path, verbose: bool) -> int:
    """Print a line for each kind of sample and each difference; how many samples differ."""
    different = 0
    for pattern, count in SAMPLES:
        paths = sorted(folder.glob(pattern))
        sums = [0, 0]
        for path in paths:
            wanted, (got, failures) = expected(path, count), opened(path)
            sums = [sums[0] + got.records, sums[1] + got.marks]
            good = got == wanted and bool(failures) == (count is None)
            different += not good
            if verbose or not good:
                told = f"{tuple(got)} of {tuple(wanted)} {'; '.join(failures)[:100]}"
                print(f"  {'same' if good else 'DIFFERENT'} {path.relative_to(folder)}: {told}")
        if paths:
            print(f"{pattern}: {len(paths)} samples, {sums[0]} articles, {sums[1]} marks")
    print(f"{different} different" if different else "every sample as it should be")
    return different


def main() -> int:
    default = os.environ.get("PRESSMARK_SHARED") or ROOT.parent / "shared"
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path(default) / "data")
    parser.add_argument("--verbose", action="store_true", help="a line for each sample")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    return 1 if score(options.data / "interop", options.verbose) else 0


if __name__ == "__main__":
    sys.exit(main())
