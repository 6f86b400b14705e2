"""Invented people for the first look. Nothing else in the app knows of them."""
