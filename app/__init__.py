"""Inhand: one Flask application and one local-first client."""
