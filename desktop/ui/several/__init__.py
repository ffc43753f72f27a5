"""Correcting what several articles have in common."""
