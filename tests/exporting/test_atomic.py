"""A file is whole or it is not there."""

import errno
import os
import sys

import pytest

from desktop.core.errors import Cancelled, ExportFailed
from desktop.core.progress import Progress
from desktop.exporting.atomic import replacing
from desktop.exporting.formats import FORMATS


def only(folder, *names):
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)


def test_a_finished_file_takes_the_old_ones_place(tmp_path):
    target = tmp_path / "отчёт.md"
    target.write_text("old", "utf-8")
    with replacing(target) as file:
        file.write("new\n")
        assert target.read_text("utf-8") == "old"
    assert target.read_bytes() == b"new\n"
    only(tmp_path, "отчёт.md")


@pytest.mark.parametrize("name", [n for n, entry in FORMATS.items() if entry.module])
def test_a_full_disk_leaves_the_old_file_untouched(tmp_path, export_set, monkeypatch, name):
    target = tmp_path / "report"
    target.write_text("old", "utf-8")

    def full(handle):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportFailed) as caught:
        FORMATS[name].writer()(export_set, target, Progress())
    assert caught.value.detail == os.strerror(errno.ENOSPC)
    assert target.read_text("utf-8") == "old"
    only(tmp_path, "report")


@pytest.mark.parametrize("name", [n for n, entry in FORMATS.items() if entry.module])
def test_a_cancelled_export_leaves_nothing_behind(tmp_path, export_set, name):
    progress = Progress(lambda done, total, what: progress.cancel() if done == 1 else None)
    with pytest.raises(Cancelled):
        FORMATS[name].writer()(export_set, tmp_path / "report", progress)
    only(tmp_path)


def test_a_folder_that_is_not_there_is_an_expected_failure(tmp_path):
    with pytest.raises(ExportFailed), replacing(tmp_path / "nowhere" / "a.md"):
        pytest.fail("the block must not run")


def test_a_folder_is_not_overwritten(tmp_path):
    (tmp_path / "out").mkdir()
    with pytest.raises(ExportFailed), replacing(tmp_path / "out"):
        pytest.fail("the block must not run")
    only(tmp_path, "out")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.md").write_text("old", "utf-8")
    (tmp_path / "link.md").symlink_to("real.md")
    with replacing(tmp_path / "link.md") as file:
        file.write("new")
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real.md").read_text("utf-8") == "new"
