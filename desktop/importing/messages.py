"""What a child process tells, as bytes that are checked before they are believed.

A file that took its child over could make it send anything, and unpickling what it likes would run
what it likes here. So a message is plain values alone, and the parent builds it anew by the types
that the program declares.
"""

import pickle
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from io import BytesIO
from types import NoneType, UnionType
from typing import Any, NamedTuple, NoReturn, Union, get_args, get_origin, get_type_hints

from desktop.core.errors import ImportFailed
from desktop.core.extraction import Entry, Extraction


class Beat(NamedTuple):
    """A sign of life: of a child that has started, and of a long reading."""

    done: int = 0
    total: int = 0


class End(NamedTuple):
    """The last message about a source.

    Attributes:
        failure: Why the source as a whole could not be read, or not to its end.
    """

    failure: ImportFailed | None = None


Message = Extraction | ImportFailed | Entry | Beat | End
_KINDS: dict[str, Any] = {one.__name__: one for one in (Extraction, ImportFailed, Entry, Beat, End)}
_PLAIN = {str, bytes, int, float, bool, NoneType}


def packed(message: Message) -> bytes:
    """The message as plain values, pickled: a tuple of its kind and its fields."""
    return pickle.dumps((type(message).__name__, _plain(message)), protocol=5)


def unpacked(data: bytes) -> Message:
    """The inverse of ``packed``.

    Raises:
        ValueError: The bytes are no message, or hold anything but the values that one has.
    """
    try:
        kind, values = _PlainUnpickler(BytesIO(data)).load()
        message: Message = _reader(_KINDS[kind])(values)
    except Exception as error:
        raise ValueError(f"not a message: {error}") from error
    return message


class _PlainUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> NoReturn:
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a message")


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return _storable(str(value))  # lxml's and the enumerations' own kinds of strings included
    if type(value) in _PLAIN:
        return value
    if isinstance(value, ImportFailed):
        return value.source, value.reason, value.detail
    if is_dataclass(value):
        return tuple(_plain(getattr(value, one.name)) for one in fields(value))
    if set(map(type, value)) <= _PLAIN - {str}:  # the edges of a book's letters are millions
        return tuple(value)
    return tuple(map(_plain, value))


def _storable(text: str) -> str:
    """With U+FFFD for halves of surrogate pairs, which JSON and headers may name and no archive can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


_Reader = Callable[[Any], Any]


@cache
def _reader(hint: Any) -> _Reader:
    """What makes a value of the type ``hint`` out of plain values.

    It raises ValueError or TypeError where they are not what the type has.
    """
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _optional(inner)
    if origin is tuple and inner[-1] is not Ellipsis:
        return _row(tuple, inner)
    if origin in (tuple, Sequence):
        return _many(inner[0])
    if hint in _PLAIN:
        return _just(hint)
    if issubclass(hint, Enum):
        member: _Reader = hint
        return member
    hints = {"source": str, "reason": str, "detail": str} if hint is ImportFailed else get_type_hints(hint)
    return _row(lambda values: hint(*values), tuple(hints.values()))


def _just(kind: type) -> _Reader:
    def read(value: Any) -> Any:
        if type(value) is not kind and not (kind is float and type(value) is int):
            raise TypeError(f"{kind.__name__} expected, not {type(value).__name__}")
        return value

    return read


def _optional(hints: tuple[Any, ...]) -> _Reader:
    (known,) = (_reader(one) for one in hints if one is not NoneType)
    return lambda value: None if value is None else known(value)


def _many(hint: Any) -> _Reader:
    one = _reader(hint)

    def read(values: Any) -> tuple[Any, ...]:
        listed: tuple[Any, ...] = _just(tuple)(values)
        return listed if set(map(type, listed)) <= {hint} else tuple(map(one, listed))

    return read


def _row(make: _Reader, hints: tuple[Any, ...]) -> _Reader:
    readers = [_reader(one) for one in hints]

    def read(values: Any) -> Any:
        listed = _just(tuple)(values)
        return make([reader(value) for reader, value in zip(readers, listed, strict=True)])

    return read
