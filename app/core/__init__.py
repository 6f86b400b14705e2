"""Foundations without knowledge of any feature: database, clock, ids, errors, settings, web, storage, files."""
