"""Pages fetched into an archive."""

from contextlib import closing

import pytest

from desktop.core.extraction import ImportStatus
from desktop.core.progress import Progress
from desktop.importing.isolate import ExtractionPool
from desktop.importing.sources import Source
from desktop.operations.fetching import fetch_address
from desktop.operations.undoing import undo
from desktop.store import articles, captures, collections, originals, pictures, tags
from tests.importing.web.pages import WORDS, page, png
from tests.sites import Site, leads, says


@pytest.fixture
def site():
    with closing(Site()) as made:
        yield made


@pytest.fixture(scope="module")
def pool():
    """One for all tests, its child started before the first of them."""
    with ExtractionPool(workers=1) as made:
        made.extract(Source("a.txt", data="\n\n".join(WORDS).encode()))
        yield made


@pytest.fixture
def fetched(archive, pool, site):
    """``fetched("/path")``: the one line of the report."""

    def call(path: str, **options):
        report = fetch_address(archive, f"{site.address}{path}", Progress(), pool=pool, **options)
        [line] = report.lines
        return line

    return call


def text_of(archive, article: str) -> str:
    return captures.current_capture(archive, article).text


def test_a_page_is_kept_with_the_pictures_of_its_article(archive, site, fetched):
    picture = png()
    markup = page('<img src="/i/1.png" alt="Паром">', '<img src="/i/none.png">')
    markup = markup.replace("</nav>", '<img src="/i/logo.png"></nav>').encode()
    site.pages |= {"/a": says(markup), "/i/1.png": says(picture, Content_Type="image/png")}
    line = fetched("/a", tags=["реки/паромы"], collection="Сеть")
    assert (line.status, line.title, line.source) == (
        ImportStatus.ADDED,
        "Паром вернулся",
        f"{site.address}/a",
    )
    capture = captures.current_capture(archive, line.article)
    assert originals.read_original(archive, capture.original) == markup
    assert articles.article(archive, line.article).metadata.url == f"{site.address}/a"
    assert pictures.picture_sizes(archive, capture.id) == {f"{site.address}/i/1.png": (120, 80)}
    assert sorted(path for path, _ in site.asked) == ["/a", "/i/1.png", "/i/none.png"], "and no logo"
    assert [tag.name for tag in tags.tags_of_article(archive, line.article)] == ["паромы"]
    assert len(collections.collections_of_article(archive, line.article)) == 1
    undo(archive)
    assert articles.count(archive, articles.ArticleFilter()) == 0


def test_the_charset_of_the_server_counts(archive, site, fetched):
    body = page().encode("cp1251")  # its own tag says utf-8
    site.pages["/a"] = says(body, Content_Type="text/html; charset=windows-1251")
    assert WORDS[0] in text_of(archive, fetched("/a").article)


def test_a_charset_that_lies_is_not_believed(archive, site, fetched):
    site.pages["/a"] = says(page().encode(), Content_Type="text/html; charset=windows-1251")
    assert WORDS[0] in text_of(archive, fetched("/a").article)


def test_the_same_page_again_is_nothing_new_and_another_text_a_capture(archive, site, fetched):
    site.pages["/a"] = says(page().encode())
    first = fetched("/a")
    assert fetched("/a").status is ImportStatus.DUPLICATE
    more = (*WORDS, "Днём к причалу подошёл второй паром, и очередь исчезла к вечеру.")
    site.pages["/a"] = says(page(words=more).encode())
    again = fetched("/a")
    assert (again.status, again.article) == (ImportStatus.CAPTURE, first.article)
    assert more[-1] in text_of(archive, first.article)


def test_a_much_shorter_page_never_replaces_what_we_hold(archive, site, fetched):
    site.pages["/a"] = says(page().encode())
    first = fetched("/a")
    site.pages["/a"] = says(
        page(words=("Эта статья доступна только подписчикам газеты.", "", "", "")).encode()
    )
    again = fetched("/a")
    assert again.article == first.article
    assert "much shorter" in " ".join(again.warnings)
    assert WORDS[3] in text_of(archive, first.article)


ERRORS = [
    ("Error 404", "Sorry, nothing is here.", "does not have it"),
    ("Страница не найдена", "Возможно, она была удалена. Перейдите на главную.", "does not have it"),
    ("お探しのページは見つかりませんでした", "トップページへ戻る。", "does not have it"),
    ("Just a moment...", "Checking your browser before you go on to the site.", "after a login"),
    ("Sign in to the Harbour Ledger", "Please enter your name and your password.", "after a login"),
]


@pytest.mark.parametrize(("title", "words", "told"), ERRORS)
def test_an_error_page_is_refused_even_with_status_200(archive, site, fetched, title, words, told):
    site.pages["/a"] = says(page().encode())
    first = fetched("/a")
    markup = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{words}</p></body></html>"
    site.pages["/a"] = says(markup.encode())
    again = fetched("/a")
    assert again.status is ImportStatus.FAILED
    assert told in again.error
    assert len(captures.captures_of(archive, first.article)) == 1


def test_a_long_article_about_errors_is_an_article(site, fetched):
    words = tuple(line * 6 for line in WORDS)
    site.pages["/a"] = says(
        page(title="Почему страница не найдена: история ошибки 404", words=words).encode()
    )
    assert fetched("/a").status is ImportStatus.ADDED


def test_a_redirect_to_a_login_is_no_article(site, fetched):
    body = "<html><title>Ledger</title><p>Name and password, please, dear reader.</p></html>"
    site.pages |= {"/a": leads("/login?next=/a"), "/login?next=/a": says(body.encode())}
    assert "after a login" in fetched("/a").error


def test_what_cannot_be_had_is_a_line_of_the_report(site, fetched):
    line = fetched("/none")
    assert (line.status, line.detail) == (ImportStatus.FAILED, "HTTP 404")
    assert "Check the address" in line.error


def test_no_page_is_asked_for_where_nothing_can_be_written(archive_path, site, pool):
    from desktop.core.errors import ArchiveError
    from desktop.store.archive import open_archive

    with open_archive(archive_path, read_only=True) as opened, pytest.raises(ArchiveError):
        fetch_address(opened, f"{site.address}/a", Progress(), pool=pool)
    assert site.asked == []


def test_a_cancelled_fetch_keeps_nothing(archive, site, pool):
    progress = Progress()

    def cancelling(handler) -> None:
        progress.cancel()
        says(page().encode())(handler)

    site.pages["/a"] = cancelling
    report = fetch_address(archive, f"{site.address}/a", progress, pool=pool)
    assert report.cancelled
    assert report.lines == []


def test_a_text_at_an_address_is_an_article(archive, site, fetched):
    site.pages["/notes.txt"] = says("\n\n".join(WORDS).encode(), Content_Type="text/plain; charset=utf-8")
    assert WORDS[1] in text_of(archive, fetched("/notes.txt").article)
