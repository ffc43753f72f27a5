"""From foreign bytes to documents."""
