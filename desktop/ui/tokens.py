"""Colour tokens: what each colour means, with a light and a dark value.

``X`` is an edge or a glyph, ``X.ink`` is dark (or light) enough for small text. ``tests/ui/test_theme.py``
holds every pair of text and ground to WCAG AA (4.5 to 1).
"""

KINDS = ("highlight", "quote", "claim", "note")
VERDICTS = ("supported", "disputed", "refuted", "open", "unverifiable")

GLYPHS = {
    "highlight": "highlighter",
    "quote": "quote",
    "claim": "flag",
    "note": "sticky-note",
    "supported": "circle-check",
    "disputed": "scale",
    "refuted": "circle-x",
    "open": "circle-dashed",
    "unverifiable": "circle-question-mark",
}

TOKENS: dict[str, tuple[str, str]] = {
    "surface": ("#FBFAF7", "#1E1F22"),
    "raised": ("#FFFFFF", "#27282B"),
    "sunken": ("#F3F1EB", "#191A1C"),
    "text": ("#1F2328", "#E6E4DF"),
    "muted": ("#5F666E", "#A3A09A"),
    "line": ("#E4E0D7", "#333438"),
    "strong-line": ("#CFCABE", "#484A4F"),
    "accent": ("#0E6B69", "#63C3BC"),
    "on-accent": ("#FFFFFF", "#12201F"),
    "focus": ("#2A9490", "#63C3BC"),
    "hover": ("#ECE9E1", "#25262A"),
    "chosen": ("#E1EBE7", "#26383A"),
    "selection": ("#BFDDD9", "#2C5553"),
    "notice-link": ("#8ADAD4", "#0E6B69"),
    "highlight": ("#B88A00", "#E0B83C"),
    "highlight.ink": ("#785900", "#E6C65C"),
    "quote": ("#2F6FBF", "#6FA8EC"),
    "quote.ink": ("#245C9E", "#8DBBF2"),
    "claim": ("#CC5F14", "#EE9350"),
    "claim.ink": ("#9C450A", "#F2A46A"),
    "note": ("#4C8A2C", "#8BC06A"),
    "note.ink": ("#376A1F", "#9CCB80"),
    "supported": ("#2E8547", "#6CC487"),
    "supported.ink": ("#256B3A", "#7ACB93"),
    "disputed": ("#B07A00", "#E3B341"),
    "disputed.ink": ("#7C5600", "#E7BC55"),
    "refuted": ("#C53A32", "#F28B82"),
    "refuted.ink": ("#A82E27", "#F5A19A"),
    "open": ("#6B727A", "#A9ABAE"),
    "open.ink": ("#565D65", "#B9BBBE"),
    "unverifiable": ("#7B55B8", "#B79BEA"),
    "unverifiable.ink": ("#6A46A6", "#C3ABEE"),
    # The colours a person can give to a mark or a tag: desktop.core.records.COLOURS.
    "colour.yellow": ("#B88A00", "#E0B83C"),
    "colour.orange": ("#CC5F14", "#EE9350"),
    "colour.red": ("#C53A32", "#F28B82"),
    "colour.pink": ("#B83B7A", "#EE8FBB"),
    "colour.violet": ("#7B55B8", "#B79BEA"),
    "colour.blue": ("#2F6FBF", "#6FA8EC"),
    "colour.teal": ("#0F7F7B", "#63C3BC"),
    "colour.green": ("#4C8A2C", "#8BC06A"),
    "colour.grey": ("#6B727A", "#A9ABAE"),
}

TINT = (0.17, 0.22)  # strength of a mark's fill over the surface
CHIP = (0.11, 0.15)  # strength of a chip over whatever it lies on
# Yellow needs a purer base for its fill than its edge allows.
TINT_BASE = {"highlight": ("#E6B800", "#E0B83C"), "colour.yellow": ("#E6B800", "#E0B83C")}
