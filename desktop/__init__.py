"""Pressmark: an offline archive of articles with the claims and quotes marked in them."""

__version__ = "0.1.0"
