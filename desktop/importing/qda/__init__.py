"""Projects of programs for qualitative analysis, in the REFI-QDA exchange format."""
