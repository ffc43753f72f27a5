"""Settings come back with their types, from the file alone."""

import pytest
from PySide6.QtCore import QByteArray

from desktop.ui.settings import store
from desktop.ui.settings.store import ALL, RECENT_LIMIT, Settings


@pytest.fixture
def path(tmp_path):
    return tmp_path / "settings.ini"


def test_every_default_has_its_declared_type(path):
    settings = Settings(path)
    assert all(isinstance(settings.get(setting), setting.kind) for setting in ALL)
    assert len({setting.key for setting in ALL}) == len(ALL)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        (store.SHOW_INSPECTOR, False),
        (store.READER_SIZE, 22),
        (store.APPEARANCE, "dark"),
        (store.RECENT_ARCHIVES, ["/tmp/Причал, 2.pressmark"]),
        (store.RECENT_ARCHIVES, ["a", "b"]),
        (store.GEOMETRY, QByteArray(b"\x01\x00\xff")),
    ],
)
def test_values_survive_a_restart(path, setting, value):
    first = Settings(path)
    first.set(setting, value)
    first.save()
    assert Settings(path).get(setting) == value


def test_an_empty_list_stays_empty(path):
    first = Settings(path)
    first.set(store.RECENT_ARCHIVES, [])
    first.save()
    assert Settings(path).get(store.RECENT_ARCHIVES) == []


def test_nonsense_in_the_file_is_the_default(path):
    path.write_text("[reader]\nsize=huge\n[window]\ngeometry=1\n", "utf-8")
    settings = Settings(path)
    assert settings.get(store.READER_SIZE) == 18
    assert settings.get(store.GEOMETRY) == QByteArray()


def test_recent_archives_are_few_and_newest_first(path, tmp_path):
    settings = Settings(path)
    for number in [*range(RECENT_LIMIT + 3), 5]:
        settings.remember_archive(tmp_path / f"{number}.pressmark")
    recent = settings.get(store.RECENT_ARCHIVES)
    assert len(recent) == RECENT_LIMIT == len(set(recent))
    assert recent[0].endswith("5.pressmark")
    assert settings.get(store.LAST_ARCHIVE) == recent[0]
    settings.forget_archive(recent[0])
    assert len(settings.get(store.RECENT_ARCHIVES)) == RECENT_LIMIT - 1
