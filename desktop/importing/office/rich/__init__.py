"""The parts of a Rich Text Format file."""
