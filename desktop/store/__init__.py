"""The archive: one SQLite file, its history and its tables."""
