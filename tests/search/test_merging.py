"""A merged segment is what would have been built of the live records at once."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage

from desktop.search import merging
from desktop.search.codec import ArraySegment
from desktop.search.merging import MergeStopped, large_merge, merge, merged_postings, small_merges
from desktop.search.postings import EMPTY, Postings
from desktop.search.segments import Segment
from tests.search.conftest import article
from tests.search.segments import RECORDS, built, contents, expected, numbered

GROUPS = st.lists(st.lists(st.tuples(RECORDS, st.booleans()), max_size=5), min_size=1, max_size=4)


def parts_of(folder, groups):
    """Segments of records, some of them deleted; and those that live."""
    views, live, first = [], [], 0
    for group in groups:
        records = numbered([record for record, _ in group], first)
        first += len(group)
        _, segment = built(folder, records)
        segment.bury(np.array([not kept for _, kept in group], bool))
        views.append(Segment(FileStorage(str(folder)), segment))
        live += [record for record, (_, kept) in zip(records, group, strict=True) if kept]
    return views, live


def opened(folder, segment):
    segment.draft(folder).rename(segment.path(folder))
    return Segment(FileStorage(str(folder)), segment)


@given(GROUPS, st.sampled_from([1, 3, 1_000_000]))
@settings(max_examples=40, deadline=None)
def test_a_merge_equals_a_build_at_once(tmp_path_factory, groups, at_once):
    folder = tmp_path_factory.mktemp("index")
    views, live = parts_of(folder, groups)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merging, "_AT_ONCE", at_once)
        patch.setattr(merging, "_TERMS_AT_ONCE", at_once)
        merged = opened(folder, merge(folder, views))
    assert merged.live is None
    assert contents(merged) == expected(live)
    every = merged.documents()
    assert merged.keys(every) == [record.key for record in live]
    assert merged.articles(every) == [record.article_id for record in live]


def test_a_merge_that_is_stopped_leaves_nothing(tmp_path):
    views, _ = parts_of(tmp_path, [[(article("1", "слово"), True)], [(article("2", "слово"), True)]])
    before = sorted(path.name for path in tmp_path.iterdir())
    asked = iter([False, False, True])
    with pytest.raises(MergeStopped):
        merge(tmp_path, views, lambda: next(asked))
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_postings_of_values_and_of_nothing():
    values = Postings.of({"a": {0: [0]}, "b": {1: [0]}})
    values = Postings(values.terms, values.starts, values.ids)
    numbers = np.array([-1, 7], np.int32)
    merged = merged_postings([(values, numbers), (EMPTY, numbers)])
    assert merged.terms.terms() == ["b"] and merged.ids.tolist() == [7] and merged.counts is None
    assert merged_postings([(values, np.array([-1, -1], np.int32))]) is EMPTY


def sized(*sizes: int, dead: int = 0) -> list[ArraySegment]:
    segments = [ArraySegment(documents=size) for size in sizes]
    for segment in segments:
        segment.bury(np.arange(segment.doc_count_all()) < dead)
    return segments


def sizes_of(segments) -> list[int]:
    return [segment.doc_count() for segment in segments]


def test_a_commit_merges_the_smallest_when_they_are_many():
    assert small_merges(sized(*[1] * 7, *[100] * 7, *[1000] * 20)) == []
    (chosen,) = small_merges(sized(*[1] * 8, *[100] * 7))
    assert sizes_of(chosen) == [1] * 8
    assert [sizes_of(each) for each in small_merges(sized(*[1] * 8, *[100] * 9))] == [[1] * 8, [100] * 9]


def test_larger_ones_wait_for_their_time():
    assert large_merge(sized(*[100] * 7, 13_000, 60_000)) == []
    assert sizes_of(large_merge(sized(*[1000] * 8))) == [1000] * 8
    assert sizes_of(large_merge(sized(*[13_000] * 8))) == [13_000] * 5
    assert sizes_of(large_merge(sized(39_000, 65_000, 65_000))) == []
    assert sizes_of(large_merge(sized(20_000, 39_000, 65_000))) == [20_000, 39_000]


def test_a_few_small_ones_join_a_larger_one_when_they_are_a_fair_part_of_it():
    assert sizes_of(large_merge(sized(200, 800, 3500, 45_500, 50_000))) == [200, 800, 3500, 45_500]
    assert sizes_of(large_merge(sized(200, 800, 3500, 7000, 7000))) == [200, 800, 3500, 7000, 7000]
    assert large_merge(sized(200, 800, 45_500)) == []
    assert large_merge(sized(4000, 45_500)) == []
    assert large_merge(sized(200, 3500, 63_000)) == []


def test_whatever_happens_no_segment_grows_beyond_two_bytes():
    segments = sized(*range(100, 9000, 130), *range(9000, 60_000, 2500))
    for _ in range(500):
        chosen = large_merge(segments)
        if not chosen:
            break
        total = sum(sizes_of(chosen))
        assert total <= merging.SEALED
        segments = [segment for segment in segments if segment not in chosen] + sized(total)
    assert not large_merge(segments) and len(segments) < 40


def test_a_mostly_dead_segment_is_rewritten():
    (dead,) = sized(60_000, dead=20_000)
    assert large_merge([*sized(60_000), dead]) == [dead]
    assert large_merge(sized(60_000, dead=10_000)) == []
