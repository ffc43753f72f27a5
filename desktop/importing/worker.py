"""The life of a child process that takes foreign bytes apart: no Qt, no network, bounded memory."""

import contextlib
import os
import signal
import sys
from collections.abc import Iterable
from multiprocessing.connection import Connection
from typing import Any, NoReturn

from desktop.core.errors import ImportFailed
from desktop.core.progress import Progress
from desktop.importing.messages import Beat, End, Message, packed


def serve(pipe: "Connection[Any, Any]", megabytes: int) -> None:
    """Answer questions from the pipe until it closes.

    A question is ``(verb, Source)``: to ``extract`` there are any number of ``Extraction`` and
    ``ImportFailed``, to ``list`` any number of ``Entry``, with ``Beat`` between; ``End`` comes last. The
    first ``Beat`` says that it is there.
    """
    # Ctrl+C in a terminal reaches the whole group; the parent decides what ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limit_memory(megabytes)
    forbid_network()
    from desktop.importing import extract

    tell(pipe, Beat())
    beats = Progress(lambda done, total, _: tell(pipe, Beat(done, total)))
    while True:
        try:
            verb, source = pipe.recv()
        except (EOFError, OSError):
            return
        failure = None
        try:
            answers: Iterable[Message]
            answers = extract.list_source(source) if verb == "list" else extract.extract_source(source, beats)
            for answer in answers:
                tell(pipe, answer)
        except ImportFailed as error:
            failure = error
        except MemoryError:
            failure = ImportFailed(source.name, "memory")
        except Exception as error:  # noqa: BLE001 - a fault of one page must cost one line, not the import
            failure = ImportFailed(source.name, "crash", f"{type(error).__name__}: {error}")
        try:
            tell(pipe, End(failure))
        except OSError:  # nobody waits for it any longer
            return


def tell(pipe: "Connection[Any, Any]", message: Message) -> None:
    """Send a message on its way to ``isolate``."""
    pipe.send_bytes(packed(message))


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
