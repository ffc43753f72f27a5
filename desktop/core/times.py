"""Times as the archive keeps them: UTC, ISO 8601, milliseconds, a trailing Z."""

from datetime import UTC, datetime


def now() -> str:
    """The present moment, e.g. ``2026-03-14T09:20:00.000Z``."""
    return kept(datetime.now(UTC))


def kept(moment: datetime) -> str:
    """A moment as the archive keeps it; one without a zone is taken for UTC."""
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return zoned.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def utc(text: str | None) -> str:
    """An ISO 8601 date or time as the archive keeps it; empty where it is none."""
    try:
        return kept(datetime.fromisoformat((text or "").strip()))
    except (ValueError, OverflowError):
        return ""
