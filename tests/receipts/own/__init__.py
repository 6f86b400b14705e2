"""Receipts made up for the reader's own tests: as text with boxes, and as pictures."""
