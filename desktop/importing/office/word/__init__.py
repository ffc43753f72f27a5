"""The parts of a DOCX package."""
