"""Write what the documentation takes from the program itself, between its markers.

    <!-- made: keyboard --> … <!-- end -->

``--check`` writes nothing and fails where a page is not as it would be written.
"""

import re
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop.cli.verbs import VERBS  # noqa: E402
from desktop.core.query_fields import FIELDS as QUERY_FIELDS  # noqa: E402
from desktop.exporting.formats import FORMATS  # noqa: E402
from desktop.search.query import parse  # noqa: E402
from desktop.ui.actions import COMMANDS, MENUS  # noqa: E402

MADE = re.compile(r"(<!-- made: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
# Worth knowing by heart; the README shows these alone.
FIRST_KEYS = (
    "import_files",
    "paste_text",
    "find",
    "next_hit",
    "mark_highlight",
    "mark_quote",
    "mark_claim",
    "mark_note",
    "tag",
    "next_mark",
    "next_article",
    "toggle_read",
    "undo",
    "redo",
    "export",
    "palette",
    "next_pane",
)
QUERIES = (
    "дрон",
    "дрон санкции",
    '"экспортный центр"',
    '"центр экспорт"~3',
    "首相",
    "=дронов",
    "перегов*",
    "др?н*",
    "безпилотник~",
    "дрон~1",
    "/бе[сз]пилотник.*/",
    "дрон OR беспилотник",
    "(flood OR storm) -insurance",
    "title:бюджет",
    "заголовок:(бюджет OR налог)",
    "kind:quote speaker:Зеленский",
    "tag:оборона lang:uk,ru",
    'outlet:"Harbour Ledger" date:2026-03',
    "дата:март 2026",
    "日付:令和8年3月",
    "date:2025..2026-05",
    "date:>2025-06 imported:2026-11-22",
    "kind:claim verdict:disputed claim:мост",
    "is:unread has:quote collection:Japan",
)


def main() -> int:
    stale = []
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        before = page.read_text("utf-8")
        after = MADE.sub(lambda found: f"{found[1]}{PARTS[found[2]]()}\n{found[3]}", before)
        if after != before:
            stale.append(page.name)
            if "--check" not in sys.argv:
                page.write_text(after, "utf-8")
    if stale:
        sys.stderr.write(f"{'Stale' if '--check' in sys.argv else 'Written'}: {', '.join(stale)}\n")
    return int(bool(stale) and "--check" in sys.argv)


def keyboard() -> str:
    """Every command with its keys, by menu."""
    parts = []
    for menu in MENUS:
        rows = [(_plain(one.text), _keys(one.keys)) for one in COMMANDS if one.menu == menu]
        parts.append(f"## {menu}\n\n{_table(('command', 'keys'), rows)}")
    return "\n\n".join(parts)


def first_keys() -> str:
    commands = {command.name: command for command in COMMANDS}
    rows = [(_keys(commands[name].keys), _plain(commands[name].text)) for name in FIRST_KEYS]
    return _table(("key", "does"), rows)


def formats() -> str:
    return _table(("format", "is"), [(f"`{one.name}`", one.title) for one in FORMATS.values()])


def verbs() -> str:
    return _table(("`pressmark …`", "does"), [(f"`{name}`", verb.words) for name, verb in VERBS.items()])


def queries() -> str:
    """Examples, with the program's own words for how it reads them."""
    read = [parse(line) for line in QUERIES]
    if hints := [one.hint for one in read if one.hint]:
        raise ValueError(f"an example is not understood: {hints}")
    rows = [(f"`{line}`", one.understood) for line, one in zip(QUERIES, read, strict=True)]
    return _table(("you type", "it is read as"), rows)


def fields() -> str:
    """The fields of the query line, with their other names."""
    rows = [
        (f"`{one.name}:`", one.note, " ".join(f"`{name}:`" for name in one.names[1:])) for one in QUERY_FIELDS
    ]
    head = "| field | finds | also written |\n| --- | --- | --- |\n"
    return head + "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _plain(text: str) -> str:
    return text.replace("&", "").removesuffix("…")


def _keys(keys: tuple[str, ...]) -> str:
    return " or ".join(f"`{key}`" for key in keys)


def _table(head: tuple[str, str], rows: list[tuple[str, str]]) -> str:
    return "\n".join(f"| {left} | {right} |" for left, right in (head, ("---", "---"), *rows))


PARTS: dict[str, Callable[[], str]] = {
    "keyboard": keyboard,
    "first_keys": first_keys,
    "fields": fields,
    "formats": formats,
    "queries": queries,
    "verbs": verbs,
}

if __name__ == "__main__":
    sys.exit(main())
