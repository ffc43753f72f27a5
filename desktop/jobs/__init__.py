"""Plain functions run away from the window. Knows nothing of articles."""
