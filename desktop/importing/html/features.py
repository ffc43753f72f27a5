"""What can be told of each block of a page that bears on whether it belongs to the article.

Two kinds: numbers (``NUMBERS`` names them, 0 to 1) and sets of yes-or-no traits (``SETS``), held as
bits so that a set's weight is worked out once however often the set comes back on a page.
"""

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.core.document import BlockKind, MarkKind, Metadata
from desktop.importing.html.places import NAME_BITS, NAMES, TAG_BITS, TAGS, Place
from desktop.importing.html.walker import PageBlock
from desktop.importing.html.witness import Sort
from desktop.importing.html.wording import WORDINGS, wording_of
from desktop.importing.reading import squeezed

LONG = 20
_SENTENCE = 60
_BULK = 0.6
_ENDED = re.compile(r"[.!?…。！？][\"'»”’」』）)\]]*\s*$")
_COMMA = re.compile(r"[,;、，؛]")
_STOP = re.compile(r"[.!?]\s|[。！？]")
_KINDS = tuple(BlockKind)
_DIGITS = "0123456789"
_FAR, _FAR_LINK = 12, 80


@dataclass(frozen=True, slots=True)
class Verdict:
    """What trafilatura takes for the article, and what the page's JSON-LD says it is; squeezed.

    Attributes:
        whole: All of its letters.
        lines: Each of its lines.
        body: JSON-LD's ``articleBody``; empty where there is none.
        sort: What the page declares to be.
    """

    whole: str
    lines: frozenset[str]
    body: str = ""
    sort: Sort = Sort.OTHER


@dataclass(slots=True)
class Traits:
    """Of one block: ``numbers`` as in ``NUMBERS``, ``sets`` as in ``SETS``."""

    numbers: list[float]
    sets: tuple[int, ...]


_BY_SORT = "any decided unlike sentence short linked item heading commented boxed related between".split()
SETS = {
    "own": NAMES,
    "around": NAMES,
    "within": tuple(TAGS),
    "says": (*WORDINGS, *(f"{name}_short" for name in WORDINGS)),
    "is": (
        *map(str, _KINDS),
        *"under20 over60 over120 over250 ended colon dots upper bar all_bold all_italic linked "
        "linked_long apart copied "
        "seen thrice title description author first_blocks".split(),
    ),
    "stands": (
        *"decided line unlike partly previous next before after between at_start at_end in_container "
        "in_bulk in_sentences "
        "sibling cousin own_main main_kind body_has body_in body_out".split(),
        *"decided_short decided_linked decided_apart decided_open decided_late decided_early decided_sibling "
        "decided_main_kind new_sentence new_sentence_bulk new_sibling heading_next heading_between "
        "short_between "
        "line_sibling image_between row_between item_between quote_between code_between".split(),
    ),
    "page": tuple(f"{sort}_{trait}" for sort in Sort for trait in _BY_SORT),
}
NUMBERS = (
    "letters commas stops digits linked near2 near5 near12 distance place share0 share1 share2 share3 "
    "links0 links1 "
    "links2 kind_share kind_bulk kind_count kind_told group_decided group_size group_links group_told "
    "undecided "
    "undecided_sentence undecided_new decided_size decided_share1 decided_kind"
).split()

_IS = {name: 1 << index for index, name in enumerate(SETS["is"])}
_STANDS = {name: 1 << index for index, name in enumerate(SETS["stands"])}
_PAGE = {sort: [1 << SETS["page"].index(f"{sort}_{trait}") for trait in _BY_SORT] for sort in Sort}
_SHORT_WORDING = len(WORDINGS)
_EVERYWHERE = _STANDS["in_container"] | _STANDS["in_bulk"]
_BETWEEN = {
    BlockKind.IMAGE: "image_between",
    BlockKind.TABLE_ROW: "row_between",
    BlockKind.LIST_ITEM: "item_between",
    BlockKind.QUOTE: "quote_between",
    BlockKind.CODE: "code_between",
}
_SIZE_EDGES = (LONG, 61, 121, 251)
_SIZES = [
    _IS["under20"],
    0,
    _IS["over60"],
    _IS["over60"] | _IS["over120"],
    _IS["over60"] | _IS["over120"] | _IS["over250"],
]
_COMMENTED = NAME_BITS["comment"] | NAME_BITS["forum"]
_KIND_BITS = {kind: _IS[str(kind)] for kind in _KINDS}


class Page:
    """The blocks of one page beside a verdict, with the sums that traits are made of."""

    def __init__(self, blocks: Sequence[PageBlock], verdict: Verdict, metadata: Metadata) -> None:
        self.blocks = blocks
        self.verdict = verdict
        self.lengths = [len(entry.key) for entry in blocks]
        self.decided = [self._is_decided(entry.key) for entry in blocks]
        self.ended = [_ENDED.search(entry.block.text) is not None for entry in blocks]
        self._weigh()
        self._title = squeezed(metadata.title or "")
        self._description = squeezed(metadata.description or "")
        self._names = [name for name in map(squeezed, metadata.byline) if name]

    def _is_decided(self, key: str) -> bool:
        if len(key) < LONG:
            return False
        whole = self.verdict.whole
        return key in whole or (len(key) > 120 and key[:60] in whole and key[-60:] in whole)

    def _weigh(self) -> None:
        """Add up letters along the page, by element and by kind of element."""
        places: dict[int, Place] = {}
        for entry, length, decided, ended in zip(
            self.blocks, self.lengths, self.decided, self.ended, strict=True
        ):
            place: Place | None = entry.place
            told = length if ended and length > _SENTENCE and entry.linked < 0.5 else 0
            entry.place.total += length
            entry.place.linked += length * entry.linked
            entry.place.decided += length if decided else 0
            entry.place.told += told
            while place is not None and id(place) not in places:
                places[id(place)] = place
                place = place.parent
        self.places = sorted(places.values(), key=lambda place: place.depth)
        for place in reversed(self.places):
            if place.parent is not None:
                place.parent.total += place.total
                place.parent.linked += place.linked
                place.parent.decided += place.decided
                place.parent.told += place.told
        self.total = sum(self.lengths) or 1
        self.decided_total = sum(
            length for length, decided in zip(self.lengths, self.decided, strict=True) if decided
        )
        self._weigh_kinds()
        self.running = list(_running(self.lengths))
        self.running_decided = list(
            _running([n if d else 0 for n, d in zip(self.lengths, self.decided, strict=True)])
        )

    def _weigh_kinds(self) -> None:
        self.kinds = [_kind_of(entry) for entry in self.blocks]
        self.kind_total: Counter[tuple[str, str, str]] = Counter()
        self.kind_decided: Counter[tuple[str, str, str]] = Counter()
        self.kind_told: Counter[tuple[str, str, str]] = Counter()
        self.kind_count = Counter(self.kinds)
        parents: Counter[int] = Counter()
        grandparents: Counter[int] = Counter()
        for index, kind in enumerate(self.kinds):
            length, parent = self.lengths[index], _up(self.blocks[index].place)
            self.kind_total[kind] += length
            if self.decided[index]:
                self.kind_decided[kind] += length
                parents[id(parent)] += length
                grandparents[id(_up(parent))] += length
            if self.ended[index] and length > _SENTENCE:
                self.kind_told[kind] += length
        self.main_kind = max(self.kind_decided, key=lambda kind: self.kind_decided[kind], default=None)
        self.main_parent = max(parents, key=lambda place: parents[place], default=0)
        self.main_grandparent = max(grandparents, key=lambda place: grandparents[place], default=0)

    def traits(self) -> Iterator[Traits | None]:
        """Of each block in turn; None for a link far from all that was decided on."""
        self._look_around()
        count = len(self.blocks)
        first = next((index for index in range(count) if self.decided[index]), count)
        last = next((index for index in range(count - 1, -1, -1) if self.decided[index]), -1)
        copies = Counter(entry.key for entry in self.blocks)
        seen: set[str] = set()
        for index, entry in enumerate(self.blocks):
            copied = _copied(entry.key, copies[entry.key], entry.key in seen)
            seen.add(entry.key)
            if self._is_far_link(index, entry):
                yield None
                continue
            place = entry.place
            yield Traits(
                self._numbers(index, entry, first, last),
                (
                    place.own,
                    place.around,
                    place.within,
                    self._says(index, entry),
                    self._is(index, entry) | copied,
                    self._stands(index, entry, first, last, place.inside),
                    self._page(index, entry, place.own | place.around, first < index < last),
                ),
            )

    def _is_far_link(self, index: int, entry: PageBlock) -> bool:
        if entry.linked <= 0.9 or self.decided[index] or self.lengths[index] > _FAR_LINK:
            return False
        low, high = max(index - _FAR, 0), min(index + _FAR + 1, len(self.blocks))
        return self.running_decided[high] == self.running_decided[low]

    def _look_around(self) -> None:
        """Tell each element which of the page's main parts it is in, and what the elements around it
        are and are called, up to the one with the article's bulk in it.
        """
        decided = self.decided_total
        told = sum(place.told for place in self.places if place.parent is None)
        container = self._deepest("decided", 0.92 * decided) if decided else None
        bulk = self._deepest("decided", _BULK * decided) if decided else None
        sentences = self._deepest("told", _BULK * told) if told else None
        most = _BULK * (decided or 1)
        for place in self.places:
            parent = place.parent
            named = place.named_apart and place.total * 2 <= self.total
            place.apart = named or (parent is not None and parent.apart)
            place.inside = (
                (parent.inside if parent is not None else _EVERYWHERE * (not decided))
                | _STANDS["in_container"] * (place is container)
                | _STANDS["in_bulk"] * (place is bulk)
                | _STANDS["in_sentences"] * (place is sentences or not told)
            )
            place.own, place.within, place.group = place.names, TAG_BITS.get(place.tag, 0), place
            if place.decided > most or parent is None or parent.decided > most:
                continue
            place.own |= parent.names
            place.within |= parent.within
            place.group = parent.group
            above = parent.parent
            if above is not None and above.decided <= most:
                place.around = above.names | above.around | (above.own if above.parent is not None else 0)

    def _deepest(self, sum_of: str, least: float) -> Place | None:
        heavy = [place for place in self.places if getattr(place, sum_of) >= least]
        return heavy[-1] if heavy else None

    def _says(self, index: int, entry: PageBlock) -> int:
        says = wording_of(entry.block.text[:300])
        return says | says << _SHORT_WORDING if self.lengths[index] < 100 else says

    def _is(self, index: int, entry: PageBlock) -> int:
        text, length, key = entry.block.text.strip(), self.lengths[index], entry.key
        bits = _KIND_BITS[entry.block.kind] | _SIZES[bisect_right(_SIZE_EDGES, length)]
        if self.ended[index]:
            bits |= _IS["ended"]
        elif text.endswith((":", "：")):
            bits |= _IS["colon"]
        if text.endswith(("…", "...")):
            bits |= _IS["dots"]
        if text.isupper():
            bits |= _IS["upper"]
        if "|" in text:
            bits |= _IS["bar"]
        if entry.linked > 0.5:
            bits |= _IS["linked"] * (entry.linked > 0.9) | _IS["linked_long"] * (length > 100)
        if entry.apart:
            bits |= _IS["apart"]
        if index < 3:
            bits |= _IS["first_blocks"]
        for mark in entry.block.marks:
            if mark.end - mark.start >= 0.9 * len(text):
                bits |= _IS["all_bold"] * (mark.kind is MarkKind.STRONG)
                bits |= _IS["all_italic"] * (mark.kind is MarkKind.EMPHASIS)
        return bits | self._named(length, key)

    def _named(self, length: int, key: str) -> int:
        """Whether the block repeats what is known as the title, the description or an author."""
        bits = 0
        if length > 5 and (key == self._title or (length > 15 and key in self._title)):
            bits |= _IS["title"]
        if length > 15 and self._description:
            begun = len(self._description) > 30 and self._description[:60] in key
            bits |= _IS["description"] * (begun or key in self._description)
        if length < 60 and self._names and any(name in key for name in self._names):
            bits |= _IS["author"]
        return bits

    def _stands(self, index: int, entry: PageBlock, first: int, last: int, inside: int) -> int:
        decided, length, key, kind = self.decided[index], self.lengths[index], entry.key, entry.block.kind
        line = 0 < length < LONG and key in self.verdict.lines
        new = not decided and length >= LONG
        previous = index > 0 and self.decided[index - 1]
        following = index + 1 < len(self.blocks) and self.decided[index + 1]
        parent = _up(entry.place)
        sibling, main_kind = id(parent) == self.main_parent, self.kinds[index] == self.main_kind
        share = self.running_decided[index] / (self.decided_total or 1)
        has_body = len(self.verdict.body) > max(200, len(self.verdict.whole) / 3)
        in_body = has_body and length >= LONG and key[:200] in self.verdict.body
        between = previous and following
        sentence = new and self.ended[index]
        held = [
            name
            for name, true in (
                ("line", line),
                ("unlike", new),
                ("partly", new and (key[:30] in self.verdict.whole or key[-30:] in self.verdict.whole)),
                ("previous", previous),
                ("next", following),
                ("before", index < first),
                ("after", index > last),
                ("between", first <= index <= last),
                ("at_start", share <= 0.02),
                ("at_end", share >= 0.98),
                ("sibling", sibling),
                ("cousin", id(_up(parent)) == self.main_grandparent),
                ("own_main", id(entry.place) == self.main_parent),
                ("main_kind", main_kind),
                ("body_has", has_body),
                ("body_in", in_body),
                ("body_out", has_body and length >= LONG and not in_body),
                ("new_sentence", sentence and bool(inside & _STANDS["in_container"])),
                ("new_sentence_bulk", sentence and bool(inside & _STANDS["in_bulk"])),
                ("new_sibling", new and sibling),
                ("short_between", length < LONG and between),
                ("line_sibling", line and sibling),
            )
            if true
        ]
        if decided:
            held += _held_by_decided(length, entry, self.ended[index], share, sibling, main_kind)
        if kind is BlockKind.HEADING:
            held += ["heading_next"] * following + ["heading_between"] * between
        elif kind in _BETWEEN and first <= index <= last:
            held.append(_BETWEEN[kind])
        return inside | sum([_STANDS[name] for name in held])

    def _page(self, index: int, entry: PageBlock, names: int, between: bool) -> int:
        """Traits that mean one thing in an article and another in a thread of posts or a list."""
        length, kind, decided = self.lengths[index], entry.block.kind, self.decided[index]
        truths = (
            True,
            decided,
            not decided and length >= LONG,
            not decided and self.ended[index] and length > _SENTENCE,
            length < LONG,
            entry.linked > 0.5,
            kind is BlockKind.LIST_ITEM,
            kind is BlockKind.HEADING,
            names & _COMMENTED,
            names & NAME_BITS["box"],
            names & NAME_BITS["related"],
            between,
        )
        return sum([bit for bit, true in zip(_PAGE[self.verdict.sort], truths, strict=True) if true])

    def _numbers(self, index: int, entry: PageBlock, first: int, last: int) -> list[float]:
        text, length, decided = entry.block.text, self.lengths[index], self.decided[index]
        all_decided = self.decided_total or 1
        undecided = 1 - self.decided_total / self.total
        kind, own = self.kinds[index], length if decided else 0
        kind_share = (self.kind_decided[kind] - own) / max(self.kind_total[kind] - length, 1)
        place, group = entry.place, entry.place.group
        parent = _up(place)
        above = _up(parent)
        chain = (place, parent, above, _up(above))
        shares = [
            (here.decided - own) / (here.total - length) if here.total > length else 0.5 for here in chain
        ]
        links = [here.linked / here.total if here.total else 0.0 for here in chain[:3]]
        told = self.ended[index] and length > _SENTENCE and entry.linked < 0.3
        outside = max(first - index, index - last, 0)
        return [
            math.log1p(length) / 5,
            min(len(_COMMA.findall(text)), 6) / 6,
            min(len(_STOP.findall(text)), 4) / 4,
            sum(map(entry.key.count, _DIGITS)) / max(length, 1),
            entry.linked,
            self._near(index, 2),
            self._near(index, 5),
            self._near(index, 12),
            min(math.log1p(outside), 4.0) / 4 if outside else 0.0,
            self.running_decided[index] / all_decided,
            *shares,
            *links,
            kind_share,
            self.kind_decided[kind] / all_decided,
            min(math.log1p(self.kind_count[kind]), 4.0) / 4,
            self.kind_told[kind] / max(self.kind_total[kind], 1),
            group.decided / max(group.total, 1),
            min(group.total / all_decided, 3.0) / 3,
            group.linked / max(group.total, 1),
            group.told / max(group.total, 1),
            undecided,
            undecided * told,
            undecided * (not decided),
            min(math.log1p(self.decided_total), 10.0) / 10,
            shares[1] * decided,
            kind_share * decided,
        ]

    def _near(self, index: int, reach: int) -> float:
        """The decided share of the blocks around, its own left out."""
        low, high = max(index - reach, 0), min(index + reach + 1, len(self.blocks))
        own = self.lengths[index]
        total = self.running[high] - self.running[low] - own
        decided = self.running_decided[high] - self.running_decided[low] - own * self.decided[index]
        return decided / total if total else 0.0


def _kind_of(entry: PageBlock) -> tuple[str, str, str]:
    return (entry.place.kind, _up(entry.place).kind, str(entry.block.kind))


def _up(place: Place) -> Place:
    return place.parent or place


def _held_by_decided(
    length: int, entry: PageBlock, ended: bool, share: float, sibling: bool, main_kind: bool
) -> list[str]:
    """What weighs against trafilatura's verdict, or with it."""
    truths = (
        ("decided", True),
        ("decided_short", length < 60),
        ("decided_linked", entry.linked > 0.5),
        ("decided_apart", entry.apart),
        ("decided_open", not ended),
        ("decided_late", share >= 0.9),
        ("decided_early", share <= 0.02),
        ("decided_sibling", sibling),
        ("decided_main_kind", main_kind),
    )
    return [name for name, true in truths if true]


def _running(lengths: Sequence[int]) -> Iterator[int]:
    total = 0
    yield total
    for length in lengths:
        total += length
        yield total


def _copied(key: str, copies: int, seen: bool) -> int:
    if not key:
        return 0
    return _IS["copied"] * (copies > 1) | _IS["seen"] * seen | _IS["thrice"] * (copies >= 3)
