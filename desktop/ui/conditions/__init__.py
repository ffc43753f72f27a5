"""The editor of nested conditions."""
