"""Running plain functions away from the window."""
