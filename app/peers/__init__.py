"""Peer groups: shared examples, and the anonymiser that stands before them."""
