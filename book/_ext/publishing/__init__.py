"""The book's own Sphinx extensions, one matter a module."""
