"""The reader of RTF: one pass over the tokens with a stack of states, however deep they nest."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from desktop.core.document import MarkKind
from desktop.core.times import utc
from desktop.importing.office.flow import PLAIN, Flow
from desktop.importing.office.ranges import Marker
from desktop.importing.office.remarks import colour_of, comment
from desktop.importing.office.rich.charsets import SYMBOL, decoded, of_page
from desktop.importing.office.rich.header import Header
from desktop.importing.office.rich.paragraphs import Paragraphs
from desktop.importing.office.rich.state import State, moment_of
from desktop.importing.office.rich.tokens import Kind, Token, tokens
from desktop.importing.office.symbols import symbol
from desktop.importing.office.word.fields import link_of

MOST_PICTURES = 500
MOST_ASIDE = 20_000  # footnotes, and text boxes before the next paragraph
_DEEPEST_NOTE = 2
_MOST_FIELDS = 50
_DEEPEST_BOX = 5
_CHARACTERS = {
    "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "enspace": " ", "emspace": " ", "qmspace": " ", "tab": "\t", "zwj": "\u200d",
    "zwnj": "\u200c",
}  # fmt: skip
_SYMBOLS = {"~": "\u00a0", "_": "\u2011", "-": "\u00ad", "\\": "\\", "{": "{", "}": "}"}
_TOGGLES = {
    "b": MarkKind.STRONG,
    "i": MarkKind.EMPHASIS,
    "strike": MarkKind.STRIKE,
    "striked": MarkKind.STRIKE,
    "super": MarkKind.SUPERSCRIPT,
    "sub": MarkKind.SUBSCRIPT,
}
_NUMBERS = {
    "f": "font", "uc": "fallback", "highlight": "colour", "chcbpat": "colour", "revauth": "author",
    "revdttm": "moment", "revauthdel": "author", "revdttmdel": "moment", "s": "style",
    "outlinelevel": "outline", "ls": "listed", "ilvl": "level",
}  # fmt: skip
_SWITCHES = {"v": "hidden", "revised": "inserted", "deleted": "deleted", "intbl": "in_table"}
# Groups that are read for the groups in them; whose words are collected; that are read in passing;
# and that are no part of the text. Others that are marked as optional are left out as well.
_HOLDERS = {"info", "upr"}
_PASSED = {"shppict", "shpinst", "shpgrp", "do", "result"}
_SKIPPED = {
    "filetbl", "list", "listoverride", "listtable", "listoverridetable", "rsidtbl", "header", "headerl",
    "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "ftnsep", "ftnsepc", "ftncn",
    "aftnsep", "aftnsepc", "aftncn", "nonshppict", "nonesttables", "objdata", "bkmkstart", "bkmkend",
    "tc", "xe", "rxe", "private", "template", "atnid", "sp", "background", "datafield", "comment",
    "shprslt",
}  # fmt: skip
_ASIDE = {"footnote", "shptxt", "dptxbxtext"}
# What the words between the text mean to the tables that they stand in.
_DESCRIBING = {
    "fonttbl": {"f", "fcharset", "cpg"},
    "colortbl": {"red", "green", "blue"},
    "stylesheet": {"s", "cs", "ds", "ts", "outlinelevel"},
    "creatim": {"yr", "mo", "dy", "hr", "min"},
    "revtim": {"yr", "mo", "dy", "hr", "min"},
    "pict": {"pngblip", "jpegblip"},
}
_PICTURE = re.compile(r"\\(png|jpeg)blip0 ")
_NOT_HEX = re.compile(r"[^0-9a-fA-F]+")


@dataclass
class Interpreter:
    """Writes an RTF file into a flow.

    Attributes:
        source: The file, decoded byte by byte (Latin-1).
        pictures: Their bytes, by the names that the flow knows them by.
    """

    source: str
    flow: Flow
    marker: Marker
    header: Header
    paragraphs: Paragraphs
    pictures: dict[str, bytes] = field(default_factory=dict)
    _state: State = field(default_factory=State)
    _pending: list[str] = field(default_factory=list)
    _skip: int = 0
    _high: str = ""
    _heard: dict[str, list[str]] = field(default_factory=dict)
    _told: dict[str, str] = field(default_factory=dict)
    _fields: list[tuple[int, list[str]]] = field(default_factory=list)
    _notes: list[tuple[int, int, State]] = field(default_factory=list)
    _boxes: list[tuple[int, int, State]] = field(default_factory=list)
    _depths: list[int] = field(default_factory=list)
    _nested: int = 0
    _depth: int = 0

    def read(self) -> None:
        """The whole file; then its footnotes, which stand behind the text."""
        self._run(0, len(self.source), State())
        self.paragraphs.end_row()
        self._end_paragraph()
        for number, (start, end, state) in enumerate(self._notes, 1):  # grows: notes may have notes
            self._nested = self._depths[number - 1] + 1
            self.paragraphs.begin_note(number)
            self._run(start, end, State(font=state.font, fallback=state.fallback))
            self.paragraphs.end_note()
        self.marker.colour(None)
        self.flow.end()

    def _run(self, start: int, end: int, state: State) -> None:
        outer, fields = self._state, self._fields
        self._state, self._fields = state, []
        stack: list[State] = []
        fresh = optional = False  # at the beginning of a group; of one that programs may leave out
        aside: tuple[int, Token] | None = None  # a group that is read later, and how deep it stands
        for token in tokens(self.source, start, end):
            if token.kind is Kind.OPEN:
                self._flush()
                stack.append(self._state)
                fresh, optional, self._skip = True, False, 0
            elif token.kind is Kind.CLOSE:
                self._flush()
                self._skip, fresh = 0, False
                if stack:
                    self._leave(stack.pop(), len(stack))
                if aside is not None and len(stack) < aside[0]:
                    self._put_aside(aside[1], token)
                    aside = None
            elif aside is not None:
                continue
            elif token.kind is Kind.BYTES:
                self._hear(token.word)
                fresh = False
            elif token.kind is Kind.SYMBOL:
                optional = fresh and token.word == "*"
                fresh = optional
                self._symbol(token.word)
            elif fresh and token.word in _ASIDE and self._state.target == "body":
                aside, fresh = (len(stack), token), False
                if len(self._notes) + len(self._boxes) > MOST_ASIDE or self._nested >= _DEEPEST_NOTE:
                    aside, self._state = None, self._state._replace(target="skip")
            else:
                self._word(token, fresh=fresh, optional=optional, depth=len(stack))
                fresh = False
        self._flush()
        self._state, self._fields = outer, fields

    # groups

    def _put_aside(self, begun: Token, ended: Token) -> None:
        where = (begun.end, ended.end - 1, self._state)
        if begun.word != "footnote":
            self._boxes.append(where)
            return
        self.paragraphs.begin(self._state)
        self._notes.append(where)
        self._depths.append(self._nested)
        self.flow.note_reference(str(len(self._notes)), f"note-{len(self._notes)}")

    def _leave(self, before: State, depth: int) -> None:
        """The end of a group: what it collected is told, and what held before it holds again."""
        target = self._state.target
        self._state = before
        if target != before.target and (tell := _TOLD.get(target)) is not None:
            tell(self, "".join(self._heard.pop(target, [])))
        while self._fields and self._fields[-1][0] > depth:
            self._fields.pop()

    def _word(self, token: Token, *, fresh: bool, optional: bool, depth: int) -> None:
        word, number = token.word, token.number
        if self._skip and word in _CHARACTERS:
            self._skip -= 1
            return
        self._flush()
        target = self._state.target
        if fresh and self._enter(word, optional=optional):
            return
        if word in _DESCRIBING.get(target, ()):
            self._heard.setdefault(target, []).append(f"\\{word}{number or 0} ")
        elif (action := _ACTIONS.get(word)) is not None:
            action(self, number)
        elif word == "field" and fresh and len(self._fields) < _MOST_FIELDS:
            self._fields.append((depth, []))
        elif word == "fldrslt" and self._fields:
            self._state = self._state._replace(href=link_of("".join(self._fields[-1][1])) or self._state.href)
        elif target == "body":
            self._format(word, number)

    def _enter(self, word: str, *, optional: bool) -> bool:
        """The first word of a group may say where its text goes; whether that is all it says."""
        target = self._state.target
        if target == "skip":
            return True
        if word in _HOLDERS:
            self._state = self._state._replace(target=word)
        elif word in _TOLD and target in ("body", "annotation", *_HOLDERS):
            self._state = self._state._replace(target=word)
            self._heard[word] = []
        elif word == "ud" and target == "upr":
            self._state = self._state._replace(target="body")
        elif word in _PASSED:
            pass
        elif word in _SKIPPED or (optional and target != "stylesheet"):
            self._state = self._state._replace(target="skip")
        else:
            return False
        return True

    # text

    def _hear(self, text: str) -> None:
        dropped = min(self._skip, len(text))
        self._skip -= dropped
        if dropped < len(text):
            self._pending.append(text[dropped:])

    def _flush(self) -> None:
        """Bytes become characters in the encoding of their font."""
        if not self._pending:
            return
        raw = "".join(self._pending)
        self._pending = []
        fonted = self._state.target in ("body", "annotation")
        encoding = self.header.fonts.get(self._state.font) if fonted else None
        if encoding == SYMBOL:
            self._say("".join(symbol("symbol", ord(char)) if ord(char) > 0x20 else char for char in raw))
        elif raw.isascii():
            self._say(raw)
        else:
            self._say(decoded(raw.encode("latin-1", "replace"), encoding or self.header.encoding))

    def unicode(self, number: int | None) -> None:
        """A character by its code, as a signed number of 16 bits; half a pair waits for the other."""
        code = (number or 0) & 0xFFFF if (number or 0) < 0x10000 else min(number or 0, 0x10FFFF)
        self._skip = self._state.fallback
        if 0xD800 <= code < 0xDC00:
            self._high = chr(code)
        elif 0xDC00 <= code < 0xE000:
            pair = (self._high + chr(code)).encode("utf-16-le", "surrogatepass")
            self._high = ""
            self._say(pair.decode("utf-16-le", "replace"))
        else:
            self._say(symbol("symbol", code) if 0xF000 <= code <= 0xF0FF else chr(code))

    def _symbol(self, sign: str) -> None:
        if sign == "*":
            return
        if self._skip:
            self._skip -= 1
            return
        self._flush()
        if sign in _SYMBOLS:
            self._say(_SYMBOLS[sign])
        elif sign in "\r\n":
            self.end_paragraph(None)

    def _say(self, words: str) -> None:
        target = self._state.target
        if target == "body":
            self._write(words)
        elif target == "fldinst" and self._fields:
            self._fields[-1][1].append(words[:5000])
        elif target in self._heard:
            self._heard[target].append(words)

    def _write(self, words: str) -> None:
        state = self._state
        if state.hidden:
            return
        creator, when = self.header.author(state.author), utc(moment_of(state.moment))
        if state.deleted:
            self.marker.deleted(words, creator, when)
            return
        self.paragraphs.begin(state)
        key = self.marker.begin_inserted(creator, when) if state.inserted else ""
        colours = self.header.colours
        colour = colour_of(colours[state.colour]) if 0 < state.colour < len(colours) else None
        self.marker.colour(colour)
        self.flow.text(words, state.kinds, state.href)
        if colour:
            self.marker.coloured()
        if key:
            self.marker.end_inserted(key, creator)

    # what control words do

    def _format(self, word: str, number: int | None) -> None:
        if (kind := _TOGGLES.get(word)) is not None:
            kinds = self._state.kinds - {kind} if number == 0 else self._state.kinds | {kind}
            self._state = self._state._replace(kinds=kinds)
        elif name := _NUMBERS.get(word):
            self._change(name, number or 0)
        elif name := _SWITCHES.get(word):
            self._change(name, number != 0)

    def _change(self, name: str, value: int | bool) -> None:
        changed: dict[str, Any] = {name: value}
        self._state = self._state._replace(**changed)

    def leave_out(self) -> None:
        """The rest of the group is for programs."""
        self._state = self._state._replace(target="skip")

    def plain(self, _: int | None) -> None:
        self._state = self._state._replace(
            kinds=PLAIN,
            font=self.header.default_font,
            hidden=False,
            inserted=False,
            deleted=False,
            colour=0,
        )

    def plain_paragraph(self, _: int | None) -> None:
        self._state = self._state._replace(style=0, outline=9, listed=0, level=0, in_table=False)

    def level_text(self, _: int | None) -> None:
        kinds = self._state.kinds - {MarkKind.SUPERSCRIPT, MarkKind.SUBSCRIPT}
        self._state = self._state._replace(kinds=kinds)

    def end_paragraph(self, _: int | None) -> None:
        if self._state.target == "body":
            self._end_paragraph()
        else:
            self._say("\n")

    def _end_paragraph(self) -> None:
        if self.paragraphs.in_row and not self.paragraphs.boxed:
            self.paragraphs.end()
            return
        self.paragraphs.end()
        if self._depth >= _DEEPEST_BOX:
            return
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self._depth += 1
            self.paragraphs.boxed = True
            self._run(*box)
            self._end_paragraph()
            self._depth -= 1
            self.paragraphs.boxed = self._depth > 0

    def in_body(self, action: Callable[[], None]) -> None:
        if self._state.target == "body":
            action()

    # what groups tell when they end

    def tell_fonts(self, heard: str) -> None:
        self.header.add_fonts(heard)
        self._state = self._state._replace(font=self.header.default_font)

    def tell_picture(self, heard: str) -> None:
        match = _PICTURE.search(heard)
        if match is None or len(self.pictures) >= MOST_PICTURES:
            return
        digits = _NOT_HEX.sub("", _PICTURE.sub("", heard))
        src = f"picture-{len(self.pictures) + 1}.{match[1]}"
        self.pictures[src] = bytes.fromhex(digits[: len(digits) // 2 * 2])
        self.paragraphs.begin(self._state)
        self.flow.picture(src, None)

    def tell_comment(self, heard: str) -> None:
        reference, packed = self._told.pop("atnref", ""), self._told.pop("atndate", "")
        key = f"c{reference}" if reference else f"c-{len(self.marker.marks)}"
        when = moment_of(int(packed)) if packed.isdecimal() and len(packed) < 12 else ""
        words = "\n".join(" ".join(line.split()) for line in heard.splitlines()).strip()
        self.marker.marks[key] = comment(words, self._told.get("atnauthor", ""), utc(when))
        if key not in self.flow.places:
            self.flow.point(key)

    def tell(self, name: str, heard: str) -> None:
        """Something that is asked for later."""
        self._told[name] = self.header.info[name] = " ".join(heard.split())


def _set_encoding(reader: Interpreter, number: int | None) -> None:
    header = reader.header
    header.encoding = header.forced or of_page(number or 0) or header.encoding


def _set_default_font(reader: Interpreter, number: int | None) -> None:
    reader.header.default_font = number or 0


def _add_column(reader: Interpreter, _: int | None) -> None:
    reader.paragraphs.columns += 1


def _head_table(reader: Interpreter, _: int | None) -> None:
    reader.paragraphs.heads = True


def _character(text: str) -> Callable[[Interpreter, int | None], None]:
    return lambda reader, _: reader._say(text)


def _remembered(name: str) -> Callable[[Interpreter, str], None]:
    return lambda reader, heard: reader.tell(name, heard)


_ACTIONS: dict[str, Callable[[Interpreter, int | None], None]] = {
    "u": Interpreter.unicode,
    "par": Interpreter.end_paragraph,
    "sect": Interpreter.end_paragraph,
    "page": Interpreter.end_paragraph,
    "line": lambda reader, _: reader.in_body(reader.flow.line_break),
    "cell": lambda reader, _: reader.in_body(reader.paragraphs.end_cell),
    "row": lambda reader, _: reader.in_body(reader.paragraphs.end_row),
    "nestcell": lambda reader, _: reader._say(" "),
    "trowd": lambda reader, _: reader.in_body(reader.paragraphs.begin_row),
    "cellx": _add_column,
    "objdata": lambda reader, _: reader.leave_out(),
    "trhdr": _head_table,
    "plain": Interpreter.plain,
    "pard": Interpreter.plain_paragraph,
    "nosupersub": Interpreter.level_text,
    "ansicpg": _set_encoding,
    "mac": lambda reader, _: _set_encoding(reader, 10000),
    "deff": _set_default_font,
    **{word: _character(text) for word, text in _CHARACTERS.items()},
}
_TOLD: dict[str, Callable[[Interpreter, str], None]] = {
    "fonttbl": Interpreter.tell_fonts,
    "colortbl": lambda reader, heard: reader.header.add_colours(heard),
    "stylesheet": lambda reader, heard: reader.header.add_styles(heard),
    "revtbl": lambda reader, heard: reader.header.authors.extend(name.strip() for name in heard.split(";")),
    "listtext": lambda reader, heard: setattr(reader.paragraphs, "label", heard.strip()),
    "pntext": lambda reader, heard: setattr(reader.paragraphs, "label", heard.strip()),
    "pict": Interpreter.tell_picture,
    "fldinst": lambda *_: None,
    "annotation": Interpreter.tell_comment,
    "atrfstart": lambda reader, heard: reader.flow.open(f"c{heard.strip()}"),
    "atrfend": lambda reader, heard: reader.flow.close(f"c{heard.strip()}"),
    **{
        name: _remembered(name)
        for name in (
            "title", "author", "subject", "doccomm", "creatim", "revtim", "atnauthor", "atnref", "atndate",
        )
    },
}  # fmt: skip
