"""The names in a byline, without what bylines put around them."""

import re

from desktop.importing.dates import before_date
from desktop.importing.html.jsonld import one_line
from desktop.importing.reading import split_names

_LEAD = re.compile(
    r"^(?:(?:written|posted|published|reported|reporting|story|words|text|interview|created|submitted)\s+by\b|"
    r"by\b|von\b|par\b|por\b|di\b|door\b|av\b|af\b|autore?\b|autorka\b|"
    r"(?:eine kolumne|ein kommentar|ein gastbeitrag)\s+von\b|"
    r"автор(?:ы|и|ка)?\b|текст\b|беседовала?\b|подготовила?\b|підготу(?:вав|вала)\b|спецкор\b|корреспондент\b|журналист(?:ка)?\b|"
    r"取材・文|文・写真|文・構成|聞き手・?|執筆者?|著者|筆者|投稿者|ライター|記者(?=[\s:：=＝])|文(?=\s*[:：=＝/／・]))"
    r"[\s:：=＝/／・—–-]*",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"[(（<\[]?\s*(?:mailto:)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+\s*[)）>\]]?|[(（\[]?\s*(?<!\w)@[\w.]+\s*[)）\]]?",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s+[|·•»]\s+|\s+[–—-]\s+|\s{2,}")
_TAIL = re.compile(
    r",?\s+(?:in|on|for|at|für|in der|для|из|специально)\s|"
    r"\s(?:写真|撮影|イラスト)[・／/:：＝=]|\s(?:on|am|le|el|от)$|"
    r",?\s+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day)$|"
    r"\s*\b(?:published|updated|last updated|posted|modified|follow|stand|view|"
    r"опубликовано|обновлено|veröffentlicht)\b",
    re.IGNORECASE,
)
_AND = re.compile(r"\s(?:und|et|y|og|och|ja|ve|oraz|dan)\s")
_TITLED = re.compile(r"(?<=\w{2})\s*(?:記者|編集委員|論説委員|特派員|通信員|編集部員|기자)$")
_ROLE = re.compile(
    r"\b(?:editors?|writers?|reporters?|correspondents?|journalists?|columnists?|contributors?|scientist|fellow|"
    r"director|manager|founder|analyst|professor|author|producer|photographer|president|officer|vp|ceo|cto|"
    r"redakteur(?:in)?|reporter(?:in)?|autorin|journaliste|periodista|"
    r"корреспондент|редактор|обозреватель|журналист(?:ка)?|спецкор|кореспондент(?:ка)?|оглядач|журналіст(?:ка)?)\b",
    re.IGNORECASE,
)
_NOT_NAMES = re.compile(
    r"https?:|www\.|@|\w\.\w+/\w|^(?:photos?|foto|фото|image|bild)\b|^(?:写真|撮影)|^edit(?:ing|ed)\sby|\d\S*\s|\s\S*\d|\d{3}|^(?:by|authors?|admin|administrator|staff|editors?|redaktion|автор|"
    r"редакция|редакція|none|null|undefined|unknown|anonymous|guest|publisher|herausgeber|user(?:name)?|about|follow|share|"
    r"view all|more|contact|profile|posts?|posted|published|publiziert|publiziert am|written|comments?|home|"
    r"search|login|sign in|subscribe|advertisement)$|"
    r"^(?:see|read|view|follow|last updated|last modified|posted|published|publiziert|edited by|revised|"
    r"all posts|more from)\s|"
    r"^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\.?$",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)+")
_DESK = re.compile(r"redaktion|editorial|newsroom|редакц|編集部|取材班", re.IGNORECASE)
_SMALL = frozenset(
    "de da di do del della der den van von und y e la le al bin ibn af av du dos das zu ter ten el".split()
)
_CJK = re.compile("[\u3040-\u9fff\uac00-\ud7af]")
_LONGEST = 80


def names_in(text: str) -> tuple[str, ...]:
    """The people or desks of a byline: no “By”, roles, addresses, dates or links."""
    found = [
        names for part in _PARTS.split(_without_lead(before_date(one_line(text)))) if (names := _listed(part))
    ]
    people = (names for names in found if all(is_person(name) for name in names))
    return next(people, found[0] if found else ())


def _listed(part: str) -> tuple[str, ...]:
    return names_of_value(_TAIL.split(_without_lead(part), maxsplit=1)[0])


def _without_lead(text: str) -> str:
    return _LEAD.sub("", _CONTACT.sub(" ", text).strip(), count=1)


def names_of_value(text: str) -> tuple[str, ...]:
    """The names in a declared value, which holds names alone."""
    line = _without_lead(one_line(text)).strip(" /|")
    parts = tuple(name for part in split_names(line.replace(" / ", ", ")) for name in _two_people(part))
    if len(parts) > 1 and "," not in line and not any(" " in part or _CJK.search(part) for part in parts):
        parts = (line,)  # “Mac & i” is one magazine
    cleaned = [_bare(part, line) for part in parts]
    named = [name for name in cleaned if 1 < len(name) < _LONGEST and not _NOT_NAMES.search(name)]
    people = [name for index, name in enumerate(named) if not (index and _ROLE.search(name))]
    return tuple(dict.fromkeys(people))


def _two_people(part: str) -> tuple[str, ...]:
    """“Ann Lee und Bo Ek”: conjunctions of other languages part people, not the words of a name."""
    names = _AND.split(part)
    return tuple(names) if all(len(name.split()) > 1 and is_person(name) for name in names) else (part,)


def _bare(part: str, line: str) -> str:
    """A name without the reporter's title, quotation marks or brackets around it."""
    name = _TITLED.sub("", re.sub(r"^(?:and|und|et|и|та)\s", "", part)).strip(" \"'“”«»*")
    if name[:1] in "([（【［" and name[-1:] in ")]）】］":
        name = name[1:-1]
    words = name.split()
    if len(words) > 3 and words[: len(words) // 2] == words[len(words) // 2 :]:
        name = " ".join(words[: len(words) // 2])  # a name beside its portrait's caption
    # The dot of an initial at the end is no full stop.
    return f"{name}." if re.search(r"\s\w$", name) and f"{name}." in line else name


def first_name_first(content: str) -> str:
    """“Lee, Ann”, as catalogues write one person, without the comma that would part two."""
    match = re.fullmatch(r"([\w'’-]+), ([\w'’.-]+(?: [\w'’.-]+)?)", content)
    return f"{match[2]} {match[1]}" if match and " " not in match[1] else content


def is_login(name: str) -> bool:
    """“ann-lee”, as content managers store the account instead of the name."""
    return bool(_LOGIN.fullmatch(name))


def is_desk(name: str) -> bool:
    """“Redaktion”, an editorial office that signs."""
    return bool(_DESK.search(name))


def is_person(name: str, *, strict: bool = True) -> bool:
    """Whether it reads like a name: few words, each with a capital, or a few characters of Chinese writing.

    Args:
        strict: Refuse what is merely not excluded, e.g. an outlet of one word.
    """
    if _NOT_NAMES.search(name) or not 1 < len(name) < _LONGEST:
        return False
    if not strict or is_desk(name):
        return True
    if _CJK.search(name):
        return len(name) <= 12
    words = name.split()
    capital = all(word[:1].isupper() or word.lower() in _SMALL or not word.isascii() for word in words)
    return (2 <= len(words) <= 5 or name.isupper()) and capital and not any(char.isdigit() for char in name)
