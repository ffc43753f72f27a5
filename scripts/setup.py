"""Make the environment that Pressmark runs or is tested in; do nothing when it is there already.

    python3 scripts/setup.py run|dev [--venv .venv]

``run`` installs requirements/run.txt, ``dev`` requirements/dev.txt, which holds it too; every file
is checked against the hashes in them. Only the standard library is used, and nothing newer than
Python 3.7, so that an old ``python3`` can look for a newer one. ``PYTHON`` names one to be used.
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
NAMES = ("python3", "python3.13", "python3.12", "python3.11", "python")
VERSION_PROGRAM = "import sys; print('%d.%d' % sys.version_info[:2])"
WINDOW_PROGRAM = "from PySide6.QtWidgets import QApplication; QApplication([]).platformName()"

# What Qt wants from Debian, Ubuntu and their like, without and with a display.
OFFSCREEN_PACKAGES = ["libegl1", "libgl1", "libxkbcommon0", "libdbus-1-3", "libfontconfig1", "libglib2.0-0"]
DISPLAY_PACKAGES = [
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xinerama0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", choices=["run", "dev"])
    parser.add_argument("--venv", default=".venv", type=Path)
    chosen = parser.parse_args()
    venv = ROOT / chosen.venv
    base, version = find_python()
    stamp = venv / f"pressmark-{chosen.what}.stamp"
    wanted = fingerprint(chosen.what, version)
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    if venv.is_dir() and environment_version(venv) != version:
        put_away(venv, version)
    if not python_of(venv).exists():
        make_environment(base, version, venv)
    install(venv, chosen.what)
    check_window(venv, display=chosen.what == "run")
    stamp.write_text(wanted)


def say(words: str) -> None:
    sys.stderr.write(words + "\n")
    sys.stderr.flush()


def find_python() -> tuple:
    """A Python that is new enough, and its version: the one asked for, else this, else the first."""
    asked = os.environ.get("PYTHON")
    for name in [asked] if asked else [sys.executable, *NAMES]:
        version = version_of(str(name))
        if version and tuple(map(int, version.split("."))) >= OLDEST:
            return name, version
    oldest = "Python {}.{} or later".format(*OLDEST)
    if asked:
        sys.exit(f"PYTHON is {asked}, but that is no {oldest}.")
    sys.exit(
        f"Pressmark needs {oldest}, and none was found. Install one (on Debian and Ubuntu: sudo apt-get "
        "install python3 python3-venv), or say where it is: make run PYTHON=/path/to/python3"
    )


def version_of(python: str) -> str:
    """Its version as ``3.11``, or nothing where it cannot be run."""
    try:
        answer = subprocess.run(
            [str(python), "-c", VERSION_PROGRAM],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=False,
        )
    except OSError:
        return ""
    return answer.stdout.decode().strip() if answer.returncode == 0 else ""


def fingerprint(what: str, version: str) -> str:
    locked = (ROOT / "requirements" / (what + ".txt")).read_bytes()
    return f"{version} {hashlib.sha256(locked).hexdigest()}\n"


def python_of(venv: Path) -> Path:
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def environment_version(venv: Path) -> str:
    return version_of(str(python_of(venv)))


def put_away(venv: Path, version: str) -> None:
    """Remove an environment of another Python, or one that was left half made; nothing else."""
    if any(venv.iterdir()) and not (venv / "pyvenv.cfg").is_file():
        sys.exit(f"{venv} is not an environment of Python, so it is left alone. Choose another: VENV=folder")
    say(f"Making {venv} anew for Python {version}.")
    shutil.rmtree(str(venv))


def make_environment(base: str, version: str, venv: Path) -> None:
    """With ``venv``; where Debian has left its ensurepip out: install that, or use virtualenv or uv."""
    say(f"Making the environment {venv} with Python {version}.")
    if can_make_environments(base) or install_debian([f"python{version}-venv"], "to make environments"):
        run([base, "-m", "venv", str(venv)])
    elif shutil.which("virtualenv"):
        run(["virtualenv", "--quiet", "--python", base, str(venv)])
    elif shutil.which("uv"):
        run(["uv", "venv", "--quiet", "--seed", "--python", base, str(venv)])
    else:
        sys.exit(
            "This Python cannot make environments. On Debian and Ubuntu: "
            f"sudo apt-get install python{version}-venv, then say it again."
        )


def can_make_environments(python: str) -> bool:
    return succeeds([python, "-c", "import venv, ensurepip; ensurepip.version()"], stderr=subprocess.DEVNULL)


def install(venv: Path, what: str) -> None:
    say(f"Installing what requirements/{what}.txt lists; this takes a minute or two the first time.")
    locked = ROOT / "requirements" / (what + ".txt")
    pip = [str(python_of(venv)), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    run([*pip, "--require-hashes", "--requirement", str(locked)])


def check_window(venv: Path, display: bool) -> None:
    """Qt must be able to start: without a display, and on the display where there is one."""
    missing = window_trouble(venv, "offscreen")
    if missing and install_debian(OFFSCREEN_PACKAGES, "for Qt"):
        missing = window_trouble(venv, "offscreen")
    if missing:
        sys.exit(
            "Qt cannot start on this machine: {}.\nOn Debian and Ubuntu: sudo apt-get install {}".format(
                missing, " ".join(OFFSCREEN_PACKAGES)
            )
        )
    if display and os.environ.get("DISPLAY") and not os.environ.get("QT_QPA_PLATFORM"):
        trouble = window_trouble(venv, "xcb")
        if trouble and not install_debian(DISPLAY_PACKAGES, "for windows"):
            say(f"No window may open: {trouble}.")
            say("On Debian and Ubuntu: sudo apt-get install {}".format(" ".join(DISPLAY_PACKAGES)))


def window_trouble(venv: Path, platform: str) -> str:
    """Why Qt does not start, in its own words; nothing when it does."""
    answer = subprocess.run(
        [str(python_of(venv)), "-c", WINDOW_PROGRAM],
        env=dict(os.environ, QT_QPA_PLATFORM=platform),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    if answer.returncode == 0:
        return ""
    words = answer.stderr.decode(errors="replace").strip()
    library = re.search(r"(lib[\w.+-]+): cannot open shared object", words)
    if library:
        return f"{library.group(1)} is missing"
    return words.splitlines()[-1] if words else "it died"


def install_debian(packages: list, purpose: str) -> bool:
    """True once they are installed; tried only by root on a machine that has apt-get."""
    if not shutil.which("apt-get") or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    say("Installing {} {}.".format(" ".join(packages), purpose))
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    wanted = ["apt-get", "install", "--yes", "-qq", "--no-install-recommends", *packages]
    if succeeds(wanted, env=quiet):
        return True
    return succeeds(["apt-get", "update", "-qq"], env=quiet) and succeeds(wanted, env=quiet)


def succeeds(command: list, **how: Any) -> bool:
    return subprocess.run(command, stdout=subprocess.DEVNULL, check=False, **how).returncode == 0


def run(command: list) -> None:
    if subprocess.run(command, cwd=str(ROOT), check=False).returncode != 0:
        sys.exit("That did not work: {}".format(" ".join(command)))


if __name__ == "__main__":
    main()
