"""Which blocks of a page are kept."""

from desktop.core.document import BlockKind
from desktop.importing.html.context import CONTEXT
from desktop.importing.html.features import NUMBERS, SETS
from desktop.importing.html.weights import CONTEXT_WEIGHTS, WEIGHTS
from tests.importing.html.pages import SENTENCES, article, of_kind, paragraphs, read

LINKS = "".join(
    f'<li><a href="/n{number}">Другая новость номер {number} о погоде</a></li>' for number in range(8)
)


def test_every_trait_has_its_weights():
    traits = {*NUMBERS, *(f"{group}.{name}" for group, names in SETS.items() for name in names)}
    assert traits == WEIGHTS.keys()
    assert set(CONTEXT) == CONTEXT_WEIGHTS.keys()


def test_a_list_of_links_beside_the_article_is_left_out():
    text = read(
        article(paragraphs()).replace("</main>", f'<div class="related"><ul>{LINKS}</ul></div></main>')
    ).text
    assert "Другая новость" not in text
    assert all(sentence in text for sentence in SENTENCES)


def test_a_short_item_stays_with_its_list():
    items = "".join(f"<li>{text}</li>" for text in (*SENTENCES[:3], "и лес"))
    found = of_kind(read(article(f"{paragraphs()}<ul>{items}</ul>{paragraphs()}")), BlockKind.LIST_ITEM)
    assert [block.text for block in found] == [*SENTENCES[:3], "и лес"]


def test_references_after_the_last_paragraph_stay():
    notes = "<ol><li id=fn1>Иванов И. Перевозки. Москва: Наука, 2012.</li><li id=fn2>Там же, с. 12.</li></ol>"
    found = of_kind(read(article(f"{paragraphs()}<h2>Примечания</h2>{notes}")), BlockKind.LIST_ITEM)
    assert [block.number for block in found] == [1, 2]


def test_an_article_repeated_for_small_screens_is_read_once():
    long = [f"{sentence} Раздел {number}." for number in range(2) for sentence in SENTENCES]
    body = "".join(f"<p>{text}</p>" for text in long)
    text = read(article(f'<div class="wide">{body}</div><div class="narrow">{body}</div>')).text
    assert [text.count(sentence) for sentence in long] == [1] * len(long)


def test_one_sentence_that_comes_back_is_kept():
    text = read(article(paragraphs(SENTENCES[0]))).text
    assert text.count(SENTENCES[0]) == 2


def test_what_a_page_tells_search_engines_counts():
    told = " ".join(SENTENCES)
    script = (
        f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{told}"}}</script>'
    )
    page = (
        article(paragraphs())
        .replace("</head>", f"{script}</head>")
        .replace("<main>", '<main class="nav-box">')
    )
    assert all(sentence in read(page).text for sentence in SENTENCES)


def test_a_listing_with_line_numbers_does_not_cost_the_structure():
    numbered = "".join(f'<span class="linenumber">{n}</span>value_{n} = compute({n})\n' for n in range(1, 30))
    document = read(article(f"<p>Вот код.</p><pre><code>{numbered}</code></pre>"))
    assert of_kind(document, BlockKind.CODE)[0].text.startswith("value_1 = compute(1)\nvalue_2")
