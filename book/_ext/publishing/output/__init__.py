"""What is written in the end: fresh, light, with its scripts and under its policy."""
