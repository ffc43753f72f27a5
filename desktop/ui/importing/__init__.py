"""What an import did, and what is about to be pasted."""
