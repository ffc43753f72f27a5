"""Turns of phrase that stand beside articles rather than in them, in the languages of news pages."""

import re
from functools import lru_cache

_PHRASES = {
    "more": r"^\W*(?:read|see|view|show|load|learn|find out|watch|listen|click|more|also|related|recommended|you may|"
    r"you might|don.t miss|up next|next|previous|continue|must read|editor.?s|trending|popular|latest|in other|"
    r"читайте|смотрите|подробнее|также|по теме|ещё|другие|читать|читай|відео|дивіться|lesen sie|mehr |lees ook|"
    r"les også|läs |lire |à lire|leia|lea |ver |leggi|関連|続き|あわせて|こちら|czytaj|zobacz|čtěte|baca)",
    "joining": r"newsletter|subscri|sign up|sign in|log ?in|register|e-?mail|inbox|follow us|follow @|facebook|twitter|"
    r"instagram|telegram|whats ?app|youtube|linkedin|download|app store|podcast|donate|support us|join |click here|"
    r"free trial|membership|подпис|підпис|телеграм|рассылк|канал|会員|登録|無料|フォロー|購読|abonn|inscri|suscr|"
    r"assine|iscriv",
    "credit": r"photo|image|picture|\bfotos?\b|\bbild\b|credit|quelle|source|courtesy|getty|reuters|\bafp\b|"
    r"shutterstock|associated press|\bap\b|фото|источник|джерело|иллюстрация|写真|撮影|提供|画像|illustration|"
    r"crédit|©|\(c\)",
    "date": r"\b(?:19|20)\d\d\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|янв|фев|мар|апр|мая|июн|июл|авг|"
    r"сен|окт|ноя|дек|січ|лют|бер|квіт|трав|черв|лип|серп|вер|жовт|лист|груд)\w*\b|\d{1,2}[:.]\d\d|"
    r"\d{1,2}[./]\d{1,2}|月|updated|published|posted|\bago\b|min read",
    "by": r"^\W*(?:by|von|par|por|di|da|av|af|door|автор|текст|written|author|reporting|editing|文|記者|取材)\b",
    "legal": r"©|copyright|reserved|terms of|privacy|cookie|disclaimer|affiliate|commission|contact|\brights|"
    r"corrections?|policy|права|перепечатк|無断転載|著作権|reprint|republish|licen[sc]e|"
    r"this article (?:was|is|has|originally)|story (?:was|has)|editor.s note|with (?:reporting|files)|contributed",
    "sharing": r"\b(?:share|tweet|print|comments?|reply|likes?|copy link|save|bookmark|report|flag|поделиться|"
    r"комментари\w*|коментар\w*|teilen|drucken|kommentar\w*|partager|commenter|compartir)\b|印刷|シェア|コメント",
    "advert": r"advert|sponsor|реклама|anzeige|annonse|annons|publicidad|publicité|広告|\bPR\b",
    "person": r"\b(?:is an?|is the|writes|covers|reporter|journalist|editor at|editor of|author of|correspondent|"
    r"freelance|can be reached|contact (?:him|her)|reach (?:him|her)|follow (?:him|her)|was born|lives in|"
    r"reports on|joined)\b|@",
}
WORDINGS = tuple(_PHRASES)
_PATTERNS = [(1 << index, re.compile(words, re.IGNORECASE)) for index, words in enumerate(_PHRASES.values())]


@lru_cache(maxsize=2048)
def wording_of(text: str) -> int:
    """The bits of ``WORDINGS`` whose phrases a text holds."""
    return sum(bit for bit, pattern in _PATTERNS if pattern.search(text))
