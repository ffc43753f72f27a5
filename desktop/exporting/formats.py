"""The table of export formats; a format's module is loaded when it is first written."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from desktop.core.progress import Progress
from desktop.core.selection import ExportReport, ExportSet

Writer = Callable[[ExportSet, Path, Progress], ExportReport]


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file.

    Attributes:
        name: As the command line says it.
        extension: With its dot.
        title: For people.
        module: Of ``desktop.exporting``, with a function ``write``; empty for the archive's own
            format, which the store writes.
    """

    name: str
    extension: str
    title: str
    module: str = ""

    def writer(self) -> Writer:
        found: Writer = import_module(f"desktop.exporting.{self.module}").write
        return found


FORMATS = {
    entry.name: entry
    for entry in (
        Format("jsonld", ".jsonld", "W3C Web Annotation (JSON-LD)", "jsonld"),
        Format("csv", ".csv", "Table of marks (CSV)", "csv"),
        Format("markdown", ".md", "Markdown", "markdown"),
        Format("html", ".html", "Web page in one file (HTML)", "html"),
        Format("pressmark", ".pressmark", "Pressmark archive"),
    )
}
