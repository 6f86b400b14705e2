"""A generator of invented UK receipts, written without sight of the reader that is examined with them."""
