"""Fetching from servers, good ones and bad ones."""

import gzip
import time
import zlib
from contextlib import closing
from socket import create_server

import pytest

from desktop.core.errors import Cancelled, ImportFailed
from desktop.core.progress import Progress
from desktop.core.sentences import IMPORT_REASONS
from desktop.importing import fetching
from desktop.importing.fetching import Limits, PictureLimits, fetch, fetch_pictures, is_address, whole_address
from tests.sites import Site, leads, says

PAGE = "<html><title>Паром</title><p>Паром снова ходит.</p></html>".encode()
SOON = Limits(silence=2.0, seconds=0.5, size=100_000, redirects=3)


@pytest.fixture
def site():
    with closing(Site()) as made:
        yield made


def reason_of(address: str, limits: Limits = SOON) -> str:
    with pytest.raises(ImportFailed) as caught:
        fetch(address, Progress(), limits)
    assert caught.value.reason in IMPORT_REASONS
    return caught.value.reason


def test_a_page_comes_with_its_address_and_charset(site):
    site.pages["/a"] = says(PAGE, Content_Type="text/html; charset=windows-1251")
    source = fetch(f"{site.address}/a#part", Progress())
    assert (source.data, source.charset) == (PAGE, "windows-1251")
    assert source.name == source.address == f"{site.address}/a"


def test_the_request_is_plain_and_honest(site):
    site.pages["/a"] = says(PAGE, Set_Cookie="id=1")
    site.pages["/b"] = leads("/a")
    fetch(f"{site.address}/b", Progress())
    for _, headers in site.asked:
        assert headers["User-Agent"].startswith("Pressmark/")
        assert "Cookie" not in headers
        assert "Referer" not in headers


def test_redirects_are_followed_to_the_page(site):
    site.pages |= {"/1": leads("/2?x=1"), "/2?x=1": leads("3", 308), "/3": says(PAGE)}
    source = fetch(f"{site.address}/1", Progress())
    assert (source.name, source.address) == (f"{site.address}/1", f"{site.address}/3")


def test_a_cookie_lasts_as_long_as_the_way(site):
    def gate(handler) -> None:
        known = "pass=1" in (handler.headers["Cookie"] or "")
        (says(PAGE) if known else says(b"", 302, Location="/a", Set_Cookie="pass=1; Path=/; HttpOnly"))(
            handler
        )

    site.pages["/a"] = gate
    assert fetch(f"{site.address}/a", Progress()).data == PAGE
    assert [headers.get("Cookie") for _, headers in site.asked] == [None, "pass=1"]
    fetch(f"{site.address}/a", Progress())
    assert site.asked[2][1].get("Cookie") is None, "the next page begins anew"


def test_a_cookie_stays_with_its_host(site):
    other = site.address.replace("127.0.0.1", "localhost")
    site.pages |= {"/a": says(b"", 302, Location=f"{other}/b", Set_Cookie="secret=1"), "/b": says(PAGE)}
    fetch(f"{site.address}/a", Progress())
    assert site.asked[1][1].get("Cookie") is None


@pytest.mark.parametrize(
    "target",
    ["file:///etc/passwd", "ftp://127.0.0.1/x", "javascript:alert(1)", "http://[bad", "data:text/html,x"],
)
def test_nothing_but_the_web_is_followed(site, target):
    site.pages["/a"] = leads(target)
    assert reason_of(f"{site.address}/a") == "astray"


def test_circles_and_endless_ways_are_left(site):
    site.pages |= {"/a": leads("/b"), "/b": leads("/a")}
    assert reason_of(f"{site.address}/a") == "astray"
    site.pages |= {f"/{n}": leads(f"/{n + 1}") for n in range(20)}
    assert reason_of(f"{site.address}/0") == "astray"


def test_a_front_page_is_not_the_page_that_was_asked_for(site):
    site.pages |= {"/news/2026/ferry": leads("/"), "/": says(PAGE), "/index.html": leads("/")}
    assert reason_of(f"{site.address}/news/2026/ferry") == "not_there"
    assert fetch(f"{site.address}/index.html", Progress()).data == PAGE


@pytest.mark.parametrize(
    ("status", "reason"),
    [(404, "not_there"), (410, "not_there"), (403, "guarded"), (401, "guarded"), (429, "guarded"),
     (500, "server_error"), (503, "server_error"), (204, "not_there")],
)  # fmt: skip
def test_what_servers_refuse(site, status, reason):
    site.pages["/a"] = says(b"" if status == 204 else b"<html>sorry</html>", status)
    assert reason_of(f"{site.address}/a") == reason


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_packed_answers_are_unpacked(site, encoding):
    body = gzip.compress(PAGE) if encoding == "gzip" else zlib.compress(PAGE)
    site.pages["/a"] = says(body, Content_Encoding=encoding)
    assert fetch(f"{site.address}/a", Progress()).data == PAGE


def test_a_packed_bomb_is_too_large(site):
    site.pages["/a"] = says(gzip.compress(bytes(3_000_000)), Content_Encoding="gzip")
    assert reason_of(f"{site.address}/a") == "too_large"


def endless(handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"<p>more</p>" * 500)


def test_a_body_without_end_is_too_large(site):
    site.pages["/a"] = endless
    assert reason_of(f"{site.address}/a", Limits(seconds=20, size=200_000)) == "too_large"


def dripping(site: Site, head: bytes):
    """One byte now and then."""

    def answer(handler) -> None:
        handler.wfile.write(head)
        while not site.over.wait(0.02):
            handler.wfile.write(b"x")

    return answer


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nX-Long: ", b""])
def test_a_server_that_drips_is_given_up(site, head):
    site.pages["/a"] = dripping(site, head)
    began = time.monotonic()
    assert reason_of(f"{site.address}/a") == "no_answer"
    assert time.monotonic() - began < 5


def test_a_server_that_says_nothing_is_given_up(site):
    site.pages["/a"] = lambda _: site.over.wait(10)
    assert reason_of(f"{site.address}/a", Limits(silence=0.2, seconds=10)) == "no_answer"


def test_a_wish_to_stop_ends_the_waiting(site):
    progress = Progress()

    def silent(_) -> None:
        progress.cancel()
        site.over.wait(10)

    site.pages["/a"] = silent
    with pytest.raises(Cancelled):
        fetch(f"{site.address}/a", progress, Limits(silence=9, seconds=9))


def test_a_body_cut_short_is_no_page(site):
    site.pages["/a"] = says(PAGE, Content_Length="5000")
    assert reason_of(f"{site.address}/a") == "server_error"


def test_what_speaks_no_http(site):
    site.pages["/a"] = lambda handler: handler.wfile.write(b"\0\1\2 hello\r\n\r\n")
    assert reason_of(f"{site.address}/a") == "server_error"


def test_no_connection_is_said_so():
    with create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
    assert reason_of(f"http://127.0.0.1:{port}/") == "offline"
    assert reason_of("http://no-such-host.invalid/") == "offline"


def test_a_server_that_cannot_prove_itself(site):
    assert reason_of(site.address.replace("http:", "https:")) == "untrusted"


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("  HTTP://A.example:8080/x y?q=дом#z ", "http://a.example:8080/x%20y?q=%D0%B4%D0%BE%D0%BC"),
        ("a.example/дом", "https://a.example/%D0%B4%D0%BE%D0%BC"),
        ("https://пример.рф", "https://xn--e1afmkfd.xn--p1ai/"),
        ("https://a.example/%D0%B4?x[]=1&y=a%20b", "https://a.example/%D0%B4?x[]=1&y=a%20b"),
        ("http://user:secret@a.example/", "http://a.example/"),
        ("http://[::1]:80/a", "http://[::1]:80/a"),
    ],
)
def test_addresses_as_people_type_them(typed, whole):
    assert whole_address(typed) == whole


@pytest.mark.parametrize(
    "typed", ["", "file:///etc/passwd", "http://", "ftp://a.example/", "дом", "http://a:b:c/"]
)
def test_what_is_no_address(typed):
    with pytest.raises(ImportFailed) as caught:
        whole_address(typed)
    assert caught.value.reason == "not_an_address"


def test_addresses_are_told_from_paths():
    assert is_address("HTTPS://a.example")
    assert not is_address("/home/http/page.html")


def test_pictures_are_fetched_within_their_limits(site):
    site.pages |= {f"/{n}.png": says(b"p" * 1000, Content_Type="image/png") for n in range(9)}
    site.pages["/big.png"] = says(b"p" * 50_000)
    named = [f"{site.address}/{n}.png" for n in range(9)]
    few = PictureLimits(most=4, seconds=10, size=3_500, each=Limits(size=20_000))
    wanted = ["data:x", "page_files/1.png", f"{site.address}/none.png", f"{site.address}/big.png", *named]
    found = fetch_pictures(wanted, site.address, Progress(), few)
    assert [address for address, _ in found] == named[:2], "four are tried, and two of them are there"
    found = fetch_pictures(named, site.address, Progress(), few)
    assert [address for address, _ in found] == named[:3], "no more than so many bytes"


@pytest.mark.parametrize("host", ["", "http://localhost:{port}", "http://[::ffff:127.0.0.1]:{port}"])
def test_a_public_page_has_no_pictures_fetched_from_the_own_network(site, host):
    site.pages["/a.png"] = says(b"p")
    port = site.address.rpartition(":")[2]
    named = [(host.format(port=port) or site.address) + "/a.png"]
    assert fetch_pictures(named, "https://news.example/", Progress()) == ()
    assert site.asked == []


def test_a_public_server_does_not_lead_into_the_own_network(site, monkeypatch):
    site.pages["http://news.invalid/a"] = leads(f"{site.address}/router?reboot")
    monkeypatch.setattr(fetching, "getproxies", lambda: {"http": site.address})
    with pytest.raises(ImportFailed) as caught:
        fetch("http://news.invalid/a", Progress())
    assert caught.value.reason == "astray"
    assert len(site.asked) == 1


def test_pictures_do_not_take_all_day(site):
    site.pages["/slow.png"] = dripping(site, b"HTTP/1.1 200 OK\r\n\r\n")
    began = time.monotonic()
    slow = [f"{site.address}/slow.png?{n}" for n in range(20)]
    site.pages |= {f"/slow.png?{n}": site.pages["/slow.png"] for n in range(20)}
    assert fetch_pictures(slow, site.address, Progress(), PictureLimits(seconds=0.6)) == ()
    assert time.monotonic() - began < 5


def test_a_system_s_proxy_is_used(site, monkeypatch):
    site.pages["http://news.invalid/a"] = says(PAGE)
    proxy = site.address.replace("http://", "http://me:se%20cret@")
    monkeypatch.setattr(fetching, "getproxies", lambda: {"http": proxy})
    assert fetch("http://news.invalid/a", Progress()).data == PAGE
    assert site.asked[0][1]["Proxy-Authorization"] == "Basic bWU6c2UgY3JldA=="
