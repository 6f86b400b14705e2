"""When the next review is due, getting ready for it, and what was decided."""
