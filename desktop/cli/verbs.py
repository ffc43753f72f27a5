"""The verbs, and what stands before them on the command line."""

from importlib import import_module
from typing import NamedTuple

import click

from desktop import __version__


class Verb(NamedTuple):
    """Where a verb's command is, and what it does in a few words.

    The words stand here so that ``--help`` loads none of the commands: `pressmark undo` does not
    wait for an HTML parser.
    """

    module: str
    words: str


VERBS = {
    "import": Verb("filling", "Import files, folders and web pages."),
    "extract": Verb("looking", "Show what would be read from them."),
    "list": Verb("looking", "List the articles."),
    "annotate": Verb("marking", "Mark words in an article."),
    "search": Verb("searching", "Search articles and marks."),
    "freeze": Verb("freezing", "Keep what a search finds now, to be held against later."),
    "frozen": Verb("freezing", "List frozen searches, or say what is new since one."),
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
        from desktop.cli.main import open_window

        return open_window([])
    return 0
