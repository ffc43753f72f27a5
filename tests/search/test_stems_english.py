"""English forms, from the grammar's tables."""

import pytest

from desktop.search.stems import prefixes, related

TOGETHER = """
drone drones
go goes going went gone
write writes writing wrote written
stop stops stopped stopping
hope hopes hoped hoping
open opens opened opening
travel travels traveled travelled traveling travelling
panic panics panicked panicking
add adds added adding
agree agrees agreed agreeing
die dies died dying
quit quits quitting
quote quotes quoted quoting
worry worries worried worrying
build builds built
leave leaves left leaving
child children
woman women
city cities
box boxes
bus buses
crisis crises
analysis analyses
life lives
criterion criteria
happy happier happiest
big bigger biggest
large larger largest
good better best
organise organised organising organize organized organizing
organisation organisations organization organizations
analyse analysed analyze analyzed analyzing
colour colours coloured color colors colored
favourite favorite favorites
centre centres centred center centers centered
theatre theater
dialogue dialogues dialog
defence defense
fulfil fulfill fulfilled
programme program programs
grey gray
november nov
"""
APART = """
university universe
organization organ
news new
general generous generic
hope hop
planning plane
policy police
wander wand
thing the
series serious
his hi
during dure
forest fore
carrier carry
unit unite
relative relate
united unity
hour her
response responsible
customer custom
marketer market
"""


@pytest.mark.parametrize("line", TOGETHER.strip().split("\n"))
def test_the_forms_of_a_word_belong_together(line):
    forms = line.split()
    for one in forms:
        assert all(related(one, other) for other in forms)
        assert all(other.startswith(prefixes(one)) for other in forms)


@pytest.mark.parametrize("line", APART.strip().split("\n"))
def test_words_of_one_family_stay_apart(line):
    first, *others = line.split()
    assert not any(related(first, other) for other in others)
