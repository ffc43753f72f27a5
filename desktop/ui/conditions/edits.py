"""Changes of a tree of conditions, by paths: the numbers of the parts on the way down from the root.

Every function gives a new tree; of the moving ones also where the part is then.
"""

from desktop.operations.conditions import Group, How, Row

Path = tuple[int, ...]
Part = Row | Group


def part_at(root: Group, path: Path) -> Part:
    """The part at a path; the root at the empty one."""
    part: Part = root
    for number in path:
        assert isinstance(part, Group)
        part = part.parts[number]
    return part


def put(root: Group, path: Path, part: Part) -> Group:
    """Exchange what is at a path."""
    if not path:
        assert isinstance(part, Group)
        return part
    parent = _group_at(root, path[:-1])
    parts = list(parent.parts)
    parts[path[-1]] = part
    return put(root, path[:-1], Group(parent.how, tuple(parts)))


def insert(root: Group, path: Path, part: Part) -> Group:
    """Put a part before what is at a path, or at the end of its group."""
    parent = _group_at(root, path[:-1])
    parts = list(parent.parts)
    parts.insert(path[-1], part)
    return put(root, path[:-1], Group(parent.how, tuple(parts)))


def remove(root: Group, path: Path) -> Group:
    """Take a part out; a group that is empty then goes too, the root excepted."""
    parent = _group_at(root, path[:-1])
    parts = tuple(one for number, one in enumerate(parent.parts) if number != path[-1])
    if not parts and len(path) > 1:
        return remove(root, path[:-1])
    return put(root, path[:-1], Group(parent.how, parts))


def indented(root: Group, path: Path) -> tuple[Group, Path]:
    """One level deeper: to the end of the group before it, else into a new group of its own."""
    part, above, number = part_at(root, path), path[:-1], path[-1]
    if number and isinstance(before := part_at(root, (*above, number - 1)), Group):
        place = (*above, number - 1, len(before.parts))
        return remove(insert(root, place, part), path), place
    return put(root, path, Group(_other(_group_at(root, above).how), (part,))), (*path, 0)


def outdented(root: Group, path: Path) -> tuple[Group, Path]:
    """One level up, behind the group that it was in; at the top it stays where it is."""
    if len(path) < 2:
        return root, path
    part, group = part_at(root, path), _group_at(root, path[:-1])
    place = (*path[:-2], path[-2] + 1)
    without = remove(insert(root, place, part), path)
    return without, place if len(group.parts) > 1 else path[:-1]


def moved(root: Group, path: Path, by: int) -> tuple[Group, Path]:
    """Before or behind its neighbour; at the ends of its group it stays."""
    group, target = _group_at(root, path[:-1]), path[-1] + by
    if not path or not 0 <= target < len(group.parts):
        return root, path
    parts = list(group.parts)
    parts[path[-1]], parts[target] = parts[target], parts[path[-1]]
    return put(root, path[:-1], Group(group.how, tuple(parts))), (*path[:-1], target)


def _group_at(root: Group, path: Path) -> Group:
    part = part_at(root, path)
    assert isinstance(part, Group)
    return part


def _other(how: How) -> How:
    """What a group within another is for."""
    return How.ANY if how is not How.ANY else How.ALL
