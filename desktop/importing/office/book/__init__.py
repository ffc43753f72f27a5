"""The parts of an EPUB publication."""
