"""Pictures from strangers: decoded once, here in the child, and encoded anew.

What the window shows is this program's own PNG or JPEG of a bounded size, so no picture of a page
meets a decoder in the process that holds the archive.
"""

import hashlib
import io
import time
import warnings
from collections.abc import Iterable

from desktop.core.extraction import Picture
from desktop.importing.originals import pack

LARGEST_SIDE = 1600  # pixels; a retina reader at its widest measure shows about as many
MOST_PIXELS = 60_000_000
MOST_PICTURES = 500
MOST_BYTES = 200 * 1024 * 1024
MOST_SECONDS = 8.0  # of computing, for all pictures of one document: its text must not wait longer
_SMALLEST_SIDE = 16
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF", "ICO", "AVIF", "JPEG2000")


def picture_of(src: str, data: bytes, filename: str = "", *, keep: bool = False) -> Picture | None:
    """The picture ready to be shown; None where it cannot be decoded, or is a spacer.

    Args:
        src: As the block names it.
        filename: The name it had, for ``keep``.
        keep: Carry the bytes along as an original, because no other original holds them.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image: Image.Image = Image.open(io.BytesIO(data), formats=_FORMATS)
            found = Image.MIME.get(image.format or "", "image/*")
            if image.width * image.height > MOST_PIXELS or min(image.size) < _SMALLEST_SIDE:
                return None
            image.draft("RGB", (LARGEST_SIDE, LARGEST_SIDE))
            image = ImageOps.exif_transpose(image)
            image.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
            shown, media_type = _encoded(image)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError):
        return None
    except (Image.DecompressionBombError, TypeError, AttributeError, OverflowError, ZeroDivisionError):
        return None
    original = pack(data, found, filename or src) if keep else None
    digest = hashlib.sha256(shown).hexdigest()
    return Picture(src, shown, digest, media_type, image.width, image.height, original)


def _encoded(image: "Image.Image") -> tuple[bytes, str]:  # type: ignore[name-defined]  # noqa: F821
    """PNG for what is transparent or drawn, JPEG for photographs."""
    out = io.BytesIO()
    clear = image.mode in ("LA", "RGBA", "PA") or "transparency" in image.info
    if clear or image.mode in ("1", "P"):
        image.convert("RGBA").save(out, "PNG")
        if out.tell() <= 300_000 or clear:
            return out.getvalue(), "image/png"
        out = io.BytesIO()
    image.convert("L" if image.mode == "L" else "RGB").save(out, "JPEG", quality=85)
    return out.getvalue(), "image/jpeg"


def pictures_of(found: Iterable[tuple[str, bytes]], *, keep: bool = False) -> tuple[Picture, ...]:
    """Those of ``(src, bytes)`` that can be shown, each ``src`` once, within limits."""
    made: dict[str, Picture] = {}
    read, begun = 0, time.process_time()
    for src, data in found:
        read += len(data)
        too_long = time.process_time() - begun > MOST_SECONDS
        if len(made) >= MOST_PICTURES or read > MOST_BYTES or too_long:
            break
        if src not in made and (picture := picture_of(src, data, keep=keep)) is not None:
            made[src] = picture
    return tuple(made.values())
