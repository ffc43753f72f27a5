"""Sets of document numbers: sorted arrays without repetition, joined without a loop in Python.

Where one side is much shorter, it is looked up in the other; else both are laid down as a row of
flags, one for each document of the segment.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Of any type of whole numbers; widen them before calculating.
Documents = NDArray[Any]

NONE: Documents = np.zeros(0, np.uint8)

# From this ratio of lengths on a look-up is cheaper than a pass over the whole segment.
_RATIO = 16
# Of numbers of articles, which are as good as random.
_LOWEST_BITS = 16


def flags(size: int, *parts: Documents) -> NDArray[np.bool_]:
    """For each of ``size`` documents whether it is in any of the parts."""
    row = np.zeros(size, np.bool_)
    for part in parts:
        row[part] = True
    return row


def union(parts: Sequence[Documents], size: int) -> Documents:
    kept = [part for part in parts if len(part)]
    if len(kept) < 2:
        return kept[0] if kept else NONE
    if sum(map(len, kept)) * _RATIO < size:
        return distinct(np.concatenate(kept))
    return np.flatnonzero(flags(size, *kept))


def distinct(numbers: NDArray[Any]) -> NDArray[Any]:
    """Sorted, each once."""
    ordered = np.sort(numbers)
    if len(ordered) < 2:
        return ordered
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))]


def intersection(parts: Sequence[Documents], size: int) -> Documents:
    """What is in all parts; there is at least one."""
    shortest, *others = sorted(parts, key=len)
    for other in others:
        if not len(shortest):
            return shortest
        shortest = shortest[among(shortest, other, size)]
    return shortest


def difference(these: Documents, without: Documents, size: int) -> Documents:
    if not len(these) or not len(without):
        return these
    return these[~among(these, without, size)]


def complement(these: Documents, size: int) -> Documents:
    return np.flatnonzero(~flags(size, these))


def among(these: Documents, those: Documents, size: int) -> NDArray[np.bool_]:
    """For each of ``these`` whether it is one of ``those``."""
    if len(these) * _RATIO < len(those):
        places = np.searchsorted(those, these.astype(those.dtype, copy=False))
        places[places == len(those)] = 0
        return np.asarray(those[places] == these)
    return flags(size, those)[these]


def same(these: Documents, those: Documents) -> bool:
    """Whether they are the same set."""
    if these is those:
        return True
    ends_alike = len(these) == len(those) > 0 and these[0] == those[0] and these[-1] == those[-1]
    return bool(ends_alike and np.array_equal(these, those))


def spread(wanted: Documents, found: Documents, values: NDArray[Any], size: int) -> NDArray[np.float64]:
    """The values of the ``found`` documents for the ``wanted`` ones; 0 for those that were not found."""
    if same(wanted, found):
        return values.astype(np.float64, copy=False)
    if len(wanted) * _RATIO < len(found):
        places = np.searchsorted(found, wanted.astype(found.dtype, copy=False))
        places[places == len(found)] = 0
        return np.where(found[places] == wanted, values[places], 0.0)
    row = np.zeros(size, np.float64)
    row[found] = values
    return row[wanted]


def members(numbers: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where the ``wanted`` 64-bit numbers stand among others: their lowest bits rule out most."""
    if not len(wanted):
        return np.zeros(0, np.int64)
    possible = np.zeros(1 << _LOWEST_BITS, np.bool_)
    possible[wanted & len(possible) - 1] = True
    candidates = np.flatnonzero(possible[numbers & len(possible) - 1])
    ordered = np.sort(wanted)
    places = np.searchsorted(ordered, numbers[candidates])
    places[places == len(ordered)] = 0
    return np.asarray(candidates[ordered[places] == numbers[candidates]])
