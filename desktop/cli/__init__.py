"""The command line: the same operations as the window's, for scripts and for checks.

Progress goes to stderr, and only where a person watches it. Exit status: 0 when all went well,
1 when something failed (each failure named), 2 for wrong usage.
"""
