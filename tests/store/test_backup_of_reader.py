"""A backup from an archive that was opened to be read."""

import pytest

from desktop.core.errors import ArchiveReadOnly
from desktop.store.archive import open_archive
from desktop.store.articles import article_ids
from desktop.store.backup import backup
from desktop.store.history import operation
from tests.archives import add


def test_a_reader_may_back_up_and_stays_a_reader(archive_path, tmp_path):
    with open_archive(archive_path) as archive:
        article = add(archive, "Title\nText.")
    with open_archive(archive_path, read_only=True) as archive:
        backup(archive, tmp_path / "copy.pressmark")
        with pytest.raises(ArchiveReadOnly), operation(archive, "Nothing"):
            pytest.fail("it must not be written")
        assert archive.value("PRAGMA query_only") == 1
    with open_archive(tmp_path / "copy.pressmark", read_only=True) as copy:
        assert article_ids(copy) == [article]
