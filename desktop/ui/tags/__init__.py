"""Choosing tags, and keeping their tree in order."""
