"""One measured figure, and the table of all of them."""

import json
import platform
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import psutil


@dataclass(frozen=True, slots=True)
class Figure:
    """Something that was measured.

    Attributes:
        value: In ``unit``: less is better.
        floor: What the same machine needs for the least that could be done, measured in the same
            run; ``floor_name`` says what that is.
        limit: What the program promises: the value at most, or, where ``of_floor`` is set, the
            value as a multiple of the floor. None where nothing is promised.
    """

    name: str
    value: float
    unit: str
    floor: float | None = None
    floor_name: str = ""
    limit: float | None = None
    of_floor: bool = False

    @property
    def ratio(self) -> float | None:
        return self.value / self.floor if self.floor else None

    @property
    def kept(self) -> bool | None:
        """Whether the promise is kept; None where there is none."""
        measured = self.ratio if self.of_floor else self.value
        return None if self.limit is None or measured is None else measured <= self.limit

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, line: str) -> "Figure":
        return cls(**json.loads(line))


def table(figures: Sequence[Figure]) -> str:
    """The figures in Markdown."""
    head = ("what", "measured", "floor", "ratio", "promised", "kept")
    rows = [head, *map(_cells, figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    rows.insert(1, tuple("-" * width for width in widths))
    return "\n".join(f"| {' | '.join(map(str.ljust, row, widths))} |" for row in rows)


def _cells(figure: Figure) -> tuple[str, ...]:
    floor = f"{_amount(figure.floor, figure.unit)} ({figure.floor_name})" if figure.floor else ""
    promised = "" if figure.limit is None else _amount(figure.limit, "×" if figure.of_floor else figure.unit)
    return (
        figure.name,
        _amount(figure.value, figure.unit),
        floor,
        f"{figure.ratio:.2f} ×" if figure.ratio else "",
        promised,
        {None: "", True: "yes", False: "NO"}[figure.kept],
    )


def _amount(value: float, unit: str) -> str:
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{digits}f} {unit}"


def machine() -> str:
    """The machine in a line: figures mean little without it."""
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{psutil.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )
