"""From arguments to an exit status.

The window is opened by its own path, which needs no verb and loads no click.
"""

import gc
import io
import os
import platform
import sys
import traceback
from collections.abc import Iterable, Sequence
from pathlib import Path

from desktop import __version__
from desktop.core.errors import PressmarkError
from desktop.core.sentences import sentence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; no expected failure leaves as an exception."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _speak_utf8()
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        return _stopped()
    except BrokenPipeError:
        # The reader of our output has seen enough (`| head`); Python must not try to flush again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (PressmarkError, OSError) as error:
        _say(sentence(error))
        return 1
    except Exception as error:  # noqa: BLE001 — the last net: a report instead of a traceback
        return _refused(error)


def _refused(error: Exception) -> int:
    """The status after what click raises of itself, or after a fault of ours."""
    import click

    if isinstance(error, click.ClickException):
        error.show()
        return error.exit_code
    if isinstance(error, click.Abort):
        return _stopped()
    _say(report(error))
    return 1


def _stopped() -> int:
    _say("Stopped. What was finished before is kept.")
    return 1


def _say(words: str) -> None:
    import click

    click.echo(words, err=True)


def _run(arguments: list[str]) -> int:
    if not arguments or arguments[0].lower().endswith(".pressmark"):
        return open_window(arguments)
    from desktop.cli.verbs import VERBS, pressmark

    if arguments[0] in VERBS or arguments[0].startswith("-"):
        result = pressmark.main(args=arguments, prog_name="pressmark", standalone_mode=False)
        return result if isinstance(result, int) else 0
    if not Path(arguments[0]).exists():
        raise _unknown(arguments[0], VERBS)
    return open_window(arguments)


def open_window(arguments: list[str]) -> int:
    """Open the window, or say why there is none and what works without it."""
    if not has_display():
        _say(
            "There is no display here, so the window cannot open. Everything also works from the command "
            "line: try “pressmark demo”, or “pressmark --help” for all verbs."
        )
        return 1
    gc.disable()  # loading makes no garbage
    try:
        from desktop import app
    finally:
        gc.enable()
    return int(app.main(arguments))


def _unknown(argument: str, verbs: Iterable[str]) -> Exception:
    import difflib

    import click

    close = difflib.get_close_matches(argument, verbs, n=1)
    hint = (
        f" Did you mean “{close[0]}”?"
        if close
        else " An archive’s name ends in .pressmark; “pressmark --help” lists the verbs."
    )
    return click.UsageError(f"“{argument}” is neither a verb nor an archive.{hint}")


def has_display() -> bool:
    """Whether a window could be shown; only Linux and its like can lack a display."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def report(error: BaseException) -> str:
    """A fault of our own in a few lines that can be copied to the developers."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "desktop" in frame.filename]
    places = [f"  {Path(f.filename).name}:{f.lineno} {f.name}" for f in frames[-3:]]
    system = f"Pressmark {__version__}, Python {platform.python_version()}, {platform.platform()}"
    what = f"{type(error).__name__}: {error}".strip()
    return "\n".join([sentence(error), "", f"  {what}", *places, f"  {system}"])


def _speak_utf8() -> None:
    """The same bytes on every system, whatever the console's code page."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
