"""Reading a file of records as the child process does."""

import pytest

from desktop.core.errors import ImportFailed
from desktop.core.extraction import Extraction
from desktop.importing.extract import extract_material
from desktop.importing.material import Material


class Read(list):
    """The extractions of a file; ``failures`` are the parts that could not be read."""

    def __init__(self, data: bytes | str, name: str, files: dict[str, bytes] | None = None) -> None:
        packed = data.encode() if isinstance(data, str) else data
        beside = {} if files is None else files
        answers = list(extract_material(Material(packed, name, beside=beside.get)))
        super().__init__(answer for answer in answers if isinstance(answer, Extraction))
        self.failures = [answer for answer in answers if isinstance(answer, ImportFailed)]


@pytest.fixture
def read():
    return Read


def words(extraction: Extraction) -> list[str]:
    """The words on which each mark stands; those without words give an empty text."""
    text = extraction.document.text
    return [" … ".join(text[start:end] for start, end in mark.ranges) for mark in extraction.marks]
