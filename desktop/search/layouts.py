"""Words typed on the wrong keyboard layout: ghbdtn for привет."""

_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
# What the same keys give on the Russian and Ukrainian standard layouts.
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_UKRAINIAN = "'йцукенгшщзхїфівапролджєячсмитьбю"
_TABLES = [
    str.maketrans(source + source.upper(), target + target.upper())
    for layout in (_RUSSIAN, _UKRAINIAN)
    for source, target in ((_KEYS, layout), (layout, _KEYS))
]


def typed_elsewhere(line: str) -> list[str]:
    """What the same keys would have given on another layout, each of them once; not the line itself."""
    found = dict.fromkeys(line.translate(table) for table in _TABLES)
    return [one for one in found if one != line]
