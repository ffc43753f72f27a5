"""What the tests of PDFs share."""

from collections.abc import Callable

import pytest

from desktop.core.extraction import Extraction, Options
from desktop.importing.extract import extract_bytes

Reads = Callable[..., Extraction]


@pytest.fixture
def reads() -> Reads:
    """Takes the bytes of a PDF apart."""

    def read(data: bytes, name: str = "report.pdf", options: Options | None = None) -> Extraction:
        return extract_bytes(data, name, options=options or Options())

    return read
