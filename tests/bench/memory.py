"""Watching how much memory the processes take."""

import threading

import psutil


class MemoryWatch:
    """The most memory that any one process took, this one and its children, sampled in a thread.

    Attributes:
        most: Megabytes of the largest resident set, by what the process is.
    """

    def __init__(self, every: float = 0.25) -> None:
        self.most: dict[str, float] = {}
        self._every = every
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="memory-watch", daemon=True)

    def __enter__(self) -> "MemoryWatch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        this = psutil.Process()
        while not self._done.wait(self._every):
            self._sample("window", this)
            for child in this.children(recursive=True):
                self._sample("child", child)

    def _sample(self, name: str, process: psutil.Process) -> None:
        try:
            megabytes = process.memory_info().rss / 2**20
        except psutil.Error:
            return
        self.most[name] = max(self.most.get(name, 0.0), megabytes)
