"""Fit the weights by which the article's blocks are chosen, and say how well they do on unseen sites.

    python scripts/fit_choosing.py [--data DIR] [--workers N] [--write]

Each block of the team's pages with gold text is labelled by how much of it stands in the gold; two logistic
regressions are fitted, the second to what the first (fitted without that page's site) says of the block's
surroundings. All of that happens once more within each of five folds of sites for the figures printed.
``--write`` puts the weights of all pages into ``desktop/importing/html/weights.py``.
Needs scikit-learn, which neither the program nor its tests need.
"""

import argparse
import gzip
import json
import logging
import os
import random
import re
import runpy
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop.core.document import BlockKind, Document  # noqa: E402
from desktop.importing.encoding import declared_in_markup, decode  # noqa: E402
from desktop.importing.html import choosing, context, features, metadata, parsing, settling, walker  # noqa: E402
from desktop.importing.html.pictures import file_name  # noqa: E402
from desktop.importing.reading import lift_title, squeezed  # noqa: E402

# How much a set's pages count; silver text and made-up pages count for less.
SETS = {
    "scrapinghub": 1.0, "fundus": 1.0, "readability": 1.0, "wcxb": 1.0, "newspaper4k": 1.0, "defuddle": 0.5,
    "trafilatura": 0.3, "htmldate_mediacloud": 0.3,
}  # fmt: skip
NUMBERS = [
    *features.NUMBERS,
    *(f"{group}.{name}" for group, names in features.SETS.items() for name in names),
]
MARKED_UP = ("readability", "defuddle")  # their gold tells lists and tables: these count double there
STRUCTURE = (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW, BlockKind.QUOTE, BlockKind.CODE, BlockKind.IMAGE)
GRAM = 10
FOLDS = 5
PICTURE = 120  # letters that a picture without words counts for
LEANING = 0.5  # log odds taken off at the end: what is in doubt is left out

Fitted = tuple[np.ndarray, float]


@dataclass
class Labelled:
    """One page: a row of traits and a label (nan: not known) a block."""

    name: str
    group: str
    share: float
    structure: float
    gold: str
    kept: Sequence[Any]
    page: features.Page
    title: str | None
    rows: np.ndarray
    labels: np.ndarray
    looked: np.ndarray


def gold_text(answer: dict[str, Any]) -> str:
    text = answer.get("text") or answer.get("silver_text") or ""
    return text or plain(answer.get("markdown") or "")


def plain(markdown: str) -> str:
    """Markdown's words."""
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", markdown)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"^\s*(?:[#>]+|[-*+]|\d+\.)\s+", "", text, flags=re.MULTILINE)
    return re.sub(r"[*_`]|^\|?[-| :]+\|?$", "", text, flags=re.MULTILINE).replace("|", " ")


def labelled(job: tuple[str, str, str, dict[str, Any]]) -> Labelled | None:
    folder, name, key, answer = job
    gold = gold_text(answer)
    if not gold and not answer.get("with"):
        return None
    logging.disable(logging.CRITICAL)
    raw = gzip.decompress((Path(folder) / name / "html" / f"{key}.html.gz").read_bytes())
    markup = decode(raw, declared_in_markup(raw)).text
    try:
        tree = parsing.parse_html(markup)
    except ValueError:
        return None
    settling.settle(tree, markup)
    found = metadata.read_metadata(tree, markup, answer.get("url"))
    body = tree.find("body")
    blocks = walker.walked(tree if body is None else body)
    decided = choosing.decided_text(tree, blocks)
    if not decided.strip() or not blocks:
        return None
    page = features.Page(blocks, choosing.verdict_of(decided, markup, tree), found)
    traits = list(page.traits())
    rows = np.array([row_of(entry) for entry in traits], dtype=np.float32)
    labels = from_snippets(page, answer) if name == "trafilatura" else from_text(page, gold)
    with_pictures(page, answer, labels)
    return Labelled(
        name, site_of(name, key, answer), SETS[name], 2.0 if name in MARKED_UP else 1.0, gold,
        [entry.block for entry in blocks], page,
        found.title, rows, np.array(labels, dtype=float),
        np.array([entry is not None for entry in traits]),
    )  # fmt: skip


def row_of(traits: features.Traits | None) -> list[float]:
    if traits is None:
        return [0.0] * len(NUMBERS)
    row = list(traits.numbers)
    for bits, names in zip(traits.sets, features.SETS.values(), strict=True):
        row += [float(bits >> index & 1) for index in range(len(names))]
    return row


def site_of(name: str, key: str, answer: dict[str, Any]) -> str:
    """What must not be on both sides of a fold."""
    host = urlsplit(answer.get("url") or "").hostname or ""
    if name in ("readability", "defuddle") or not host:
        return re.split(r"-", key)[0]
    return ".".join(host.split(".")[-2:])


def from_text(page: features.Page, gold: str) -> list[float]:
    """The share of each block's letters that stand in the gold text."""
    whole = squeezed(gold)
    grams = {whole[index : index + GRAM] for index in range(len(whole) - GRAM + 1)}
    lines = {squeezed(line) for line in gold.splitlines()}
    labels = [first_label(entry.key, whole, grams, lines) for entry in page.blocks]
    for index, label in enumerate(list(labels)):
        if label == 0.5:  # short, and somewhere in the gold: what its neighbours are
            near = [labels[other] for other in neighbours(index, len(labels), 2)]
            known = [value for value in near if value not in (0.5, None) and value == value]
            labels[index] = float(bool(known) and sum(known) / len(known) >= 0.5)
    only_where_gold_has_them(page, labels, whole)
    return [
        float("nan") if entry.block.kind is BlockKind.IMAGE else label
        for entry, label in zip(page.blocks, labels, strict=True)
    ]


def first_label(key: str, whole: str, grams: set[str], lines: set[str]) -> float:
    if not key:
        return float("nan")
    if len(key) < 25:
        return 1.0 if key in lines else 0.5 if key in whole else 0.0
    return sum(key[index : index + GRAM] in grams for index in range(len(key) - GRAM + 1)) / (
        len(key) - GRAM + 1
    )


def neighbours(index: int, count: int, reach: int) -> list[int]:
    return [other for other in range(max(index - reach, 0), min(index + reach + 1, count)) if other != index]


def only_where_gold_has_them(page: features.Page, labels: list[float], whole: str) -> None:
    """Of blocks that say the same, as many as the gold has are right: those in the best company."""
    same: dict[str, list[int]] = defaultdict(list)
    for index, entry in enumerate(page.blocks):
        if labels[index] > 0.5 and len(entry.key) >= GRAM:
            same[entry.key].append(index)

    def company(index: int) -> float:
        near = [
            other
            for other in neighbours(index, len(labels), 4)
            if page.blocks[other].key != page.blocks[index].key
        ]
        right = sum(page.lengths[other] * (labels[other] > 0.5) for other in near)
        return right / max(sum(page.lengths[other] for other in near), 1)

    for key, indices in same.items():
        for index in sorted(indices, key=company, reverse=True)[max(whole.count(key), 1) :]:
            labels[index] = 0.0


def from_snippets(page: features.Page, answer: dict[str, Any]) -> list[float]:
    """Blocks that hold a phrase that must be there, or must not."""
    wanted = [squeezed(text) for text in answer.get("with") or []]
    barred = [squeezed(text) for text in answer.get("without") or []]
    labels = []
    for entry in page.blocks:
        good, bad = (any(text and text in entry.key for text in texts) for texts in (wanted, barred))
        labels.append(float("nan") if good == bad else float(good))
    return labels


def with_pictures(page: features.Page, answer: dict[str, Any], labels: list[float]) -> None:
    """Label pictures where the gold has markup."""
    markup = answer.get("expected_html") or answer.get("markdown")
    if not markup:
        return
    addresses = re.findall(r"<img[^>]*?\ssrc=[\"']([^\"']+)|!\[[^\]]*\]\(([^)\s]+)", markup)
    names = {file_name(one or other) for one, other in addresses}
    for index, entry in enumerate(page.blocks):
        if entry.block.kind is BlockKind.IMAGE:
            labels[index] = float(file_name(entry.block.src) in names)


def rows_of(
    pages: Sequence[Labelled], matrices: Sequence[np.ndarray]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows, labels and weights: a letter counts by its share of its article, so pages count alike."""
    rows, labels, weights = [], [], []
    for page, matrix in zip(pages, matrices, strict=True):
        known = np.flatnonzero(~np.isnan(page.labels) & page.looked)
        if not len(known):
            continue
        lengths = np.array([max(page.page.lengths[index], 15) for index in known], dtype=float)
        bare = [page.page.lengths[index] == 0 for index in known]
        lengths[bare] = PICTURE
        lengths[[page.page.blocks[index].block.kind in STRUCTURE for index in known]] *= page.structure
        whole = max(len(page.gold) or page.page.decided_total, 300)
        sure = np.maximum(np.abs(page.labels[known] - 0.5) * 2, 0.1)
        rows.append(matrix[known])
        labels.append(page.labels[known] > 0.5)
        weights.append(np.minimum(lengths / whole, 0.3) * sure * page.share)
    return np.vstack(rows), np.concatenate(labels), np.concatenate(weights)


def fitted(pages: Sequence[Labelled], matrices: Sequence[np.ndarray]) -> Fitted:
    """Weights for raw rows, and the constant."""
    rows, labels, weights = rows_of(pages, matrices)
    scale = StandardScaler().fit(rows)
    model = LogisticRegression(C=1.0, max_iter=3000).fit(scale.transform(rows), labels, sample_weight=weights)
    raw = model.coef_[0] / scale.scale_
    return raw, float(model.intercept_[0] - raw @ scale.mean_)


def first_look(page: Labelled, model: Fitted) -> np.ndarray:
    weights, constant = model
    return np.where(page.looked, page.rows @ weights + constant, context.SURELY_NOT)


def looks(page: Labelled, first: np.ndarray) -> np.ndarray:
    return np.hstack([np.array(context.contexts(page.page, list(first))), page.rows])


def fold_of(pages: Sequence[Labelled]) -> dict[str, int]:
    groups = sorted({page.group for page in pages})
    random.Random(1).shuffle(groups)
    return {group: index % FOLDS for index, group in enumerate(groups)}


def two_looks(pages: Sequence[Labelled], folds: dict[str, int]) -> tuple[Fitted, Fitted]:
    """The weights of both looks; the second is fitted to first looks that did not know the page's site."""
    seconds: dict[int, np.ndarray] = {}
    for fold in sorted(set(folds.values())):
        others = [page for page in pages if folds[page.group] != fold]
        model = fitted(others, [page.rows for page in others])
        for page in pages:
            if folds[page.group] == fold:
                seconds[id(page)] = looks(page, first_look(page, model))
    first = fitted(pages, [page.rows for page in pages])
    return first, fitted(pages, [seconds[id(page)] for page in pages])


def scores_of(page: Labelled, models: tuple[Fitted, Fitted]) -> np.ndarray:
    first, (second, constant) = models
    scores = looks(page, first_look(page, first)) @ second + constant - LEANING
    return np.where(page.looked, scores, context.SURELY_NOT)


def text_of(page: Labelled, scores: np.ndarray) -> str:
    kept = choosing.chosen(page.page, list(scores))
    blocks = [block for block, keep in zip(page.kept, kept, strict=True) if keep]
    return Document.build(lift_title(blocks, page.title)).text


def report(pages: Sequence[Labelled], texts: Sequence[str], score: Any) -> None:
    for name in SETS:
        chosen = {str(index): page for index, page in enumerate(pages) if page.name == name and page.gold}
        if not chosen:
            continue
        answers = {key: {"text": texts[int(key)]} for key in chosen}
        told = score(answers, {key: {"text": page.gold} for key, page in chosen.items()})
        print(f"{name}:", json.dumps({key: value for key, value in told.items() if key != "pages"}))


def cross_validated(pages: Sequence[Labelled]) -> list[str]:
    """Each page's text as weights fitted without its site choose it."""
    folds = fold_of(pages)
    texts = [""] * len(pages)
    for fold in range(FOLDS):
        known = [page for page in pages if folds[page.group] != fold]
        models = two_looks(known, folds)
        for index, page in enumerate(pages):
            if folds[page.group] == fold:
                texts[index] = text_of(page, scores_of(page, models))
    return texts


def write(models: tuple[Fitted, Fitted], path: Path) -> None:
    """The weights as a module."""
    (first, constant), (second, other) = models
    own = second[len(context.CONTEXT) :]
    lines = [
        '"""How much each trait of a block speaks for the article; made by scripts/fit_choosing.py.',
        "",
        "Log odds: the first number counts in the first look, the second in the second.",
        '"""',
        "",
        f"BIAS = ({constant:.4f}, {other - LEANING:.4f})",
        "CONTEXT_WEIGHTS = {",
        *(
            f'    "{name}": {value:.4f},'
            for name, value in zip(context.CONTEXT, second[: len(context.CONTEXT)], strict=True)
        ),
        "}",
        "WEIGHTS = {",
        *(
            f'    "{name}": ({one:.3f}, {two:.3f}),'
            for name, one, two in zip(NUMBERS, first, own, strict=True)
        ),
        "}",
        "",
    ]
    path.write_text("\n".join(lines), "utf-8")


def jobs(data: Path) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    for name in SETS:
        gold = json.loads((data / name / "gold.json").read_text("utf-8"))
        yield from ((str(data), name, key, answer) for key, answer in gold.items())


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    default = os.environ.get("PRESSMARK_SHARED") or ROOT.parent / "shared"
    parser.add_argument("--data", type=Path, default=Path(default) / "data")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--quick", action="store_true", help="no cross-validation")
    chosen = parser.parse_args()
    score = runpy.run_path(str(chosen.data / "scripts" / "score_extraction.py"))["score"]
    with ProcessPoolExecutor(chosen.workers, get_context("spawn")) as workers:
        found = workers.map(labelled, list(jobs(chosen.data / "extraction")), chunksize=4)
        pages = [page for page in found if page is not None]
    print(f"{len(pages)} pages, {sum(len(page.rows) for page in pages)} blocks, {len(NUMBERS)} traits")
    if not chosen.quick:
        print("cross-validated by site:")
        report(pages, cross_validated(pages), score)
    if chosen.write:
        models = two_looks(pages, fold_of(pages))
        write(models, ROOT / "desktop/importing/html/weights.py")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
