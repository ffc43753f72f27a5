"""The index under kills and damage at moments and places that nobody chose; ``make stress``."""

import multiprocessing
import os
import random
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from desktop import paths
from desktop.operations import library, tagging
from desktop.operations.following import IndexPhase, follow_archive
from desktop.operations.indexing import index_now
from desktop.operations.verifying import verify
from desktop.search.comparing import Comparison
from desktop.search.follower import catch_up
from desktop.store import articles
from desktop.store.indexing import ArchiveIndexSource
from tests.bench.archives import fill
from tests.bench.corpus import articles as made_articles

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
ARTICLES = 3_000


@pytest.fixture
def filled(archive):
    fill(archive, made_articles(ARTICLES))
    return archive


@contextmanager
def following(path: Path) -> Iterator[tuple[psutil.Process, object]]:
    """The child as the window starts it, with its pipe."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=follow_archive, args=(str(path), theirs))
    child.start()
    theirs.close()
    try:
        yield psutil.Process(child.pid), ours
    finally:
        child.kill()
        child.join()
        ours.close()


def hear(pipe, count: int) -> None:
    """Take in so many words of the child, or those until it is ready or gone."""
    try:
        while count and pipe.poll(10.0) and pipe.recv().phase is not IndexPhase.READY:
            count -= 1
    except EOFError:
        pass


def change(archive, chance: random.Random, number: int) -> None:
    """What people do meanwhile."""
    ids = articles.article_ids(archive)
    tagging.tag_articles(archive, chance.sample(ids, 20), f"круг {number}")
    library.trash(archive, chance.sample(ids, 5))
    fill(archive, made_articles(30))


def assert_never_wrong(archive) -> int:
    """Whatever a commit holds is as it was in the archive; returns how many records that are."""
    folder = paths.index_dir(archive.id)
    if not list(folder.glob("*.toc")):
        return 0
    with Comparison(ArchiveIndexSource(archive), folder) as comparison:
        differences = [one for each in comparison.slices() for one in each.differences]
        assert differences == []
        return comparison.state.records


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
@pytest.mark.parametrize("seed", [1, 2])
def test_kills_at_any_moment_lose_nothing_and_double_nothing(filled, seed):
    chance, held = random.Random(seed), []
    for number in range(12):
        with following(filled.path) as (child, pipe):
            hear(pipe, chance.randint(0, 60))
            family = [child, *child.children(recursive=True)]
            os.kill(chance.choice(family).pid, signal.SIGKILL)
            hear(pipe, chance.randint(0, 10))  # where only a builder was killed
        held.append(assert_never_wrong(filled))
        if number % 3 == 2:
            change(filled, chance, number)
    assert max(held) > 0
    index_now(filled.path)
    assert verify(filled, thorough=True).findings == []
    assert not list(paths.index_dir(filled.id).glob("draft*"))


@pytest.mark.parametrize("seed", range(2))
def test_bits_that_flip_anywhere_are_found_and_mended(filled, seed):
    chance = random.Random(seed)
    source, folder = ArchiveIndexSource(filled), paths.index_dir(filled.id)
    index_now(filled.path)
    for number in range(15):
        victim = chance.choice(sorted(path for path in folder.iterdir() if path.stat().st_size))
        data = bytearray(victim.read_bytes())
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        victim.unlink()
        victim.write_bytes(data)
        if number % 5 == 0:
            change(filled, chance, number)
        assert catch_up(source, folder, checksums=True).complete
        assert_never_wrong(filled)
    assert verify(filled, thorough=True).findings == []
