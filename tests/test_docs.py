"""What the documentation says is tried: its queries run, its links lead somewhere, its lists are whole."""

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from desktop.store.versions import SCHEMA_VERSION

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")])
FORMAT = (ROOT / "docs" / "archive-format.md").read_text("utf-8")
QUERIES = re.findall(r"```sql\n(.+?)```", FORMAT, re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files_that_exist(page):
    targets = re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))
    local = [target for target in targets if "://" not in target]
    assert [target for target in local if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.split("\n")[0][:40])
def test_the_queries_of_the_format_run(query, archive_path):
    with closing(sqlite3.connect(archive_path)) as db:
        assert db.execute(query).description


def test_every_table_of_the_archive_is_described(archive_path):
    with closing(sqlite3.connect(archive_path)) as db:
        tables = {row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        application = db.execute("PRAGMA application_id").fetchone()[0]
    described = set(re.findall(r"`(\w+)`", FORMAT.split("## Tables")[1]))
    assert {name for name in tables if not name.startswith("sqlite_")} <= described
    assert f"application_id` is {application})" in FORMAT


def test_what_is_taken_from_the_program_is_as_the_program_says():
    answer = subprocess.run(
        [sys.executable, "scripts/write_docs.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answer.returncode, answer.stderr) == (0, "")


def test_the_recipe_for_a_rescue_names_the_present_schema():
    told = re.findall(r"PRAGMA user_version = (\d+);", (ROOT / "README.md").read_text("utf-8"))
    assert [int(number) for number in told] == [SCHEMA_VERSION]
