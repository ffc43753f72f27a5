"""Who speaks: completion over names and aliases, and the editor of one person."""
