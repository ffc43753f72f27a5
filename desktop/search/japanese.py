"""Japanese words in their inflected forms, as runs of characters to look for.

The index has no words of Japanese, only characters with the one that follows. An inflected form is
therefore a stem and the characters that can follow it: 書く is 書 before か き く こ い, 食べる is 食べ
before る た て な ま and so on. What is asked for may be the dictionary form or another: 書いた is led
back to 書く first. A form that can belong to several words stands for all of them.

The tables are those of the school grammar: five-row verbs with their sound changes, one-row verbs, する and
来る, adjectives in い; besides, words written both with and without ideographs, and okurigana that is
often left out.
"""

import re
from typing import NamedTuple

from desktop.search.japanese_words import ONE_ROW_IDEOGRAPHS, OTHER_VERBS, SPELLINGS

# Longer runs are phrases, not words.
_LONGEST = 12
_KANJI = "\u3005\u3400-\u4dbf\u4e00-\u9fff"
_KANA = "\u3041-\u3096"
_WORD = re.compile(
    rf"(?P<head>(?:[{_KANJI}]{{1,2}}[{_KANA}]{{1,2}})?[{_KANJI}]{{1,2}})(?P<tail>[{_KANA}]{{0,8}})\Z"
)
_SURU_WORD = re.compile(
    rf"(?P<head>[{_KANJI}]{{1,6}})(?:する|した|して|します|しました|しない|しよう|される|された)\Z"
)
_KANA_WORD = re.compile(rf"(?P<head>[{_KANA}])(?P<tail>[{_KANA}]{{2,9}})\Z")
_INNER_OKURIGANA = re.compile(rf"(?<=[{_KANJI}])[いきぎしちにびみりえけげせてねべめれ](?=[{_KANJI}])")
_LAST_OKURIGANA = re.compile(rf"(?<=[{_KANJI}])[いきぎしちにびみりえけげせてねべめれ]\Z")
_COUNTER = re.compile("[箇ヶヵケカか](?=[月所国条村町年])")
_KATAKANA = re.compile("[ァ-ヺー]{3,}ー\\Z")

# Each row of the five-row verbs: before ない, before ます, plain, before ば, before う, before た.
_ROWS = {
    "う": "わいうえおっ",
    "く": "かきくけこい",
    "ぐ": "がぎぐげごい",
    "す": "さしすせそし",
    "つ": "たちつてとっ",
    "ぬ": "なにぬねのん",
    "ぶ": "ばびぶべぼん",
    "む": "まみむめもん",
    "る": "らりるれろっ",
}
# What can follow the stem of a one-row verb, auxiliaries written with ideographs among it.
_AFTER_ONE_ROW = "るたてなまれらよろずちつそさやにぬとん始続終過切"
_AFTER_ADJECTIVE = "いくかけさそ"
_E_AND_I = "いきぎしじちにびみりえけげせぜてでねべめれ"
# Endings that follow one another after た and after the other forms, in any number.
_AFTER_TE = (
    "(?:ら|り|は|も|い(?:る|た|て|ない|ま(?:す|した|せん)|れば|く)?|ください|くれる|くれた|もらう|しまう|しまった|おく"
    r"|ある|あった|る|た|ます|ました|ない)?\Z"
)
_AFTER_I = (
    "(?:ま(?:す|した|せん(?:でした)?|しょう|して)|た(?:い|く|かった|ければ)|ながら|つつ|そう|やすい|にくい|方)"
    r"\Z"
)
_AFTER_A = (
    "(?:な(?:い|く|くて|かった|ければ|いで|さそう)|ず(?:に)?|ぬ|ん"
    r"|(?:れ|せ)(?:た|て(?:いる|いた|います)?|ない|なかった|ます|ました|ば)?)\Z"
)
_NEGATIVE = (
    "(?:な(?:い|く|くて|かった|ければ|いで)|ず(?:に)?|ぬ"
    r"|(?:られ|させ)(?:る|た|て(?:いる|いた|います)?|ない|ます|ました)?|よう|ろ|よ|れば)\Z"
)
_TE = re.compile(rf"(?P<sound>[っいしん])(?P<te>[たてだで]){_AFTER_TE}")
_I = re.compile(rf"(?P<kana>[いきぎしちにびみり])(?:{_AFTER_I}|\Z)")
_A = re.compile(rf"(?P<kana>[わかがさたなばまら]){_AFTER_A}")
_E = re.compile(r"(?P<kana>[えけげせてねべめれ])ば\Z")
_O = re.compile(r"(?P<kana>[おこごそとのぼもろ])う\Z")
_ONE_ROW = re.compile(rf"(?:[たて]{_AFTER_TE}|{_AFTER_I}|{_NEGATIVE})")
_ADJECTIVE = re.compile(r"(?:く(?:て|ない|なかった|なる|なった)?|かった(?:ら)?|ければ|さ|そう(?:な|に)?)\Z")
# Words that inflect, by what stays of them in every form.
_INFLECTING = {
    word[:-1]: groups for word, groups in SPELLINGS.items() if word[-1] in {*_ROWS, "い"} and len(word) > 2
}
_BEFORE_TE = {"っ": "うつる", "い": "くぐ", "し": "す", "ん": "ぬぶむ"}
_SURU = re.compile("(?:する|為る|した|して|します|しました|しない|される|された)\\Z")


class Form(NamedTuple):
    """Characters to look for, one after the other.

    Attributes:
        stem: These, as they are.
        following: Then one of these; empty where the stem is all.
        may_end: The stem may also be the end of a run.
    """

    stem: str
    following: str = ""
    may_end: bool = False

    def length(self) -> int:
        """How many terms of the index it is looked for by."""
        return len(self.stem) if self.following else max(1, len(self.stem) - 1)


def forms(run: str) -> list[Form]:
    """What to look for when a folded run may be an inflected word; the run itself is first.

    A run that is no single word of Japanese gives just itself.
    """
    found = dict.fromkeys([Form(run)])
    if _KATAKANA.match(run):
        return [Form(run[:-1])]
    if len(run) <= _LONGEST:
        for spelling in _spellings(run):
            found |= dict.fromkeys([Form(spelling), *_inflected(spelling)])
    return _without_covered(_merged(list(found)))


def is_word(run: str) -> bool:
    """Whether it may be one word that inflects, or is spelt in several ways."""
    return forms(run) != [Form(run)]


def _merged(found: list[Form]) -> list[Form]:
    """With all that can follow a stem in one form: 待っ may be of 待つ and of a 待る."""
    merged: dict[tuple[str, bool], Form] = {}
    for form in found:
        key = (form.stem, bool(form.following))
        known = merged.get(key, form)
        following = "".join(dict.fromkeys(known.following + form.following))
        merged[key] = Form(form.stem, following, known.may_end or form.may_end)
    return list(merged.values())


def _without_covered(found: list[Form]) -> list[Form]:
    """Without whole words that a stem with what follows it finds, too."""
    stems = [form for form in found if form.following]

    def is_covered(form: Form) -> bool:
        return not form.following and any(
            form.stem.startswith(other.stem) and form.stem[len(other.stem) :][:1] in set(other.following)
            for other in stems
        )

    return [form for form in found if not is_covered(form)]


def _spellings(run: str) -> list[str]:
    """The run in the spellings that are usual for it: with or without ideographs and okurigana."""
    found = dict.fromkeys([run, *_other_spellings(run)])
    found |= dict.fromkeys(_INNER_OKURIGANA.sub("", each) for each in list(found))
    if run != (bare := _LAST_OKURIGANA.sub("", _INNER_OKURIGANA.sub("", run))) and len(bare) > 1:
        found[bare] = None
    if _COUNTER.search(run):
        found |= dict.fromkeys(_COUNTER.sub(mark, run) for mark in "箇ヶヵケカか")
    return list(found)


def _other_spellings(run: str) -> list[str]:
    """What the lists say of a word, or of the word that it may be a form of."""
    found = [other for group in SPELLINGS.get(run, ()) for other in group]
    for at in range(len(run) - 1, 1, -1):
        for group in _INFLECTING.get(run[:at], ()):
            if run not in group and _analysed(run[:at], run[at:]):
                found += [other[:-1] + run[at:] for other in group]
    return found


def _inflected(word: str) -> list[Form]:
    if _SURU.match(word):
        return [Form("す", "るれ"), Form("し", "たてまなよつ"), Form("さ", "れせ"), Form("せ", "ず")]
    suru = _SURU_WORD.match(word)
    if suru is not None and len(suru["head"]) > 1:
        return [Form(suru["head"], "しすさせ")]
    match = _WORD.match(word) or _KANA_WORD.match(word)
    if match is None or not match["tail"]:
        return []
    head, tail = match["head"], match["tail"]
    in_kana = match.re is _KANA_WORD
    found: dict[Form, None] = {Form(suru["head"], "しすさせ"): None} if suru else {}
    for at in range(len(tail)):
        # Of words all in kana, one character is too little to tell an ending by.
        if not in_kana or (at and (len(tail) - at > 1 or tail[at] in {*_ROWS, "い"})):
            found |= dict.fromkeys(_analysed(head + tail[:at], tail[at:]))
    return list(found)


def _analysed(stem: str, ending: str) -> list[Form]:
    """The words that have this stem and can take this ending, as their forms."""
    found: list[Form] = []
    if ending in _ROWS and not (ending == "る" and _is_one_row(stem)):
        found += _five_row(stem, ending)
    if ending == "い" or _ADJECTIVE.match(ending):
        # What ends in く may be a verb (抜く), and then け begins another one (抜ける).
        found.append(Form(stem, _AFTER_ADJECTIVE.replace("け", "") if ending == "く" else _AFTER_ADJECTIVE))
    if _is_one_row(stem) and (ending == "る" or _ONE_ROW.match(ending)):
        found.append(Form(stem, _AFTER_ONE_ROW, may_end=True))
    # An い after kana is an adjective's (つよい), after an ideograph it may be a verb's, too (違い).
    if ending != "い" or re.match(f"[{_KANJI}]", stem[-1]):
        for row in _rows_of(ending):
            found += _five_row(stem, row)
    return found


def _is_one_row(stem: str) -> bool:
    return stem[-1] in _E_AND_I or stem[-1] in ONE_ROW_IDEOGRAPHS


def _rows_of(ending: str) -> str:
    """The rows of five-row verbs that an ending can belong to."""
    if match := _TE.match(ending):
        voiced = match["te"] in "だで"
        rows = _BEFORE_TE[match["sound"]]
        return rows if match["sound"] == "ん" else rows[1:2] if voiced else rows.replace("ぐ", "")
    for pattern, column in ((_I, 1), (_A, 0), (_E, 3), (_O, 4)):
        if match := pattern.match(ending):
            return "".join(row for row, kana in _ROWS.items() if kana[column] == match["kana"])
    return ""


def _five_row(stem: str, row: str) -> list[Form]:
    following = _ROWS[row][:-1] + "っ" if stem[-1] == "行" else _ROWS[row]
    # The verb of what can be done (書ける) is a form, unless its like is another verb (付ける).
    if stem + following[3] in OTHER_VERBS:
        following = following[:3] + following[4:]
    return [Form(stem, "".join(dict.fromkeys(following)))]
