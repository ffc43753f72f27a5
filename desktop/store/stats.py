"""How much there is in an archive."""

from dataclasses import dataclass, field

from desktop.store.archive import Archive


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts of live records, and sizes in bytes.

    Attributes:
        annotations: By kind.
        trashed: Articles and annotations in the trash.
        original_bytes: Of the originals when unpacked; ``stored_bytes`` as they lie in the archive.
    """

    articles: int
    captures: int
    originals: int
    annotations: dict[str, int] = field(default_factory=dict)
    languages: dict[str, int] = field(default_factory=dict)
    tags: int = 0
    people: int = 0
    claims: int = 0
    collections: int = 0
    searches: int = 0
    trashed: int = 0
    steps: int = 0
    file_bytes: int = 0
    original_bytes: int = 0
    stored_bytes: int = 0


def stats(archive: Archive) -> Stats:
    """Count everything; for 100,000 articles a matter of tenths of a second."""

    def number(sql: str) -> int:
        return int(archive.value(f"SELECT {sql}") or 0)

    kinds = archive.rows(
        "SELECT kind, count(*) FROM annotations WHERE trashed_at IS NULL AND article_id NOT IN "
        "(SELECT id FROM articles WHERE trashed_at IS NOT NULL) GROUP BY kind ORDER BY kind"
    )
    languages = archive.rows(
        "SELECT ifnull(language, ''), count(*) FROM articles WHERE trashed_at IS NULL "
        "GROUP BY language ORDER BY count(*) DESC, language"
    )
    return Stats(
        articles=number("count(*) FROM articles WHERE trashed_at IS NULL"),
        captures=number("count(*) FROM captures"),
        originals=number("count(*) FROM originals"),
        annotations=dict(kinds),
        languages=dict(languages),
        tags=number("count(*) FROM tags"),
        people=number("count(*) FROM people"),
        claims=number("count(*) FROM claims"),
        collections=number("count(*) FROM collections"),
        searches=number("count(*) FROM saved_searches"),
        trashed=number("count(*) FROM articles WHERE trashed_at IS NOT NULL")
        + number("count(*) FROM annotations WHERE trashed_at IS NOT NULL"),
        steps=number("count(*) FROM history"),
        file_bytes=number("page_count * page_size FROM pragma_page_count, pragma_page_size"),
        original_bytes=number("sum(size) FROM originals"),
        stored_bytes=number("sum(length(data)) FROM sqlar"),
    )
