"""``demo`` and ``--self-check``: the whole story in one command."""

import pytest

from desktop.operations.exporting import FORMATS


def test_the_demo_tells_where_everything_is(run, tmp_path):
    out = tmp_path / "results"
    result = run("demo", "--out", out)
    assert result.status == 0, result.out + result.err
    assert (out / "Sample.pressmark").exists()
    assert all((out / f"export{entry.extension}").stat().st_size > 5000 for entry in FORMATS.values())
    assert "Undone" in result.out or "undone" in result.out
    assert "the archive is sound" in result.out
    assert str(out.resolve()) in result.out


def test_the_demo_never_replaces_another_archive(run, archive_path, tmp_path):
    archive_path.rename(tmp_path / "Sample.pressmark")
    kept = (tmp_path / "Sample.pressmark").read_bytes()
    result = run("demo", "--out", tmp_path)
    assert result.status == 1
    assert "already exists" in result.err
    assert (tmp_path / "Sample.pressmark").read_bytes() == kept


@pytest.mark.timeout(240)
def test_the_self_check_tries_every_part(run):
    pytest.importorskip("desktop.app")
    result = run("--self-check")
    assert result.status == 0, result.out
    for part in ("importers", "index", "verify", "window", *(f"export to {name}" for name in FORMATS)):
        assert any(line.startswith("works") and part in line for line in result.out.splitlines()), part
