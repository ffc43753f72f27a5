"""Which schema this program has: known without loading what makes it, since each opening asks."""

import sqlite3
from hashlib import sha256

# Counts the migrations; kept in the file's ``user_version``.
SCHEMA_VERSION = 3

# Of a fresh archive's schema; ``tests/store/test_versions.py`` computes it anew.
FINGERPRINT = "68e57719640c2394a6144ee25d1883132d9dc39a7874e470b850f35810862b78"

Schema = dict[tuple[str, str], str]


def user_version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def schema_of(connection: sqlite3.Connection) -> Schema:
    """Every object's SQL without differences of white space; SQLite's own tables left out."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {
        (kind, name): " ".join(sql.split())
        for kind, name, sql in rows
        if not (kind == "table" and name.startswith("sqlite_"))
    }


def fingerprint(schema: Schema) -> str:
    """SHA-256 of every object's kind, name and SQL, in their order."""
    return sha256(repr(sorted(schema.items())).encode("utf-8", "surrogatepass")).hexdigest()
