"""Two captures of an article side by side, and what became of its marks."""
