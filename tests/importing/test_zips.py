"""ZIP files from strangers: what is in them, and what is refused."""

import io
import stat
import zipfile

import pytest

from desktop.core.errors import ImportFailed
from desktop.importing import zips
from desktop.importing.zips import SafeZip


def packed(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def test_members_are_read_by_name_in_order():
    files = SafeZip(packed(("b/письмо.txt", b"1"), ("a.txt", b"22"), ("folder/", b"")), "a.zip")
    assert files.names == ["b/письмо.txt", "a.txt"]
    assert (files.read("b/письмо.txt"), files.size("a.txt"), "c" in files) == (b"1", 2, False)


@pytest.mark.parametrize("name", ["../up.txt", "/etc/passwd", "a/../../b", "..\\up.txt", "C:\\x.txt", "C:/x"])
def test_names_that_lead_elsewhere_are_not_there(name):
    assert SafeZip(packed((name, b"x"), ("good.txt", b"y")), "a.zip").names == ["good.txt"]


def test_symbolic_links_are_not_there():
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert SafeZip(packed((link, b"/etc/passwd"), ("a", b"")), "a.zip").names == ["a"]


@pytest.mark.parametrize("encoding", ["cp866", "utf-8"])
def test_names_without_a_flag_are_read_as_they_were_meant(encoding):
    raw = "письмо.txt".encode(encoding)
    data = packed(("X" * len(raw), b"words")).replace(b"X" * len(raw), raw)
    assert SafeZip(data, "a.zip").read("письмо.txt") == b"words"


def test_names_are_composed():
    assert SafeZip(packed(("й.txt".replace("й", "и\u0306"), b"")), "a.zip").names == ["й.txt"]


def test_what_grows_too_large_is_refused(monkeypatch):
    data = packed(("a", b"0" * 5000), ("b", b"0" * 5000))
    with pytest.raises(ImportFailed) as caught:
        SafeZip(data, "a.zip").read("a", limit=4999)
    assert caught.value.reason == "too_large"
    monkeypatch.setattr(zips, "LARGEST_SUM", 9999)
    files = SafeZip(data, "a.zip")
    files.read("a")
    with pytest.raises(ImportFailed) as caught:
        files.read("b")
    assert caught.value.reason == "too_large"


def test_a_size_that_lies_does_not_loosen_the_limit():
    data = packed(("a", b"0" * 100_000)).replace((100_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    files = SafeZip(data, "a.zip")
    assert files.size("a") == 10
    with pytest.raises(ImportFailed):
        files.read("a", limit=1000)


def test_too_many_members_are_refused(monkeypatch):
    monkeypatch.setattr(zips, "MOST_MEMBERS", 2)
    with pytest.raises(ImportFailed) as caught:
        SafeZip(packed(("a", b""), ("b", b""), ("c", b"")), "a.zip")
    assert caught.value.reason == "too_many"


def encrypted(data: bytes) -> bytes:
    """With the flag set in both headers of every member."""
    return data.replace(b"PK\x03\x04\x14\x00\x00\x00", b"PK\x03\x04\x14\x00\x01\x00").replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"
    )


def test_a_locked_archive_says_so():
    with pytest.raises(ImportFailed) as caught:
        SafeZip(encrypted(packed(("a", b"x"))), "a.zip")
    assert caught.value.reason == "encrypted"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", packed(("a", b"x"))[:-10]])
def test_what_is_no_archive_says_so(data):
    with pytest.raises(ImportFailed) as caught:
        SafeZip(data, "a.zip")
    assert caught.value.reason == "malformed"


def test_a_damaged_member_costs_only_itself():
    good = packed(("a", b"first words"), ("b", b"second words"))
    at = good.index(b"a", 30) + 1
    files = SafeZip(good[:at] + bytes(8) + good[at + 8 :], "a.zip")
    with pytest.raises(ImportFailed) as caught:
        files.read("a")
    assert (caught.value.source, caught.value.reason) == ("a.zip/a", "malformed")
    assert list(files.read_each([("one", "a"), ("two", "b"), ("three", "c")])) == [("two", b"second words")]
