"""Returns to the funder and archives."""
