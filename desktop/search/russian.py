"""The stems of Russian forms, by the classes of words that they can belong to.

Snowball's stemmer takes off one ending and knows neither classes nor changes of sound. Here a form has a
stem for each class that it can belong to, and two forms belong together when they share one; the letters
before the stems are those of ``ukrainian``: ``n`` nouns, ``a`` adjectives, ``v`` verbs without their theme
vowel, ``w`` verbs whose theme stays, ``c`` verbs without a theme, ``*`` reflexive ones, ``i`` words from a
list. Participles, short ones too, and adverbial participles are forms of their verb; an adverb in -о is
a word of its own.
"""

import re

from desktop.search.endings import Endings
from desktop.search.russian_words import COMPARATIVES, FORMS, IRREGULAR, PLAIN

_VOWELS = "аеиоуыэюя"
_C = f"[^{_VOWELS}ьйъ]"


_NOUN = Endings("ами ями ьми ов ев ей ам ям ах ях ом ем ой ою ею ью а я о е у ю ы и ь й")
_ADJECTIVE = Endings("ый ий ой ая яя ое ее ые ие ого его ому ему ым им ом ем ых их ыми ими ую юю ою ею ей")
_SHORT = Endings("а ы и")
# Nouns that look like soft adjectives: создание, развитие, действий.
_ACTION = re.compile("(?:[аея]н|[тв])и(?:е|й|ем|я|ю)\\Z")
# Surnames that have this one ending of adjectives: Путиным, Ивановым.
_SURNAME = re.compile(r"(?<=[оеи][вн])ым\Z")
_DECLINED = "(?:ый|ий|ая|яя|ое|ее|ые|ие|ого|его|ому|ему|ым|им|ом|ем|ых|их|ыми|ими|ую|юю|ой|ей|ою|ею)"

_REFLEXIVE = re.compile(rf"(?<=[{_VOWELS}ьйтлмвгшзск])(?:ся|сь)\Z")
# Participles, by what they are made of, down to the form whose ending the rules below know.
_PARTICIPLES = (
    (re.compile(rf"(?<=..)(?:(?<=[у])щ|(?<=[ю])щ){_DECLINED}\Z"), "т"),
    (re.compile(rf"(?<=..)(?<=[ая])щ{_DECLINED}\Z"), "т"),
    (re.compile(rf"(?<=.[{_VOWELS}])вш{_DECLINED}\Z"), "л"),
    (re.compile(rf"(?<=..[бгдзкпрстх])ш{_DECLINED}\Z"), "ла"),
    (re.compile(rf"(?<=..[{_VOWELS}])ем(?:{_DECLINED}|[аоы])\Z"), "ет"),
    (re.compile(rf"(?<=...)им(?:{_DECLINED}|[аоы])\Z"), "ит"),
    (re.compile(rf"(?<=..[ая])(?<!стра)нн{_DECLINED}\Z"), "л"),
    (re.compile(r"(?<=...[ая])(?<!стра)н[аоы]?\Z"), "л"),
    (re.compile(rf"(?<=...[иеыуя])т(?:{_DECLINED}|[аоы]|)\Z"), "л"),
)
# What all of these have, so that most words need not be tried with each.
_MAY_BE_PARTICIPLE = re.compile(rf"[щшмнт](?:{_DECLINED}|[аоы]|)\Z")
_PASSIVE = re.compile(rf"(?:(?<=..)енн{_DECLINED}|(?<=...)ен[аоы]?)\Z")
# How a past form without an ending may end: нес, погиб, достиг, исчез, умер.
_ENDLESS = re.compile(
    "(?:[нр]ес|пас|рос|[вк]ис|ез|олз|рыз|ерз|гиб|реб|лаб|мог|ле[гк]|рег|стиг|виг|ж[ег]|пек|тек|рек|олок|ник"
    r"|вык|молк|мок|дох|сох|тих|глох|рух|[мпт]ер)\Z"
)
_TAKING = re.compile("(?:при|по|за|на|от|об|под|с|раз|пере|у|до)н\\Z")
_LYING = tuple("леж держ молч крич слыш дыш стуч звуч мч дрож беж треш ворч торч нач".split())
_NOT_VERBS = set("ночь речь мелочь горечь желчь".split())
# The only themes of two letters.
_SHORT_THEMES = set("да жи пи би мы бы ши вы".split())
_PREFIXED_GIVE = re.compile("(?:|по|вы|от|за|с|пере|про|на|при|раз|из|об|под|у|в|вос|пре|рас)да\\Z")

_FIRST = Endings("у ю ешь ет ем ете ут ют я учи ючи")
_SECOND = Endings("ю ишь ит им ите ят ат я ив ивши ьте")
_SOFTENING = {"ю", "ите", "ят", "ат", "я"}
_THEME = Endings(
    "ить ил ила ило или ив ивши еть ел ела ело ели ев евши "
    "ать ал ала ало али ав авши ять ял яла яло яли яв явши"
)
_STAYING = Endings("ть л ла ло ли в вши ю ешь ет ем ете ют й йте я")
_AFTER_VOWEL = Endings("ю ишь ит им ите ят ить ил ила ило или ив я ять ял яла яло яли й")
_BARE = Endings("ти ть ла ло ли чь ши")
_NU = Endings("нуть нул нула нуло нули нув ну нешь нет нем нете нут ни нь")
_SOFTENED = (
    ("жд", ("д",)),
    ("щ", ("ст", "ск", "т")),
    ("шл", ("сл",)),
    ("бл", ("б",)),
    ("пл", ("п",)),
    ("вл", ("в",)),
    ("мл", ("м",)),
    ("фл", ("ф",)),
    ("ж", ("з", "д")),
    ("ч", ("к", "т")),
    ("ш", ("с", "х")),
)
_GOING = re.compile(
    "(?P<head>|по|при|во|до|со|за|на|вы|пере|про|от|ото|об|обо|у|с|в|подо|под|разо|рас|взо|пре|изо|най|низо)"
    rf"(?:идти|йти|(?:[ий]|(?<=при))д(?:у|ешь|ет|ем|ете|ут|и|ите|я)|шел|шл[аои]|шед(?:ши|ш{_DECLINED})|"
    rf"[ий]дущ{_DECLINED})\Z"
)
_RIDING = re.compile(r"(?P<head>.*)ед(?:у|ешь|ет|ем|ете|ут)\Z")
_GIVING = re.compile(
    "(?P<head>|по|вы|от|за|с|пере|про|на|при|до|раз|об|под|у|в|вос|пре|из|зада|рас)д(?:ам|ашь|аст|адим|адите|адут)"
    r"\Z"
)
_PREFIX = re.compile(r"\A(?P<head>от|под|об|над|раз|из|вз|с|в)о(?=бр|зв|др|гн|жм|жг|рв|гр|сл|тр|пр)")

_SHORT_ROOTS = set("дн сн рт лб мх рв пн пс зл".split())
_WITH_VOWEL = re.compile(f"[{_VOWELS}]")
_FLEETING = re.compile(rf"(?P<head>.*[{_VOWELS}].*{_C})ь?[ое](?P<last>{_C})\Z")
# The short ones of these are few: сон - сна, день - дня.
_SHORT_FLEETING = set("сон рот лоб мох ров ден пен пес лев лед лен".split())
_AFTER_VOWEL_E = re.compile(rf"(?P<head>.*[{_VOWELS}])е(?P<last>[кцн])\Z")
_SOFT_INSIDE = re.compile(rf"ь(?={_C}\Z)")


def stems(word: str) -> frozenset[str]:
    """The possible stems of a folded word."""
    if word in IRREGULAR:
        return frozenset("i" + one for one in IRREGULAR[word])
    if word in PLAIN or len(word) < 3:
        return frozenset()
    compared = {"a" + COMPARATIVES[word]} if word in COMPARATIVES else set()
    return frozenset(_noun(word) | _adjective(word) | compared | _verb(word))


def _noun(word: str) -> set[str]:
    roots: set[str] = set()
    if cut := _NOUN.cut(word):
        stem, ending = cut
        if len(stem) > 2 or len(ending) == 1 or stem in _SHORT_ROOTS or _WITH_VOWEL.search(stem):
            roots.add(stem)
        if ending in ("ь", "й", "ью"):
            roots |= _opened(stem) | ({word[:-1]} if ending == "ью" else set())
        elif ending == "ей":
            roots |= {stem + "ь", word[:-1]}  # семей, музей
        elif ending in ("ами", "ями", "ов", "ев", "ой", "ою", "ею"):
            roots |= {word[:-1]} if ending[-1] in _VOWELS else set()  # программ-и, войско-ю
    if word[-1] not in _VOWELS and word[-1] not in "ьй":
        roots |= {word} | _opened(word)
    if match := _SURNAME.search(word, 3):
        roots.add(word[: match.start()])
    roots |= {root[:-2] for root in roots if root.endswith(("анин", "янин"))}
    return {"n" + _SOFT_INSIDE.sub("", root) for root in roots}


def _opened(stem: str) -> set[str]:
    """What a form without an ending looks like before one: о and е fall out."""
    if stem in _SHORT_FLEETING:
        return {stem[0] + stem[-1]}
    if match := _FLEETING.match(stem):
        return {match["head"] + match["last"]}
    if match := _AFTER_VOWEL_E.match(stem):
        return {match["head"] + "й" + match["last"]}
    return set()


def _adjective(word: str) -> set[str]:
    roots: set[str] = set()
    if cut := _ADJECTIVE.cut(word) or _SHORT.cut(word):
        roots = set() if _ACTION.search(word) else {cut[0]}
    elif word[-1] not in _VOWELS and word[-1] not in "ьй":
        roots = {word} | _opened(word)
    return {"a" + _SOFT_INSIDE.sub("", root) for root in roots}


def _verb(word: str) -> set[str]:
    active = _REFLEXIVE.sub("", word) if len(word) > 4 else word
    found: set[str] = set()
    for bare in _finite(active):
        found |= _finite_verb(bare)
    found |= {
        stem for match in [_PASSIVE.search(active)] if match for stem in _passive(active[: match.start()])
    }
    if active == word:
        return found
    if active.endswith("и"):
        found |= {"v" + each for each in _hardened(active[:-1])}
    return {stem[0] + "*" + stem[1:] for stem in found}


def _finite(word: str) -> set[str]:
    """The word and, of a participle, a finite form that is made of the same stem."""
    found = {word}
    if not _MAY_BE_PARTICIPLE.search(word):
        return found
    for pattern, ending in _PARTICIPLES:
        if match := pattern.search(word):
            found.add(word[: match.start()] + ending)
    return found


def _passive(root: str) -> set[str]:
    """Of a passive participle in -ен: построен, приглашен, принесен."""
    found = {"v" + each for each in _hardened(root)} | {"c" + root}
    if root[-1] in _VOWELS:
        found.add("w" + root)
    elif root[-1] in "жч":
        found.add("c" + root[:-1] + {"ж": "г", "ч": "к"}[root[-1]])
    return found


def _finite_verb(word: str) -> set[str]:
    if match := _GOING.match(word):
        return {"v" + match["head"] + "йти"}
    if match := _GIVING.match(word):
        return {"w" + match["head"] + "да"}
    found = _vowel_stem(word) | _bare_stem(word)
    if cut := _FIRST.cut(word):
        found |= _present(*cut)
    if cut := _SECOND.cut(word):
        root = cut[0]
        found |= {"v" + each for each in _hardened(root)} if cut[1] in _SOFTENING else {"v" + root}
    if cut := _THEME.cut(word):
        root = cut[0]
        if _takes_theme(root, cut[1][0]):
            found.add("v" + _PREFIX.sub(r"\g<head>", root))
    return found


def _takes_theme(root: str, theme: str) -> bool:
    """Whether a theme vowel may fall out after this root: пис-ать, леж-ать, прин-ять; but not реш-ать."""
    if theme == "я":
        return _TAKING.match(root) is not None
    return theme != "а" or root[-1] not in "жчшщ" or root.endswith(_LYING)


def _present(root: str, ending: str) -> set[str]:
    """Of the first conjugation: несет, пишет, начнет, поймет, бьет."""
    if root[-1] in _VOWELS:
        return set()
    if root[-1] == "ь":
        return {"w" + root[:-1] + "и"}
    hardened = {each for each in _hardened(root) if each != root or root[-1] in "жчшщ"}
    if root[-1] == "ж" and ending != "у":
        hardened.discard(root[:-1] + "д")  # д softens in the first person alone: хожу, ходит
    found = {"v" + each for each in hardened}
    if ending in ("ю", "я") and root[-1] not in "рл":
        return found
    roots = {root}
    if root[-1] in "жч":
        roots.add(root[:-1] + {"ж": "г", "ч": "к"}[root[-1]])
    found |= _from_present(root)
    if root.endswith(("мр", "пр", "тр")):
        roots.add(root[:-1] + "ер")
    if root.endswith(("раст", "рост")):
        roots.add(root[:-3] + "ос")
    return found | {"c" + each for each in roots}


def _from_present(root: str) -> set[str]:
    """The stem of the infinitive where the present has another one."""
    if root.endswith(("чн", "стан")):
        return {"v" + root[: -1 if root.endswith("чн") else -2]}
    if root.endswith("йм"):
        return {"v" + root[:-2] + "н"}
    if root.endswith("им"):
        return {"v" + root[:-2], "v" + root[:-1] + "н"}
    if root.endswith(("бер", "дер", "пер", "зов")):
        return {"v" + _PREFIX.sub(r"\g<head>", root[:-2] + root[-1])}
    if root.endswith(("жив", "плыв", "слыв")):
        return {"w" + root[:-1]}
    if root.endswith(("жд", "рв", "вр", "лг")):
        return {"v" + _PREFIX.sub(r"\g<head>", root)}
    return {"v" + root[:-1] + "ж"} if root.endswith("бег") else set()


def _hardened(root: str) -> set[str]:
    """The root as it is, and as it may be where nothing softens it: пиш - пис, хож - ход."""
    for soft, hard in _SOFTENED:
        if root.endswith(soft):
            return {root} | {root[: -len(soft)] + each for each in hard}
    return {root}


def _vowel_stem(word: str) -> set[str]:
    """Of verbs that keep their theme: чита-ю; рису-ет, рисова-ть; да-ет, дава-ть; откро-ю, откры-ть."""
    found: set[str] = set()
    if (cut := _STAYING.cut(word)) and cut[0][-1] in _VOWELS:
        root = cut[0]
        if len(root) > 2 or root in _SHORT_THEMES:
            found = {
                "w" + each for each in (_from_theme(root) if cut[1][0] not in "юейя" else _to_theme(root))
            }
    if (cut := _AFTER_VOWEL.cut(word)) and cut[0][-1] in _VOWELS:
        found.add("w" + cut[0])
    if match := _RIDING.match(word):
        found.add("w" + match["head"] + "еха")
    return found


def _from_theme(root: str) -> set[str]:
    """Of an infinitive or a past: рисова - рису, узнава - узна."""
    if root.endswith(("ова", "ева")):
        return {root, root[:-3] + "у", root[:-3] + "ю"}
    return {root, root[:-2]} if root.endswith(("става", "знава")) else {root}


def _to_theme(root: str) -> set[str]:
    """Of a present: да - дава (but not да-ть), откро - откры."""
    if _PREFIXED_GIVE.match(root):
        return {root + "ва"}
    return {root, root[:-1] + "ы"} if root.endswith(("кро", "мо")) else {root}


def _bare_stem(word: str) -> set[str]:
    """Of verbs without a theme: нес-ти, нес-ла, нес; мо-чь, мог; достиг-нуть, достиг-ла, достиг."""
    roots: set[str] = set()
    if (cut := _BARE.cut(word)) and word not in _NOT_VERBS:
        roots |= _before_bare(*cut)
    elif _ENDLESS.search(word):
        roots.add(word)
    elif word.endswith(("орол", "олол")):
        roots.add(word[:-2])
    elif word.endswith("ел"):
        roots |= {word[:-1] + "д", word[:-1] + "т"}
    elif word.endswith(("клал", "крал", "пал")):
        roots.add(word[:-1] + "д")
    if word.endswith("ереть"):
        roots.add(word[:-3])
    if cut := _NU.cut(word, 3):
        root = cut[0]
        roots |= {root} if root[-1] not in _VOWELS else set()
        roots |= {root + "н"} if cut[1].startswith("ну") else set()
    return {"c" + root for root in roots}


def _before_bare(root: str, ending: str) -> set[str]:
    """What stood before -ти, -ла, -чь: вес-ти, ве-ла - вед; мо-чь - мог; рас-ти - рос."""
    if ending == "чь":
        return {root + "г", root + "к"}
    if root.endswith(("оро", "оло")):
        return {root[:-1]}
    if root.endswith(("рас", "рос")):
        return {root[:-2] + "ос"}
    if root[-1] == "с":
        return {root, root[:-1] + "д", root[:-1] + "т"}
    if ending == "ть":
        return set()
    if root[-1] == "е":
        return {root + "д", root + "т"} if ending != "ти" else set()
    if root[-1] not in _VOWELS:
        return {root}
    return {root + "д"} if root.endswith(("кла", "кра", "па")) else set()


def beginnings(stem: str) -> set[str]:
    """Every form with this stem begins with one of these."""
    kind, root = stem[0], stem[1:].removeprefix("*")
    if kind == "i":
        return {root, *FORMS[root]}
    if kind == "a":
        return {root, *_short(root), root[:-1] + "ь" + root[-1], *_COMPARED.get(root, ())}
    if kind == "n":
        return {root.removesuffix("ь"), *_short(root), root[:-1] + "ь" + root[-1]}
    if kind == "w":
        return {root, *_changed_theme(root)}
    if root.endswith("йти") and kind == "v":
        going = {root[:-3] + each for each in ("йт", "йд", "ид", "шел", "шед", "шл")}
        return going | {root[:-3] + "д"} if root.endswith("ийти") else going
    return {root, *_softened(root), *_changed(root)}


_COMPARED: dict[str, set[str]] = {}
for _comparative, _root in COMPARATIVES.items():
    _COMPARED.setdefault(_root, set()).add(_comparative)


def _short(root: str) -> set[str]:
    """Before no ending: отц - отец, бойц - боец."""
    if root[-1] in _VOWELS:
        return set()
    before = root[:-2] if root[-2:-1] in ("й", "ь") else root[:-1]
    return {before + vowel + root[-1] for vowel in "ое"} | {root[:-1] + vowel + root[-1] for vowel in "ое"}


def _changed_theme(root: str) -> set[str]:
    if root.endswith("еха"):
        return {root[:-2] + "д"}
    if root.endswith("дава"):
        return {root[:-2]}
    if root.endswith(("ы", "и")):
        return {root[:-1] + "о", root[:-1] + "ь"}
    return {root[:-1] + "о", root[:-1] + "е"} if root[-1] in "ую" else set()


def _softened(root: str) -> set[str]:
    found = {root[:-1] + soft for soft in _SOFT_OF.get(root[-1], "")}
    return found | (
        {root[:-2] + "щ", root[:-2] + "шл"} if len(root) > 2 and root.endswith(("ст", "ск", "сл")) else set()
    )


_SOFT_OF = {"г": "ж", "к": "ч", "х": "ш", "з": "ж", "с": "ш", "т": "чщслв", "д": "жслв"}


# Prefixes that have an о before two consonants: собрать, соберу.
_HEADS = ("от", "под", "об", "раз", "из", "с", "в")


def _changed(root: str) -> set[str]:
    """Where the present or the past has another stem: возьм, приме, собер, умр, рас."""
    found: set[str] = set()
    if root[-1] in "гк":
        found.add(root[:-1] + "ч")
    if root[-1] in "рв":
        parted = {head + "о" + root[len(head) :] for head in _HEADS if root.startswith(head)}
        found |= parted | {each[:-1] + vowel + each[-1] for each in {root} | parted for vowel in "ео"}
    if root.endswith("ер"):
        found.add(root[:-2] + "р")
    if root.endswith("н"):
        found |= {root[:-1] + "йм", root[:-1] + "м"}
    if root.endswith("ос"):
        found.add(root[:-2] + "ас")
    if root.endswith("беж"):
        found.add(root[:-1] + "г")
    return found
