"""Reading an article again: which encoding, how much of the page, and what it would give."""
