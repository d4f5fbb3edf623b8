"""What authors write: content files and Markdown, read, checked, rendered, and told about in plain words."""
