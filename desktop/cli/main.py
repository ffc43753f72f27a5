"""From arguments to an exit status."""

import difflib
import gc
import io
import os
import platform
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import click

from desktop import __version__
from desktop.core.errors import PressmarkError
from desktop.core.sentences import sentence


class Verb(NamedTuple):
    """Where a verb's command is, and what it does in a few words.

    The words stand here so that ``--help`` loads none of the commands: `pressmark undo` does not
    wait for an HTML parser.
    """

    module: str
    words: str


VERBS = {
    "import": Verb("filling", "Import files and folders into an archive."),
    "extract": Verb("looking", "Show what would be read from files."),
    "list": Verb("looking", "List the articles."),
    "annotate": Verb("marking", "Mark words in an article."),
    "search": Verb("looking", "Search articles and marks."),
    "export": Verb("giving", "Export all or a selection for others."),
    "stats": Verb("looking", "Count what is in an archive."),
    "history": Verb("looking", "Show what was done."),
    "undo": Verb("caring", "Undo the last operation."),
    "redo": Verb("caring", "Redo what was undone."),
    "verify": Verb("caring", "Check that everything is as it was put there."),
    "backup": Verb("giving", "Write a complete copy."),
    "reindex": Verb("caring", "Build the search index anew."),
    "demo": Verb("demo", "The whole story on the bundled sample."),
}


class Verbs(click.Group):
    """The verbs in the order of ``VERBS``, each loaded when it is named."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        module = import_module(f"desktop.cli.{VERBS[cmd_name].module}")
        found: click.Command = getattr(module, f"{cmd_name}_verb")
        return found

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Verbs"):
            formatter.write_dl([(name, verb.words) for name, verb in VERBS.items()])


@click.group(
    cls=Verbs,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    options_metavar="",
    subcommand_metavar="[ARCHIVE | VERB …]",
)
@click.version_option(__version__, "--version", prog_name="Pressmark")
@click.option("--self-check", is_flag=True, help="Try every part once and say what works.")
@click.pass_context
def pressmark(ctx: click.Context, self_check: bool) -> int:
    """Pressmark keeps articles with the claims and quotes marked in them.

    Without a verb it opens the window, on ARCHIVE where one is given.
    """
    if self_check:
        from desktop.cli.selfcheck import self_check as check

        return check()
    if ctx.invoked_subcommand is None:
        return open_window([])
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; no expected failure leaves as an exception."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _speak_utf8()
    try:
        return _run(arguments)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("Stopped. What was finished before is kept.", err=True)
        return 1
    except BrokenPipeError:
        # The reader of our output has seen enough (`| head`); Python must not try to flush again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (PressmarkError, OSError) as error:
        click.echo(sentence(error), err=True)
        return 1
    except Exception as error:  # noqa: BLE001 — the last net: a report instead of a traceback
        click.echo(report(error), err=True)
        return 1


def _run(arguments: list[str]) -> int:
    if arguments and arguments[0] not in VERBS and not arguments[0].startswith("-"):
        return open_window(arguments)
    result = pressmark.main(args=arguments, prog_name="pressmark", standalone_mode=False)
    return result if isinstance(result, int) else 0


def open_window(arguments: list[str]) -> int:
    """Open the window, or say why there is none and what works without it."""
    if arguments and not _names_an_archive(arguments[0]):
        close = difflib.get_close_matches(arguments[0], VERBS, n=1)
        hint = (
            f" Did you mean “{close[0]}”?"
            if close
            else " An archive’s name ends in .pressmark; “pressmark --help” lists the verbs."
        )
        raise click.UsageError(f"“{arguments[0]}” is neither a verb nor an archive.{hint}")
    if not has_display():
        click.echo(
            "There is no display here, so the window cannot open. Everything also works from the command "
            "line: try “pressmark demo”, or “pressmark --help” for all verbs.",
            err=True,
        )
        return 1
    gc.disable()  # loading makes no garbage
    try:
        from desktop import app
    finally:
        gc.enable()
    return int(app.main(arguments))


def _names_an_archive(argument: str) -> bool:
    return argument.lower().endswith(".pressmark") or Path(argument).exists()


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
