"""What can be done with a place of the navigation: the menu that opens on it."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtWidgets import QMenu

from desktop.operations import frozen, library, people, saved_searches, tagging
from desktop.ui.desk.tools import Tools
from desktop.ui.entries import Entry
from desktop.ui.library.places import Node, Place

if TYPE_CHECKING:
    from desktop.ui.desk.freezing import Freezer


class PlaceWishes(NamedTuple):
    """What a place's menu asks of others: each takes an id, ``show_hits`` a query."""

    edit_person: Callable[[str], object]
    show_hits: Callable[[str], object]
    edit_conditions: Callable[[str], object]
    freezer: "Freezer"


def place_menu(tools: Tools, place: Place, node: Node | None, wishes: PlaceWishes) -> QMenu:
    """The menu for a place; empty where nothing can be done."""
    menu = QMenu()
    if not tools.session.writable or node is None:
        return menu
    match place.kind:
        case "collection":
            _named(menu, tools, node, library.rename_collection, "Rename the collection")
            _removal(menu, tools, node, library.delete_collection, "Delete the collection, keep its articles")
        case "tag":
            _named(menu, tools, node, tagging.rename_tag, "Rename the tag")
            _removal(menu, tools, node, tagging.delete_tag, "Delete the tag")
        case "person":
            menu.addAction("Edit the person…").triggered.connect(lambda: wishes.edit_person(place.id))
            _removal(menu, tools, node, people.delete_person, "Delete the person, keep their quotes")
        case "search":
            _search(menu, tools, node, wishes)
        case "frozen":
            _frozen(menu, tools, node, wishes)
        case "trash":
            menu.addAction(tools.actions["empty_trash"])
    if place == Place("section", "Collections"):
        menu.addAction("New collection…").triggered.connect(
            lambda: ask_name(tools, "New collection", "", partial(_make_collection, tools))
        )
    if place == Place("section", "Saved searches"):
        menu.addAction("New search from conditions…").triggered.connect(lambda: wishes.edit_conditions(""))
    return menu


def _search(menu: QMenu, tools: Tools, node: Node, wishes: PlaceWishes) -> None:
    search_id, query = node.place.id, node.text

    def duplicate() -> None:
        tools.run(saved_searches.duplicate_search, search_id, words=f"Duplicated {node.label}")

    menu.addAction("Show hits").triggered.connect(lambda: wishes.show_hits(query))
    menu.addAction("Edit the conditions…").triggered.connect(lambda: wishes.edit_conditions(search_id))
    menu.addAction("Freeze what it finds…").triggered.connect(
        lambda: wishes.freezer.freeze(query, node.label)
    )
    menu.addSeparator()
    _named(menu, tools, node, saved_searches.rename_search, "Rename the search")
    menu.addAction("Duplicate").triggered.connect(duplicate)
    _removal(menu, tools, node, saved_searches.delete_search, "Delete the search")


def _frozen(menu: QMenu, tools: Tools, node: Node, wishes: PlaceWishes) -> None:
    menu.addAction("Search now").triggered.connect(lambda: wishes.show_hits(node.text))
    menu.addAction("Save the list…").triggered.connect(
        lambda: wishes.freezer.save_list(node.place.id, node.label)
    )
    menu.addSeparator()
    _named(menu, tools, node, frozen.rename_frozen, "Rename the frozen search")
    _removal(menu, tools, node, frozen.delete_frozen, "Delete the frozen search")


def ask_name(tools: Tools, title: str, name: str, accept: Callable[[str], object]) -> None:
    """Ask for a name in the palette's pop-up."""

    def entry(text: str) -> Entry:
        return Entry(f"{title}: “{text}”", "", lambda: accept(text))

    tools.palette.open([], title, text=name, create=entry, hint="⏎ accept     Esc leave as it is")


def _make_collection(tools: Tools, path: str) -> None:
    tools.run(library.create_collection, path, words=f"Made the collection {path}")


def _named(menu: QMenu, tools: Tools, node: Node, operation: Any, title: str) -> None:
    def rename(name: str) -> None:
        tools.run(operation, node.place.id, name, words=f"Renamed to {name}")

    menu.addAction(f"{title}…").triggered.connect(lambda: ask_name(tools, title, node.label, rename))


def _removal(menu: QMenu, tools: Tools, node: Node, operation: Any, title: str) -> None:
    def remove() -> None:
        tools.run(operation, node.place.id, words=f"Deleted {node.label}")

    menu.addAction(title).triggered.connect(remove)
