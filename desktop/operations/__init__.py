"""The things a person can do, each one function and one history step."""
