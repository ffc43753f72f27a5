"""Rich Text Format, as Word, WordPad, LibreOffice and TextEdit write it."""

import re
from collections.abc import Iterable

from desktop.core.document import Metadata
from desktop.importing.material import Material
from desktop.importing.office.entitling import entitled
from desktop.importing.office.flow import Flow
from desktop.importing.office.properties import creators
from desktop.importing.office.ranges import Marker
from desktop.importing.office.remarks import marked
from desktop.importing.office.rich.charsets import encoding_named
from desktop.importing.office.rich.header import Header
from desktop.importing.office.rich.interpreter import Interpreter
from desktop.importing.office.rich.paragraphs import Paragraphs
from desktop.importing.pictures import pictures_of
from desktop.importing.reading import Reading

EXTRACTOR = "rtf/1"

_MOMENT = re.compile(r"\\(yr|mo|dy|hr|min)(\d{1,4}) ?")


def read(material: Material) -> Iterable[Reading]:
    """Take an RTF file apart: text, comments, highlights, tracked changes, PNG and JPEG pictures.

    Page headers and footers are left out. Words that were deleted with changes tracked are not in
    the text; each such change is a note on the word beside it. ``Options.encoding`` stands in for
    the encoding of fonts that name none.
    """
    flow, header = Flow(), Header()
    if material.options.encoding:
        header.encoding = header.forced = encoding_named(material.options.encoding)
    marker = Marker(flow)
    paragraphs = Paragraphs(flow, header)
    reader = Interpreter(material.data.decode("latin-1"), flow, marker, header, paragraphs)
    reader.read()
    info = header.info
    title, blocks, marks, warnings = entitled(
        flow.blocks, marked(flow, marker.marks), info.get("title"), material.name, paragraphs.headline
    )
    metadata = Metadata(
        title=title,
        byline=creators(info.get("author", "")),
        published_at=_moment(info.get("creatim", "")) or _moment(info.get("revtim", "")),
        description=info.get("subject") or info.get("doccomm") or None,
    )
    pictures = pictures_of(reader.pictures.items())
    return [Reading(blocks, metadata, EXTRACTOR, warnings, pictures=pictures, marks=marks)]


def _moment(told: str) -> str | None:
    """ISO 8601 without a zone, for RTF knows none; a date where no time was told."""
    parts = {name: int(number) for name, number in _MOMENT.findall(told)}
    year, month, day = parts.get("yr", 0), parts.get("mo", 0), parts.get("dy", 0)
    if not (1900 <= year <= 2200 and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    hour, minute = parts.get("hr"), parts.get("min", 0)
    date = f"{year:04}-{month:02}-{day:02}"
    return date if hour is None or hour > 23 or minute > 59 else f"{date}T{hour:02}:{minute:02}:00"
