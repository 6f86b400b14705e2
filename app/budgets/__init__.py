"""Pots of money, their ledger, and what is left of them."""
