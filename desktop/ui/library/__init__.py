"""The library: the navigation tree and the list of articles."""
