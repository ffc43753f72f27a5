"""What the score of hostile files holds a reading to."""

import importlib.util
from pathlib import Path

import pytest

from desktop.core.document import Block, BlockKind, Document, Metadata
from desktop.core.errors import ImportFailed
from desktop.core.extraction import Extraction
from desktop.importing.originals import pack

SCRIPT = Path(__file__).parents[2] / "scripts" / "score_hostile.py"


@pytest.fixture(scope="module")
def score():
    spec = importlib.util.spec_from_file_location("score_hostile", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def outcome(
    score, text: str = "", *, title: str = "", reason: str = "", seconds: float = 1.0, megabytes: int = 9
):
    blocks = [Block(BlockKind.PARAGRAPH, line) for line in text.splitlines()]
    document = Document.build(blocks, Metadata(title=title))
    found = [Extraction(document, pack(b"x", "text/plain", "a.txt"), "text/1")] if text else []
    failures = [ImportFailed("a", reason)] if reason else []
    return score.Outcome("a", found, failures, "", seconds, megabytes)


@pytest.mark.parametrize(
    ("words", "given", "broken"),
    [
        (
            "decoded as cp1251: contains 'Министр заявил' and 'кодировки'",
            {"text": "Министр заявил кодировки"},
            0,
        ),
        ("decoded as cp1251: contains 'Министр заявил' and 'кодировки'", {"text": "Министр заявил"}, 1),
        ("title 'Заголовок', text 'Кодировка'", {"text": "Кодировка", "title": "Заголовок"}, 0),
        ("title 'Заголовок', text 'Кодировка'", {"text": "Кодировка Заголовок", "title": "Другой"}, 1),
        ("text 'Привет'", {"reason": "malformed"}, 1),
        ("text 'Привет' or a clear error", {"reason": "malformed"}, 0),
        ("refused in < 5 s and < 300 MB", {"reason": "hostile"}, 0),
        ("refused in < 5 s and < 300 MB", {"text": "x"}, 1),
        ("refused in < 5 s and < 300 MB", {"reason": "hostile", "seconds": 6.0, "megabytes": 400}, 2),
        ("imported without the canary, or refused", {"text": "CANARY in it"}, 1),
        ("three lines", {"text": "a\nb\nc"}, 0),
        ("three lines", {"text": "a\nb"}, 1),
    ],
)
def test_promises_in_words_are_checked(score, words, given, broken):
    assert len(score.broken_promises(outcome(score, **given), words, "CANARY")) == broken


def test_every_file_must_end_soon_and_small(score):
    assert outcome(score, "x").complaints() == []
    assert outcome(score).complaints() == ["ended without an answer"]
    assert outcome(score, "x", seconds=31.0, megabytes=2000).complaints() == ["31 s", "2000 MB"]
    assert outcome(score, reason="crash").complaints() == ["crash: "]
    assert outcome(score, reason="no such").complaints() == ["no sentence for no such"]
