"""ZIP files of sources."""

import io
import json
import zipfile
from contextlib import suppress

import pytest

from desktop.core.errors import ImportFailed
from desktop.core.extraction import Extraction, Options
from desktop.core.progress import Progress
from desktop.importing import extract, zipped
from desktop.importing.extract import extract_material
from desktop.importing.material import Material
from desktop.importing.sources import find_sources
from tests.importing.web.pages import WORDS, page, png

TEXT = "\n\n".join(WORDS)


def packed(**files: bytes | str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return out.getvalue()


def answers(data: bytes, name: str = "a.zip", parts: set[str] | None = None) -> list:
    options = Options(parts=None if parts is None else frozenset(parts))
    return list(extract_material(Material(data, name, options=options)))


def names(found: list) -> list[str]:
    return [one.name if isinstance(one, Extraction) else f"{one.reason}: {one.source}" for one in found]


FOLDER = {
    "notes/b.txt": TEXT,
    "notes/a.md": f"# Паром\n\n{TEXT}",
    "page.html": page('<img src="page_files/1.png">'),
    "page_files/1.png": png(),
    "page_files/frame.html": page(title="Реклама"),
    "other_files/c.html": page(title="Не спутник"),
    "style.css": "body {}",
    ".hidden/x.txt": TEXT,
    "__MACOSX/page.html": page(),
    "~$lock.txt": TEXT,
}


def test_members_come_in_order_with_their_own_failures():
    data = packed(**{"b.txt": TEXT, "bad.html": b"\0\1\2" * 999, "a/page.html": page()})
    assert names(answers(data)) == ["b.txt", "binary: a.zip/bad.html", "a/page.html"]


def test_members_that_are_not_opened_cost_a_line_each():
    data = packed(**{"a.txt": TEXT, "../../b.txt": TEXT, "c.txt": TEXT, "../style.css": "x"})
    locked = bytearray(data)
    for start, flags in ((b"PK\1\2", 8), (b"PK\3\4", 6)):  # the flags of c.txt, in both of its headers
        head = 46 if flags == 8 else 30
        at = next(
            at
            for at in range(len(data))
            if data[at:].startswith(start) and data[at + head :].startswith(b"c.txt")
        )
        locked[at + flags] |= 1
    assert names(answers(bytes(locked))) == [
        "a.txt",
        "hostile: a.zip/../../b.txt",
        "encrypted: a.zip/c.txt",
    ]


def test_a_zip_is_read_as_the_folder_that_was_packed(tmp_path):
    for name, data in FOLDER.items():
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data.encode() if isinstance(data, str) else data)
    there = {source.name.removeprefix(f"{tmp_path}/") for source in find_sources([tmp_path], Progress())}
    assert set(names(answers(packed(**FOLDER)))) == there
    assert there == {"notes/b.txt", "notes/a.md", "page.html", "other_files/c.html"}


def test_a_saved_page_finds_its_pictures_in_the_zip():
    data = packed(**{f"deep/er/{name}": data for name, data in FOLDER.items()})
    [found] = [one for one in answers(data) if one.name == "deep/er/page.html"]
    assert [picture.src for picture in found.pictures] == ["page_files/1.png"]
    assert found.pictures[0].original is not None


@pytest.mark.parametrize("encoding", ["cp866", "utf-8"])
def test_names_in_the_encodings_of_other_programs(encoding):
    name = "Заметка.txt".encode(encoding)
    data = packed(**{"N" * len(name): TEXT}).replace(b"N" * len(name), name)
    assert names(answers(data)) == ["Заметка.txt"]


def test_a_zip_in_a_zip_is_a_folder_of_it():
    inner = packed(**{"letters/1.txt": TEXT, "empty.txt": ""})
    found = names(answers(packed(**{"inner.zip": inner, "2.txt": TEXT})))
    assert found == ["inner.zip/letters/1.txt", "empty: a.zip/inner.zip/empty.txt", "2.txt"]


def test_a_page_in_a_zip_of_its_own_is_one_article_of_the_zip():
    manifest = json.dumps({"originalUrl": "https://a.example/1"})
    inner = packed(**{"index.html": page(), "manifest.json": manifest, "frames/0/index.html": page()})
    [found] = answers(packed(**{"saved.zip": inner}))
    assert (found.name, found.document.metadata.url) == ("saved.zip", "https://a.example/1")


def test_zips_in_zips_end_somewhere():
    data = packed(**{"a.txt": TEXT})
    for _ in range(8):
        data = packed(**{"a.txt": TEXT, "inner.zip": data})
    found = names(answers(data))
    assert found[-1].startswith("too_deep:")
    assert len(found) < 8


def test_zips_in_zips_share_what_may_be_unpacked(monkeypatch):
    monkeypatch.setattr(zipped, "LARGEST_SUM", 100_000)
    inner = packed(**{f"{n}.txt": TEXT + "x" * 30_000 for n in range(3)})
    found = names_until_failure(packed(**{f"{n}.zip": inner for n in range(9)}))
    assert found[-1] == "too_large"
    assert len(found) < 6


def names_until_failure(data: bytes) -> list[str]:
    reading = extract_material(Material(data, "a.zip"))
    found = []
    with suppress(StopIteration):
        while True:
            answer = _next(reading)
            found.append(answer.name if isinstance(answer, Extraction) else answer.reason)
    return found


def _next(reading):
    try:
        return next(reading)
    except ImportFailed as failure:
        return failure


def test_parts_of_parts_count_as_parts(monkeypatch):
    monkeypatch.setattr(extract, "MOST_PARTS", 10)
    lines = "\n".join(json.dumps({"title": f"T{n}", "text": TEXT}) for n in range(50))
    assert names_until_failure(packed(**{"docs.jsonl": lines}))[-1] == "too_many"


def test_lines_of_records_are_articles():
    lines = [json.dumps({"id": n, "title": f"Паром {n}", "text": TEXT}) for n in range(2)]
    found = answers(packed(**{"docs.jsonl": "\n".join([*lines, "no json"])}))
    assert names(found) == ["docs.jsonl:1", "docs.jsonl:2", "malformed: a.zip/docs.jsonl:3"]
    assert found[0].document.metadata.title == "Паром 0"


def test_a_person_can_choose_among_the_members():
    data = packed(**FOLDER)
    listed = zipped.entries(Material(data, "a.zip"))
    assert [(one.key, one.title, one.detail) for one in listed][:2] == [
        ("notes/b.txt", "b.txt", "notes"),
        ("notes/a.md", "a.md", "notes"),
    ]
    assert names(answers(data, parts={"notes/a.md"})) == ["notes/a.md"]
    with pytest.raises(ImportFailed, match="no_such_part"):
        answers(data, parts={"none"})


@pytest.mark.parametrize("files", [{}, {"a.png": b"x"}])
def test_a_zip_without_articles_says_so(files):
    with pytest.raises(ImportFailed) as caught:
        answers(packed(**files))
    assert caught.value.reason == "nothing_inside"


def test_paths_that_lead_out_are_told_and_not_followed():
    found = names(answers(packed(**{"../../out.txt": TEXT, "/etc/x.txt": TEXT, "in.txt": TEXT})))
    assert found == ["in.txt", "hostile: a.zip/../../out.txt", "hostile: a.zip//etc/x.txt"]


def test_a_member_that_is_hardly_anything_is_left_out_and_the_others_are_read():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"0" * 5_000_000)
        archive.writestr("note.txt", "Мост открыт.")
    bomb, note = extract_material(Material(out.getvalue(), "letters.zip"))
    assert (bomb.reason, note.document.text) == ("hostile", "Мост открыт.")
