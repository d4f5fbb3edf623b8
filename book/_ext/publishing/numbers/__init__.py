"""Numbers in the text: bound to their rows, drawn as icons, cited, and the evidence as pages."""
