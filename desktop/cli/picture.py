"""A picture of the real window, drawn by a process of its own.

So that no verb ever loads Qt, and a Qt that cannot start here (it ends its process) costs the
picture and nothing else.
"""

import multiprocessing
import os
from multiprocessing.connection import Connection
from pathlib import Path

from desktop.core.errors import PressmarkError
from desktop.core.sentences import sentence

_SECONDS = 120


def take_picture(archive: Path, target: Path) -> str:
    """Draw the window with this archive offscreen to ``target``, a PNG.

    Returns:
        Why there is no picture; empty when there is one.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(
        target=_draw, args=(str(archive), str(target), theirs), name="pressmark-picture"
    )
    process.start()
    theirs.close()
    try:
        return str(ours.recv()) if ours.poll(_SECONDS) else f"nothing was drawn in {_SECONDS} seconds"
    except EOFError:
        process.join(_SECONDS)
        return f"Qt ended with status {process.exitcode}"
    finally:
        ours.close()
        process.join(5)
        if process.is_alive():
            process.kill()
            process.join()


def _draw(archive: str, target: str, pipe: Connection) -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        from desktop.app import screenshot

        screenshot(Path(archive), Path(target))
    except PressmarkError as error:
        pipe.send(sentence(error))
    except ImportError as error:
        pipe.send(f"the window is not there ({error})")
    else:
        pipe.send("")
    finally:
        pipe.close()
