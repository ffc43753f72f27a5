"""The Whoosh index: a disposable, stamped follower of the archive."""

import warnings

# Whoosh 2.7.4 is frozen, and so is what newer Pythons say of its source when they compile it. A
# person at the command line can do nothing about it.
warnings.filterwarnings("ignore", '"is" with a literal', SyntaxWarning)
warnings.filterwarnings("ignore", "invalid escape sequence", SyntaxWarning)
warnings.filterwarnings("ignore", "invalid escape sequence", DeprecationWarning)
