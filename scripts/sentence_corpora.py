"""Single sentences of Russian, Ukrainian, English and Japanese from the team's corpora, for scoring.

Read in place from ``DIR/corpora`` and ``DIR/ir`` (default DIR: ``../shared/data`` beside the checkout, or
``PRESSMARK_SHARED``). The choice depends on nothing but the corpora and the seed.
"""

import gzip
import json
import os
import random
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("ru", "uk", "en", "ja")
SEED = 20261122
_END = re.compile(r"(?<=[.!?…])[»”\"')]*\s+|(?<=[。！？])|\n+")
_VERSE = re.compile(r"<seg id=[^>]*>\s*(.*?)\s*</seg>", re.DOTALL)
_UDHR = {"ru": "Russian-UTF8", "uk": "Ukrainian-UTF8", "en": "English-Latin1", "ja": "Japanese_Nihongo-UTF8"}


def data_folder() -> Path:
    """Where the team's test data lie; they may be absent."""
    return Path(os.environ.get("PRESSMARK_SHARED") or ROOT.parent / "shared") / "data"


def sentences(data: Path, language: str, number: int, shortest: int = 15, longest: int = 200) -> list[str]:
    """At most ``number`` different sentences of that many characters, as many from each source."""
    chooser = random.Random(f"{SEED} {language}")
    sources = [sorted({*_cut(text, shortest, longest)}) for text in _sources(data, language)]
    chosen: list[str] = []
    for left, source in zip(range(len(sources), 0, -1), sorted(sources, key=len), strict=True):
        chosen += chooser.sample(source, min((number - len(chosen)) // left, len(source)))
    return chosen


def _cut(text: str, shortest: int, longest: int) -> Iterator[str]:
    for sentence in _END.split(text):
        line = " ".join(sentence.replace("\ufeff", "").split())
        if shortest <= len(line) <= longest and sum(map(str.isalpha, line)) * 2 > len(line):
            yield line


def _sources(data: Path, language: str) -> Iterator[str]:
    corpora, ir = data / "corpora", data / "ir"
    yield (corpora / "udhr" / _UDHR[language]).read_text("utf-8")
    if language == "ru":
        yield "\n".join(file.read_text("utf-8") for file in sorted(corpora.glob("factrueval2016_ru/*.txt")))
        yield _paragraphs(ir / "xquad_ru")
    elif language == "uk":
        verses = gzip.decompress((corpora / "ukrainian_nt_1903_cc0.xml.gz").read_bytes()).decode("utf-8")
        yield "\n".join(_VERSE.findall(verses))
    elif language == "en":
        yield "\n".join(
            file.read_text("utf-8", "replace") for file in sorted(corpora.glob("inaugural/*.txt"))
        )
        yield _paragraphs(ir / "xquad_en")
    else:
        yield _paragraphs(ir / "jsquad_ja").replace(" [SEP] ", "\n")


def _paragraphs(folder: Path) -> str:
    lines = gzip.decompress((folder / "docs.jsonl.gz").read_bytes()).decode("utf-8").splitlines()
    return "\n".join(json.loads(line)["text"] for line in lines)
