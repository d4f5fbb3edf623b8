"""What stands on pages beside their text: glossary, objectives, question quality, progress, drawings, downloads."""
