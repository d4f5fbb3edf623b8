"""The educator's kit: book, slides and sheets to print in one archive, for a machine without a network."""
