"""BagIt bags: the payload is held to its checksums, and a wrong bag is told as one."""

import hashlib

import pytest

from desktop.core.errors import ImportFailed
from desktop.core.progress import Progress
from desktop.importing.bags import BrokenBag, read_bag
from desktop.importing.sources import find_sources, read_source

WORDS = "Мост открыт.".encode()


@pytest.fixture
def bag(tmp_path):
    return packed(tmp_path / "bag", {"data/мост.txt": WORDS, "data/внутри/река.txt": b"The river."})


def packed(folder, files, version="1.0", encoding="UTF-8", algorithms=("md5", "sha256")):
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    head = f"BagIt-Version: {version}\nTag-File-Character-Encoding: {encoding}\n"
    (folder / "bagit.txt").write_text(head, "utf-8")
    for algorithm in algorithms:
        lines = (f"{hashlib.new(algorithm, data).hexdigest()}  {path}\n" for path, data in files.items())
        (folder / f"manifest-{algorithm}.txt").write_text("".join(lines), encoding)
    (folder / "bag-info.txt").write_text("Source-Organization: Архив\n", "utf-8")
    return folder


def sources(folder):
    return list(find_sources([folder], Progress()))


def reason(source):
    with pytest.raises(ImportFailed) as caught:
        read_source(source)
    return caught.value.reason


def test_the_payload_alone_is_imported(bag):
    found = sources(bag)
    assert sorted(source.name.rpartition("/")[2] for source in found) == ["мост.txt", "река.txt"]
    assert {source.digest[0] for source in found} == {"sha256"}
    assert sorted(map(read_source, found)) == sorted([WORDS, b"The river."])


def test_a_file_that_changed_is_left_out_and_the_others_go_on(bag):
    (bag / "data/мост.txt").write_bytes(b"The bridge is closed.")
    wrong, right = sorted(sources(bag), key=lambda source: source.name.endswith("река.txt"))
    assert reason(wrong) == "fixity"
    assert read_source(right) == b"The river."


def test_missing_and_unlisted_files_have_their_lines(bag):
    (bag / "data/мост.txt").rename(bag / "data/другой.txt")
    assert sorted(reason(source) for source in sources(bag) if source.failure) == ["fixity", "missing"]


def test_tag_files_may_be_in_utf16(tmp_path):
    folder = packed(tmp_path / "bag", {"data/a.txt": WORDS}, encoding="UTF-16", algorithms=("md5",))
    assert list(read_bag(folder).files) == ["data/a.txt"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("bagit.txt", "BagIt-Version: .97\nTag-File-Character-Encoding: UTF-8\n"),
        ("bagit.txt", "something else"),
        ("manifest-md5.txt", "nonsense\n"),
        ("manifest-md5.txt", f"{'0' * 32}  ../outside.txt\n"),
        ("manifest-md5.txt", f"{'0' * 32}  /etc/hosts\n"),
        ("manifest-md5.txt", f"{'0' * 32}  data/a.txt\n{'1' * 32}  data/a.txt\n"),
    ],
)
def test_a_bag_that_is_wrong_is_told_as_one(bag, name, text):
    (bag / name).write_text(text, "utf-8")
    with pytest.raises(BrokenBag):
        read_bag(bag)
    assert [reason(source) for source in sources(bag)] == ["broken_bag"]


def test_percent_signs_and_line_ends_in_names_are_decoded(tmp_path):
    folder = packed(tmp_path / "bag", {"data/50%.txt": WORDS}, algorithms=())
    (folder / "manifest-sha256.txt").write_text(f"{hashlib.sha256(WORDS).hexdigest()}  data/50%25.txt\n")
    assert list(read_bag(folder).files) == ["data/50%.txt"]


def test_conformance_suite(shared):
    suite = shared / "data/interop/bagit_conformance"
    for folder in sorted(suite.glob("v*/invalid/*")):
        found = sources(folder)
        is_bag = (folder / "bagit.txt").is_file()
        assert not is_bag or any(fails(source) for source in found), folder


def fails(source):
    try:
        read_source(source)
    except ImportFailed:
        return True
    return False
