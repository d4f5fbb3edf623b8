"""Sessions for patients: one source, and what is made of it."""
