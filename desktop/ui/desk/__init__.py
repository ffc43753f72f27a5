"""What the window does: each module brings some views and the session together."""
