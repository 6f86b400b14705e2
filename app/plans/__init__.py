"""The care and support plan: goals in the person's own words, and their history."""
