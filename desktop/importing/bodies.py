"""Bodies of HTTP answers: unpacked within limits, whatever they claim to be."""

import zlib

from desktop.core.errors import ImportFailed

LARGEST = 64 * 1024 * 1024
_NOTHING = ("", "identity", "none", "binary", "utf-8")


def unpacked(data: bytes, encodings: str, name: str, limit: int = LARGEST) -> bytes:
    """The body without its content encodings.

    A body that is not packed, against what its header says, is given as it is; of one that is cut
    short, what there is.

    Args:
        encodings: The header's words, e.g. ``gzip`` or ``deflate, br``.

    Raises:
        ImportFailed: ``too_large``; ``unknown_format``: packed in a way that is not known here.
    """
    names = [one.strip().lower() for one in encodings.split(",")]
    for encoding in reversed([one for one in names if one not in _NOTHING][:5]):
        data = _unpacked_once(data, encoding, name, limit)
    if len(data) > limit:
        raise ImportFailed(name, "too_large", f"more than {limit} bytes")
    return data


def _unpacked_once(data: bytes, encoding: str, name: str, limit: int) -> bytes:
    if encoding in ("gzip", "x-gzip"):
        return _inflated(data, zlib.MAX_WBITS | 32, name, limit)
    if encoding == "deflate":
        raw = -zlib.MAX_WBITS if not _has_zlib_header(data) else zlib.MAX_WBITS
        return _inflated(data, raw, name, limit)
    if encoding == "br":
        return _unbrotlied(data, name, limit)
    raise ImportFailed(name, "unknown_format", f"its server packed it as {encoding}")


def _has_zlib_header(data: bytes) -> bool:
    return len(data) > 1 and data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0


def _inflated(data: bytes, window: int, name: str, limit: int) -> bytes:
    unpacker = zlib.decompressobj(window)
    try:
        made = unpacker.decompress(data, limit + 1)
    except zlib.error:
        return _as_far_as_it_goes(data, window, limit) or data
    return _within(made, name, limit)


def _as_far_as_it_goes(data: bytes, window: int, limit: int) -> bytes:
    """What comes out before the damage; nothing where it was never packed."""
    unpacker, parts, size = zlib.decompressobj(window), [], 0
    try:
        for at in range(0, len(data), 512):
            parts.append(unpacker.decompress(data[at : at + 512], limit))
            size += len(parts[-1])
            if size > limit:
                break
    except zlib.error:
        pass
    return b"".join(parts)


def _unbrotlied(data: bytes, name: str, limit: int) -> bytes:
    import brotli

    unpacker = brotli.Decompressor()
    parts: list[bytes] = []
    size = 0
    try:
        parts.append(unpacker.process(data, output_buffer_limit=limit + 1))
        while size <= limit and parts[-1] and not unpacker.is_finished():
            size += len(parts[-1])
            parts.append(unpacker.process(b"", output_buffer_limit=limit + 1))
    except brotli.error:
        if not any(parts):
            return data
    return _within(b"".join(parts), name, limit)


def _within(made: bytes, name: str, limit: int) -> bytes:
    if len(made) > limit:
        raise ImportFailed(name, "too_large", f"more than {limit} bytes unpacked")
    return made
