"""The window on a sample archive, or, where there is no display, the whole story without one."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop.operations.samples import make_sample_archive  # noqa: E402
from desktop.paths import data_dir  # noqa: E402

PROBE = "from PySide6.QtWidgets import QApplication; QApplication([])"


def main() -> int:
    if not has_display():
        sys.stderr.write("No display was found, so here is the whole story without a window.\n")
        return pressmark("demo", "--out", str(ROOT / "demo-out"))
    return pressmark(str(sample_archive()))


def has_display() -> bool:
    """Whether Qt finds a screen here; asked of a process of its own, for Qt aborts where it does not."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return os.environ.get("QT_QPA_PLATFORM") != "offscreen"
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    return subprocess.run([sys.executable, "-c", PROBE], capture_output=True, check=False).returncode == 0


def sample_archive() -> Path:
    """The person's own copy of the sample: made once, then kept with whatever they did to it."""
    path = data_dir() / "Sample.pressmark"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        make_sample_archive(path)
    return path


def pressmark(*arguments: str) -> int:
    return subprocess.run([sys.executable, "-m", "desktop", *arguments], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
