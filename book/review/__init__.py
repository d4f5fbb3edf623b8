"""Takes a clinician's review into the record of the course."""
