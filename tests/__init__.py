"""A package, and no mere folder: textstat installs a package of the same name, which would stand before it."""
