"""The measured figures: ``python -m tests.bench`` prints them as a table."""
