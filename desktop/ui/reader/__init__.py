"""The article on its page: text, marks, selection, and the keys that mark."""
