"""The rooms of the house and the directions in which they may know each other."""

import ast
import re
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "desktop"
BELOW = {
    "core": set(),
    "store": {"core"},
    "search": {"core"},
    "importing": {"core"},
    "exporting": {"core"},
    "operations": {"core", "store", "search", "importing", "exporting"},
    "cli": {"core", "store", "operations", "app"},
    "jobs": {"core"},
    "ui": {"core", "store", "operations", "jobs"},
    "app": {"core", "store", "operations", "jobs", "ui"},
    "__main__": {"core", "app", "cli"},
}
KNOWS = {
    "PIL": {"importing"},
    "PySide6": {"ui", "jobs", "app"},
    "Stemmer": {"search"},
    "bibtexparser": {"importing"},
    "brotli": {"importing"},
    "certifi": {"importing"},
    "chardet": {"importing"},
    "click": {"cli"},
    "eldc": {"importing"},
    "htmldate": {"importing"},
    "jinja2": {"exporting"},
    "lxml": {"importing"},
    "markdown_it": {"importing"},
    "markupsafe": {"exporting"},
    "multiprocessing": {"importing", "operations", "cli", "__main__"},
    "numpy": {"search"},
    "platformdirs": {"paths"},
    "psutil": {"importing", "operations"},
    "pypdfium2": {"importing"},
    "rapidfuzz": {"core", "search"},
    "shiboken6": {"jobs"},
    "sqlite3": {"store"},
    "sqlite_utils": {"store"},
    "trafilatura": {"importing"},
    "warcio": {"importing"},
    "whoosh": {"search"},
}
MODULES = sorted(PACKAGE.rglob("*.py"))
SQL = re.compile(
    r"\s*(?:SELECT .+ FROM|INSERT (?:OR \w+ )?INTO|UPDATE \w+ SET|DELETE FROM|CREATE TABLE)\b", re.DOTALL
)


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute here"
            found.add(node.module or "")
            found |= {f"{node.module}.{alias.name}" for alias in node.names if node.module == "desktop"}
    return found


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_flow_one_way(path):
    here = room(path)
    rooms = {name.split(".")[1] for name in imports(path) if name.startswith("desktop.")}
    assert rooms - {here, "paths", "__version__"} <= BELOW.get(here, set())


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_libraries_stay_in_their_rooms(path):
    tops = {name.split(".")[0] for name in imports(path)}
    foreign = tops - {"desktop", *sys.stdlib_module_names} | tops & KNOWS.keys()
    assert [library for library in sorted(foreign) if room(path) not in KNOWS.get(library, ())] == []


def test_sql_stays_in_the_store():
    found = [
        (path.name, node.value)
        for path in MODULES
        if room(path) != "store"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value)
    ]
    assert found == []


def test_the_page_names_every_module_of_the_search():
    page = (PACKAGE.parent / "docs/architecture.md").read_text("utf-8")
    names = [path.name for path in (PACKAGE / "search").glob("*.py") if path.name != "__init__.py"]
    assert [name for name in sorted(names) if not re.search(rf"(?<!\w){name}", page)] == []
