"""Where Pressmark's own files are."""

import pytest

from desktop.core.ids import new_id
from desktop.paths import cache_dir, index_dir


def test_each_archive_has_a_folder_of_its_own():
    one, other = new_id(), new_id()
    assert index_dir(one) == cache_dir() / "index" / one
    assert index_dir(one) != index_dir(other)


@pytest.mark.parametrize(
    "archive_id", ["", ".", "..", "../../etc", "/etc", "a/b", "C:\\x", "\udcff", "x" * 999]
)
def test_an_id_from_a_strange_file_never_leads_elsewhere(archive_id):
    """The folder of a stale index is deleted, so it must be one that only an index can have."""
    folder = index_dir(archive_id)
    assert folder.parent == cache_dir() / "index"
    assert len(folder.name) == 32
