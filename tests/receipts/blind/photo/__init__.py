"""Photographs by simulation: a flat receipt laid on a table, lit, held askew and taken with a telephone."""
