"""The second look at a block: what the first look thought of the blocks around it and of its kind."""

import math
from collections.abc import Hashable, Sequence
from itertools import accumulate

from desktop.importing.html.features import LONG, Page

CONTEXT = (
    "first kind parent element before after around previous next between kind_parent place first_kind "
    "first_around "
    "short_between short_next size long_kind long_around"
).split()
SURELY_NOT = -8.0  # log odds of what is not looked at
_PRIOR = 5  # letters of doubt: what stands alone is as likely in as out
_SENTENCE = 60


def contexts(page: Page, first: Sequence[float]) -> list[list[float]]:
    """The numbers of ``CONTEXT`` for each block, from the first look's scores (log odds)."""
    odds = [1 / (1 + math.exp(-max(min(score, 40.0), -40.0))) for score in first]
    weights = [length * chance for length, chance in zip(page.lengths, odds, strict=True)]
    letters = [0.0, *accumulate(page.lengths)]
    likely = [0.0, *accumulate(weights)]
    kinds = _averages(page.kinds, page.lengths, weights)
    parents = _averages([id(entry.place.parent) for entry in page.blocks], page.lengths, weights)
    elements = _averages([id(entry.place) for entry in page.blocks], page.lengths, weights)
    count, all_likely = len(odds), likely[-1] or 1.0
    size = min(likely[-1] / 500, 1.0)

    def near(low: int, high: int, index: int) -> float:
        start, end = min(max(low, 0), count), min(max(high, 0), count)
        inside = start <= index < end
        total = letters[end] - letters[start] - page.lengths[index] * inside
        return (likely[end] - likely[start] - weights[index] * inside + _PRIOR / 2) / (total + _PRIOR)

    rows = []
    for index, score in enumerate(first):
        previous = odds[index - 1] if index else 0.0
        following = odds[index + 1] if index + 1 < count else 0.0
        around = near(index - 8, index + 9, index)
        kind, parent = kinds[index], parents[index]
        short, long = page.lengths[index] < LONG, page.lengths[index] > _SENTENCE
        rows.append(
            [
                score,
                kind,
                parent,
                elements[index],
                near(index - 3, index, index),
                near(index + 1, index + 4, index),
                around,
                previous,
                following,
                previous * following,
                kind * parent,
                likely[index] / all_likely,
                score * kind,
                score * around,
                short * previous * following,
                short * following,
                size,
                long * kind,
                long * around,
            ]
        )
    return rows


def _averages(keys: Sequence[Hashable], lengths: Sequence[int], weights: Sequence[float]) -> list[float]:
    """For each block the mean chance, by letters, of the others with the same key."""
    totals: dict[Hashable, float] = {}
    sums: dict[Hashable, float] = {}
    for key, length, weight in zip(keys, lengths, weights, strict=True):
        totals[key] = totals.get(key, 0.0) + length
        sums[key] = sums.get(key, 0.0) + weight
    return [
        (sums[key] - weight + _PRIOR / 2) / (totals[key] - length + _PRIOR)
        for key, length, weight in zip(keys, lengths, weights, strict=True)
    ]
