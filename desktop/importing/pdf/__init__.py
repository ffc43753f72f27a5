"""PDF: text in reading order, and its pages."""
