"""The book's own search: what can be found, and the one script that finds it."""
