"""The window and its places.

PySide puts an ``__import__`` of its own in place of Python's, which reads the source of every module
imported from then on to learn whether it may want ``snake_case`` names. Nobody here does, and some
hundred files read are felt at the start: Python's own is put back.
"""

import builtins

_python = builtins.__import__
import PySide6.QtCore  # noqa: E402, F401

builtins.__import__ = _python
