"""The directory of support: what could help, and what a person chose or thought of for a goal."""
