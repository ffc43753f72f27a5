"""Identifiers: UUIDs of version 7, so that they sort by the time they were made."""

import os
import time


def new_id() -> str:
    """A new UUIDv7 as lower-case text (RFC 9562, section 5.7)."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    rand_a = random >> 68 & 0xFFF
    rand_b = random & (1 << 62) - 1
    digits = f"{milliseconds << 80 | 7 << 76 | rand_a << 64 | 2 << 62 | rand_b:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
