"""Which speaker, claim or cue is meant by a few typed letters."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from desktop.core.records import Claim, Person
from desktop.core.sortkeys import name_key
from desktop.ui.completing import Choice, Suggest
from desktop.ui.tokens import GLYPHS

_WORDS = re.compile(r"\w+")


def suggest_people(people: Iterable[Person], counts: Mapping[str, int] | None = None) -> Suggest:
    """By name or alias in any script; the name is what the field takes, the alias tells why."""
    known = [
        (person, [(name, name_key(name)) for name in (person.name, *person.aliases)]) for person in people
    ]
    uses = counts or {}

    def suggest(typed: str) -> list[Choice]:
        wanted = name_key(typed)
        found = []
        for person, names in known:
            best = min(
                (
                    (rank, place, name)
                    for place, (name, key) in enumerate(names)
                    if (rank := _name_rank(wanted, key)) is not None
                ),
                default=None,
            )
            if best is not None:
                found.append((best[0], -uses.get(person.id, 0), name_key(person.name), _person(person, best)))
        return [choice for *_, choice in sorted(found, key=lambda one: one[:3])[:10]]

    return suggest


def _person(person: Person, best: tuple[int, int, str]) -> Choice:
    glyph = "user" if person.kind == "person" else "building-2"
    return Choice(person.name, person.name, best[2] if best[1] else "", glyph=glyph)


def _name_rank(wanted: str, key: str) -> int | None:
    if not wanted or key.startswith(wanted):
        return 0
    if any(key.startswith(wanted, found.start()) for found in _WORDS.finditer(key)):
        return 1
    return 2 if wanted in key else None


def suggest_claims(claims: Iterable[Claim]) -> Suggest:
    """Statements that hold every typed word, as a beginning of one of theirs or within it."""
    known = [(claim, name_key(claim.statement)) for claim in claims]

    def suggest(typed: str) -> list[Choice]:
        words = name_key(typed).split()
        if not words:
            return []
        found = [
            (not key.startswith(words[0]), len(key), claim)
            for claim, key in known
            if all(word in key for word in words)
        ]
        return [
            Choice(claim.statement, claim.statement, glyph=GLYPHS[claim.verdict])
            for *_, claim in sorted(found, key=lambda one: one[:2])[:8]
        ]

    return suggest


def suggest_texts(texts: Iterable[str]) -> Suggest:
    """Texts that were used before, the most used first; for cues and outlets."""
    known = [(text, name_key(text)) for text, _ in Counter(texts).most_common()]

    def suggest(typed: str) -> list[Choice]:
        wanted = name_key(typed)
        return [Choice(text, text) for text, key in known if key.startswith(wanted) and key != wanted][:8]

    return suggest
