"""Records as a morning's work on four papers would leave them."""

from dataclasses import replace

from desktop.core.anchors import AnchorState, Span
from desktop.core.document import Metadata
from desktop.core.placing import Placement
from desktop.core.records import (
    Annotation,
    AnnotationKind,
    Article,
    Claim,
    Person,
    QuoteMode,
    Stance,
    Tag,
    Verdict,
    Vocabulary,
)

TAGS = (
    Tag("t-infra", "инфраструктура", "инфраструктура", None, "blue"),
    Tag("t-bridge", "мост", "инфраструктура/мост", "t-infra", "blue"),
    Tag("t-ferry", "паром", "инфраструктура/паром", "t-infra", "blue"),
    Tag("t-check", "проверить", "проверить", None, "red"),
    Tag("t-defence", "оборона", "оборона", None, "green"),
    Tag("t-drones", "дроны", "оборона/дроны", "t-defence", "green"),
    Tag("t-harbour", "港湾", "港湾", None, "teal"),
)
PEOPLE = (
    Person("p-vetrova", "Марина Ветрова", "person", ("Маріна Вєтрова", "Marina Vetrova")),
    Person("p-zelensky", "Владимир Зеленский", "person", ("Зеленський", "Zelensky", "ゼレンスキー")),
    Person("p-aksyuta", "Лев Аксюта", "person"),
    Person("p-union", "Союз перевозчиков Белоключевского и Каменского районов", "organisation"),
)
CLAIMS = (
    Claim("c-closed", "Lorry ban 16 March – 27 April", Verdict.SUPPORTED, "Order no. 14 says so."),
    Claim("c-cracks", "Two of seven piers are cracked", Verdict.DISPUTED),
    Claim("c-450", "В Украине около 450 компаний производят дроны", Verdict.OPEN),
)
VOCABULARY = Vocabulary(
    {tag.id: tag for tag in TAGS},
    {person.id: person for person in PEOPLE},
    {claim.id: claim for claim in CLAIMS},
)
ARTICLE = Article(
    "a1",
    Metadata(
        title="Мост через Каменку закроют для грузовиков на шесть недель",
        byline=("Ирина Сомова",),
        publisher="Портовый листок",
        published_at="2026-03-14T09:20",
        date_is_guess=True,
        language="ru",
        language_confidence=994,
        url="https://portlistok.example/most",
    ),
    "cap1",
    note="Сверить с протоколом.",
)


def annotation(
    number: int, kind: AnnotationKind, words: str, start: int | None = None, **more: object
) -> Annotation:
    at = number * 100 if start is None else start
    span = Span(at, at + len(words), words)
    return replace(Annotation(f"m{number}", "a1", "cap1", kind, (span,)), **more)


def placement(one: Annotation, state: AnchorState = AnchorState.EXACT, score: int = 100) -> Placement:
    span = one.spans[0]
    ranges = () if state is AnchorState.ORPHAN else ((span.start, span.end),)
    return Placement(one, ranges, state, score)


def placements() -> list[Placement]:
    """Eight marks: every kind, a Japanese one, an unsure one and an orphan."""
    kind = AnnotationKind
    return [
        placement(
            annotation(
                1,
                kind.CLAIM,
                "закроют для грузового движения с 16 марта по 27 апреля",
                claim_id="c-closed",
                stance=Stance.ASSERTS,
            )
        ),
        placement(
            annotation(
                2,
                kind.QUOTE,
                "«Мы нашли трещины в двух опорах из семи. Это ещё не авария, но ждать до осени мы не вправе»",
                speaker_id="p-vetrova",
                mode=QuoteMode.DIRECT,
                cue="сказала",
                said_at="2026-03-14",
                tag_ids=("t-bridge", "t-check"),
            )
        ),
        placement(
            annotation(
                3,
                kind.CLAIM,
                "трещины в двух опорах из семи",
                claim_id="c-cracks",
                stance=Stance.ASSERTS,
                speaker_id="p-vetrova",
            )
        ),
        placement(
            annotation(
                4,
                kind.NOTE,
                "длиннее на 46 километров и добавит час пути",
                note="Map says 38 km. Which road?",
            )
        ),
        placement(
            annotation(
                5,
                kind.HIGHLIGHT,
                "обследование заняло девять дней и впервые шло без остановки движения",
                colour="pink",
                note="Сравнить с 2019 годом: тогда мост закрывали на сутки.",
                tag_ids=("t-infra", "t-bridge", "t-ferry", "t-check", "t-drones", "t-harbour"),
            )
        ),
        placement(
            annotation(
                6,
                kind.QUOTE,
                "「橋の補修と並行して渡船の再開を前倒しする」",
                speaker_id="p-union",
                mode=QuoteMode.INDIRECT,
                cue="述べた",
                tag_ids=("t-harbour",),
            )
        ),
        placement(annotation(7, kind.HIGHLIGHT, "около 140 грузовых машин в сутки"), AnchorState.FUZZY, 84),
        placement(annotation(8, kind.HIGHLIGHT, "паром на 200 машин в сутки"), AnchorState.ORPHAN, 0),
    ]


def many(count: int) -> list[Placement]:
    """The same marks again and again, with ids and places of their own."""
    base = placements()
    return [
        replace(one, annotation=replace(one.annotation, id=f"n{number}"))
        for number, one in ((n, base[n % len(base)]) for n in range(count))
    ]
