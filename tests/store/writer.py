"""A process that writes to an archive and says what it has done, to be killed or joined."""

import os
import random
import sys
from contextlib import suppress

from desktop.operations import marking
from desktop.store.archive import open_archive
from desktop.store.history import undo
from tests.store.script import OPERATIONS, REFUSED, import_article


def main(path: str, task: str, number: str) -> None:
    with open_archive(path) as archive:
        if task == "mark":
            article = str(archive.value("SELECT id FROM articles"))
            for at in range(int(number)):
                marking.mark(archive, article, "note", [(at % 10, at % 10 + 1)], note=f"{os.getpid()} {at}")
            return
        r = random.Random(int(number))
        import_article(archive, r)
        while True:
            with suppress(*REFUSED):
                r.choice(OPERATIONS)(archive, r)
            if r.random() < 0.1:
                undo(archive)
            step, chain = archive.rows("SELECT step, chain FROM history ORDER BY step DESC LIMIT 1")[0]
            os.write(1, f"{step} {chain}\n".encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
