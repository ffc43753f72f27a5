"""Made-up articles in four languages, as many as are wanted; the same seed gives the same articles.

The words are inflected nonsense with a natural frequency curve, strewn with some real words in all
their forms, so that searches have something to find. Nothing is taken from anywhere.
"""

import html
import math
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from desktop.core.document import Block, BlockKind, Document, Metadata

LEMMAS = 9000
SENTENCES = 6000


@dataclass(frozen=True)
class Tongue:
    """What a language's nonsense is made of.

    Attributes:
        topics: Real words in several forms each; every sentence has one in three chances of one.
        share: Of the articles, in hundredths.
    """

    code: str
    onsets: str
    vowels: str
    codas: str
    endings: tuple[str, ...]
    topics: tuple[str, ...]
    people: tuple[str, ...]
    outlets: tuple[str, ...]
    share: int
    space: str = " "
    stop: str = "."


TONGUES = (
    Tongue(
        "ru",
        "б в г д з к л м н п р с т ф х ч ш ст пр тр кр гр вл сл",
        "а е и о у ы я",
        "л м н р с т к в д ж",
        ("", "а", "у", "ом", "е", "ы", "ов", "ам", "ами", "ах"),
        (
            "дрон дрона дрону дроны дронов дронами",
            "санкция санкции санкций санкциям санкциях",
            "переговоры переговоров переговорам переговорах",
            "наводнение наводнения наводнением наводнений",
            "бюджет бюджета бюджету бюджетом бюджете",
            "экспортный экспортного экспортных центр центра центров",
        ),
        ("Иван Петров", "Мария Соколова", "Пётр Ильин"),
        ("Северный вестник", "Речной листок"),
        40,
    ),
    Tongue(
        "uk",
        "б в г ґ д з к л м н п р с т х ч ш ст пр тр кр вл сл",
        "а е и і о у я ї є",
        "л м н р с т к в д ж",
        ("", "а", "у", "ом", "і", "и", "ів", "ам", "ами", "ах"),
        (
            "дрон дрона дрону дрони дронів дронами",
            "санкція санкції санкцій санкціям",
            "переговори переговорів переговорам",
            "повінь повені повінню повеней",
        ),
        ("Олена Коваль", "Тарас Гай"),
        ("Степова хвиля", "Дніпровський день"),
        20,
    ),
    Tongue(
        "en",
        "b c d f g h l m n p r s t v w st tr pl gr cl",
        "a e i o u ea ou",
        "l m n r s t k d nd rt",
        ("", "s", "ed", "ing", "er", "ers", "ly"),
        (
            "drone drones",
            "sanction sanctions sanctioned",
            "negotiation negotiations negotiate",
            "flood floods flooded flooding",
        ),
        ("Jane Smith", "John O'Neil"),
        ("The Harbour Ledger", "Valley Observer"),
        25,
    ),
    Tongue(
        "ja",
        "会 国 政 府 市 県 民 水 電 力 車 道 川 海 山 空 町 村 学 校 予 算 制 裁 交 渉 機 関 発 表",
        "が を に で と は も",
        "した する される している だろう という",
        ("",),
        ("首相 首相官邸", "無人機", "制裁", "洪水", "予算案"),
        ("佐藤花子", "田中一郎"),
        ("港湾新報", "川辺日報"),
        15,
        space="",
        stop="。",
    ),
)


@dataclass(frozen=True)
class Made:
    """One article of the corpus."""

    number: int
    document: Document

    def as_text(self) -> str:
        return "\n\n".join(block.text for block in self.document.blocks) + "\n"

    def as_html(self) -> str:
        about = self.document.metadata
        paragraphs = "".join(f"<p>{html.escape(block.text)}</p>" for block in self.document.blocks[1:])
        return (
            f'<!doctype html><html lang="{about.language}"><head><meta charset="utf-8">'
            f"<title>{html.escape(about.title or '')}</title>"
            f'<meta name="author" content="{html.escape(about.byline[0])}">'
            f'<meta property="og:site_name" content="{html.escape(about.publisher or "")}">'
            f'<meta property="article:published_time" content="{about.published_at}">'
            f'</head><body><nav><a href="/">…</a></nav><article><h1>{html.escape(about.title or "")}</h1>'
            f"{paragraphs}</article></body></html>"
        )


def articles(count: int, seed: int = 1) -> Iterator[Made]:
    """``count`` articles of 3 to 40 paragraphs, about 3,000 characters on average."""
    chance = random.Random(seed)
    shares = [tongue.share for tongue in TONGUES]
    for number in range(count):
        tongue = chance.choices(TONGUES, shares)[0]
        paragraphs = max(3, min(40, int(chance.lognormvariate(1.9, 0.6))))
        yield Made(number, _document(tongue, chance, number, paragraphs))


def long_article(words: int = 10_000, code: str = "ru", seed: int = 2) -> Made:
    """One article of at least so many words, with headings, lists and quotations among its paragraphs."""
    chance = random.Random(seed)
    tongue = next(tongue for tongue in TONGUES if tongue.code == code)
    made = _document(tongue, chance, 0, 1)
    blocks, have = list(made.blocks), 0
    while have < words:
        kind, level = chance.choices(_STRUCTURE, (90, 4, 3, 3))[0]
        text = (
            _paragraph(tongue, chance)
            if level == 0 or kind is not BlockKind.HEADING
            else _title(tongue, chance)
        )
        blocks.append(Block(kind, text, level=level))
        have += len(text.split())
    return Made(0, Document.build(blocks, made.metadata))


_STRUCTURE = (
    (BlockKind.PARAGRAPH, 0),
    (BlockKind.HEADING, 2),
    (BlockKind.LIST_ITEM, 1),
    (BlockKind.QUOTE, 1),
)


def rare_words(code: str, count: int) -> list[str]:
    """Words of so low a rank that they stand in one sentence of the language's stock."""
    tongue = next(tongue for tongue in TONGUES if tongue.code == code)
    often = Counter(word for line in _sentences(tongue) for word in line.rstrip(tongue.stop).split())
    return sorted(word for word, times in often.items() if times == 1 and word.islower())[:count]


def write_files(folder: Path, made: Iterable[Made]) -> list[Path]:
    """Every article as a file, texts and pages in turn."""
    paths = []
    for one in made:
        page = one.number % 2
        path = folder / f"article{one.number:06d}.{'html' if page else 'txt'}"
        path.write_text(one.as_html() if page else one.as_text(), "utf-8")
        paths.append(path)
    return paths


def _document(tongue: Tongue, chance: random.Random, number: int, paragraphs: int) -> Document:
    title = _title(tongue, chance)
    blocks = [Block(BlockKind.HEADING, title, level=1)]
    blocks += [Block(BlockKind.PARAGRAPH, _paragraph(tongue, chance)) for _ in range(paragraphs)]
    day = f"{chance.randint(2010, 2026)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    about = Metadata(
        title=title,
        byline=(chance.choice(tongue.people),),
        publisher=chance.choice(tongue.outlets),
        published_at=day,
        language=tongue.code,
        language_confidence=1000,
        url=f"https://{tongue.code}.example/{number}",
    )
    # The number keeps two articles apart even where chance composed them alike.
    blocks[-1] = replace(blocks[-1], text=f"{blocks[-1].text} № {number}")
    return Document.build(blocks, about)


def _paragraph(tongue: Tongue, chance: random.Random) -> str:
    return tongue.space.join(chance.choices(_sentences(tongue), k=chance.randint(2, 6)))


def _title(tongue: Tongue, chance: random.Random) -> str:
    words = chance.choice(_sentences(tongue)).rstrip(tongue.stop)
    return words[:30] if not tongue.space else " ".join(words.split()[:9])


@lru_cache
def _sentences(tongue: Tongue) -> list[str]:
    """The language's stock, from which every article is composed."""
    chance = random.Random(tongue.code)
    words = _words(tongue, chance)
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
    topics = [form for line in tongue.topics for form in line.split()]
    return [_sentence(tongue, chance, words, weights, topics) for _ in range(SENTENCES)]


def _sentence(
    tongue: Tongue, chance: random.Random, words: list[list[str]], weights: list[float], topics: list[str]
) -> str:
    length = max(4, min(40, int(chance.lognormvariate(math.log(13), 0.4))))
    chosen = [chance.choice(forms) for forms in chance.choices(words, cum_weights=weights, k=length)]
    if chance.random() < 1 / 3:
        chosen[chance.randrange(length)] = chance.choice(topics)
    line = tongue.space.join(chosen)
    return line[0].upper() + line[1:] + tongue.stop


def _words(tongue: Tongue, chance: random.Random) -> list[list[str]]:
    """Nonsense words, the commonest first, each in all its forms."""
    onsets, vowels, codas = tongue.onsets.split(), tongue.vowels.split(), tongue.codas.split()
    words = []
    for rank in range(LEMMAS):
        syllables = 1 if rank < 60 else chance.choice((1, 2, 2, 3))
        if tongue.space:
            stem = "".join(chance.choice(onsets) + chance.choice(vowels) for _ in range(syllables))
            stem += chance.choice(codas)
        else:
            stem = "".join(chance.choice(onsets) for _ in range(syllables + 1))
            stem += chance.choice(vowels) if chance.random() < 0.7 else chance.choice(codas)
        words.append([stem + ending for ending in tongue.endings])
    return words
