"""A web site of the tests' own, on this machine."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Site:
    """A server whose pages are functions that take the request's handler."""

    def __init__(self) -> None:
        self.pages: dict = {}
        self.asked: list[tuple[str, dict]] = []
        self.over = threading.Event()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, dict(self.headers)))
                site.pages.get(self.path, missing)(self)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.handle_error = lambda *_: None  # those who hang up are our subject
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def close(self) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def says(body: bytes, status: int = 200, **headers: str):
    def answer(handler) -> None:
        handler.send_response(status)
        for name, value in (
            {"Content_Type": "text/html", "Content_Length": str(len(body))} | headers
        ).items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


missing = says(b"nothing here", 404)


def leads(to: str, status: int = 302):
    return says(b"", status, Location=to)
