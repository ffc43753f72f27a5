"""Saved web pages: the article in them, with its structure and what the page says about it."""
