"""``pressmark`` and ``python -m desktop``."""

import os
import sys
import warnings


def main() -> int:
    """Run the command line, which opens the window where no verb is given."""
    if getattr(sys, "frozen", False):
        import multiprocessing

        multiprocessing.freeze_support()  # children of the frozen program begin here too
    _hush_libraries()
    from desktop.cli.main import main as run

    return run()


def _hush_libraries() -> None:
    """Warnings are for developers, and Whoosh's would greet each fresh install; our children inherit it."""
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
        os.environ["PYTHONWARNINGS"] = "ignore"


if __name__ == "__main__":
    sys.exit(main())
