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
MOST_CARRIED = 128 * 1024 * 1024  # bytes of one document's pictures on their way to the archive
MOST_SECONDS = 8.0  # for all pictures of one document: its text must not wait longer
LEFT_OUT = "Pictures that were left out, because there are too many or they are too large: {count}."
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


class Allowance:
    """What the pictures of one document may cost its text, which waits for them, and the window's memory.

    Attributes:
        left: How many were asked for when it was spent.
    """

    def __init__(self) -> None:
        self.left = 0
        self._made = self._carried = 0
        self._begun = time.monotonic()

    def picture_of(self, src: str, data: bytes, filename: str = "", *, keep: bool = False) -> Picture | None:
        """As the function of this name; None as well once the allowance is spent."""
        if self._spent():
            self.left += 1
            return None
        picture = picture_of(src, data, filename, keep=keep)
        if picture is not None:
            self._made += 1
            self._carried += len(picture.data) + (len(picture.original.data) if picture.original else 0)
        return picture

    def _spent(self) -> bool:
        seconds = time.monotonic() - self._begun
        return self._made >= MOST_PICTURES or self._carried > MOST_CARRIED or seconds > MOST_SECONDS


def pictures_of(found: Iterable[tuple[str, bytes]], *, keep: bool = False) -> tuple[Picture, ...]:
    """Those of ``(src, bytes)`` that can be shown, each ``src`` once, within limits."""
    made: dict[str, Picture] = {}
    allowance, read = Allowance(), 0
    for src, data in found:
        read += len(data)
        if read > MOST_BYTES or allowance.left:
            break
        if src not in made and (picture := allowance.picture_of(src, data, keep=keep)) is not None:
            made[src] = picture
    return tuple(made.values())
