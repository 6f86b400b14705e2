"""The directory of support options."""
