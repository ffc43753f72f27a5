"""What pyproject.toml declares, what is locked, and under which licences it may be used."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCKED_LINE = re.compile(r"^(\S+)==(\S+)(?: ; (.+?))? \\$", re.MULTILINE)

# Licences under which a library may be part of a program that is passed on under MIT.
PERMITTED = re.compile(
    r"MIT|BSD|Apache|ISC|0BSD|PSF|Python Software Foundation|LGPL|Lesser General|Unlicense|"
    r"Public Domain",
    re.IGNORECASE,
)
REFUSED = re.compile(r"(?<!L)(?<!Lesser )\bA?GPL|(?<!Lesser )General Public License|Affero", re.IGNORECASE)
REASONS = {
    "certifi": "MPL-2.0 covers its own file only: the list of certificates, passed on unchanged",
    "tld": "offered under MPL-1.1, GPL-2.0 or LGPL-2.1 as one chooses; LGPL-2.1 is chosen",
    "pyside6-essentials": "offered under LGPL-3.0, GPL-2.0 or GPL-3.0 as one chooses; LGPL-3.0 is chosen",
    "shiboken6": "offered under LGPL-3.0, GPL-2.0 or GPL-3.0 as one chooses; LGPL-3.0 is chosen",
}
# Those whose packages come without the text of their licence, and where it is here.
TEXTS = {"pyside6-essentials": "LGPL-3.0.txt", "shiboken6": "LGPL-3.0.txt", "whoosh": "whoosh.txt"}


def locked(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    return {canonicalize_name(found[1]): found[2] for found in LOCKED_LINE.finditer(text)}


def declared() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return [Requirement(line) for line in project["dependencies"]]


def licence_words(name: str) -> str:
    """The licence as its package states it: the expression, the field, or the classifiers."""
    about = metadata.metadata(name)
    words = [about.get("License-Expression") or "", *(about.get_all("Classifier") or [])]
    stated = " / ".join(word for word in words if word and ("License ::" in word or word == words[0]))
    return stated or (about.get("License") or "").splitlines()[0]


@pytest.mark.parametrize("requirement", declared(), ids=lambda requirement: requirement.name)
def test_every_declared_dependency_is_locked_to_a_version_that_fits(requirement):
    assert requirement.specifier.contains(locked("run")[canonicalize_name(requirement.name)])


def test_the_tests_run_with_the_versions_that_people_run():
    run, dev = locked("run"), locked("dev")
    assert run.items() <= dev.items()


@pytest.mark.parametrize("name", ["run", "dev"])
def test_every_locked_file_has_its_hashes_and_comes_from_no_stated_place(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    entries = re.split(r"^(?=\S)", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE), flags=re.MULTILINE)
    assert all("--hash=sha256:" in entry for entry in entries if entry.strip())
    assert "://" not in text


@pytest.mark.parametrize("name", sorted(locked("run")))
def test_every_library_is_permissive_or_lgpl(name):
    words = licence_words(name)
    if name not in REASONS:
        assert PERMITTED.search(words) and not REFUSED.search(words), f"{name}: {words}"


@pytest.mark.parametrize("name", sorted(locked("run")))
def test_every_library_comes_with_its_licence(name):
    own = [
        file
        for file in metadata.files(name) or []
        if ".dist-info" in file.parts[0] and re.search("LICEN|COPYING|NOTICE", file.as_posix().upper())
    ]
    assert own or (ROOT / "resources" / "licenses" / TEXTS[name]).is_file()


def test_no_exception_outlives_its_library():
    assert REASONS.keys() <= locked("run").keys()
