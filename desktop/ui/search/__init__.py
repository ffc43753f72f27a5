"""Searching: the field with its completions, and the list of what was found."""
