"""Which blocks of a page are the article.

Trafilatura says what it takes for the article, quickly and without its second opinions; ``judging``
weighs that with what else can be told of each block. The page's own blocks carry the words, so that
headings, numbered lists, quotations, tables and links stay as the page had them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import lxml.html

from desktop.core.document import Block, BlockKind, Metadata
from desktop.importing.html.features import LONG, Page, Verdict
from desktop.importing.html.judging import judged
from desktop.importing.html.places import Place, is_comment
from desktop.importing.html.walker import PageBlock
from desktop.importing.html.witness import sort_of, told_body
from desktop.importing.reading import squeezed

_CARRIED = 0.5
_PIECE = 6
_REFRAIN = 3
_COPY = 100
_MANY = 6
_FLOOR = 0.5
_LEAST = -2.0
_SENTENCE = 60
_COVER = 0.25
_MOST = 0.7
_TOLD = 0.9
_SURE = 2.0
_SURELY_APART = -4.0
_FEW = 0.15
_DOUBT = {
    BlockKind.LIST_ITEM: -1.0,
    BlockKind.QUOTE: -0.5,
    BlockKind.IMAGE: -1.0,
    BlockKind.CODE: -2.0,
    BlockKind.TABLE_ROW: -2.0,
}
_GROUPED = (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)
_ENDED = re.compile(r"[.!?…。！？][\"'»”’」』）)\]]*\s*$")
_REFUSALS = (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError)


def decided_text(tree: lxml.html.HtmlElement, blocks: Sequence[PageBlock]) -> str:
    """The article's text as trafilatura finds it, a line a block; empty where it finds none.

    Without its second opinions, which take as long again; where it covers little of the page's sentences,
    these are the answer themselves.
    """
    found = _extracted(tree)
    sentences = [entry for entry in blocks if _is_sentence(entry) and not is_comment(entry.place)]
    told = sum(len(entry.key) for entry in sentences)
    if len(found) >= _COVER * told:
        return found
    return _densest(sentences, told)


def _is_sentence(entry: PageBlock) -> bool:
    if len(entry.key) <= _SENTENCE or entry.linked >= 0.5:
        return False
    return _ENDED.search(entry.block.text) is not None


def _densest(sentences: Sequence[PageBlock], told: int) -> str:
    """The sentences of the smallest element that holds most of them."""
    letters: dict[int, int] = {}
    depths: dict[int, int] = {}
    for entry in sentences:
        place: Place | None = entry.place
        while place is not None:
            letters[id(place)] = letters.get(id(place), 0) + len(entry.key)
            depths[id(place)] = place.depth
            place = place.parent
    most = max((key for key, sum_ in letters.items() if sum_ >= _MOST * told), key=lambda key: depths[key])
    return "\n".join(entry.block.text for entry in sentences if most in map(id, _around(entry.place)))


def _around(place: Place | None) -> Iterator[Place]:
    while place is not None:
        yield place
        place = place.parent


def _extracted(tree: lxml.html.HtmlElement) -> str:
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(tree, fast=True, include_comments=False, include_tables=True)
    except _REFUSALS:
        return ""  # its own faults on odd pages; the page's blocks are still there
    return str(found.text or "") if found is not None and not isinstance(found, dict) else ""


def verdict_of(decided: str, markup: str, tree: lxml.html.HtmlElement) -> Verdict:
    """What is known beforehand of where the article is.

    What the page tells search engines counts like trafilatura's finding, unless it is a mere extract.
    """
    body = squeezed(told_body(markup))
    whole = squeezed(decided)
    if len(body) > _TOLD * len(whole):
        whole = f"{whole}\n{body}"
    lines = frozenset(squeezed(line) for line in decided.splitlines())
    return Verdict(whole, lines, body, sort_of(tree))


def choose(blocks: Sequence[PageBlock], verdict: Verdict, metadata: Metadata) -> list[Block] | None:
    """The article's blocks; None where the page's blocks do not carry what was decided on."""
    page = Page(blocks, verdict, metadata)
    if not _is_carried(page):
        return None
    kept = chosen(page, judged(page))
    return [entry.block for entry, keep in zip(blocks, kept, strict=True) if keep]


def chosen(page: Page, scores: Sequence[float]) -> list[bool]:
    """What to keep, given the log odds of each block."""
    least = _least_score(page, scores)
    kept = [score >= least for score in scores]
    kept = _with_inner_structure(page, kept, scores)
    kept = _with_whole_groups(page, kept, scores)
    kept = _without_copies(page, kept, scores)
    kept = _without_teasers(page, kept)
    return _without_trailing_headings(page.blocks, kept, scores)


def _with_inner_structure(page: Page, kept: list[bool], scores: Sequence[float]) -> list[bool]:
    """Between the article's first and last words, and right after them, a list, table, quotation, listing or
    picture has the benefit of the doubt: it is dear to lose, and little is added where it was not meant.
    """
    staying = [index for index, keep in enumerate(kept) if keep]
    if not staying:
        return kept
    result = list(kept)
    for index in range(staying[0], len(kept)):
        entry = page.blocks[index]
        least = _DOUBT.get(entry.block.kind)
        if (
            least is not None
            and scores[index] > least
            and entry.linked < 0.6
            and (page.decided[index] or not entry.apart)
        ):
            result[index] = True
        elif index > staying[-1]:
            break
    return result


def _with_whole_groups(page: Page, kept: list[bool], scores: Sequence[float]) -> list[bool]:
    """Lists and tables stay whole where most of their letters stay, but for what is surely apart."""
    letters: Counter[int] = Counter()
    staying: Counter[int] = Counter()
    for entry, length, keep in zip(page.blocks, page.lengths, kept, strict=True):
        if entry.block.kind in _GROUPED:
            letters[entry.block.group] += length
            staying[entry.block.group] += length * keep
    return [
        keep
        or (
            entry.block.kind in _GROUPED
            and staying[entry.block.group] * 2 > letters[entry.block.group]
            and score > _SURELY_APART
        )
        for entry, keep, score in zip(page.blocks, kept, scores, strict=True)
    ]


def _without_teasers(page: Page, kept: Sequence[bool]) -> list[bool]:
    """Without headlines that are nothing but a link to another article; a page of headlines keeps them."""
    teasers = [
        keep and entry.block.kind is BlockKind.HEADING and entry.linked > 0.9 and len(entry.key) > LONG
        for entry, keep in zip(page.blocks, kept, strict=True)
    ]
    linked = sum(length for length, teaser in zip(page.lengths, teasers, strict=True) if teaser)
    staying = sum(length for length, keep in zip(page.lengths, kept, strict=True) if keep)
    few = linked < _FEW * staying
    return [keep and not (teaser and few) for keep, teaser in zip(kept, teasers, strict=True)]


def _least_score(page: Page, scores: Sequence[float]) -> float:
    """Even odds; less where that would leave out most of the sentences that trafilatura decided on.

    A page unlike all others may be judged too strictly as a whole; its blocks still come in the
    right order.
    """
    sentences = [
        (score, page.lengths[index])
        for index, score in enumerate(scores)
        if page.decided[index] and page.ended[index] and page.lengths[index] > _SENTENCE
    ]
    enough = _FLOOR * sum(length for _, length in sentences)
    kept = 0
    for score, length in sorted(sentences, reverse=True):
        kept += length
        if kept >= enough:
            return min(0.0, max(score, _LEAST))
    return 0.0


def everything(blocks: Sequence[PageBlock]) -> list[Block]:
    """All the words of the page, without what stands apart where there is enough beside it."""
    article = [
        entry.block for entry in blocks if not entry.apart and (entry.linked < 0.8 or len(entry.key) > 80)
    ]
    if sum(len(block.text) for block in article) >= 60:
        return article
    return [entry.block for entry in blocks]


def _is_carried(page: Page) -> bool:
    """Whether the decided words stand in the page's blocks, though perhaps cut in other places."""
    if page.decided_total >= _CARRIED * sum(map(len, page.verdict.lines)):
        return True
    words = "".join(entry.key for entry in page.blocks)
    decided = page.verdict.whole
    pieces = [decided[start : start + _PIECE] for start in range(0, len(decided), _PIECE)]
    return sum(piece in words for piece in pieces) >= _CARRIED * len(pieces)


def bare_lines(text: str) -> list[Block]:
    """Trafilatura's own lines, without what the page's structure would say of them."""
    lines = (re.sub(r"^(?:- |\| )", "", line) for line in text.splitlines())
    return [Block(BlockKind.PARAGRAPH, line) for line in lines if line.strip()]


def _without_copies(page: Page, kept: Sequence[bool], scores: Sequence[float]) -> list[bool]:
    """Without the second of two long blocks that say the same, where the page repeats many (an
    article once more for small screens, say); and without the short lines that come back between
    paragraphs (“Advertisement”).
    """
    counts = Counter(entry.key for entry, keep in zip(page.blocks, kept, strict=True) if keep)
    staying = [index for index, keep in enumerate(kept) if keep]
    within = page.blocks[staying[0] : staying[-1] + 1] if staying else []
    labels = Counter(entry.key for entry in within if _is_label(entry))
    repeated = {key for key, count in counts.items() if count > 1 and len(key) >= _COPY}
    if len(repeated) < _MANY:
        repeated = set()
    best: dict[str, int] = {}
    for index, entry in enumerate(page.blocks):
        if kept[index] and (entry.key not in best or scores[index] > scores[best[entry.key]] + 1):
            best[entry.key] = index
    result = []
    for index, (entry, keep) in enumerate(zip(page.blocks, kept, strict=True)):
        refrain = labels[entry.key] >= _REFRAIN and _is_label(entry)
        copied = entry.key in repeated and best.get(entry.key) != index
        result.append(keep and not refrain and not copied)
    return result


def _is_label(entry: PageBlock) -> bool:
    kinds = (BlockKind.PARAGRAPH, BlockKind.HEADING)
    text = entry.block.text
    return entry.block.kind in kinds and 0 < len(entry.key) <= 40 and not _ENDED.search(text)


def _without_trailing_headings(
    blocks: Sequence[PageBlock], kept: list[bool], scores: Sequence[float]
) -> list[bool]:
    """A heading with nothing under it heads what was left out; unless it is as sure as a paragraph."""
    result = list(kept)
    for index in range(len(blocks) - 1, -1, -1):
        if result[index] and (blocks[index].block.kind is not BlockKind.HEADING or scores[index] > _SURE):
            break
        result[index] = False
    return result if any(result) else kept
