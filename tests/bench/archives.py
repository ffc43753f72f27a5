"""Archives of any size, made once and kept under build/bench."""

import hashlib
import shutil
import sys
import zlib
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from desktop.core.extraction import Original
from desktop.store import schema
from desktop.store.archive import Archive, create_archive
from desktop.store.articles import add_article, set_current_capture
from desktop.store.captures import add_capture
from desktop.store.history import operation
from desktop.store.originals import add_original
from tests.bench import corpus
from tests.bench.corpus import Made, articles

KEPT = Path(__file__).parents[2] / "build" / "bench"
MADE_BY = [Path(__file__), Path(corpus.__file__), Path(schema.__file__)]
BATCH = 500


def archive_of(count: int, folder: Path) -> Path:
    """A copy, in ``folder``, of an archive with so many articles of the corpus."""
    kept = KEPT / f"{count}-articles-{_making()}.pressmark"
    if not kept.exists():
        sys.stderr.write(f"Making an archive of {count:,} articles; it is kept in {KEPT}.\n")
        KEPT.mkdir(parents=True, exist_ok=True)
        fresh = kept.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        with create_archive(fresh, title="Bench") as archive:
            fill(archive, articles(count))
        fresh.replace(kept)
    return Path(shutil.copyfile(kept, folder / "bench.pressmark"))


def _making() -> str:
    """Of the code that makes them, so that an archive made otherwise is not used."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in MADE_BY)).hexdigest()[:12]


def fill(archive: Archive, made: Iterable[Made]) -> list[str]:
    """Write articles as an import would, some hundred in a step; returns their ids."""
    waiting, ids = iter(made), []
    while batch := list(islice(waiting, BATCH)):
        with operation(archive, "Import", batch="bench"):
            ids += [_add(archive, one) for one in batch]
    return ids


def _add(archive: Archive, made: Made) -> str:
    original = original_of(made)
    add_original(archive, original)
    article_id = add_article(archive, made.document.metadata)
    capture_id = add_capture(
        archive,
        article_id,
        made.document,
        original=original.sha256,
        extractor="text/1",
        encoding="utf-8",
        source=original.filename,
    )
    set_current_capture(archive, article_id, capture_id)
    return article_id


def original_of(made: Made) -> Original:
    """The article's text as the file that it might have come from."""
    data = made.as_text().encode("utf-8")
    return Original(
        hashlib.sha256(data).hexdigest(),
        len(data),
        zlib.compress(data, 1),
        "text/plain",
        ".txt",
        f"article{made.number:06d}.txt",
    )
