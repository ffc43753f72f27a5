"""What the index knows of a record: folded terms with positions, and plain values to filter by.

No text is stored: snippets come from the archive. Fields of words hold surface forms; fields of
values hold each value whole, in the spelling of the archive, so that they can be counted.
"""

from array import array
from collections.abc import Iterator
from typing import Any

from whoosh import columns, fields, formats

from desktop.core.searching import IndexRecord
from desktop.search.fold import FOLD_VERSION, terms

# Raise it when fields, formats or stored values change: other indexes are rebuilt.
SCHEMA_VERSION = 2
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
)
# The longest value kept; Whoosh's term keys are limited to 64 KB.
_LONGEST_VALUE = 500


class PositionArrays(formats.Positions):  # type: ignore[misc]
    """Positions as plain 32-bit numbers: quicker to write and read than Whoosh's pickled lists."""

    def encode(self, poslist: list[int]) -> bytes:
        return array("I", poslist).tobytes()

    def decode_positions(self, valuestring: bytes) -> list[int]:
        return array("I", valuestring).tolist()

    def decode_frequency(self, valuestring: bytes) -> int:
        return len(valuestring) // 4


class Words(fields.FieldType):  # type: ignore[misc]
    """A field of folded words with their positions; analysed without Whoosh's token objects."""

    def __init__(self) -> None:
        super().__init__(PositionArrays(), None, scorable=True)

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
        for each in dict.fromkeys((value,) if isinstance(value, str) else value):
            if each:
                yield each[:_LONGEST_VALUE].encode(), 1, 1.0, b""


def make_schema() -> fields.Schema:
    schema = fields.Schema(key=Values(unique=True), ids=fields.COLUMN(columns.VarBytesColumn()))
    for name in WORD_FIELDS:
        schema.add(name, Words())
    for name in VALUE_FIELDS:
        schema.add(name, Values())
    return schema


def document_of(record: IndexRecord) -> dict[str, Any]:
    """The record as the fields of one index document."""
    values: dict[str, Any] = {
        "key": record.key,
        "title": record.title if record.kind == "article" else "",
        "text": record.text,
        "note": record.note,
        "claim": record.claim,
        "kind": record.kind,
        "tag": record.tags,
        "speaker": record.speakers,
        "who": record.speakers if record.annotation_id is None else record.speakers[:1],
        "outlet": record.outlet,
        "lang": record.language,
        "date": record.date[:10],
        "added": record.added[:10],
        "read": record.read_state,
        "verdict": record.verdict,
        "collection": record.collections,
    }
    document = {name: value for name, value in values.items() if value}
    document["ids"] = f"{record.key}\t{record.article_id}".encode()
    return document
