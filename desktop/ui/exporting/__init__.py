"""Choosing what to hand on, and in which form."""
