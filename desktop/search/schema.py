"""What the index knows of a record: folded terms with positions, and plain values to filter by.

No text is stored: snippets come from the archive. Fields of words hold surface forms; fields of
values hold each value whole, in the spelling of the archive, so that they can be counted.
"""

from collections.abc import Iterator
from dataclasses import fields as fields_of
from hashlib import blake2b
from operator import attrgetter
from typing import Any

from whoosh import columns, fields, formats

from desktop.core.searching import IndexRecord
from desktop.search.fold import FOLD_VERSION, terms

# Raise it when fields, formats or stored values change: other indexes are rebuilt.
SCHEMA_VERSION = 4
VERSION = f"{SCHEMA_VERSION}.{FOLD_VERSION}"

WORD_FIELDS = ("title", "text", "note", "claim")
VALUE_FIELDS = (
    "kind",
    "tag",
    "speaker",
    "who",  # as "speaker" without a person's aliases, for counting
    "outlet",
    "lang",
    "date",
    "added",
    "read",
    "verdict",
    "collection",
    "tag_tree",  # tags and those above them, for counting
    "collection_tree",
)
# All fields of values: also the record's key and, of a mark, the article that it is made in.
VALUES = ("key", "article", *VALUE_FIELDS)
# Columns of numbers, one for each record: see ``numbers_of``.
NUMBERS = ("article_number", "digest")
# The longest value kept, in code points.
LONGEST_VALUE = 500

_FACTS = tuple(each.name for each in fields_of(IndexRecord))
_UNORDERED = (_FACTS.index("tags"), _FACTS.index("collections"))
_facts = attrgetter(*_FACTS)


class Words(fields.FieldType):  # type: ignore[misc]
    """A field of folded words with their positions; analysed without Whoosh's token objects."""

    def __init__(self) -> None:
        super().__init__(formats.Positions(), None, scorable=True)

    def index(self, value: str, **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        places: dict[str, list[int]] = {}
        for position, term in enumerate(terms(value)):
            known = places.get(term)
            if known is None:
                places[term] = [position]
            else:
                known.append(position)
        encode = self.format.encode
        for term, positions in places.items():
            count = len(positions)
            yield term.encode(), count, float(count), encode(positions)


class Values(fields.FieldType):  # type: ignore[misc]
    """A field of whole values, several or none a record, as the archive spells them."""

    def __init__(self, *, unique: bool = False) -> None:
        super().__init__(formats.Existence(), None, unique=unique)

    def index(self, value: str | tuple[str, ...], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        for each in _clean_all((value,) if isinstance(value, str) else value):
            yield each.encode(), 1, 1.0, b""


def make_schema() -> fields.Schema:
    schema = fields.Schema()
    for name in WORD_FIELDS:
        schema.add(name, Words())
    for name in VALUES:
        schema.add(name, Values(unique=name == "key"))
    for name in NUMBERS:
        schema.add(name, fields.COLUMN(columns.NumericColumn("q")))
    return schema


def words_of(record: IndexRecord) -> dict[str, str]:
    """The text of each field of words."""
    return {
        "title": record.title if record.kind == "article" else "",
        "text": record.text,
        "note": record.note,
        "claim": record.claim,
    }


def values_of(record: IndexRecord) -> dict[str, tuple[str, ...]]:
    """The values of each field of values, clean; fields without a value are left out."""
    is_mark = record.annotation_id is not None
    one: dict[str, str] = {
        "key": record.key,
        "article": "" if record.key == f"a:{record.article_id}" else record.article_id,
        "kind": record.kind,
        "outlet": record.outlet,
        "lang": record.language,
        "date": record.date[:10],
        "added": record.added[:10],
        "read": record.read_state,
        "verdict": record.verdict,
    }
    several: dict[str, tuple[str, ...]] = {
        "tag": record.tags,
        "speaker": record.speakers,
        "who": record.speakers[:1] if is_mark else record.speakers,
        "collection": record.collections,
        "tag_tree": _with_above(record.tags),
        "collection_tree": _with_above(record.collections),
    }
    found = {name: (_clean(value),) for name, value in one.items() if value}
    return found | {name: clean for name, values in several.items() if (clean := _clean_all(values))}


def _with_above(paths: tuple[str, ...]) -> tuple[str, ...]:
    """The paths and all above them: asking for one of these finds the record."""
    return tuple(path[:at] for path in paths for at in (*_slashes(path), len(path)))


def _slashes(path: str) -> list[int]:
    return [at for at, sign in enumerate(path) if sign == "/"]


def _clean_all(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_clean(value) for value in values if value)) if values else ()


def _clean(value: str) -> str:
    """As it is kept: on one line, and not too long."""
    if len(value) <= LONGEST_VALUE and value.isprintable():
        return value
    return value[:LONGEST_VALUE].replace("\n", " ").encode(errors="replace").decode()


def numbers_of(record: IndexRecord) -> dict[str, int]:
    """A stable number for the article, and the digest; both of 64 bits, signed."""
    return {
        "article_number": _number(record.article_id.encode(errors="replace")),
        "digest": digest_of(record),
    }


def digest_of(record: IndexRecord) -> int:
    """What differs where anything in the record differs, in any process and on any machine."""
    facts = [value if isinstance(value, tuple) else (value or "",) for value in _facts(record)]
    for unordered in _UNORDERED:
        facts[unordered] = tuple(sorted(facts[unordered]))
    return _number("\x1e".join(["\x1f".join(each) for each in facts]).encode(errors="surrogatepass"))


def _number(data: bytes) -> int:
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little", signed=True)


def document_of(record: IndexRecord) -> dict[str, Any]:
    """The record as the fields of one index document, for Whoosh's own writer."""
    found: dict[str, Any] = words_of(record) | values_of(record)
    return {name: value for name, value in found.items() if value} | numbers_of(record)
