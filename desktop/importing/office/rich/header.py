"""The tables at the beginning of an RTF file: fonts, colours, styles, authors, properties."""

import re
from dataclasses import dataclass, field

from desktop.core.document import BlockKind
from desktop.importing.office.flow import PARAGRAPH, Shape
from desktop.importing.office.rich.charsets import of_charset, of_page
from desktop.importing.office.rich.state import State

_HEADING = re.compile(r"(?:heading|заголовок|überschrift|titre|título|titolo|nagłówek|見出し)\s*(\d)", re.I)
_TITLES = ("title", "название", "заголовок", "назва", "表題", "titel", "titre")
_KINDS = {
    **dict.fromkeys(("quote", "intense quote", "цитата", "quotations", "引用文"), BlockKind.QUOTE),
    **dict.fromkeys(("html preformatted", "preformatted text", "source code"), BlockKind.CODE),
    **dict.fromkeys(("caption", "название объекта", "図表番号", "illustration"), BlockKind.IMAGE),
}
_FONT = re.compile(r"\\f(\d+) ([^\\]*(?:\\(?:fcharset|cpg)\d+ [^\\]*)*)")
_WORD = re.compile(r"\\[a-z]+-?\d* ")


@dataclass
class Header:
    r"""What holds for the whole file.

    The words of the tables come as ``\name12 `` each, mingled with their text.

    Attributes:
        encoding: Of fonts that name none.
        forced: The person's word for it, which the file does not change.
        fonts: The encoding of each; None where the file's own holds.
        colours: Six hex digits each; empty for the automatic one.
        styles: Name and outline level of each paragraph style.
        authors: Of tracked changes.
        info: The properties of the document.
    """

    encoding: str = "cp1252"
    forced: str = ""
    default_font: int = 0
    fonts: dict[int, str | None] = field(default_factory=dict)
    colours: list[str] = field(default_factory=list)
    styles: dict[int, tuple[str, int]] = field(default_factory=dict)
    authors: list[str] = field(default_factory=list)
    info: dict[str, str] = field(default_factory=dict)

    def add_fonts(self, heard: str) -> None:
        for match in _FONT.finditer(heard):
            charset = re.search(r"\\fcharset(\d+) ", match[2])
            page = re.search(r"\\cpg(\d+) ", match[2])
            known = of_page(int(page[1])) if page else None
            self.fonts[int(match[1])] = known or (of_charset(int(charset[1])) if charset else None)

    def add_colours(self, heard: str) -> None:
        for entry in heard.split(";")[:-1]:
            parts = dict(re.findall(r"\\(red|green|blue)(\d{1,3}) ", entry))
            known = [min(int(parts.get(name, 0)), 255) for name in ("red", "green", "blue")]
            self.colours.append("".join(f"{part:02x}" for part in known) if parts else "")

    def add_styles(self, heard: str) -> None:
        for entry in heard.split(";"):
            if re.search(r"\\(?:cs|ts|ds)\d", entry):
                continue
            number = re.search(r"\\s(\d+) ", entry)
            level = re.search(r"\\outlinelevel(\d) ", entry)
            name = _WORD.sub("", entry).strip().lower()
            self.styles[int(number[1]) if number else 0] = (name, int(level[1]) if level else 9)

    def author(self, index: int) -> str:
        """Of a tracked change; empty where it is not known."""
        name = self.authors[index] if 0 <= index < len(self.authors) else ""
        return "" if name == "Unknown" else name

    def is_title(self, state: State) -> bool:
        return self.styles.get(state.style, ("", 9))[0] in _TITLES

    def shape_of(self, state: State, label: str | None) -> Shape:
        """What a paragraph is; ``label`` is what stands before it as an item of a list."""
        name, outline = self.styles.get(state.style, ("", 9))
        if self.is_title(state):
            return Shape(BlockKind.HEADING, 1)
        if match := _HEADING.match(name):
            return Shape(BlockKind.HEADING, min(max(int(match[1]), 1), 6))
        if (level := min(state.outline, outline)) < 9:
            return Shape(BlockKind.HEADING, min(max(level, 0) + 1, 6))
        if label is not None or state.listed:
            depth = min(max(state.level, 0), 8) + 1
            return Shape(BlockKind.LIST_ITEM, depth, _ordinal(label), str(state.listed))
        kind = _KINDS.get(name)
        return Shape(kind, int(kind is BlockKind.QUOTE)) if kind else PARAGRAPH


def _ordinal(label: str | None) -> int | None:
    """The number that an item's label shows; None for bullets."""
    if label is None or not (found := re.findall(r"\d{1,6}|[^\W\d_]+", label)):
        return None
    last = found[-1]
    if last.isdecimal():
        return int(last)
    # A bullet of a symbol font may be a letter; so only one with a sign behind it counts.
    counted = len(last) == 1 and last.isascii() and re.search(r"[a-zA-Z][.)]", label)
    return ord(last.lower()) - ord("a") + 1 if counted else None
