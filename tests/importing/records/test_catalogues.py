"""Catalogues of literature: what a reference says, in every format that people exchange."""

import json

import pytest

from desktop.core.errors import ImportFailed
from desktop.core.records import AnnotationKind

RIS = """TY  - JOUR
TI  - Levels of the river
AU  - Lee, Ann
AU  - Ek, Bo, Jr.
AU  - Гидрологический институт
T2  - Journal of Rivers
PY  - 2024
DA  - 2024/03/05/
VL  - 12
IS  - 3
SP  - 45
EP  - 67
DO  - https://doi.org/10.1234/ABC.5
UR  - https://rivers.example/levels
AB  - How high it rose.
And how it fell.
KW  - вода
KW  - gauges
N1  - Read again
PB  - River Press
LA  - English
SN  - 1234-5678
ER  -
"""
BIBTEX = r"""@article{lee2024,
  title = {Levels of the {River}},
  author = {Lee, Ann and Ek, Jr., Bo and {Гидрологический институт}},
  journaltitle = {Journal of Rivers},
  date = {2024-03-05},
  volume = 12, number = {3}, pages = {45--67},
  doi = {10.1234/ABC.5},
  url = {https://rivers.example/levels},
  abstract = {How high it rose.

And how it fell.},
  keywords = {вода, gauges},
  note = {Read again},
  publisher = {River Press},
  langid = {english},
  issn = {1234-5678}
}
"""
CSL = json.dumps([{
    "id": "lee2024", "type": "article-journal", "title": "Levels of the river",
    "author": [{"family": "Lee", "given": "Ann"}, {"family": "Ek", "given": "Bo", "suffix": "Jr."},
               {"literal": "Гидрологический институт"}],
    "container-title": "Journal of Rivers", "issued": {"date-parts": [["2024", 3, 5]]}, "volume": 12,
    "issue": "3", "page": "45-67", "DOI": "10.1234/ABC.5", "URL": "https://rivers.example/levels",
    "language": "en-GB",
    "abstract": "<p>How high it rose.</p><p>And how it fell.</p>", "keyword": "вода, gauges",
    "note": "Read again",
    "publisher": "River Press", "ISSN": "1234-5678",
}])  # fmt: skip
REFER = """%0 Journal Article
%T Levels of the river
%A Lee, Ann
%A Ek, Jr., Bo
%A Гидрологический институт
%J Journal of Rivers
%D 2024
%8 March 5, 2024
%V 12
%N 3
%P 45-67
%R 10.1234/ABC.5
%U https://rivers.example/levels
%X How high it rose.
And how it fell.
%K вода
gauges
%O Read again
%I River Press
%G English
%@ 1234-5678
"""
ENDNOTE = """<?xml version="1.0" encoding="UTF-8"?><xml><records><record>
<ref-type name="Journal Article">17</ref-type>
<contributors><authors><author><style face="normal">Lee, </style><style>Ann</style></author>
<author>Ek, Jr., Bo</author><author>Гидрологический институт</author></authors></contributors>
<titles><title><style face="normal">Levels of the </style><style face="italic">river</style></title>
<secondary-title>Journal of Rivers</secondary-title></titles>
<periodical><full-title>Journal of Rivers</full-title></periodical>
<pages>45-67</pages><volume>12</volume><number>3</number><isbn>1234-5678</isbn>
<keywords><keyword>вода</keyword><keyword>gauges</keyword></keywords>
<dates><year>2024</year><pub-dates><date>March 5</date></pub-dates></dates>
<publisher>River Press</publisher><language>English</language><notes>Read again</notes>
<electronic-resource-num>10.1234/ABC.5</electronic-resource-num>
<abstract>How high it rose.&#xD;And how it fell.</abstract>
<urls><related-urls><url>https://rivers.example/levels</url></related-urls></urls>
</record></records></xml>"""
MEDLINE = """
PMID- 12345
TI  - Levels of the
      river.
FAU - Lee, Ann
AU  - Lee A
FAU - Ek, Bo Jr
JT  - Journal of Rivers
DP  - 2024 Mar 5
VI  - 12
IP  - 3
PG  - 45-67
LID - 10.1234/ABC.5 [doi]
AB  - How high it rose. And how
      it fell.
OT  - gauges
LA  - eng

PMID- 12346
TI  - Another.
"""
TWINS = {
    "levels.ris": RIS,
    "levels.bib": BIBTEX,
    "levels.json": CSL,
    "levels.enw": REFER,
    "levels.xml": ENDNOTE,
}


@pytest.mark.parametrize("name", TWINS)
def test_one_reference_says_the_same_in_every_format(read, name):
    [article] = read(TWINS[name], name)
    metadata = article.document.metadata
    assert metadata.title in ("Levels of the river", "Levels of the River")
    assert metadata.byline == ("Ann Lee", "Bo Ek Jr.", "Гидрологический институт")
    assert (metadata.publisher, metadata.published_at) == ("Journal of Rivers", "2024-03-05")
    assert (metadata.identifier, metadata.url) == ("doi:10.1234/abc.5", "https://rivers.example/levels")
    assert article.tags == ("вода", "gauges")
    assert [(mark.kind, mark.exact, mark.note) for mark in article.marks] == [
        (AnnotationKind.NOTE, "", "Read again")
    ]
    first, second, facts = article.document.text.split("\n")
    assert (first, second) == ("How high it rose.", "And how it fell.")
    for fact in ("Volume: 12", "Issue: 3", "Publisher: River Press", "1234-5678", "Pages: 45"):
        assert fact in facts
    assert article.partial


def test_csl_items_may_be_keyed_by_name(read):
    [item] = json.loads(CSL)
    for value in (
        {"first": item, "second": item | {"title": "Tides"}},
        {"items": [item, item | {"title": "Tides"}]},
    ):
        titles = [one.document.metadata.title for one in read(json.dumps(value), "x.json")]
        assert titles == ["Levels of the river", "Tides"]


def test_pubmed(read):
    first, second = read(MEDLINE, "pubmed.nbib")
    metadata = first.document.metadata
    assert (metadata.title, metadata.byline) == ("Levels of the river", ("Ann Lee", "Bo Jr Ek"))
    assert (metadata.published_at, metadata.identifier) == ("2024-03-05", "doi:10.1234/abc.5")
    assert first.tags == ("gauges",)
    assert second.document.metadata.url == "https://pubmed.ncbi.nlm.nih.gov/12346/"


@pytest.mark.parametrize(
    ("value", "date"),
    [("2024", "2024"), ("2024/03//", "2024-03"), ("2024/3/5/Spring", "2024-03-05"), ("n.d.", None),
     ("1812", "1812"),      ("c. 1890", "1890"), ("2001-13-40", "2001"),
     ("2019-05/2019-07", "2019-05"), ("March 2020", "2020-03"),
     ("2024 Mar 5", "2024-03-05")],
)  # fmt: skip
def test_dates_are_as_precise_as_they_are_given(read, value, date):
    [article] = read(f"TY  - BOOK\nTI  - x\nPY  - {value}\nER  - \n", "x.ris")
    assert article.document.metadata.published_at == date


def test_ris_without_its_first_tag_and_with_words_between_records(read):
    text = "Record 1 of 2\n1.\n" + RIS + "Provider: x\n\n2.\n" + "JF  - Other\nT1  - Without a type\nER  - \n"
    _, second = read(text, "export.ris")
    assert second.document.metadata.title == "Without a type"


def test_a_book_is_known_by_its_isbn(read):
    [book] = read(
        "TY  - BOOK\nTI  - Tides\nSN  - 978-3-16-148410-0\nPB  - Press\nED  - Lee, Ann\nER  - \n", "x.ris"
    )
    metadata = book.document.metadata
    assert (metadata.identifier, metadata.publisher, metadata.byline) == (
        "urn:isbn:9783161484100", "Press", ("Ann Lee",),
    )  # fmt: skip


def test_bibtex_keeps_what_is_odd(read):
    text = r"""
    % a library
    @string{rivers = "Journal of Rivers"}
    @comment{not an entry}
    @article{a, title = "50% of {\'E}t{\'e}s \& \emph{more}", journal = rivers, year = 1999, month = feb}
    @article{a, title = {The same key}}
    @misc{b, title = {Twice}, title = {Again}, howpublished = {\url{https://a.example/x%20y}}}
    @misc{c, title = {Never closed, year = 2000}
    @book{d, title = {After it}, editor = {Ek, Bo}, mykey = {kept}}
    """
    answers = read(text, "odd.bib")
    titles = [article.document.metadata.title for article in answers]
    assert titles == ["50% of Étés & more", "The same key", "Twice", "After it"]
    assert answers[0].document.metadata.published_at == "1999-02"
    assert answers[0].document.metadata.publisher == "Journal of Rivers"
    assert answers[2].document.metadata.url == "https://a.example/x%20y"
    assert "Mykey: kept" in answers[3].document.text
    [failure] = answers.failures
    assert (failure.reason, "Never closed" in failure.detail) == ("malformed", True)


FILES = {
    "files/1/Levels.html": b"<html><title>x</title><p>The river rose by two metres in one night.</p></html>"
}


def test_an_attached_file_is_a_capture_of_its_entry(read):
    files = "Full Text:files/1/Levels.html:text/html;Gone:files/2/x.pdf:application/pdf"
    text = f"@article{{a, title={{Levels}}, keywords={{вода}}, file={{{files}}}}}"
    file, entry = read(text, "library.bib", FILES)
    assert file.key == entry.key is not None
    assert file.document.metadata.title == "Levels"
    assert (file.tags, file.partial, entry.partial) == (("вода",), False, True)
    assert "The river rose" in file.document.text
    assert [warning for warning in entry.warnings if "Gone" in warning]
    assert "beside the catalogue" in entry.warnings[0]


def test_the_path_of_another_machine_is_looked_up_beside_the_catalogue(read):
    text = "TY  - JOUR\nTI  - Levels\nL1  - file:///C:/Users/ann/Zotero/storage/ABCD/Levels.html\nER  - \n"
    file, entry = read(text, "x.ris", {"Levels.html": FILES["files/1/Levels.html"]})
    assert (file.key, entry.warnings) == (entry.key, ())


def test_no_attachment_leads_out_of_the_folder(read):
    asked = []
    text = "TY  - JOUR\nTI  - Levels\nL1  - ../../../etc/passwd\nL1  - /etc/passwd\nER  - \n"

    class Files(dict):
        def get(self, path, default=None):
            asked.append(path)
            return default

    read(text, "x.ris", Files())
    assert asked
    assert not [path for path in asked if ".." in path or path.startswith("/")]


@pytest.mark.parametrize(
    ("data", "name"),
    [("ER  - \n", "x.ris"), ("@", "x.bib"), ("%0 \n", "x.enw"),
     ("<xml><records></records></xml>", "x.xml"), ("TY  - JOUR\nER  - ", "x.ris")],
)  # fmt: skip
def test_a_catalogue_without_an_entry_is_told(read, data, name):
    with pytest.raises(ImportFailed) as failure:
        read(data, name)
    assert failure.value.reason in ("malformed", "unknown_format", "no_text")


def test_the_twins_of_a_sample_agree(read, shared):
    """The same reference as RIS and as BibTeX, of another program's tests."""
    folder = shared / "data/interop/ris_bib_jabref"
    compared = 0
    for path in sorted(folder.glob("*.ris")):
        twin = path.with_suffix(".bib")
        if not twin.exists():
            continue
        one, other = (read(file.read_bytes(), file.name)[0].document.metadata for file in (path, twin))
        assert len(one.byline) == len(other.byline), path.name
        assert one.identifier == other.identifier, path.name
        assert (one.published_at or "")[:4] == (other.published_at or "")[:4], path.name
        compared += 1
    assert compared
