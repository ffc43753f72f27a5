"""A light stemmer for Ukrainian, for which Snowball has none.

It undoes inflection by the tables of declension and conjugation and leaves derivation alone. A form has a
stem for each class of words that it can belong to, and two forms belong together when they share one:

- ``n`` nouns, ``a`` adjectives, participles and pronouns of their kind: the word without its ending. The
  classes share some endings (-а, -у) and not others (-ого, -ами), so a noun seldom meets an adjective.
- ``v`` verbs without their theme vowel, the consonants of the first person undone (пишу - писати,
  ходжу - ходити, роблю - робити); ``w`` verbs whose theme stays (читаю - читати); ``c`` verbs without a theme
  (несу - нести, могти - міг).
- Where the language changes the stem of a noun, the form has the other stem, too: шкіл - школа, руці - рука,
  українець - українця.
- A reflexive verb is another word than the one without -ся: ``*`` after the class.
- ``i`` the few words that no rule reaches, from a list (``ukrainian_words``).
"""

import re

from desktop.search.endings import Endings
from desktop.search.ukrainian_words import FORMS, IRREGULAR, PLAIN

_VOWELS = "аеєиіїоуюя"
_C = f"[^{_VOWELS}ьй]"

_NOUN = Endings(
    "ами ями ьми има ові еві єві ам ям ах ях ом ем єм ьом ів їв ей ею єю ою ьою а о е є у ю и і ї я ь й"
)
_ADJECTIVE = Endings(
    "ий ій їй ого його ього ому йому ьому им їм ім их їх іх ими їми іми ої ьої єї ою ьою єю а я е є у ю і ї"
)
# Possessive surnames have this one ending of adjectives: Путіним, Ковальовим.
_SURNAME = re.compile(r"(?<=[оеєії][вн])им\Z")

# Verbs: present of both conjugations, imperative, infinitive, past, adverbial participle, -но and -то.
_FUTURE = re.compile(r"(?<=ти)(?:му|меш|ме|мемо|мете|муть)\Z")
_REFLEXIVE = re.compile(rf"(?<=[{_VOWELS}ьйвмшлгксз])(?:ся|сь)\Z")
_FIRST = Endings("у ю еш еть емо ете е уть ють учи ючи")
_SECOND = Endings("ю иш ить имо ите ять ать ячи ачи іть імо їть їш їмо їте")
_SOFTENING = {"ю", "ять", "ать", "ячи", "ачи", "іть", "імо"}
_THEME = Endings(
    "ити ив ила ило или ивши іти ів іла іло іли івши ати ав ала ало али авши яти яв яла яло яли явши "
    "ено ано яно"
)
_STAYING = Endings("ти в ла ло ли вши то но ю єш є єть ємо єте ють й ймо йте ючи")
_AFTER_VOWEL = Endings("ю їш їть їмо їте ять яти яв яла яло яли їв їла їли їти ячи")
_BARE = Endings("ти ла ло ли то ши")
_NU = Endings("нути нув нула нуло нули нувши ну неш не немо нете нуть нь ніть ни")
# What stood before -у, -е and -ений: a consonant or two, softened.
_SOFTENED = (
    ("ждж", ("зд",)),
    ("дж", ("д",)),
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
    "(?P<head>|по|при|ві|ді|зі|за|на|ви|пере|про|п|об|обі|уві|вві|роз|розі|зна|най|піді|пі|недо|у|в)"
    "(?:[йі]ти|[йі]д(?:у|еш|е|емо|ете|уть|и|іть|імо|учи)|[йі]шов|[йі]шл[аои]|[йі]шовши)"
    r"\Z"
)
_RIDING = re.compile(r"(?P<head>.*)їд(?:у|еш|е|емо|ете|уть|ь|ьте|учи)\Z")
_GIVING = re.compile(
    "(?P<head>|по|ви|від|за|з|пере|про|на|при|до|роз|об|під|у|в|нав|спро)д(?:ам|аси|асть|амо|асте|адуть)"
    r"\Z"
)
_TAKING = re.compile(
    "(?:при|прий|за|зай|на|най|з|під|піді|обі|обій|від|віді|пере|перей|ви|вий|роз|у|уй|до)н" r"\Z"
)
_LYING = tuple("леж держ мовч крич стуч дрож біж двиг торч поч зач".split())
_BEFORE_I = {"ц": "к", "з": "г", "с": "х"}

_FLEETING = re.compile(rf"(?P<head>.*[{_VOWELS}].*{_C})ь?[еоє](?P<last>{_C})\Z")
_SHORT_FLEETING = re.compile(rf"(?P<head>{_C}{{1,2}})[еєо](?P<last>{_C})\Z")
_CLOSED = re.compile(rf"(?P<head>.*?)(?P<vowel>[ії])(?P<tail>{_C}|ст|зд|рк|рш|[бв]р)\Z")
_DOUBLED = re.compile(rf"({_C})\1\Z")
_YOUNG = re.compile(r"(?<=..)(?:ят|(?<=[чшж])ат)(?:и|а|ам|ами|ах)?\Z")
_COMPARED = re.compile(r"(?:най)?(?P<head>.{3,}?)(?P<mark>іш|ш|жч)\Z")
_TELLING = re.compile(r"(?P<head>.*пові)(?:м|си|сть|мо|сте|дять|сти|ж|жте|дай|дайте)\Z")
# Endings that may also be a shorter one after a stem in -ов, -ьм, -о: слов-і, фільм-и, збро-ю.
_TWOFOLD = {"ові", "еві", "єві", "ьми", "има", "ами", "ями", "ою", "ею", "ей"}
_VERBAL_NOUN = re.compile(r"(?<=..)[еаі]н\Z")


def stems(word: str) -> frozenset[str]:
    """The possible stems of a folded word."""
    if word in IRREGULAR:
        return frozenset("i" + one for one in IRREGULAR[word])
    if word in PLAIN or len(word) < 3:
        return frozenset()
    return frozenset(_noun(word) | _adjective(word) | _verb(word))


def _noun(word: str) -> set[str]:
    roots: set[str] = set()
    cut = _NOUN.cut(word)
    if cut is not None:
        stem, ending = cut
        roots.add(_single(stem))
        if ending in _TWOFOLD:
            roots.add(word[:-1])
        if ending == "і" and stem[-1] in _BEFORE_I:
            roots.add(stem[:-1] + _BEFORE_I[stem[-1]])
        if ending == "ь":
            roots |= _opened(stem) | ({stem + "н"} if _VERBAL_NOUN.search(stem) else set())
        elif ending == "й":
            roots |= _opened(stem) | ({stem[:-1] + "о"} if stem.endswith("і") else set())
        elif ending == "ю":
            roots |= _opened(_DOUBLED.sub(r"\1", stem))
    if word[-1] not in _VOWELS and word[-1] not in "ьй":
        roots |= {word} | _opened(word)
    if match := _SURNAME.search(word, 3):
        roots.add(word[: match.start()])
    if match := _YOUNG.search(word, 3):
        roots.add(word[: match.start()])
    roots |= {root[:-2] for root in roots if root.endswith(("анин", "янин"))}
    return {"n" + root for root in roots}


def _single(stem: str) -> str:
    """Without the second of two consonants: статтею - статей; but рішення keeps apart from рішений."""
    return stem if stem.endswith("нн") else _DOUBLED.sub(r"\1", stem)


def _opened(stem: str) -> set[str]:
    """What a form without an ending looks like before one: і turns to о or е, е and о fall out."""
    found = set()
    if match := _CLOSED.match(stem):
        vowels = ["є", "е"] if match["vowel"] == "ї" else ["о", "е"]
        vowels += ["ьо"] if match["head"].endswith("л") else []
        found |= {match["head"] + vowel + match["tail"] for vowel in vowels}
    if match := _FLEETING.match(stem) or _SHORT_FLEETING.match(stem):
        found.add(match["head"] + match["last"])
    if stem.endswith("оєц"):
        found.add(stem[:-3] + "ійц")
    elif stem.endswith("єц"):
        found.add(stem[:-2] + "йц")
    return found


def _adjective(word: str) -> set[str]:
    cut = _ADJECTIVE.cut(word)
    if cut is None:
        return set()
    stem = cut[0]
    return {"a" + stem} | {"a" + each for each in _positive(stem)}


def _positive(stem: str) -> set[str]:
    """Of a comparative or superlative: сильніш - сильн, довш - довг, ширш - широк, нижч - низьк."""
    match = _COMPARED.match(stem)
    if match is None:
        return set()
    head = match["head"]
    if match["mark"] == "жч":
        return {head + "г", head + "зьк"}
    return {head} if match["mark"] == "іш" else {head, head + "г", head + "к", head + "ок", head + "ек"}


def _verb(word: str) -> set[str]:
    active = _REFLEXIVE.sub("", word) if len(word) > 4 else word
    bare = _FUTURE.sub("", active)
    found = _special_verb(bare) | _vowel_stem(bare) | _bare_stem(bare)
    if cut := _FIRST.cut(bare):
        found |= _present(*cut)
    if cut := _SECOND.cut(bare):
        root = cut[0]
        found |= {"v" + each for each in _hardened(root)} if cut[1] in _SOFTENING else {"v" + root}
    if cut := _THEME.cut(bare):
        found |= _thematic(*cut)
    if active == word:
        return found
    if active.endswith("и"):
        found.add("v" + active[:-1])
    return {stem[0] + "*" + stem[1:] for stem in found}


def _thematic(root: str, ending: str) -> set[str]:
    """Of the infinitive and the past: пис-ати, роб-ила; but not виріш-увати, перевір-яти."""
    if ending == "ено":
        return {"v" + each for each in _hardened(root)} | {"c" + root}
    if ending[0] == "я" and not _TAKING.match(root):
        return set()
    is_lasting = ending[0] == "а" and root[-1] in "жчшщ" and not root.endswith(_LYING)
    return set() if is_lasting else {"v" + root}


def _present(root: str, ending: str) -> set[str]:
    """Of the first conjugation: несе, пише, почне, візьме."""
    if root[-1] in _VOWELS:
        return set()
    roots = {root}
    hardened = {each for each in _hardened(root) if each != root or root[-1] in "жчшщ"}
    if root[-1] == "ж" and ending not in ("у", "ю"):
        hardened.discard(root[:-1] + "д")  # д softens in the first person alone: ходжу, ходить
    found = {"v" + each for each in hardened}
    if root[-1] == "ж":
        roots.add(root[:-1] + "г")
    elif root[-1] == "ч":
        roots.add(root[:-1] + "к")
    if root.endswith("ст"):
        roots.add(root[:-1])
    found |= _from_present(root)
    if root.endswith(("мр", "пр", "тр")):
        roots.add(root[:-1] + "ер")
    if ending == "ю" and root[-1] not in "рл":
        return found
    return found | {"c" + each for each in roots}


def _from_present(root: str) -> set[str]:
    """The stem of the infinitive where the present has another one: почн-у, підніму, стан-у, бер-у."""
    if root.endswith(("чн", "тн")):
        return {"v" + root[:-1]}
    if root.endswith(("ім", "стан")):
        return {"v" + root[:-2]}
    if root.endswith("йм"):
        return {"v" + root[:-1] + "н"}
    return {"v" + root[:-2] + "р"} if root.endswith(("бер", "дер", "пер")) else set()


def _hardened(root: str) -> set[str]:
    """The root as it is, and as it may be where nothing softens it: пиш - пис, ходж - ход."""
    for soft, hard in _SOFTENED:
        if root.endswith(soft):
            return {root} | {root[: -len(soft)] + each for each in hard}
    return {root}


def _vowel_stem(word: str) -> set[str]:
    """Of verbs that keep their theme: чита-ю; працю-є, працюва-ти; да-є, дава-ти; сто-їть, сто-яти."""
    found: set[str] = set()
    if (cut := _STAYING.cut(word, 2 if word[-1] not in "ой" else 3)) and cut[0][-1] in _VOWELS:
        root = cut[0]
        found.add("w" + root)
        if root.endswith(("ува", "юва", "дава", "става", "знава")) and cut[1][0] not in "юєй":
            found.add("w" + root[:-2])
    if (cut := _AFTER_VOWEL.cut(word)) and cut[0][-1] in _VOWELS:
        found.add("w" + cut[0])
    if match := _RIDING.match(word):
        found.add("w" + match["head"] + "їха")
    return found


def _bare_stem(word: str) -> set[str]:
    """Of verbs without a theme: нес-ти, нес-ла, ніс; зник-нути, зник-ла, зник."""
    roots: set[str] = set()
    if cut := _BARE.cut(word):
        roots |= _before_bare(cut[0])
    elif word[-1] in "кгхсзбр":
        closed = _CLOSED.match(word)
        roots |= {word} | ({closed["head"] + vowel + closed["tail"] for vowel in "ое"} if closed else set())
    elif word.endswith("вів"):
        roots.add(word[:-2] + "ед")
    elif word.endswith(("оров", "олов")):
        roots.add(word[:-2])
    elif word.endswith(("клав", "крав", "пав")):
        roots.add(word[:-1] + "д")
    if cut := _NU.cut(word, 3):
        root = cut[0]
        roots |= {root} if root[-1] not in _VOWELS else set()
        roots |= {root + "н"} if cut[1].startswith("ну") else set()
    return {"c" + root for root in roots}


def _before_bare(root: str) -> set[str]:
    """What stood before -ти, -ла: вес-ти, ве-ла - вед; боро-ти - бор; кла-ла - клад."""
    if root[-1] == "с":
        return {root, root[:-1] + "д", root[:-1] + "т", root + "т"}
    if root.endswith(("оро", "оло")):
        return {root[:-1]}
    if root[-1] in "ео":
        return {root + "д", root + "т"}
    if root[-1] not in _VOWELS:
        return {root}
    return {root + "д"} if root.endswith(("кла", "кра", "па")) else set()


def _special_verb(word: str) -> set[str]:
    """Verbs made of a prefix and an irregular one: прийти - прийшов, віддати - віддам."""
    if match := _GOING.match(word):
        return {"v" + match["head"] + "йти"}
    if match := _TELLING.match(word):
        return {"w" + match["head"]}
    if match := _GIVING.match(word):
        return {"w" + match["head"] + "да"}
    return set()


def beginnings(stem: str) -> set[str]:
    """Every form with this stem begins with one of these."""
    kind, root = stem[0], stem[1:].removeprefix("*")
    if kind == "i":
        return {root, *FORMS[root]}
    found = {root}
    if kind == "v" and root.endswith("йти"):
        return {root[:-3] + each for each in ("йт", "йд", "йш", "іт", "ід", "іш")}
    if kind == "w":
        return {root, root[:-2] + "д"} if root.endswith("їха") else found
    if kind == "a":
        return {each for form in {root, *_compared(root)} for each in (form, "най" + form)}
    if root[-1] in _HARD and kind != "a":
        found |= {root[:-1] + soft for soft in _HARD[root[-1]]}
    if kind in "vc":
        found |= _verb_beginnings(root)
    if kind in "nc":
        found |= _closed(root)
    if kind == "n":
        found |= {root[:-1]} if root.endswith("нн") else set()
        found |= {root[:-1] + vowel + root[-1] for vowel in "еоєь"} if root[-1] not in _VOWELS else set()
    return found


def _compared(root: str) -> set[str]:
    """An adjective's root before -ший: довг - довш, дорог - дорожч, широк - ширш, низьк - нижч."""
    if root.endswith("г"):
        return {root[:-1] + "ш", root[:-1] + "жч"}
    if root.endswith("к") and len(root) > 3:
        return {root[:-1] + "ш", root[:-2] + "ш"} | ({root[:-3] + "жч"} if root.endswith("зьк") else set())
    return set()


_HARD = {"г": "жз", "к": "чц", "х": "шс", "з": "ж", "с": "ш", "т": "ч", "д": "ж"}


def _verb_beginnings(root: str) -> set[str]:
    found: set[str] = set()
    if len(root) > 2 and root.endswith(("ст", "ск", "сл", "зд")):
        found |= {root[:-2] + "щ", root[:-2] + "ш", root[:-2] + "ж"}
    if root[-1] in "тд":
        found |= {root[:-1] + "щ", root[:-1] + "с", root[:-1] + "л", root[:-2] + "ів"}
    if root[-1] == "р":
        found.add(root[:-1] + "ер")
        found |= {root[:-2] + "р"} if root.endswith("ер") else set()
    if root.endswith("йн"):
        found.add(root[:-1] + "м")
    return found


def _closed(root: str) -> set[str]:
    """A root as it may look before no ending: школ - шкіл, льод - лід, бійц - боєць."""
    at = max(root.rfind(vowel) for vowel in "оеє")
    found = set()
    if at >= max(1, len(root) - 3):
        vowel = "ї" if root[at] == "є" else "і"
        found |= {root[:at] + vowel + root[at + 1 :], root[:at].removesuffix("ь") + vowel + root[at + 1 :]}
    if root.endswith("йц"):
        found |= {root[:-3] + "оєц", root[:-2] + "єц"}
    return found
