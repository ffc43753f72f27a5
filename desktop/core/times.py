"""Times as the archive keeps them: UTC, ISO 8601, milliseconds, a trailing Z."""

from datetime import UTC, datetime


def now() -> str:
    """The present moment, e.g. ``2026-03-14T09:20:00.000Z``."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
