"""How long a question takes in an archive of 20,000 articles, by the kind of question."""

import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from desktop.core.searching import SearchWishes
from desktop.operations.indexing import index_now
from desktop.operations.searching import ArchiveSearch
from desktop.store.archive import Archive, open_archive
from tests.bench.archives import archive_of
from tests.bench.corpus import rare_words
from tests.bench.figures import Figure

ARTICLES = 20_000
LIMIT = 50
REPEATS = 5
FLOOR = "SQLite reading every text"

QUESTIONS = {
    "a common word": ["дрон", "дронов", "drones", "бюджет", "повінь", "無人機"],
    "a rare word": [*rare_words("ru", 2), *rare_words("uk", 2), *rare_words("en", 2)],
    "several words": ["санкции переговоры", "drones sanctions", "бюджет наводнение центр", "首相 制裁"],
    "a phrase": ['"экспортный центр"', '"drone sanctions"', '"首相官邸"'],
    "a prefix": ["перегов*", "negot*", "санк*", "повен*"],
    "a misspelt word": ["переговри~", "negotiaton~", "наводнене~"],
    "a combination": ["(дрон OR санкции) NOT бюджет", "drone AND (flood OR negotiation)"],
    "a field": ["lang:uk дрон", "outlet:Вестник санкции", "date:2024 drones", "speaker:Коваль повінь"],
}


def measure(folder: Path, divisor: int) -> Iterator[Figure]:
    path = archive_of(ARTICLES // divisor, folder)
    index_now(path)
    with open_archive(path, read_only=True) as archive:
        floor = _read_everything(archive)
        search, all_medians = ArchiveSearch(archive), []
        for kind, questions in QUESTIONS.items():
            spent = [_milliseconds(search, question) for question in questions for _ in range(REPEATS)]
            all_medians.append(statistics.median(spent))
            yield Figure(f"search for {kind}, median", all_medians[-1], "ms", floor, FLOOR)
            yield Figure(f"search for {kind}, worst", max(spent), "ms")
    yield Figure("search, median of the kinds", statistics.median(all_medians), "ms", floor, FLOOR, limit=100)


def _milliseconds(search: ArchiveSearch, question: str) -> float:
    """One question with its first page of hits and their snippets, as the window asks it."""
    began = time.perf_counter()
    search.search(question, SearchWishes(limit=LIMIT))
    return (time.perf_counter() - began) * 1000


def _read_everything(archive: Archive) -> float:
    """Milliseconds to go through all texts for one word as it stands, without any index."""
    began = time.perf_counter()
    archive.value("SELECT count(*) FROM captures WHERE instr(text, ?)", ("дронов",))
    return (time.perf_counter() - began) * 1000
