"""How much things count when hits are ordered.

Scores are BM25F: how often a word stands in each field, weighted and held against the field's length,
then saturated, then multiplied by how rare the word is. The numbers were chosen on seven test
collections together (English, Russian, Japanese; 1,812 queries), never on one alone. All but
``FAMILY`` were checked by choosing on one half of the queries of every collection and measuring on
the other half, a hundred times: on queries that nothing was chosen on the mean nDCG@10 rises by 0.018 over
Whoosh's numbers. Gains named below are differences of that mean over the collections.

Tried and left out: taking up words of the first hits into the question (Cranfield and CISI gain, questions
for one certain text lose), demanding many of the words, pairs at a distance, single ideographs.
"""

import math

from desktop.search.cjk import is_cjk
from desktop.search.function_words import FUNCTION_WORDS

# A word in a title says more about an article than one in its text (+0.003 where there are titles).
FIELDS = {"title": 2.0, "text": 1.0, "note": 1.0, "claim": 1.0}

# Saturation and the pull of length. Whoosh has 1.2 and 0.75, which wrongs long texts (+0.004).
K1, B = 1.5, 0.55
# A bigram is a part of a longer word, which is counted in all its parts: that it comes again says less
# (+0.002 for Japanese).
BIGRAM_K1 = 0.6

# What the exact form adds to any form: of one word the form matters, of a sentence's words it is chance.
EXACT_BONUS = 0.5
# In a sentence: what all words of the family add to the forms of a word (+0.006; Russian +0.004), and two
# words that stand together as in the query to the two of them apart (+0.004; with 0.5 it is lost again).
FAMILY = 1.0
PAIR = 0.25
# Of the function words of a sentence (+0.005). Left out altogether they would be missed in names and titles.
FUNCTION_WORD = 0.3
# Of a bigram with one or two hiragana, which are mostly endings and particles (+0.004 for Japanese).
_HIRAGANA_SHARES = (1.0, 0.6, 0.2)


def idf(documents: int, having: int) -> float:
    """How rare a word is that ``having`` of ``documents`` have: near 0 for one that all of them have.

    Robertson and Sparck Jones's weight, kept positive as Lucene does. Whoosh's own never falls below 1, so
    that ten words such as "the" outweigh a name (+0.009).
    """
    return math.log(1 + (documents - having + 0.5) / (having + 0.5))


def share(term: str) -> float:
    """What a folded word or bigram of a sentence counts beside a word that carries meaning."""
    if is_cjk(term):
        return _HIRAGANA_SHARES[sum("\u3041" <= char <= "\u309f" for char in term[:2])]
    return FUNCTION_WORD if term in FUNCTION_WORDS else 1.0
