"""The text of a material, decoded as the person asked or as its bytes tell."""

from desktop.importing.encoding import Decoded, decode
from desktop.importing.material import Material

_DOUBTED = "The characters were decoded as {encoding} by a guess; if the text looks wrong, save it as UTF-8."
_REPLACED = "{count} characters could not be read and are shown as \N{REPLACEMENT CHARACTER}."


def decoded_text(material: Material, declared: str | None = None) -> Decoded:
    """Decode it.

    Args:
        declared: What the bytes say of themselves; the carrier's word counts for more.
    """
    if material.options.encoding:
        text = material.data.decode(material.options.encoding, "replace")
        return Decoded(
            text.removeprefix("\ufeff"),
            material.options.encoding,
            1000,
            text.count("\N{REPLACEMENT CHARACTER}"),
        )
    return decode(material.data, material.charset or declared)


def decoding_warnings(decoded: Decoded) -> tuple[str, ...]:
    """Sentences for the report."""
    warnings = []
    if decoded.replaced:
        warnings.append(_REPLACED.format(count=decoded.replaced))
    if decoded.confidence < 100:
        warnings.append(_DOUBTED.format(encoding=decoded.encoding))
    return tuple(warnings)
