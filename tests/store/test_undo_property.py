"""Whatever people do, undoing all of it gives the archive back, and redoing all of it, too."""

import random
import shutil
import sqlite3
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.core.errors import NothingToUndo, UndoConflict
from desktop.store import chain, checks, history, inversion, migrations, recording, verify
from desktop.store.archive import Archive, open_archive
from desktop.store.history import redo, steps, undo
from tests.store.script import OPERATIONS, REFUSED, State, assert_same, state

COMMANDS = st.one_of(
    st.tuples(st.integers(0, len(OPERATIONS) - 1), st.integers(0, 2**32)),
    st.tuples(st.integers(0, len(OPERATIONS) - 1), st.integers(0, 2**32)),
    st.sampled_from(["undo", "undo", "redo", "reopen"]),
)
CHECKS = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


class Player:
    """Plays commands on an archive; its oracle is a stack of whole states."""

    pragmas = ("synchronous=off",)  # durability is not what is tried here

    def __init__(self, path: Path) -> None:
        self.path = path
        self.archive: Archive = self.open()
        self.past: list[State] = []
        self.future: list[State] = []
        self.now = state(self.archive)

    def open(self) -> Archive:
        archive = open_archive(self.path)
        for pragma in self.pragmas:
            archive.run(f"PRAGMA {pragma}")
        return archive

    def play(self, command: "tuple[int, int] | str") -> None:
        if command == "reopen":
            self.archive.close()
            self.archive = self.open()
        elif command == "undo":
            self.turn(undo, self.past, self.future)
        elif command == "redo":
            self.turn(redo, self.future, self.past)
        else:
            self.do(*command)

    def turn(self, turn, taken: list[State], given: list[State]) -> None:
        if not taken:
            with pytest.raises(NothingToUndo):
                turn(self.archive)
            return
        turn(self.archive)
        given.append(self.now)
        self.now = taken.pop()
        assert_same(self.archive, self.now)

    def do(self, number: int, seed: int) -> None:
        """One operation, which may be several steps, or refused, or change nothing."""
        last = self.last_step()
        with suppress(*REFUSED):
            OPERATIONS[number](self.archive, random.Random(seed))
        made = self.last_step() - last
        if not made:
            assert_same(self.archive, self.now)
            return
        after = state(self.archive)
        self.future.clear()
        self.past += [self.now] if made == 1 else self.between(made, after)
        self.now = after

    def between(self, made: int, after: State) -> list[State]:
        """The states before each of several steps, seen by undoing them."""
        seen = []
        for _ in range(made):
            undo(self.archive)
            seen.append(state(self.archive))
        for _ in range(made):
            redo(self.archive)
        assert_same(self.archive, after)
        return seen[::-1]

    def last_step(self) -> int:
        """How many steps were done; undo and redo are none."""
        return int(self.archive.value("SELECT count(*) FROM history WHERE kind = 'do'"))

    def finish(self) -> None:
        count, first, last = len(self.past), (self.past or [self.now])[0], self.now
        for _ in range(count):
            self.play("undo")
        self.play("reopen")
        assert_same(self.archive, first)
        for _ in range(count):
            self.play("redo")
        assert_same(self.archive, last)
        self.check()

    def check(self) -> None:
        archive = self.archive
        assert chain.first_broken_step(archive) is None
        assert archive.rows("PRAGMA foreign_key_check") == []
        assert archive.value("PRAGMA integrity_check") == "ok"
        assert archive.value("SELECT count(*) FROM history_rows WHERE step = 0") == 0
        assert archive.value("SELECT count(*) FROM history_now") == 0


def play(empty: Path, commands: list) -> None:
    folder = tempfile.mkdtemp(dir="/dev/shm" if Path("/dev/shm").is_dir() else None)
    player = Player(Path(shutil.copy(empty, Path(folder) / "P.pressmark")))
    try:
        for command in commands:
            player.play(command)
        player.finish()
    finally:
        player.archive.close()
        shutil.rmtree(folder)


@settings(max_examples=40, deadline=None, suppress_health_check=CHECKS)
@given(commands=st.lists(COMMANDS, min_size=5, max_size=40))
def test_everything_undoes(empty_archive, commands):
    play(empty_archive, [(0, 1), (0, 2), (1, 3), *commands])


@pytest.mark.slow
@pytest.mark.timeout(1800)
@settings(max_examples=300, deadline=None, suppress_health_check=CHECKS)
@given(commands=st.lists(COMMANDS, min_size=30, max_size=120))
def test_long_stories_undo(empty_archive, commands):
    play(empty_archive, [(0, 1), (0, 2), (1, 3), *commands])


def test_a_long_story_is_whole(empty_archive, tmp_path):
    """One long seeded story, verified by folding its history, too."""
    player = Player(Path(shutil.copy(empty_archive, tmp_path / "P.pressmark")))
    r = random.Random(7)
    try:
        for number in [0, 0, 1, *(r.randrange(len(OPERATIONS)) for _ in range(150))]:
            player.do(number, r.getrandbits(32))
        assert len(steps(player.archive, 1000)) > 100
        assert verify.verify(player.archive) == []
        player.finish()
    finally:
        player.archive.close()


def redo_kept(monkeypatch):
    """A new step leaves what could be redone."""
    stacks = history._stacks

    def keeping(archive, head, step, kind, of):
        found = stacks(archive, head, step, kind, of)
        return (*found[:2], head.redo_top, None) if kind == "do" else found

    monkeypatch.setattr(history, "_stacks", keeping)


def forwards(monkeypatch):
    """Undo takes the rows in the order in which they were written."""
    backwards = inversion._backwards
    monkeypatch.setattr(inversion, "_backwards", lambda *args: reversed(list(backwards(*args))))


def replace_unseen(monkeypatch):
    """REPLACE removes rows without firing their triggers, as SQLite does by default."""
    monkeypatch.setattr(Player, "pragmas", ("synchronous=off", "recursive_triggers=off"))


def nulls_unseen(monkeypatch):
    """A column that becomes NULL, or stops being NULL, is not seen as changed."""
    monkeypatch.setattr(checks, "check_schema", lambda path, db: None)
    differs = recording._differs
    monkeypatch.setattr(recording, "_differs", lambda column: differs(column).replace("IS NOT", "<>"))
    opened = Player.open

    def mutated(self):
        archive = opened(self)
        migrations.drop_triggers(archive.connection)
        migrations.install_triggers(archive.connection)
        return archive

    monkeypatch.setattr(Player, "open", mutated)


@pytest.mark.parametrize("mutant", [redo_kept, forwards, replace_unseen, nulls_unseen])
def test_a_broken_history_is_noticed(empty_archive, monkeypatch, mutant):
    """The test above is worth something: it fails when the history is broken on purpose."""
    mutant(monkeypatch)
    for seed in range(40):
        r = random.Random(seed)
        commands = [(r.randrange(len(OPERATIONS)), r.getrandbits(32)) for _ in range(40)]
        commands = [r.choice([one, one, "undo", "redo"]) for one in commands]
        try:
            play(empty_archive, [(0, 1), (0, 2), (1, 3), *commands])
        except (AssertionError, UndoConflict, sqlite3.IntegrityError, pytest.fail.Exception):
            return
    pytest.fail("nothing was noticed")
