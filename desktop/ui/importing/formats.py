"""The kinds of files for the file dialog. What a file is, its bytes decide; these only help to find it."""

KINDS = (
    ("Web pages", "html htm xhtml mhtml mht webarchive warc warc.gz wacz"),
    ("Documents", "pdf docx odt rtf epub txt md markdown"),
    ("Mail", "eml mbox mbx"),
    ("Marks and reading lists", "json jsonl csv rdf bib ris enw nbib lua qdpx txt html xml"),
    ("Archives", "zip warc warc.gz wacz"),
)


def file_filters() -> str:
    """For ``QFileDialog``: everything at once first, all files last."""
    every = dict.fromkeys(one for _, endings in KINDS for one in endings.split())
    named = [("Everything that can be read", " ".join(every)), *KINDS]
    return ";;".join([*(f"{title} ({_patterns(endings)})" for title, endings in named), "All files (*)"])


def _patterns(endings: str) -> str:
    return " ".join(f"*.{one}" for one in endings.split())
