"""What tags and collections have in common: names in a tree, found by paths parted by slashes."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.core.errors import NameTaken, NotFound, TagCycle
from desktop.core.ids import new_id
from desktop.core.sortkeys import name_key, sort_key
from desktop.core.times import now
from desktop.store.archive import Archive

SEPARATOR = "/"


def ids_json(ids: Iterable[str]) -> str:
    """For ``IN (SELECT value FROM json_each(?))``: any number of ids in one parameter."""
    return json.dumps(list(ids))


def parts_of(path: str) -> list[str]:
    """The names of a path, tidied; empty parts are left out.

    Raises:
        ValueError: There is no name in it.
    """
    names = [" ".join(part.split()) for part in path.split(SEPARATOR)]
    names = [name for name in names if name]
    if not names:
        raise ValueError("a name is needed")
    return names


@dataclass(frozen=True, slots=True)
class Node:
    """A node with its path, ready to become a ``Tag`` or a ``Collection``."""

    id: str
    name: str
    path: str
    parent_id: str | None


@dataclass(frozen=True, slots=True)
class Tree:
    """One of the two tables; ``what`` names its records in errors."""

    table: str
    what: str

    def nodes(self, archive: Archive) -> list[Node]:
        """All nodes, each after its parent, siblings in the order of their sort keys."""
        rows = archive.rows(f"SELECT id, name, parent_id FROM {self.table} ORDER BY name_sort, id")
        children: dict[str | None, list[tuple[str, str]]] = {}
        for node_id, name, parent in rows:
            children.setdefault(parent, []).append((node_id, name))
        found: list[Node] = []
        waiting: list[tuple[str, str, str | None, str]]
        waiting = [(node_id, name, None, "") for node_id, name in reversed(children.get(None, []))]
        while waiting:
            node_id, name, parent, above = waiting.pop()
            path = f"{above}{SEPARATOR}{name}" if above else name
            found.append(Node(node_id, name, path, parent))
            waiting += [(child, n, node_id, path) for child, n in reversed(children.get(node_id, []))]
        return found

    def find(self, archive: Archive, path: str) -> str | None:
        """The id of the node at ``path``, compared by ``name_key``."""
        try:
            names = parts_of(path)
        except ValueError:
            return None
        node: str | None = None
        for name in names:
            node = self.child(archive, node, name)
            if node is None:
                return None
        return node

    def child(self, archive: Archive, parent: str | None, name: str) -> str | None:
        found: str | None = archive.value(
            f"SELECT id FROM {self.table} WHERE ifnull(parent_id, '') = ? AND name_key = ?",
            (parent or "", name_key(name)),
        )
        return found

    def make(self, archive: Archive, path: str) -> str:
        """The id of the node at ``path``; it and its ancestors are made where they are missing."""
        node: str | None = None
        for name in parts_of(path):
            node = self.child(archive, node, name) or self._add(archive, node, name)
        assert node is not None
        return node

    def _add(self, archive: Archive, parent: str | None, name: str) -> str:
        node = new_id()
        archive.write(
            f"INSERT INTO {self.table} (id, parent_id, name, name_key, name_sort, updated_at) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (node, parent, name, name_key(name), sort_key(name), now()),
        )
        return node

    def rename(self, archive: Archive, node: str, name: str) -> None:
        """Give it another name under the same parent.

        Raises:
            NotFound, NameTaken
            ValueError: No name, or one with a slash.
        """
        names = parts_of(name)
        if len(names) != 1:
            raise ValueError("a name holds no slash")
        parent = self.parent(archive, node)
        self._free(archive, parent, names[0], node)
        archive.write(
            f"UPDATE {self.table} SET name = ?, name_key = ?, name_sort = ?, updated_at = ? WHERE id = ?",
            (names[0], name_key(names[0]), sort_key(names[0]), now(), node),
        )

    def move(self, archive: Archive, node: str, parent: str | None) -> None:
        """Hang it, with all below it, under another parent; None makes it a root.

        Raises:
            NotFound, NameTaken
            TagCycle: The new parent lies below it, or is it.
        """
        self.parent(archive, node)
        if parent is not None:
            self.parent(archive, parent)
            if parent in self.below(archive, node):
                raise TagCycle
        self._free(archive, parent, self._name(archive, node), node)
        archive.write(
            f"UPDATE {self.table} SET parent_id = ?, updated_at = ? WHERE id = ?", (parent, now(), node)
        )

    def parent(self, archive: Archive, node: str) -> str | None:
        row = archive.row(f"SELECT parent_id FROM {self.table} WHERE id = ?", (node,))
        if row is None:
            raise NotFound(self.what, node)
        parent: str | None = row[0]
        return parent

    def below(self, archive: Archive, node: str) -> list[str]:
        """The node and its descendants, deeper ones later."""
        rows = archive.rows(f"{below_sql(self.table)} SELECT id FROM below", (node,))
        return [row[0] for row in rows]

    def _name(self, archive: Archive, node: str) -> str:
        return str(archive.value(f"SELECT name FROM {self.table} WHERE id = ?", (node,)))

    def _free(self, archive: Archive, parent: str | None, name: str, node: str) -> None:
        if self.child(archive, parent, name) not in (None, node):
            raise NameTaken(self.what, name)


def below_sql(table: str) -> str:
    """WITH clause for ``below (id)``: the node given as parameter and all its descendants.

    UNION and not UNION ALL, so that it ends on a damaged tree with a cycle.
    """
    return (
        f"WITH RECURSIVE below (id) AS (SELECT ? UNION SELECT child.id FROM {table} child "
        "JOIN below ON child.parent_id = below.id)"
    )


TAGS = Tree("tags", "tag")
COLLECTIONS = Tree("collections", "collection")
