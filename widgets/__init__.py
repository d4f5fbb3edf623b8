"""What readers touch: widgets with two faces, alive in a notebook and in the page without a kernel."""
