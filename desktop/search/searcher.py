"""Answering queries from the newest commit of an index."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import perf_counter

from whoosh import query

from desktop.core.errors import PressmarkError
from desktop.core.searching import Found, SearchResult, SearchWishes
from desktop.search.evaluate import Evaluator, Matches
from desktop.search.facets import counted
from desktop.search.hits import HitPlaces, Ranked, Records, Spans, bare, shown
from desktop.search.likeness import likeness
from desktop.search.nodes import Likeness
from desktop.search.proposals import proposals
from desktop.search.query import NO_NAMES, READING_VERSION, ParsedQuery, parse
from desktop.search.ranking import Ranking, count_articles
from desktop.search.resolving import Alike
from desktop.search.schema import VERSION
from desktop.search.segments import Segment
from desktop.search.spoken import language_of, spoken
from desktop.search.writer import IndexDamaged, IndexState, open_index, read_state

# From so many words on, a query is a sentence: too few texts with all of them are not the answer.
_SENTENCE = 4
_FEW = 10
_RELAXED = "No text has all of the words; these have some of them."
_RELAXED_PARTS = "No text has it as it stands; these have some of its parts."
_RELAXED_FEW = "Few texts have all of the words; others with some of them follow."
_PLAIN = SearchWishes()
_TOC = re.compile(r"_MAIN_(\d+)\.toc\Z")


class Searcher:
    """Searches one index folder; notices new commits by itself. Belongs to one thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._signature: tuple[str, int, int] | None = None
        self._segments: dict[str, Segment] = {}
        self._state = IndexState()
        self._evaluator = Evaluator(())
        self._languages: frozenset[str] = frozenset()

    def close(self) -> None:
        self._signature = None
        self._keep({})

    def state(self) -> IndexState:
        """Of the newest commit.

        Raises:
            IndexDamaged: There is no index that can be read.
        """
        self._refresh()
        return self._state

    def search(
        self,
        text: str,
        wishes: SearchWishes = _PLAIN,
        *,
        records: Records,
        spans: Spans,
        names: Mapping[str, Sequence[str]] = NO_NAMES,
    ) -> SearchResult:
        """Run a query line.

        ``records`` of the result is as large as ``indexed``: only the archive knows better.

        Args:
            names: See ``query.parse``; left out of account without ``wishes.other_scripts``.

        Raises:
            IndexDamaged: There is no index, or not one that can be read.
        """
        started = perf_counter()
        self._refresh()
        with _damage_told():
            parsed = self._parsed(text, wishes, names, partial(self._alike, records))
            tree, matches, hint = self._matches(parsed)
            ranked, hits_of = self._ranked(matches, wishes)
            articles = count_articles(matches)
            facets = counted(matches) if wishes.facets else {}
            better = () if wishes.offset else proposals(text, parsed.node, self._evaluator, matches.total)
        hits = shown(tree, ranked, records, spans) if wishes.snippets else bare(ranked)
        return SearchResult(
            query=text,
            understood=parsed.understood,
            hits=tuple(hits),
            total=matches.total,
            hint=" ".join(filter(None, [parsed.hint, hint])),
            articles=articles,
            indexed=self._state.records,
            records=self._state.records,
            milliseconds=(perf_counter() - started) * 1000,
            facets=facets,
            hits_of=hits_of,
            proposals=better,
        )

    def found(
        self,
        text: str,
        *,
        records: Records,
        names: Mapping[str, Sequence[str]] = NO_NAMES,
        other_scripts: bool = True,
    ) -> Found:
        """Everything that a query line finds; never what has only some of its words.

        Args:
            records: Asked only for what something is to be like.

        Raises:
            IndexDamaged: There is no index, or not one that can be read.
        """
        self._refresh()
        with _damage_told():
            wishes = SearchWishes(other_scripts=other_scripts)
            parsed = self._parsed(text, wishes, names, partial(self._alike, records))
            matches = self._evaluator.matches(parsed.query)
            found = list(zip(matches.segments, matches.documents, strict=True))
            keys = frozenset(key for segment, numbers in found for key in segment.keys(numbers))
            articles = frozenset(one for segment, numbers in found for one in segment.articles(numbers))
        return Found(keys, articles, f"{VERSION}.{READING_VERSION}")

    def places(
        self,
        text: str,
        wishes: SearchWishes = _PLAIN,
        *,
        records: Records,
        names: Mapping[str, Sequence[str]] = NO_NAMES,
    ) -> HitPlaces:
        """Where the hits of a query line stand, read as ``search`` reads it; needs no index.

        Args:
            records: Asked only for what something is to be like.

        Raises:
            IndexDamaged: What is like something cannot be looked up.
        """
        with _damage_told():
            parsed = self._parsed(text, wishes, names, partial(self._alike, records))
        return HitPlaces([parsed.query, *parsed.relaxed])

    def _alike(self, records: Records, beginning: str) -> Likeness | None:
        return likeness(beginning, self._evaluator, records, self._state.records)

    def _parsed(
        self,
        text: str,
        wishes: SearchWishes,
        names: Mapping[str, Sequence[str]],
        alike: Alike,
    ) -> ParsedQuery:
        return parse(
            text,
            alike=alike,
            as_you_type=wishes.as_you_type,
            names=names,
            languages=self._languages,
            other_scripts=wishes.other_scripts,
            spoken=lambda word: spoken(word, self._evaluator.segments, self._languages),
        )

    def _matches(self, parsed: ParsedQuery) -> tuple[query.Query, Matches, str]:
        """The tree that was run, what it found, and a sentence if it had to be a wider one."""
        matches = self._evaluator.matches(parsed.query)
        enough = _FEW if parsed.words >= _SENTENCE else 1
        for tree in parsed.relaxed if matches.total < enough else ():
            wider = self._evaluator.matches(tree)
            if wider.total > matches.total:
                wanting = _RELAXED if parsed.words > 1 else _RELAXED_PARTS
                return tree, wider, _RELAXED_FEW if matches.total else wanting
        return parsed.query, matches, ""

    def _ranked(self, matches: Matches, wishes: SearchWishes) -> tuple[list[Ranked], dict[str, int]]:
        """The wanted stretch, and of each article in a grouped one how many of its records match."""
        ranking = Ranking(matches, wishes.sort)
        if wishes.grouped:
            return ranking.best_articles(wishes)
        return ranking.best(wishes.limit, wishes.offset), {}

    def _refresh(self) -> None:
        """Take up the newest commit, if there is another one."""
        for attempt in range(3):
            signature = self._newest_commit()
            if signature is not None and signature == self._signature:
                return
            try:
                self._open()
                self._signature = signature
                return
            except IndexDamaged:
                # The follower may have committed, or begun anew, while this was reading.
                if attempt == 2 or self._newest_commit() == signature:
                    self.close()
                    raise

    def _newest_commit(self) -> tuple[str, int, int] | None:
        try:
            tocs = [entry for entry in os.scandir(self._folder) if _generation(entry) >= 0]
            newest = max(tocs, key=_generation, default=None)
            if newest is None:
                return None
            stat = newest.stat()
        except OSError:
            return None
        return newest.name, stat.st_mtime_ns, stat.st_ino

    def _open(self) -> None:
        """Open the newest commit, keeping the segments that are known already."""
        opened = open_index(self._folder)
        try:
            toc = opened._read_toc()
            segments = {}
            for segment in toc.segments:
                known = self._segments.get(segment.segment_id())
                if known is None:
                    known = Segment(opened.storage, segment)
                known.follow(segment)
                segments[known.id] = known
            self._state = read_state(toc.schema)
        except IndexDamaged:
            raise
        except Exception as error:  # bytes that are not as written can raise anything
            opened.storage.close_files()
            raise IndexDamaged(repr(error)) from error
        self._keep(segments)

    def _keep(self, segments: dict[str, Segment]) -> None:
        for name, segment in self._segments.items():
            if name not in segments:
                segment.close()
        self._segments = segments
        self._evaluator = Evaluator(tuple(segments.values()), self._evaluator.expander)
        self._languages = frozenset(map(language_of, self._evaluator.values("lang")))


def _generation(entry: os.DirEntry[str]) -> int:
    """The number of the commit that a file is the table of contents of; -1 for other files."""
    found = _TOC.match(entry.name)
    return int(found[1]) if found else -1


@contextmanager
def _damage_told() -> Iterator[None]:
    """Bytes that are not as written can raise anything; what the archive raises is its own."""
    try:
        yield
    except (PressmarkError, IndexDamaged):
        raise
    except Exception as error:
        raise IndexDamaged(repr(error)) from error
