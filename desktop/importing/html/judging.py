"""How likely each block of a page is to be of the article: two linear looks over its traits.

The weights stand in ``weights``; ``scripts/fit_choosing.py`` fits them and says how well they do on
pages they were not fitted to.
"""

from functools import lru_cache
from operator import mul

from desktop.importing.html.context import CONTEXT, SURELY_NOT, contexts
from desktop.importing.html.features import NUMBERS, SETS, Page
from desktop.importing.html.weights import BIAS, CONTEXT_WEIGHTS, WEIGHTS

_NONE = (0.0, 0.0)
_FIRST = [WEIGHTS.get(name, _NONE)[0] for name in NUMBERS]
_SECOND = [WEIGHTS.get(name, _NONE)[1] for name in NUMBERS]
_CONTEXT = [CONTEXT_WEIGHTS.get(name, 0.0) for name in CONTEXT]
_BITS = [[WEIGHTS.get(f"{group}.{name}", _NONE) for name in names] for group, names in SETS.items()]


def judged(page: Page) -> list[float]:
    """The log odds of each block."""
    first: list[float] = []
    second: list[float] = []
    for traits in page.traits():
        if traits is None:
            first.append(SURELY_NOT)
            second.append(SURELY_NOT)
            continue
        one, two = BIAS
        for group, bits in enumerate(traits.sets):
            if bits:
                weight = _weight(group, bits)
                one += weight[0]
                two += weight[1]
        first.append(one + sum(map(mul, _FIRST, traits.numbers)))
        second.append(two + sum(map(mul, _SECOND, traits.numbers)))
    looks = contexts(page, first)
    return [
        own + sum(map(mul, _CONTEXT, look)) if own != SURELY_NOT else SURELY_NOT
        for own, look in zip(second, looks, strict=True)
    ]


@lru_cache(maxsize=16384)
def _weight(group: int, bits: int) -> tuple[float, float]:
    """What the traits of one set add to the first and the second look."""
    weights = [weight for index, weight in enumerate(_BITS[group]) if bits >> index & 1]
    return sum(first for first, _ in weights), sum(second for _, second in weights)
