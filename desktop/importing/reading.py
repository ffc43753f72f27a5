"""What a format's reader yields, and the small words several readers share."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.core.document import Block, BlockKind, Metadata
from desktop.core.errors import ImportFailed
from desktop.core.extraction import FoundMark, Picture
from desktop.core.pages import PageMap
from desktop.importing.material import nothing_beside

MAX_TITLE = 90
TITLE_FROM_TEXT = "No title was found: the first sentence stands in for it."
DATE_IS_GUESS = "The date was not declared: it is a guess from the page."
TITLE_FROM_NAME = "No title was found: the file's name stands in for it."


Place = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Marked:
    """A mark of another program on words of the blocks of a reading.

    Attributes:
        mark: Its ``ranges`` are left empty, and its ``exact`` may be: both follow from the places.
        places: (number of the block, start, end), code points in the block's text as the reading has
            it. Empty where the words are not among the blocks; then they are looked for.
    """

    mark: FoundMark
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One article, taken apart.

    Attributes:
        metadata: ``language`` is left open unless the source declares it.
        warnings: Sentences for the report.
        encoding: What the bytes were decoded as, where the reader did that.
        name: The part of the material that it is; empty where it is all of it.
        data: The bytes it was made from, where they are not those of the material.
        media_type: Of ``data``.
        pages: Where the words stand; in code points of the canonical text, which is that of the
            blocks only if these need no tidying (``Document.build`` leaves them as they are).
        pictures, tags, collections, note, partial, key, captured_at: As ``Extraction`` has them.
    """

    blocks: Sequence[Block]
    metadata: Metadata
    extractor: str
    warnings: tuple[str, ...] = ()
    encoding: str | None = None
    name: str = ""
    data: bytes | None = None
    media_type: str | None = None
    pictures: tuple[Picture, ...] = ()
    pages: PageMap | None = None
    marks: tuple[Marked, ...] = ()
    tags: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    note: str = ""
    partial: bool = False
    key: str | None = None
    captured_at: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """Bytes inside the material that are a source of their own: an attachment, a page of a web archive.

    Attributes:
        name: Inside the material, e.g. ``letters/march.html``.
        address, charset, media_type, beside: As ``Material`` has them.
        metadata: What the material knows of it; stands before what is found in it.
        tags, collections, note, key, captured_at: As ``Extraction`` has them.
    """

    data: bytes
    name: str
    address: str | None = None
    charset: str | None = None
    media_type: str | None = None
    beside: Callable[[str], bytes | None] = nothing_beside
    metadata: Metadata | None = None
    tags: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    note: str = ""
    key: str | None = None
    captured_at: str = ""


Part = Reading | Member | ImportFailed


_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"»”’)]*\s|(?<=[。！？])[」』）]*")
_BYLINE = re.compile(
    r"(?:by|written by|автор(?:ы|и|ка)?|текст|корреспондент|von|par|文|著者|筆者|執筆|取材・文|記者)"
    r"\s*(?:[:：＝=/—–-]\s*|\s+(?=[A-ZА-ЯЁІЇЄҐ]))(?P<names>.{2,80})",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(
    r"\s*(?:;|,(?!\s*(?:Jr|Sr|PhD|M\.?D))|\s&\s|\sand\s|\sи\s|\sта\s|\sй\s|・(?=\S{2,}\s)|、|\|)\s*"
)


def title_from_text(text: str) -> str:
    """The first sentence, cut at a word where it is longer than a title should be."""
    sentence = _SENTENCE_END.split(text.strip(), maxsplit=1)[0].strip()
    sentence = sentence.rstrip(".。") if not sentence.endswith("..") else sentence
    if len(sentence) <= MAX_TITLE:
        return sentence
    cut = sentence[:MAX_TITLE]
    at_word = cut.rsplit(" ", 1)[0] if " " in cut[MAX_TITLE // 2 :] else cut
    return at_word.rstrip(" ,;:—–-、") + "…"


def byline_of(line: str) -> tuple[str, ...]:
    """The names of a line such as ``By Ann Lee and Bo Ek`` or ``Автор: Иван Петров``; empty otherwise."""
    match = _BYLINE.fullmatch(line.strip())
    if not match or len(line) > 100 or line.rstrip().endswith((".", "。", "!", "?", ":")):
        return ()
    names = split_names(match["names"])
    return names if names and all(_is_name(name) for name in names) else ()


def split_names(text: str) -> tuple[str, ...]:
    """People as one string lists them, each once, in order."""
    names = (name.strip(" \t\n.,;:|—–-") for name in _SEPARATORS.split(" ".join(text.split())))
    return tuple(dict.fromkeys(name for name in names if name))


def _is_name(name: str) -> bool:
    words = name.split()
    return len(words) <= 5 and not any(char.isdigit() for char in name) and name[:1] == name[:1].upper()


def lift_title(blocks: Sequence[Block], title: str | None) -> list[Block]:
    """The blocks without a heading near their beginning that only repeats the title.

    The headline is kept as metadata and shown above the text; standing in both places it would be
    shown, searched and exported twice.
    """
    repeated = next(
        (index for index, block in enumerate(blocks[:3]) if title and _repeats(block, title)), None
    )
    if repeated is None or len(blocks) < 2:
        return list(blocks)
    return [block for index, block in enumerate(blocks) if index != repeated]


def _repeats(block: Block, title: str) -> bool:
    """The title, or most of it with a kicker or without (never a short heading that is just a word of it)."""
    if block.kind is not BlockKind.HEADING:
        return False
    one, other = sorted((squeezed(block.text), squeezed(title)), key=len)
    return one == other or (len(one) * 2 > len(other) and len(one) > 15 and one in other)


def same_words(one: str, other: str) -> bool:
    """Equal but for case, spacing and punctuation."""
    return squeezed(one) == squeezed(other)


_NOT_LETTERS = re.compile(r"[\W_]+")


def squeezed(text: str) -> str:
    """Only its letters and digits, in lower case: for comparing renderings of one text."""
    return _NOT_LETTERS.sub("", text).lower()
