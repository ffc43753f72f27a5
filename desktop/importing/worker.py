"""The life of a child process that takes foreign bytes apart: no Qt, no network, bounded memory."""

import contextlib
import os
import signal
import sys
from multiprocessing.connection import Connection
from typing import Any, NamedTuple, NoReturn

from desktop.core.errors import ImportFailed
from desktop.core.progress import Progress

READY = "ready"


class Beat(NamedTuple):
    """A sign of life of a long reading."""

    done: int
    total: int


class End(NamedTuple):
    """The last message about a source.

    Attributes:
        failure: Why the source as a whole could not be read, or not to its end.
    """

    failure: ImportFailed | None = None


def serve(pipe: "Connection[Any, Any]", megabytes: int) -> None:
    """Answer questions from the pipe until it closes.

    A question is ``(verb, Source)``: to ``extract`` there are any number of ``Extraction`` and
    ``ImportFailed``, to ``list`` a list of ``Entry``, with ``Beat`` between; ``End`` comes last.
    """
    # Ctrl+C in a terminal reaches the whole group; the parent decides what ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limit_memory(megabytes)
    forbid_network()
    from desktop.importing import extract

    pipe.send(READY)
    beats = Progress(lambda done, total, _: pipe.send(Beat(done, total)))
    while True:
        try:
            verb, source = pipe.recv()
        except (EOFError, OSError):
            return
        failure = None
        try:
            if verb == "list":
                pipe.send(extract.list_source(source))
            else:
                for answer in extract.extract_source(source, beats):
                    pipe.send(answer)
        except ImportFailed as error:
            failure = error
        except MemoryError:
            failure = ImportFailed(source.name, "memory")
        except Exception as error:  # noqa: BLE001 - a fault of one page must cost one line, not the import
            failure = ImportFailed(source.name, "crash", f"{type(error).__name__}: {error}")
        try:
            pipe.send(End(failure))
        except OSError:  # nobody waits for it any longer
            return


def limit_memory(megabytes: int, *, yielding: bool = True) -> None:
    """Let allocations fail beyond the limit, where the system can; the parent watches as well.

    Args:
        yielding: The window's process goes first; not where somebody is looking at the result.
    """
    if sys.platform == "win32":
        return
    import resource

    # RLIMIT_DATA counts what is really allocated (Linux); RLIMIT_AS would count mapped files too.
    kind = resource.RLIMIT_DATA if sys.platform.startswith("linux") else resource.RLIMIT_AS
    size = megabytes * 1024 * 1024
    with contextlib.suppress(ValueError, OSError):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (size if hard == resource.RLIM_INFINITY else min(size, hard), hard))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if yielding:
        with contextlib.suppress(OSError):
            os.nice(10)


def forbid_network() -> None:
    """No library in this process shall open a connection, whatever a page says."""
    import socket

    def refuse(*_: object, **__: object) -> NoReturn:
        raise OSError("Pressmark reads files without the network")

    socket.socket.connect = refuse  # type: ignore[method-assign]
    socket.socket.connect_ex = refuse  # type: ignore[method-assign]
    socket.create_connection = refuse
    socket.getaddrinfo = refuse
