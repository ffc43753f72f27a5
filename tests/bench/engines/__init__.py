"""Search engines side by side: one corpus, the same questions, one run.

    python -m tests.bench.engines [--articles N] [--text synthetic|real] [ENGINE…]

SQLite FTS5 and stock Whoosh are always there; tantivy and Xapian are measured where they are installed.
"""
