"""The archive's tables as SQL text, and where every object in the file comes from.

Keys are UUIDv7 as text, so that records of two archives never collide; tables are STRICT; link
tables are WITHOUT ROWID with a composite key, which halves their b-trees. Every foreign key has
an index that begins with its column: without one, deleting a parent scans the whole child table.
Times are UTC ISO 8601. Columns read well in Datasette and in the ``sqlite3`` shell.
"""

APPLICATION_ID = 0x50524D4B  # "PRMK", bytes 68-71 of the file

# Tables whose every change is recorded in the history. Captures, originals and the lists of frozen
# searches are not: they are large, never edited, and go only when the trash is emptied. What somebody
# has looked at is no work of theirs.
TRACKED = (
    "articles",
    "people",
    "people_aliases",
    "claims",
    "annotations",
    "annotation_spans",
    "relations",
    "tags",
    "tag_aliases",
    "article_tags",
    "annotation_tags",
    "collections",
    "collection_articles",
    "saved_searches",
    "frozen_searches",
)

MIGRATIONS_TABLE = """
CREATE TABLE _sqlite_migrations (
    id INTEGER PRIMARY KEY, migration_set TEXT, name TEXT, applied_at TEXT
);
CREATE UNIQUE INDEX idx__sqlite_migrations_migration_set_name ON _sqlite_migrations (migration_set, name);
"""

_ARTICLES = """
CREATE TABLE articles (
    id TEXT PRIMARY KEY,
    title TEXT,
    title_sort TEXT NOT NULL DEFAULT '',
    byline TEXT NOT NULL DEFAULT '[]',
    publisher TEXT,
    publisher_sort TEXT,
    url TEXT,
    published_at TEXT,
    date_is_guess INTEGER NOT NULL DEFAULT 0 CHECK (date_is_guess IN (0, 1)),
    language TEXT,
    language_confidence INTEGER NOT NULL DEFAULT 0,
    description TEXT,
    current_capture TEXT REFERENCES captures (id) DEFERRABLE INITIALLY DEFERRED,
    read_state TEXT NOT NULL DEFAULT 'unread' CHECK (read_state IN ('unread', 'reading', 'read')),
    note TEXT NOT NULL DEFAULT '',
    added_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    trashed_at TEXT
) STRICT;
CREATE INDEX articles_current_capture ON articles (current_capture) WHERE current_capture IS NOT NULL;
CREATE INDEX articles_url ON articles (url) WHERE url IS NOT NULL;
-- trashed_at is always NULL in these; naming it lets SQLite answer from the index alone.
CREATE INDEX articles_title ON articles (title_sort, id, trashed_at) WHERE trashed_at IS NULL;
CREATE INDEX articles_published ON articles (published_at, id, trashed_at) WHERE trashed_at IS NULL;
CREATE INDEX articles_added ON articles (added_at, id, trashed_at) WHERE trashed_at IS NULL;
CREATE INDEX articles_publisher ON articles (publisher_sort, publisher, id, trashed_at)
    WHERE trashed_at IS NULL;
CREATE INDEX articles_language ON articles (language, read_state, trashed_at) WHERE trashed_at IS NULL;
CREATE INDEX articles_trash ON articles (trashed_at) WHERE trashed_at IS NOT NULL;

CREATE TABLE captures (
    id TEXT PRIMARY KEY,
    article_id TEXT NOT NULL REFERENCES articles (id) DEFERRABLE INITIALLY DEFERRED,
    original TEXT REFERENCES originals (sha256),
    text_sha256 TEXT NOT NULL,
    extractor TEXT NOT NULL,
    encoding TEXT,
    source TEXT NOT NULL DEFAULT '',
    captured_at TEXT NOT NULL,
    layout TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX captures_article ON captures (article_id, captured_at);
CREATE INDEX captures_original ON captures (original) WHERE original IS NOT NULL;
CREATE INDEX captures_text ON captures (text_sha256);

-- The layout of https://sqlite.org/sqlar.html, so that "sqlite3 Name.pressmark -Ax" unpacks it.
CREATE TABLE sqlar (name TEXT PRIMARY KEY, mode INT, mtime INT, sz INT, data BLOB);
CREATE TABLE originals (
    sha256 TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    filename TEXT NOT NULL,
    volume TEXT,
    added_at TEXT NOT NULL
) STRICT;
"""

_PEOPLE_AND_CLAIMS = """
CREATE TABLE people (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    name_sort TEXT NOT NULL,
    kind TEXT NOT NULL DEFAULT 'person',
    note TEXT NOT NULL DEFAULT '',
    updated_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX people_name ON people (name_key);
CREATE TABLE people_aliases (
    person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    alias_key TEXT NOT NULL,
    alias TEXT NOT NULL,
    PRIMARY KEY (person_id, alias_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX people_aliases_key ON people_aliases (alias_key);

CREATE TABLE claims (
    id TEXT PRIMARY KEY,
    statement TEXT NOT NULL,
    statement_key TEXT NOT NULL,
    verdict TEXT NOT NULL DEFAULT 'open'
        CHECK (verdict IN ('open', 'supported', 'disputed', 'refuted', 'unverifiable')),
    note TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX claims_statement ON claims (statement_key);
"""

_ANNOTATIONS = """
CREATE TABLE annotations (
    id TEXT PRIMARY KEY,
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    capture_id TEXT NOT NULL REFERENCES captures (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL CHECK (kind IN ('highlight', 'quote', 'claim', 'note')),
    colour TEXT,
    note TEXT NOT NULL DEFAULT '',
    speaker_id TEXT REFERENCES people (id) ON DELETE SET NULL,
    cue TEXT,
    mode TEXT CHECK (mode IN ('direct', 'indirect', 'mixed')),
    said_at TEXT,
    claim_id TEXT REFERENCES claims (id) ON DELETE SET NULL,
    stance TEXT CHECK (stance IN ('asserts', 'repeats', 'supports', 'disputes', 'hedges')),
    creator TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    trashed_at TEXT
) STRICT;
-- One index for the foreign key and for the counts: with two the planner takes the wrong one.
CREATE INDEX annotations_article ON annotations (article_id, trashed_at, kind);
CREATE INDEX annotations_capture ON annotations (capture_id);
CREATE INDEX annotations_speaker ON annotations (speaker_id) WHERE speaker_id IS NOT NULL;
CREATE INDEX annotations_claim ON annotations (claim_id) WHERE claim_id IS NOT NULL;
CREATE INDEX annotations_trash ON annotations (trashed_at) WHERE trashed_at IS NOT NULL;

-- start and end are code points in the capture's text (W3C TextPositionSelector).
CREATE TABLE annotation_spans (
    annotation_id TEXT NOT NULL REFERENCES annotations (id) ON DELETE CASCADE,
    ord INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    exact TEXT NOT NULL,
    prefix TEXT NOT NULL DEFAULT '',
    suffix TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (annotation_id, ord)
) STRICT, WITHOUT ROWID;

CREATE TABLE relations (
    id TEXT PRIMARY KEY,
    source_id TEXT NOT NULL REFERENCES annotations (id) ON DELETE CASCADE,
    target_id TEXT NOT NULL REFERENCES annotations (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('supports', 'contradicts', 'repeats', 'corrects')),
    comment TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX relations_source ON relations (source_id);
CREATE INDEX relations_target ON relations (target_id);
"""

_TAGS_AND_COLLECTIONS = """
CREATE TABLE tags (
    id TEXT PRIMARY KEY,
    parent_id TEXT REFERENCES tags (id),
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    name_sort TEXT NOT NULL,
    colour TEXT,
    description TEXT NOT NULL DEFAULT '',
    pinned INTEGER,
    updated_at TEXT NOT NULL
) STRICT;
-- A plain UNIQUE would let two roots share a name: NULLs differ from each other.
CREATE UNIQUE INDEX tags_name ON tags (ifnull(parent_id, ''), name_key);
CREATE INDEX tags_parent ON tags (parent_id) WHERE parent_id IS NOT NULL;
CREATE TABLE tag_aliases (
    tag_id TEXT NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
    alias_key TEXT NOT NULL,
    alias TEXT NOT NULL,
    PRIMARY KEY (tag_id, alias_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_aliases_key ON tag_aliases (alias_key);
CREATE TABLE article_tags (
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    tag_id TEXT NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
    PRIMARY KEY (article_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_tags_tag ON article_tags (tag_id);
CREATE TABLE annotation_tags (
    annotation_id TEXT NOT NULL REFERENCES annotations (id) ON DELETE CASCADE,
    tag_id TEXT NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
    PRIMARY KEY (annotation_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX annotation_tags_tag ON annotation_tags (tag_id);

CREATE TABLE collections (
    id TEXT PRIMARY KEY,
    parent_id TEXT REFERENCES collections (id),
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    name_sort TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX collections_name ON collections (ifnull(parent_id, ''), name_key);
CREATE INDEX collections_parent ON collections (parent_id) WHERE parent_id IS NOT NULL;
CREATE TABLE collection_articles (
    collection_id TEXT NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    PRIMARY KEY (collection_id, article_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX collection_articles_article ON collection_articles (article_id);

CREATE TABLE saved_searches (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    name_sort TEXT NOT NULL,
    query TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX saved_searches_name ON saved_searches (name_key);
"""

_HISTORY = """
CREATE TABLE history (
    step INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo')),
    of INTEGER,
    batch TEXT,
    label TEXT NOT NULL,
    actor TEXT NOT NULL,
    at TEXT NOT NULL,
    schema_version INTEGER NOT NULL,
    first_seq INTEGER,
    last_seq INTEGER,
    below INTEGER,
    undo_top INTEGER,
    redo_top INTEGER,
    redo_below INTEGER,
    rows_hash TEXT,
    chain TEXT
) STRICT;
CREATE TABLE history_rows (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    step INTEGER NOT NULL,
    tbl TEXT NOT NULL,
    pk TEXT NOT NULL,
    before TEXT,
    after TEXT
) STRICT;
CREATE INDEX history_rows_pk ON history_rows (pk);
-- The step that is being recorded; a row is here only inside its transaction.
CREATE TABLE history_now (one INTEGER PRIMARY KEY CHECK (one = 1), step INTEGER NOT NULL) STRICT;
CREATE TABLE index_marks (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    UNIQUE (kind, id)
) STRICT;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""

# Pictures are this program's own encodings, small and safe to show; the bytes as they were found are
# inside the capture's original, or an original of their own. A page map leads from the canonical text
# to places on the pages (``core.pages.PageMap``).
SECOND = """
ALTER TABLE articles ADD COLUMN identifier TEXT;
CREATE INDEX articles_identifier ON articles (identifier) WHERE identifier IS NOT NULL;
ALTER TABLE captures ADD COLUMN partial INTEGER NOT NULL DEFAULT 0 CHECK (partial IN (0, 1));

CREATE TABLE pictures (
    sha256 TEXT PRIMARY KEY,
    media_type TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    data BLOB NOT NULL
) STRICT;
CREATE TABLE capture_pictures (
    capture_id TEXT NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
    src TEXT NOT NULL,
    picture TEXT NOT NULL REFERENCES pictures (sha256),
    original TEXT REFERENCES originals (sha256),
    PRIMARY KEY (capture_id, src)
) STRICT, WITHOUT ROWID;
CREATE INDEX capture_pictures_picture ON capture_pictures (picture);
CREATE INDEX capture_pictures_original ON capture_pictures (original) WHERE original IS NOT NULL;

CREATE TABLE capture_pages (
    capture_id TEXT PRIMARY KEY REFERENCES captures (id) ON DELETE CASCADE,
    pages BLOB NOT NULL
) STRICT;
"""

# A list is the text that ``store.frozen`` describes, deflated, so that the shell reads it with
# ``sqlar_uncompress(data, size)``; its SHA-256 names it. The seal binds it to query, version and time.
THIRD = """
CREATE TABLE frozen_lists (
    sha256 TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    data BLOB NOT NULL
) STRICT;
CREATE TABLE frozen_searches (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    name_sort TEXT NOT NULL,
    query TEXT NOT NULL,
    understood TEXT NOT NULL,
    version TEXT NOT NULL,
    archive_id TEXT NOT NULL,
    step INTEGER NOT NULL,
    frozen_at TEXT NOT NULL,
    frozen_by TEXT NOT NULL,
    articles INTEGER NOT NULL,
    marks INTEGER NOT NULL,
    list TEXT NOT NULL REFERENCES frozen_lists (sha256),
    seal TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX frozen_searches_name ON frozen_searches (name_key);
CREATE INDEX frozen_searches_list ON frozen_searches (list);

-- Which articles a saved search had found when somebody last looked into it.
CREATE TABLE search_looks (
    search_id TEXT PRIMARY KEY REFERENCES saved_searches (id) ON DELETE CASCADE,
    looked_at TEXT NOT NULL,
    size INTEGER NOT NULL,
    data BLOB NOT NULL
) STRICT;
"""

FIRST = _ARTICLES + _PEOPLE_AND_CLAIMS + _ANNOTATIONS + _TAGS_AND_COLLECTIONS + _HISTORY
