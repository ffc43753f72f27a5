"""Words that stand beside articles rather than in them, in the languages of news pages."""

import re
from functools import lru_cache

from desktop.importing.html.lexicon import Lexicon, words_in

# Told by the first word: “Read more”, “Читайте также”, “By Ann Lee”.
_OPENINGS = Lexicon(
    {
        "more": """read see view show load learn find watch listen click more also related recommended
        don must next
        previous continue trending popular latest editor editors читайте смотрите подробнее также читать
        ещё еще другие
        читай відео дивіться lesen mehr lees les läs lire leia lea ver leggi czytaj zobacz čtěte přečtěte
        baca auch aussi""",
        "by": "by von par por di da av af door автор авторы автори текст written author reporting editing "
        "words",
    }
)
_WORDS = Lexicon(
    {
        "joining": """newsletter* subscri* signup signin login register email inbox facebook twitter
        instagram telegram
        whatsapp youtube linkedin download app podcast* donat* join membership подпи* підпи* телеграм*
        рассылк* канал*
        abonn* inscri* suscr* assine* iscriv* follow tiktok""",
        "credit": """photo* image* picture* foto* bild credit* quelle source* courtesy getty reuters afp
        shutterstock ap
        фото источник джерело иллюстрац* illustration* crédit* ©""",
        "date": """jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june
        july august
        september october november december янв* фев* мар* апр* мая июн* июл* авг* сен* окт* ноя* дек*
        січ* лют* бер*
        квіт* трав* черв* лип* серп* вер* жовт* лист* груд* updated published posted ago min uhr kl""",
        "legal": """© copyright reserved terms privacy cookie* disclaimer affiliate commission contact rights
        correction* policy права перепечатк* reprint* republish* licen* contributed originally""",
        "sharing": """share tweet print comment* reply like likes copy save bookmark report flag поделиться
        комментари* коментар* teilen drucken kommentar* partager commenter compartir""",
        "advert": "advert* sponsor* реклам* anzeige annonse annons publicidad publicité promoted",
        "person": "@ writes covers reporter journalist editor correspondent freelance born lives joined "
        "author",
    }
)
# Languages that part no words, and what digits say.
_JAPANESE = {
    "more": ("関連", "続き", "あわせて", "こちら"),
    "joining": ("会員", "登録", "無料", "フォロー", "購読"),
    "credit": ("写真", "撮影", "提供", "画像"),
    "date": ("月",),
    "by": ("記者", "取材", "文："),
    "legal": ("無断転載", "著作権"),
    "sharing": ("印刷", "シェア", "コメント"),
    "advert": ("広告",),
}
_DATED = re.compile(r"\b(?:19|20)\d\d\b|\d{1,2}:\d\d|\d{1,2}[./]\d{1,2}[./]")
WORDINGS = (*_OPENINGS.names, *_WORDS.names)
_BITS = {name: 1 << index for index, name in enumerate(WORDINGS)}
_SHIFT = len(_OPENINGS.names)
_FIRST, _SEEN = 2, 200


@lru_cache(maxsize=4096)
def wording_of(text: str) -> int:
    """The bits of ``WORDINGS`` that the beginning of a text brings up."""
    text = text[:_SEEN]
    words = words_in(text)
    found = _OPENINGS.bits(words[:_FIRST]) | _WORDS.bits(words) << _SHIFT
    if _DATED.search(text):
        found |= _BITS["date"]
    if not text.isascii():
        for name, phrases in _JAPANESE.items():
            if any(phrase in text for phrase in phrases):
                found |= _BITS[name]
    return found
