"""What is written down about the schema is true of the schema."""

import sqlite3
import subprocess
import sys

from desktop.store import checks, versions
from desktop.store.archive import create_archive, open_archive
from desktop.store.migrations import migrate
from desktop.store.versions import fingerprint, schema_of


def test_the_fingerprint_is_that_of_a_fresh_archive():
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection)
    assert fingerprint(schema_of(connection)) == versions.FINGERPRINT
    connection.close()


def test_an_archive_as_it_should_be_is_compared_with_no_fresh_one(archive_path, monkeypatch):
    monkeypatch.setattr(checks, "_fresh_schema", None)
    with open_archive(archive_path) as archive:
        assert not archive.read_only


def test_opening_loads_no_more_than_it_needs(tmp_path):
    create_archive(tmp_path / "a.pressmark").close()
    code = (
        "import sys; from desktop.store.archive import open_archive\n"
        "with open_archive(sys.argv[1]): print('sqlite_utils' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "a.pressmark")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "False\n"


def test_tools_get_the_archive_as_a_database_of_sqlite_utils(archive):
    assert archive.db["meta"].exists()
    assert archive.db.conn is archive.connection
