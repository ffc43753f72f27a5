"""The right column: the marks of one article as cards, and the article itself."""
