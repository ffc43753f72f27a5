"""The words of the query line: its fields, and the values of those that have only a few.

One table for whoever reads the line and for whoever helps to type it. Every name stands in English,
Russian, Ukrainian and Japanese; the first one is what a written query uses.
"""

from dataclasses import dataclass
from enum import StrEnum

from desktop.core.records import AnnotationKind, ReadState, Verdict


class FieldKind(StrEnum):
    """What is written after a field's colon."""

    WORDS = "words"
    VALUES = "values"
    CHOICES = "choices"
    DATES = "dates"


@dataclass(frozen=True, slots=True)
class QueryField:
    """A field of the query line.

    Attributes:
        name: Its first name; ``names`` are all of them, folded.
        note: What it finds, in a few words.
        example: A value to show.
    """

    name: str
    kind: FieldKind
    note: str
    example: str
    names: tuple[str, ...]


def _field(name: str, kind: FieldKind, note: str, example: str, names: str = "") -> QueryField:
    return QueryField(name, kind, note, example, (name, *names.split()))


_WORDS, _VALUES, _CHOICES, _DATES = FieldKind

FIELDS = (
    _field("title", _WORDS, "words of the title", "bridge",
           "headline заголовок название назва タイトル 題名 見出し"),
    _field("text", _WORDS, "words of the text alone", "bridge",
           "body текст 本文"),
    _field("note", _WORDS, "words of a note", "check",
           "примечание заметка примітка нотатка メモ 注記"),
    _field("claim", _WORDS, "words of a claim's statement", "bridge",
           "утверждение твердження 主張"),
    _field("kind", _CHOICES, "quote, claim, highlight, note or article", "quote",
           "type вид тип 種類"),
    _field("tag", _VALUES, "a tag and those below it", "economy",
           "tags тег метка мітка タグ"),
    _field("speaker", _VALUES, "who is quoted; of articles, who wrote", "Smith",
           "спикер спікер мовець 発言者 話者"),
    _field("author", _VALUES, "who wrote the article", "Smith",
           "byline by автор 著者 筆者"),
    _field("verdict", _CHOICES, "what was found about the claim", "disputed",
           "вердикт оценка оцінка 判定"),
    _field("outlet", _VALUES, "where it was published", "Times",
           "publisher source издание источник видання джерело 媒体 出版社"),
    _field("lang", _VALUES, "the article's language", "ja",
           "language язык мова 言語"),
    _field("collection", _VALUES, "a collection and those in it", "Reports",
           "подборка коллекция добірка колекція コレクション"),
    _field("date", _DATES, "when it was published", "2026-03",
           "published дата опубликовано опубліковано 日付"),
    _field("imported", _DATES, "when it was imported or marked", "today",
           "added добавлено импорт додано імпорт 追加 取込"),
    _field("has", _CHOICES, "articles with quotes, notes, tags …", "quote",
           "with есть содержит має містить 含む"),
    _field("is", _CHOICES, "unread, quote, disputed, undated …", "unread",
           "это це 状態"),
    _field("like", _VALUES, "what resembles an article or mark, by its id", "0198", "похоже схоже 類似"),
    _field("read", _CHOICES, "unread, reading or read", "unread",
           "прочтение читання 既読"),
)  # fmt: skip
BY_NAME = {name: field for field in FIELDS for name in field.names}
WORD_FIELDS = tuple(field.name for field in FIELDS if field.kind is FieldKind.WORDS)

Names = dict[str, tuple[str, ...]]


def _names(**names: str) -> Names:
    return {value.replace("_", " "): (value, *each.split()) for value, each in names.items()}


_STATES = {
    ReadState.UNREAD: "непрочитано непрочитанное непрочитані 未読",
    ReadState.READING: "читается читаю читається 閲読中",
    ReadState.READ: "прочитано прочитанное прочитані 既読",
}
_VERDICTS = {
    Verdict.OPEN: "открыто відкрито 未判定",
    Verdict.SUPPORTED: "подтверждено підтверджено 支持",
    Verdict.DISPUTED: "оспорено спорно оскаржено спірно 争い",
    Verdict.REFUTED: "опровергнуто ложно спростовано хибно 反証",
    Verdict.UNVERIFIABLE: "непроверяемо неперевірно 検証不能",
}
_MARKS = {
    AnnotationKind.HIGHLIGHT: "highlights выделение выделения виділення ハイライト",
    AnnotationKind.QUOTE: "quotes цитата цитаты цитати 引用",
    AnnotationKind.CLAIM: "claims утверждение утверждения твердження 主張",
    AnnotationKind.NOTE: "notes заметка заметки примечание примітка нотатка нотатки メモ",
}
_ANY_MARK = "marks annotation annotations пометка пометки метка метки позначка позначки マーク"
_ARTICLE = "articles статья статьи стаття статті 記事"

_MARK_NAMES = _names(**{str(kind): names for kind, names in _MARKS.items()}, mark=_ANY_MARK)
_KIND_NAMES = _names(article=_ARTICLE) | _MARK_NAMES
_STATE_NAMES = _names(**{str(state): names for state, names in _STATES.items()})
_VERDICT_NAMES = _names(**{str(verdict): names for verdict, names in _VERDICTS.items()})

# For each field with a few values: the value, and the names by which people may call it.
CHOICES: dict[str, Names] = {
    "kind": _KIND_NAMES,
    "read": _STATE_NAMES,
    "verdict": _VERDICT_NAMES,
    "is": _STATE_NAMES | _KIND_NAMES | _VERDICT_NAMES | _names(undated="недатировано недатовано 日付なし"),
    "has": _MARK_NAMES
    | _names(
        tag="tags тег теги мітка タグ",
        speaker="speakers спикер спікер 発言者",
        verdict="verdicts вердикт 判定",
        date="дата 日付",
        outlet="publisher издание видання 媒体",
        author="byline автор 著者",
        collection="collections подборка коллекция добірка колекція コレクション",
    ),
}

# Languages by their names; any other code is understood as it stands.
LANGUAGES: Names = {
    "ar": ("arabic", "арабский", "арабська", "アラビア語"),
    "be": ("belarusian", "белорусский", "білоруська", "ベラルーシ語"),
    "bg": ("bulgarian", "болгарский", "болгарська", "ブルガリア語"),
    "cs": ("czech", "чешский", "чеська", "チェコ語"),
    "de": ("german", "deutsch", "немецкий", "німецька", "ドイツ語"),
    "en": ("english", "английский", "англійська", "英語"),
    "es": ("spanish", "испанский", "іспанська", "スペイン語"),
    "fi": ("finnish", "финский", "фінська", "フィンランド語"),
    "fr": ("french", "французский", "французька", "フランス語"),
    "he": ("hebrew", "иврит", "ヘブライ語"),
    "it": ("italian", "итальянский", "італійська", "イタリア語"),
    "ja": ("japanese", "японский", "японська", "日本語"),
    "ka": ("georgian", "грузинский", "грузинська", "ジョージア語"),
    "kk": ("kazakh", "казахский", "казахська", "カザフ語"),
    "ko": ("korean", "корейский", "корейська", "韓国語"),
    "lt": ("lithuanian", "литовский", "литовська", "リトアニア語"),
    "lv": ("latvian", "латышский", "латиська", "ラトビア語"),
    "nl": ("dutch", "нидерландский", "нідерландська", "オランダ語"),
    "pl": ("polish", "польский", "польська", "ポーランド語"),
    "pt": ("portuguese", "португальский", "португальська", "ポルトガル語"),
    "ro": ("romanian", "румынский", "румунська", "ルーマニア語"),
    "ru": ("russian", "русский", "російська", "ロシア語"),
    "sv": ("swedish", "шведский", "шведська", "スウェーデン語"),
    "tr": ("turkish", "турецкий", "турецька", "トルコ語"),
    "uk": ("ukrainian", "украинский", "українська", "ウクライナ語"),
    "zh": ("chinese", "китайский", "китайська", "中国語"),
}

# What to offer after ``date:``, by language; ``search.dating`` understands much more.
DATE_WORDS = {
    "en": "today, yesterday, this week, last week, last 7 days, "
          "this month, last month, last 30 days, this year, last year",
    "ru": "сегодня, вчера, эта неделя, прошлая неделя, последние 7 дней, "
          "этот месяц, прошлый месяц, этот год, прошлый год",
    "uk": "сьогодні, вчора, цей тиждень, минулий тиждень, останні 7 днів, "
          "цей місяць, минулий місяць, цей рік, минулий рік",
    "ja": "今日, 昨日, 今週, 先週, 過去7日, 今月, 先月, 今年, 去年",
}  # fmt: skip
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "ru": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "uk": "січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень",
    "ja": "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
}
