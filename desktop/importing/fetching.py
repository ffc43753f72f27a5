"""Pages from the network: only what a person asks for by its address, and within limits.

Nothing is parsed here. No script is run, nothing but ``http`` and ``https`` is followed, whatever a server
says, and no cookie outlives the redirects of one page: a server that sets one and asks again gets it back.
"""

import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
from base64 import b64encode
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from types import TracebackType
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit, urlunsplit
from urllib.request import getproxies, proxy_bypass

from desktop import __version__
from desktop.core.errors import ImportFailed
from desktop.core.progress import Progress
from desktop.importing.bodies import unpacked
from desktop.importing.sources import MAX_BYTES, Source

AGENT = f"Pressmark/{__version__}"
_ACCEPTED = "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.5"
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_MOVED = (301, 302, 303, 307, 308)
_GUARDED = (401, 402, 403, 407, 429, 451)
_HOST = re.compile(r"[\w.-]+\.[^\W\d_]{2,}(?::\d+)?(?:[/?#].*)?")
_COOKIE = re.compile(r"[!#-+\--:<-~]+")
_MOST_COOKIES = 20
_CHUNK = 64 * 1024
_GLANCE = 0.1


@dataclass(frozen=True, slots=True)
class Limits:
    """What one answer may cost.

    Attributes:
        silence: Seconds without a sign of the server.
        seconds: For all of it, redirects included.
        size: In bytes, unpacked.
    """

    silence: float = 15.0
    seconds: float = 60.0
    size: int = MAX_BYTES
    redirects: int = 10


@dataclass(frozen=True, slots=True)
class PictureLimits:
    """What the pictures of one page may cost together."""

    most: int = 60
    seconds: float = 12.0
    size: int = 48 * 1024 * 1024
    each: Limits = Limits(5.0, 8.0, 12 * 1024 * 1024, 4)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a server said in the end.

    Attributes:
        address: That of the last redirect.
        body: Unpacked.
    """

    address: str
    body: bytes
    content_type: str


def is_address(text: str) -> bool:
    """Whether it is the address of a page, rather than a path."""
    return text.strip().lower().startswith(("http://", "https://"))


def whole_address(text: str) -> str:
    """An address as a person types or pastes it, as a server understands it.

    ``example.org/дом`` becomes ``https://example.org/%D0%B4%D0%BE%D0%BC``.

    Raises:
        ImportFailed: ``not_an_address``.
    """
    typed = text.strip()
    if "://" not in typed and _HOST.fullmatch(typed):
        typed = f"https://{typed}"
    try:
        parts = urlsplit(typed)
        host, port = parts.hostname or "", parts.port
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except ValueError as error:
        raise ImportFailed(text, "not_an_address", str(error)) from error
    if parts.scheme.lower() not in ("http", "https") or not host:
        raise ImportFailed(text, "not_an_address", parts.scheme)
    place = f"[{host}]" if ":" in host else host
    place += f":{port}" if port else ""
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._") or "/"
    query = quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]|")
    return urlunsplit((parts.scheme.lower(), place, path, query, ""))


def fetch(address: str, progress: Progress, limits: Limits | None = None) -> Source:
    """What is at the address, to be taken apart by the pool.

    Raises:
        ImportFailed: ``not_an_address``, ``offline``, ``no_answer``, ``not_there``, ``guarded``,
            ``server_error``, ``untrusted``, ``astray``, ``too_large``.
        Cancelled
    """
    asked = whole_address(address)
    answer = _fetched(asked, progress, limits or Limits())
    if not answer.body:
        raise ImportFailed(asked, "empty")
    if _leads_to_front(asked, answer.address):
        raise ImportFailed(asked, "not_there", f"it leads to {answer.address}")
    charset = _CHARSET.search(answer.content_type)
    return Source(asked, data=answer.body, address=answer.address, charset=charset[1] if charset else None)


def fetch_pictures(
    addresses: Iterable[str], page: str, progress: Progress, limits: PictureLimits | None = None
) -> tuple[tuple[str, bytes], ...]:
    """Those of the pictures that can be had, by address; what fails is left out.

    So is what a page of the open network names inside the person's own.

    Args:
        page: The address of the page that names them.

    Raises:
        Cancelled
    """
    limits = limits or PictureLimits()
    end = time.monotonic() + limits.seconds
    found: list[tuple[str, bytes]] = []
    left = limits.size
    inside = _is_inside(page)
    named = (one for one in dict.fromkeys(addresses) if is_address(one) and (inside or not _is_inside(one)))
    wanted = list(islice(named, limits.most))
    for number, address in enumerate(wanted):
        progress.check()
        progress.report(number, len(wanted), address)
        seconds = end - time.monotonic()
        if seconds <= 0 or left <= 0:
            break
        each = limits.each
        bounds = Limits(each.silence, min(each.seconds, seconds), min(each.size, left), each.redirects)
        with suppress(ImportFailed):
            body = _fetched(whole_address(address), progress, bounds).body
            left -= len(body)
            found.append((address, body))
    return tuple(found)


def _fetched(address: str, progress: Progress, limits: Limits) -> _Answer:
    """Follow redirects to an answer."""
    end = time.monotonic() + limits.seconds
    asked, jar = address, _Jar()
    seen = {(address, "")}
    for _ in range(limits.redirects + 1):
        progress.check()
        with _Call(address, asked, end, progress, limits, jar.cookies_for(address)) as call:
            status, headers = call.status()
            if status in _MOVED and headers.get("Location"):
                jar.keep(address, headers.get_all("Set-Cookie", []))
                address = _next_address(address, headers["Location"], asked)
                if (step := (address, jar.cookies_for(address))) in seen:
                    raise ImportFailed(asked, "astray", f"in circles: {address}")
                seen.add(step)
                continue
            _check_status(status, asked)
            body = call.body()
        body = unpacked(body, headers.get("Content-Encoding") or "", asked, limits.size)
        return _Answer(address, body, headers.get("Content-Type") or "")
    raise ImportFailed(asked, "astray", f"more than {limits.redirects} redirects")


class _Jar:
    """The cookies of one way through redirects, each only for the host that set it."""

    def __init__(self) -> None:
        self._cookies: dict[str, dict[str, str]] = {}

    def keep(self, address: str, set_by: list[str]) -> None:
        own = self._cookies.setdefault(_place(address), {})
        for cookie in set_by[:_MOST_COOKIES]:
            name, found, value = cookie.partition(";")[0].strip().partition("=")
            if found and len(cookie) < 4096 and _COOKIE.fullmatch(f"{name}={value}"):
                own[name] = value

    def cookies_for(self, address: str) -> str:
        cookies = list(self._cookies.get(_place(address), {}).items())
        return "; ".join(f"{name}={value}" for name, value in cookies[:_MOST_COOKIES])


def _place(address: str) -> str:
    """Scheme and host: a cookie of a safe connection never goes over an open one."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _next_address(address: str, location: str, asked: str) -> str:
    # Headers are Latin-1 by the book; addresses in them are UTF-8 in truth.
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    try:
        leads = whole_address(urljoin(address, location.strip()))
    except (ImportFailed, ValueError) as error:
        raise ImportFailed(asked, "astray", location[:200]) from error
    if _is_inside(leads) and not _is_inside(address):
        raise ImportFailed(asked, "astray", f"into this network: {leads[:200]}")
    return leads


def _is_inside(address: str) -> bool:
    """Whether it leads into the person's own machine or network rather than to a public server."""
    try:
        host = urlsplit(address).hostname or ""
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith((".local", ".localhost", ".internal", ".lan", ".home.arpa"))


def _check_status(status: int, asked: str) -> None:
    if status in _GUARDED:
        raise ImportFailed(asked, "guarded", f"HTTP {status}")
    if status >= 500:
        raise ImportFailed(asked, "server_error", f"HTTP {status}")
    if status != 200 and status != 203:
        raise ImportFailed(asked, "not_there", f"HTTP {status}")


def _leads_to_front(asked: str, reached: str) -> bool:
    """Many servers answer for a page that is gone with their front page."""
    one, other = urlsplit(asked), urlsplit(reached)
    same = (one.hostname or "").removeprefix("www.") == (other.hostname or "").removeprefix("www.")
    deep = one.path.strip("/").count("/") > 0 or len(one.path) > 20
    return same and deep and other.path in ("", "/") and not other.query


class _Call:
    """One request and its answer; use as a context manager.

    A server that says a byte now and then would keep a reader for hours, so a watcher ends the
    connection when the time is over, or the person has had enough.
    """

    def __init__(
        self, address: str, asked: str, end: float, progress: Progress, limits: Limits, cookies: str
    ) -> None:
        self._asked, self._end, self._progress, self._limits = asked, end, progress, limits
        self._cookies = {"Cookie": cookies} if cookies else {}
        self._parts = urlsplit(address)
        self._over = threading.Event()
        self._connection: http.client.HTTPConnection | None = None
        self._response: http.client.HTTPResponse | None = None
        self._watcher: threading.Thread | None = None

    def __enter__(self) -> "_Call":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        if self._watcher is not None:
            self._watcher.join()
        for one in (self._response, self._connection):
            if one is not None:
                with suppress(OSError, ValueError):
                    one.close()

    def status(self) -> tuple[int, http.client.HTTPMessage]:
        """The status and the headers of the answer."""
        try:
            self._connection, target, headers = _connection(self._parts, self._limits.silence)
            self._connection.connect()
            self._watcher = threading.Thread(
                target=self._watch, args=(self._connection.sock,), name="fetch-watch", daemon=True
            )
            self._watcher.start()
            self._connection.request("GET", target, headers=headers | self._cookies)
            self._response = self._connection.getresponse()
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise self._failure(error) from error
        return self._response.status, self._response.headers

    def body(self) -> bytes:
        """The body as it was sent, its chunks joined."""
        assert self._response is not None
        parts: list[bytes] = []
        size, promised = 0, self._response.length
        try:
            while (promised is None or size < promised) and (part := self._response.read1(_CHUNK)):
                self._progress.check()
                size += len(part)
                if size > self._limits.size:
                    raise ImportFailed(self._asked, "too_large", f"more than {self._limits.size} bytes")
                parts.append(part)
                self._progress.report(size, promised or 0, self._asked)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise self._failure(error) from error
        if size < (promised or 0) or self._stopped():  # the end came before what was promised
            raise self._failure(EOFError(f"{size} bytes, and the connection ended"))
        return b"".join(parts)

    def _stopped(self) -> bool:
        return self._progress.cancelled or time.monotonic() > self._end

    def _watch(self, sock: socket.socket) -> None:
        while not self._over.wait(_GLANCE):
            if self._stopped():
                with suppress(OSError):
                    socket.socket.shutdown(sock, socket.SHUT_RDWR)
                return

    def _failure(self, error: Exception) -> ImportFailed:
        """The reason in our words.

        Raises:
            Cancelled: That was the reason.
        """
        self._progress.check()
        detail = f"{type(error).__name__}: {error}"[:300]
        if isinstance(error, TimeoutError) or time.monotonic() > self._end:
            return ImportFailed(self._asked, "no_answer", detail)
        if isinstance(error, ssl.SSLError):
            return ImportFailed(self._asked, "untrusted", detail)
        if isinstance(error, OSError) and not isinstance(error, ConnectionResetError | BrokenPipeError):
            return ImportFailed(self._asked, "offline", detail)
        return ImportFailed(self._asked, "server_error", detail)


def _connection(parts: SplitResult, silence: float) -> tuple[http.client.HTTPConnection, str, dict[str, str]]:
    """An unopened connection (to the system's proxy if it has one), what to ask it for, and the headers."""
    host, port = parts.hostname or "", parts.port
    headers = {"User-Agent": AGENT, "Accept": _ACCEPTED, "Accept-Encoding": "gzip, deflate"}
    headers |= {"Connection": "close"}
    target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    proxy = _proxy(parts)
    if parts.scheme == "https":
        if proxy is None:
            secure = http.client.HTTPSConnection(host, port, timeout=silence, context=_trust())
        else:
            secure = http.client.HTTPSConnection(
                proxy.hostname or "", proxy.port or 8080, timeout=silence, context=_trust()
            )
            secure.set_tunnel(host, port or 443, _proxy_headers(proxy))
        return secure, target, headers
    if proxy is None:
        return http.client.HTTPConnection(host, port, timeout=silence), target, headers
    plain = http.client.HTTPConnection(proxy.hostname or "", proxy.port or 8080, timeout=silence)
    return plain, urlunsplit(parts), headers | _proxy_headers(proxy)


def _proxy(parts: SplitResult) -> SplitResult | None:
    host = parts.hostname or ""
    with suppress(ValueError):
        if ipaddress.ip_address(host).is_loopback:
            return None
    named = getproxies().get(parts.scheme)
    if not named or proxy_bypass(host):
        return None
    found = urlsplit(named if "://" in named else f"http://{named}")
    return found if found.scheme in ("http", "https") and found.hostname else None


def _proxy_headers(proxy: SplitResult) -> dict[str, str]:
    if not proxy.username:
        return {}
    words = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
    return {"Proxy-Authorization": f"Basic {b64encode(words.encode()).decode()}"}


def _trust() -> ssl.SSLContext:
    """The system's certificates, and those that came with the program for systems that have none."""
    import certifi

    context = ssl.create_default_context()
    with suppress(OSError):
        context.load_verify_locations(certifi.where())
    return context
