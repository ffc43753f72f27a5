"""Whatever happened to the bytes of a package, reading them ends in articles or in sentences."""

import plistlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.errors import ImportFailed
from desktop.core.sentences import IMPORT_REASONS
from desktop.importing.extract import extract_material
from desktop.importing.material import Material
from tests.importing.test_zipped import packed
from tests.importing.web.pages import WORDS
from tests.importing.web.test_mhtml import html_part, message
from tests.importing.web.test_safari import saved
from tests.importing.web.test_warc import Recorder, wacz

PAGE = f"<html><title>Паром</title><body><p>{WORDS[0]}</p><img src='/1.png'></body></html>"
PLAIN = Recorder(packed=False).answer("https://a.example/1", PAGE.encode()).request("https://a.example/1")
PACKED = Recorder().answer("https://a.example/1", PAGE.encode()).answer("https://a.example/2", b"<p>x</p>")
SEEDS = {
    "a.warc": PLAIN.data,
    "a.warc.gz": PACKED.data,
    "a.wacz": wacz(PACKED, {"url": "https://a.example/1", "title": "Паром"}),
    "a.mhtml": message(html_part(PAGE)),
    "a.webarchive": plistlib.dumps(saved(PAGE), fmt=plistlib.FMT_BINARY),
    "a.zip": packed(**{"a/page.html": PAGE, "b.txt": WORDS[1]}),
}
PLACE = st.floats(0, 1, exclude_max=True)
CHANGES = st.lists(st.tuples(PLACE, st.integers(0, 40), st.binary(max_size=40)), min_size=1, max_size=6)


@pytest.mark.parametrize("name", list(SEEDS))
@given(changes=CHANGES)
@settings(max_examples=25)
def test_damaged_bytes_end_in_answers(name, changes):
    data = SEEDS[name]
    for place, length, put in changes:
        at = int(place * len(data))
        data = data[:at] + put + data[at + length :]
    failures = []
    try:
        failures = [one for one in extract_material(Material(data, name)) if isinstance(one, ImportFailed)]
    except ImportFailed as failure:
        failures = [failure]
    assert all(one.reason in IMPORT_REASONS and one.reason != "crash" for one in failures)
