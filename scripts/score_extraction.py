"""Run our extractor over the team's pages with gold answers, and score it with the scorer beside them.

    python scripts/score_extraction.py [SET ...] [--data DIR] [--workers N] [--out DIR] [--without-captions]

Reads ``DIR/extraction/SET/html/*.html.gz`` and ``gold.json`` (default DIR: ``../shared/data`` beside the
checkout, or ``PRESSMARK_SHARED``), as ``pressmark extract`` would; the figures are the scorer's. It compares
days, so where a set's gold gives moments in UTC our dates are put into UTC first.
"""

import argparse
import gzip
import json
import logging
import os
import runpy
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from multiprocessing import get_context
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop.core.document import BlockKind, Document, Metadata  # noqa: E402
from desktop.core.errors import ImportFailed  # noqa: E402
from desktop.importing.extract import extract_bytes  # noqa: E402

Answer = dict[str, Any]
Page = tuple[str, str, str | None, bool, bool]
UTC_SETS = ("postlight",)


def extracted(page: Page) -> tuple[str, Answer]:
    """One page's answer; empty where it failed."""
    key, path, url, captions, in_utc = page
    logging.disable(logging.CRITICAL)
    try:
        document = extract_bytes(gzip.decompress(Path(path).read_bytes()), f"{key}.html", url).document
    except ImportFailed as failure:
        return key, {"text": "", "error": f"{failure.reason} {failure.detail}".strip()}
    metadata = document.metadata
    return key, {
        "text": document.text if captions else without_captions(document),
        "title": metadata.title,
        "author": list(metadata.byline),
        "date": compared_date(metadata, in_utc),
        "lang": metadata.language,
        "sitename": metadata.publisher,
    }


def compared_date(metadata: Metadata, in_utc: bool) -> str | None:
    """The date as a set's gold writes it.

    Where that is a moment in UTC (``UTC_SETS``), so is ours; a day or a clock without a zone on a
    Japanese page is Japan's, which has one zone and no summer time, as the gold takes it too.
    """
    date = metadata.published_at
    if not in_utc or not date or len(date) < len("2024-03-05"):
        return date
    moment = datetime.fromisoformat(date)
    if moment.tzinfo is None and metadata.language != "ja":
        return date
    local = moment if moment.tzinfo else moment.replace(tzinfo=timezone(timedelta(hours=9)))
    return local.astimezone(UTC).isoformat()


def without_captions(document: Document) -> str:
    """The text without the captions of pictures, which most gold answers leave out."""
    blocks = (
        replace(block, text="", marks=()) if block.kind is BlockKind.IMAGE else block
        for block in document.blocks
    )
    return Document(tuple(blocks)).text


def pages(folder: Path, gold: dict[str, Answer], captions: bool) -> Iterator[Page]:
    in_utc = folder.name in UTC_SETS
    for key, answer in gold.items():
        yield key, str(folder / "html" / f"{key}.html.gz"), answer.get("url"), captions, in_utc


def main() -> int:
    """Score the chosen sets, or all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="*", metavar="SET")
    default = os.environ.get("PRESSMARK_SHARED") or ROOT.parent / "shared"
    parser.add_argument("--data", type=Path, default=Path(default) / "data")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path, help="keep the answers here, one JSON file a set")
    parser.add_argument("--without-captions", action="store_true")
    chosen = parser.parse_args()
    if not (chosen.data / "extraction").is_dir():
        parser.exit(0, f"There is no test data at {chosen.data}; nothing was scored.\n")
    score = runpy.run_path(str(chosen.data / "scripts" / "score_extraction.py"))["score"]
    names = chosen.sets or sorted(
        gold.parent.name for gold in (chosen.data / "extraction").glob("*/gold.json")
    )
    with ProcessPoolExecutor(chosen.workers, get_context("spawn")) as workers:
        for name in names:
            folder = chosen.data / "extraction" / name
            gold = json.loads((folder / "gold.json").read_text("utf-8"))
            begun = time.perf_counter()
            found = dict(
                workers.map(extracted, pages(folder, gold, not chosen.without_captions), chunksize=4)
            )
            taken = time.perf_counter() - begun
            if chosen.out:
                chosen.out.mkdir(parents=True, exist_ok=True)
                (chosen.out / f"{name}.json").write_text(
                    json.dumps(found, ensure_ascii=False, indent=1), "utf-8"
                )
            told = {key: value for key, value in score(found, gold).items() if key != "pages"}
            print(f"{name}: {len(gold)} pages in {taken:.1f} s", json.dumps(told, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
