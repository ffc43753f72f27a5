"""What is passed on: the wheel holds the package and its resources, and nothing else."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROGRAM = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> zipfile.Path:
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return zipfile.Path(folder / built.stdout.split()[-1])


def files_below(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_every_module_and_every_resource_is_inside(wheel):
    inside = set(wheel.root.namelist())
    assert {f"desktop/{name}" for name in files_below(ROOT / "desktop")} <= inside
    assert {f"desktop/resources/{name}" for name in files_below(ROOT / "resources")} <= inside


def test_nothing_else_is_inside(wheel):
    tops = {name.split("/")[0] for name in wheel.root.namelist()}
    assert tops == {"desktop", next(top for top in tops if top.endswith(".dist-info"))}


def test_the_command_and_the_licence_are_declared(wheel):
    about = next(entry for entry in wheel.iterdir() if entry.name.endswith(".dist-info"))
    assert "pressmark = desktop.__main__:main" in (about / "entry_points.txt").read_text("utf-8")
    assert (about / "licenses" / "LICENSE").is_file()
    assert "Requires-Python: >=3.11" in (about / "METADATA").read_text("utf-8")
