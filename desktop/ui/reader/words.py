"""Ranges of the text that a person means: sentences, words, and several ranges as one.

All offsets are code points; a range is (start, end).
"""

from desktop.core import segmentation

Range = tuple[int, int]


def more_sentences(text: str, now: Range | None, caret: int) -> Range:
    """The sentence at the caret; the selection grown to whole sentences; or one sentence more."""
    if now is None:
        return segmentation.sentence_at(text, caret)
    start = segmentation.sentence_at(text, now[0])[0]
    end = segmentation.sentence_at(text, max(now[0], now[1] - 1))[1]
    if (start, end) != now:
        return start, end
    following = segmentation.next_word_start(text, end)
    return start, segmentation.sentence_at(text, following)[1] if following < len(text) else end


def less(text: str, now: Range) -> Range:
    """Without the last of several sentences, or else of several words."""
    within = text[now[0] : now[1]]
    inside = segmentation.sentences(within)
    if len(inside) < 2:
        inside = segmentation.words(within)
    return (now[0], now[0] + inside[-2][1]) if len(inside) > 1 else now


def whole_words(text: str, now: Range | None, caret: int) -> Range:
    """The selection grown to whole words, or the word at the caret."""
    if now is None:
        return segmentation.word_at(text, caret)
    first, last = segmentation.word_at(text, now[0]), segmentation.word_at(text, now[1])
    start = first[0] if first[0] < now[0] < first[1] else now[0]
    end = last[1] if last[0] < now[1] < last[1] else now[1]
    return start, end


def one_word_more(text: str, now: Range) -> Range:
    return now[0], segmentation.next_word_end(text, now[1])


def moved(text: str, one: Range, *, start: bool, later: bool) -> Range:
    """A range with one boundary a word further on or back; never empty."""
    first, last = one
    if start and later:
        first = segmentation.next_word_start(text, first)
    elif start:
        first = segmentation.previous_word_start(text, first)
    elif later:
        last = segmentation.next_word_end(text, last)
    else:
        last = segmentation.previous_word_end(text, last)
    return (first, last) if first < last else one


def trimmed(text: str, ranges: list[Range]) -> list[Range]:
    """Without white space at their ends; those of nothing else are left out."""
    found = []
    for start, end in ranges:
        words = text[start:end]
        first, last = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
        if first < last:
            found.append((first, last))
    return found


def joined(ranges: list[Range]) -> list[Range]:
    """In order; overlapping and touching ones are made one."""
    found: list[Range] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found
