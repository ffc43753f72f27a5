"""Scripts written without spaces: Chinese, Japanese and Korean runs become overlapping bigrams.

A run of n characters gives n - 1 bigrams and its last character alone, at successive positions.
So two characters or more are found as a phrase of bigrams, and a single one as a prefix, wherever
in the run it stands.
"""

import re

# Iteration marks and zero, kana, ideographs with their extensions, compatibility forms, Hangul.
CHARACTERS = (
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7a3"
    "\U00020000-\U0003ffff"
)
_ONE = re.compile(f"[{CHARACTERS}]")


def is_cjk(term: str) -> bool:
    """Whether a term, which never mixes scripts, belongs to a run of such characters."""
    return _ONE.match(term) is not None


def contains_cjk(text: str) -> bool:
    return _ONE.search(text) is not None


def run_terms(run: str) -> list[str]:
    """The terms of one run, in order, one for each character."""
    return [run[at : at + 2] for at in range(len(run))]


def query_terms(run: str) -> list[str]:
    """The terms to look up, one after the other, for a run that is asked for.

    The single last character is left out where the run has two or more: in the text the run may
    go on, and then there is a bigram instead.
    """
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]
