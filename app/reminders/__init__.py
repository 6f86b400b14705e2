"""What to say to whom, when."""
