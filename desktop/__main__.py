"""``pressmark`` and ``python -m desktop``."""

import multiprocessing
import sys
import warnings


def main() -> int:
    """Run the command line, which opens the window where no verb is given."""
    multiprocessing.freeze_support()  # children of the frozen program begin here too
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # they are for developers; Whoosh's appear once a fresh install
    from desktop.cli.main import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
