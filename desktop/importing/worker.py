"""The life of a child process that takes foreign bytes apart: no Qt, no network, bounded memory."""

import contextlib
import os
import signal
import sys
from multiprocessing.connection import Connection
from typing import Any, NoReturn

from desktop.core.errors import ImportFailed

READY = "ready"


def serve(pipe: "Connection[Any, Any]", megabytes: int) -> None:
    """Answer sources from the pipe until it closes.

    A question is ``(Source, plain)``; an answer is an ``Extraction`` or an ``ImportFailed``.
    """
    # Ctrl+C in a terminal reaches the whole group; the parent decides what ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limit_memory(megabytes)
    forbid_network()
    from desktop.importing.extract import extract_source

    pipe.send(READY)
    while True:
        try:
            source, plain = pipe.recv()
        except (EOFError, OSError):
            return
        answer: object
        try:
            answer = extract_source(source, plain=plain)
        except ImportFailed as failure:
            answer = failure
        except MemoryError:
            answer = ImportFailed(source.name, "memory")
        except Exception as error:  # noqa: BLE001 - a fault of one page must cost one line, not the import
            answer = ImportFailed(source.name, "crash", f"{type(error).__name__}: {error}")
        pipe.send(answer)


def limit_memory(megabytes: int) -> None:
    """Let allocations fail beyond the limit, where the system can; the parent watches as well."""
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
    with contextlib.suppress(OSError):
        os.nice(10)  # the window's process goes first


def forbid_network() -> None:
    """No library in this process shall open a connection, whatever a page says."""
    import socket

    def refuse(*_: object, **__: object) -> NoReturn:
        raise OSError("Pressmark reads files without the network")

    socket.socket.connect = refuse  # type: ignore[method-assign]
    socket.socket.connect_ex = refuse  # type: ignore[method-assign]
    socket.create_connection = refuse
    socket.getaddrinfo = refuse
