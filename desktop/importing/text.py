"""Plain text: paragraphs, headings, lists and the title, found by the shape of the lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import PurePath
from statistics import median

from desktop.core.document import Block, BlockKind, Metadata
from desktop.importing.dates import is_date_line, parse_date
from desktop.importing.reading import TITLE_FROM_NAME, TITLE_FROM_TEXT, Reading, byline_of, title_from_text

EXTRACTOR = "text/1"

_DIALOGUE = re.compile(r"\s*[—–―-]\s")
_BULLET = re.compile(r"\s*(?:[•‣◦▪●○■□*+]|[-–—](?=\s))\s+(?=\S)")
_NUMBERED = re.compile(r"\s*(\d{1,3})[.)]\s+(?=\S)")
_RULE = re.compile(r"\s*(?:[*_=~#-]\s*){3,}$|\s*[-—–_*]{3,}\s*$")
_UNDERLINE = re.compile(r"\s*(={3,}|-{3,})\s*")
_ENDS_SENTENCE = re.compile(r"[.!?…。！？:;：；,、][\"'»”’」』）)\]*]*$")
_ENDS_FULLY = re.compile(r"[.!?…。！？][\"'»”’」』）)\]*]*$")
_CJK = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_ADDRESS = re.compile(
    r"(?:(?:url|source|link|источник|ссылка|джерело|посилання|出典)\s*[:：]\s*)?(https?://\S+)", re.I
)
_LABELLED_TITLE = re.compile(r"(?:title|заголовок|название|назва|タイトル)\s*[:：]\s*(.+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph and whether blank lines stand on both of its sides."""

    text: str
    alone: bool


def read_text(text: str, name: str = "") -> Reading:
    """Take a plain text apart.

    Args:
        name: The file's name; its stem is the title of last resort.
    """
    paragraphs = list(_paragraphs(_lines(text)))
    blocks, title, warnings = _titled(_blocks(paragraphs), PurePath(name).stem)
    return Reading(blocks, _metadata(blocks, title), EXTRACTOR, warnings)


def _lines(text: str) -> list[str]:
    """Lines without trailing space; a rule of dashes or stars is as good as a blank line."""
    lines = [line.rstrip().replace("\0", "").replace("\ufeff", "") for line in text.splitlines()]
    kept = []
    for before, line in zip(["", *lines], lines, strict=False):
        underlines = _UNDERLINE.fullmatch(line) and before and len(line.strip()) >= min(len(before), 10) - 2
        kept.append(line if underlines or not _RULE.match(line) else "")
    return kept


def _paragraphs(lines: Sequence[str]) -> Iterator[_Paragraph]:
    width = _wrap_width(lines)
    groups = list(_groups(lines))
    spaced = len(groups) > 1
    for group in groups:
        texts = _unwrapped(group, width) if width else [line.strip() for line in group]
        for text in texts:
            yield _Paragraph(text, alone=spaced and len(texts) == 1)


def _groups(lines: Sequence[str]) -> Iterator[list[str]]:
    group: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            group.append(line)
        elif group:
            yield group
            group = []


def _wrap_width(lines: Sequence[str]) -> int:
    """The column at which a program broke the lines, or 0 where each line is a paragraph.

    Broken lines are of one length: most that are followed by another line nearly fill the widest,
    and they end inside a sentence.
    """
    inner = [a.rstrip() for a, b in pairwise(lines) if a.strip() and b.strip()]
    if len(inner) < 2:
        return 0
    lengths = sorted(map(_columns, inner))
    widest = lengths[int(0.98 * (len(lengths) - 1))]
    if not 30 <= widest <= 130:
        return 0
    full = sum(length >= 0.7 * widest for length in lengths) / len(lengths)
    broken = sum(not _ENDS_FULLY.search(line) for line in inner) / len(inner)
    return widest if full >= 0.6 and broken >= 0.5 and median(lengths) >= 0.75 * widest else 0


def _columns(line: str) -> int:
    return len(line) + len(_CJK.findall(line))


def _unwrapped(group: Sequence[str], width: int) -> list[str]:
    """The paragraphs of adjoining lines: a new one at an indent, a dash, a list mark, after a short line."""
    texts: list[str] = []
    indent = min(_indent(line) for line in group)
    short_before = True
    for line in group:
        marked = _BULLET.match(line) or _NUMBERED.match(line) or _UNDERLINE.fullmatch(line)
        indented = _indent(line) >= indent + (1 if line.startswith("\u3000") else 2)
        if not texts or marked or indented or short_before:
            texts.append(line.strip())
        else:
            texts[-1] = _joined(texts[-1], line.strip())
        short_before = _columns(line) < 0.75 * width and bool(_ENDS_FULLY.search(line))
    return texts


def _indent(line: str) -> int:
    expanded = line.expandtabs(4)
    return len(expanded) - len(expanded.lstrip())


def _joined(before: str, after: str) -> str:
    if _CJK.match(before[-1:]) and _CJK.match(after):
        return before + after
    if before.endswith("\u00ad"):
        return before[:-1] + after
    return f"{before} {after}"


def _blocks(paragraphs: Sequence[_Paragraph]) -> list[Block]:
    blocks: list[Block] = []
    lists = _list_runs(paragraphs)
    prose = _is_prose(paragraphs)
    for index, paragraph in enumerate(paragraphs):
        if _UNDERLINE.fullmatch(paragraph.text):
            if blocks and blocks[-1].kind is BlockKind.PARAGRAPH and len(blocks[-1].text) <= 150:
                blocks[-1] = replace(blocks[-1], kind=BlockKind.HEADING, level=2)
        elif index in lists:
            blocks.append(_item(paragraph.text, lists[index]))
        elif prose and _is_heading(paragraphs, index):
            blocks.append(Block(BlockKind.HEADING, paragraph.text, level=2))
        else:
            blocks.append(Block(BlockKind.PARAGRAPH, paragraph.text))
    return blocks


def _list_runs(paragraphs: Sequence[_Paragraph]) -> dict[int, int]:
    """The paragraphs that are list items, each with the number of its list.

    One dash is dialogue, and so are dashes followed by capitals and full stops; bullets, counted
    numbers and short dashed lines in a row are lists.
    """
    items: dict[int, int] = {}
    group, at = 0, 0
    while at < len(paragraphs):
        run = _run_from(paragraphs, at)
        if run > 1:
            group += 1
            items |= dict.fromkeys(range(at, at + run), group)
        at += max(run, 1)
    return items


def _run_from(paragraphs: Sequence[_Paragraph], at: int) -> int:
    """How many paragraphs from here on are items of one list; 0 or 1 is none."""
    opening = paragraphs[at].text
    first = _NUMBERED.match(opening)
    if not first and not _BULLET.match(opening):
        return 0
    count, spoken = 0, False
    for index in range(at, len(paragraphs)):
        paragraph = paragraphs[index]
        number = _NUMBERED.match(paragraph.text)
        counted = first and number and int(number[1]) == int(first[1]) + count
        bulleted = not first and _BULLET.match(paragraph.text) and paragraph.text[0] == opening[0]
        if not (counted or bulleted):
            break
        count += 1
        spoken = spoken or _sounds_spoken(paragraph.text)
    return 1 if spoken and not first and _DIALOGUE.match(opening) else count


def _sounds_spoken(text: str) -> bool:
    words = _DIALOGUE.sub("", text, count=1)
    spoken = _ENDS_FULLY.search(words) or re.search(r"[,.!?…]\s[—–]\s", words)
    return text[0] in "—–―" and words[:1].isupper() and bool(spoken)


def _item(text: str, group: int) -> Block:
    if number := _NUMBERED.match(text):
        return Block(BlockKind.LIST_ITEM, text[number.end() :], level=1, group=group, number=int(number[1]))
    bullet = _BULLET.match(text)
    return Block(BlockKind.LIST_ITEM, text[bullet.end() if bullet else 0 :], level=1, group=group)


def _is_prose(paragraphs: Sequence[_Paragraph]) -> bool:
    """Headings are told from paragraphs only where paragraphs end as sentences do (not in verse)."""
    long = [paragraph.text for paragraph in paragraphs if _weight(paragraph.text) > 60]
    ended = sum(bool(_ENDS_FULLY.search(text)) for text in long)
    return bool(long) and ended >= 0.5 * len(long) and len(long) * 4 >= len(paragraphs)


def _weight(text: str) -> int:
    """Length in Latin letters: a Japanese character tells about as much as two."""
    return _columns(text)


def _is_heading(paragraphs: Sequence[_Paragraph], index: int) -> bool:
    text = paragraphs[index].text
    if index == len(paragraphs) - 1 or not _looks_like_heading(text):
        return False
    following = paragraphs[index + 1]
    return _weight(following.text) > _weight(text) and not _looks_like_heading(following.text)


def _looks_like_heading(text: str) -> bool:
    return (
        _weight(text) <= 100
        and len(text.split()) <= 14
        and not _ENDS_SENTENCE.search(text)
        and not _DIALOGUE.match(text)
        and not _ADDRESS.match(text)
        and not byline_of(text)
        and not is_date_line(text)
        and any(map(str.isalpha, text))
        and not text[0].islower()
    )


def _titled(blocks: list[Block], stem: str) -> tuple[list[Block], str, tuple[str, ...]]:
    """The blocks without a title line, the title, and a word on where it is from."""
    if not blocks:
        return blocks, stem, ()
    first = blocks[0]
    if labelled := _LABELLED_TITLE.fullmatch(first.text):
        return (blocks[1:] or blocks), labelled[1].strip(), ()
    if len(blocks) > 1 and (first.kind is BlockKind.HEADING or _is_title_line(first, blocks[1:])):
        return blocks[1:], first.text, ()
    words = next((block.text for block in blocks if any(map(str.isalpha, block.text))), "")
    if words:
        return blocks, title_from_text(words), (TITLE_FROM_TEXT,)
    return blocks, stem, (TITLE_FROM_NAME,)


def _is_title_line(first: Block, rest: Sequence[Block]) -> bool:
    text = first.text
    if first.kind is not BlockKind.PARAGRAPH or _weight(text) > 150 or _DIALOGUE.match(text):
        return False
    if _ADDRESS.match(text) or byline_of(text) or is_date_line(text) or text[0].islower():
        return False
    if re.search(r"[.,;:。、…][\"'»”’」』）)\]]*$", text):
        return False
    return any(_weight(block.text) > max(60, _weight(text)) for block in rest[:4])


def _metadata(blocks: Sequence[Block], title: str) -> Metadata:
    """What the lines around the title tell: who, when, where from."""
    head = [block.text for block in blocks[:4]]
    tail = [block.text for block in blocks[-3:]]
    byline = next((names for line in head + tail if (names := byline_of(line))), ())
    date = next((parse_date(line) for line in head + tail if is_date_line(line)), None)
    url = next((match[1] for line in head + tail if (match := _ADDRESS.fullmatch(line))), None)
    return Metadata(title=title or None, byline=byline, published_at=date, date_is_guess=bool(date), url=url)
