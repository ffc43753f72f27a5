"""Build the wheel, install it into an environment of its own elsewhere, and try it there.

What is proved: the wheel holds its resources, declares all it needs, and runs without the checkout.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    wheel = build_wheel()
    with tempfile.TemporaryDirectory(prefix="pressmark-wheel-") as folder:
        elsewhere = Path(folder)
        pressmark = install(wheel, elsewhere / "environment")
        own = {"PRESSMARK_DATA": str(elsewhere / "data"), "PRESSMARK_CACHE": str(elsewhere / "cache")}
        run([str(pressmark), "--self-check"], elsewhere, **own)
        run([str(pressmark), "demo", "--out", str(elsewhere / "demo")], elsewhere, **own)
    sys.stdout.write(f"{wheel.relative_to(ROOT)} installs and runs elsewhere.\n")


def build_wheel() -> Path:
    target = ROOT / "dist"
    run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(target)], ROOT)
    return max(target.glob("pressmark-*.whl"), key=lambda path: path.stat().st_mtime)


def install(wheel: Path, environment: Path) -> Path:
    """Install the locked libraries and the wheel; return the path of its command."""
    run([sys.executable, "-m", "venv", str(environment)], ROOT)
    commands = environment / ("Scripts" if os.name == "nt" else "bin")
    pip = [str(commands / "python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    run([*pip, "--require-hashes", "-r", str(ROOT / "requirements" / "run.txt")], ROOT)
    run([*pip, "--no-deps", str(wheel)], ROOT)
    run([str(commands / "python"), "-m", "pip", "check"], environment)
    return commands / "pressmark"


def run(command: list[str], folder: Path, **variables: str) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **variables}
    environment.pop("PYTHONPATH", None)
    if subprocess.run(command, cwd=folder, env=environment, check=False).returncode != 0:
        sys.exit(f"That did not work: {' '.join(command)}")


if __name__ == "__main__":
    main()
