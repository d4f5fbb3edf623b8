"""What every widget stands on: its two faces, what front ends lean on, the page's host, colours and labels."""
