"""Measure the search's quality on test collections, through the real index and the real query line.

    python scripts/score_search.py FOLDER [SET...] [--alone] [--each]

FOLDER holds one folder a set (see search_measures.py). In the same run, over the same documents and
judged by the same functions, SQLite FTS5 and stock Whoosh answer the same queries; --alone leaves
them out. Prints nDCG@10, MAP and the F1 of the whole answer (for sets of word forms, where
every text with any form is wanted) as a table; --each also what each query of ours got.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from search_measures import Collection, Figures
from search_peers import peers

from desktop.core.searching import SearchWishes
from desktop.search.follower import catch_up
from desktop.search.searcher import Searcher

_DEPTH = 1000
_HEAD = "| set | engine | nDCG@10 | MAP | set F1 |\n| --- | --- | --- | --- | --- |\n"

# Ids of the documents found, best first, for a query and a limit.
Engine = Callable[[str, int], list[str]]


def judged(collection: Collection, engine: Engine) -> dict[str, Figures]:
    """What the answer to each judged query is worth."""
    return {
        name: Figures.of(engine(collection.queries[name], _DEPTH), wanted)
        for name, wanted in collection.wanted.items()
    }


def ours(collection: Collection, folder: Path) -> dict[str, Figures]:
    """The figures of each query through an index made for it in ``folder``."""
    catch_up(collection, folder)
    searcher = Searcher(folder)

    def found(query: str, limit: int) -> list[str]:
        wishes = SearchWishes(limit=limit, snippets=False)
        result = searcher.search(query, wishes, records=collection.records, spans=lambda _: {})
        return [hit.article_id for hit in result.hits]

    try:
        return judged(collection, found)
    finally:
        searcher.close()


def theirs(collection: Collection, folder: Path) -> dict[str, Figures]:
    """The means of each peer, by its name."""
    figures = {}
    for name, peer in peers(collection, folder).items():
        figures[name] = Figures.mean(list(judged(collection, peer.found).values()))
        peer.close()
    return figures


def row(collection: str, engine: str, figures: Figures) -> str:
    return f"| {collection} | {engine} | " + " | ".join(f"{value:.3f}" for value in figures) + " |\n"


def score(folder: Path, *, alone: bool, each: bool) -> None:
    collection = Collection(folder)
    with tempfile.TemporaryDirectory() as place:
        own = ours(collection, Path(place) / "index")
        sys.stdout.write(row(folder.name, "Pressmark", Figures.mean(list(own.values()))))
        for name, figures in ({} if alone else theirs(collection, Path(place))).items():
            sys.stdout.write(row(folder.name, name, figures))
    for name in sorted(own, key=lambda name: own[name].ndcg) if each else ():
        sys.stdout.write(row(name, collection.queries[name][:80], own[name]))
    sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> None:
    reader = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    reader.add_argument("folder", type=Path)
    reader.add_argument("sets", nargs="*", metavar="set")
    reader.add_argument("--alone", action="store_true", help="without the other engines")
    reader.add_argument("--each", action="store_true", help="list every query, the worst first")
    given = reader.parse_args(arguments)
    names = given.sets or sorted(path.parent.name for path in given.folder.glob("*/qrels.json"))
    sys.stdout.write(_HEAD)
    for name in names:
        score(given.folder / name, alone=given.alone, each=given.each)


if __name__ == "__main__":
    main()
