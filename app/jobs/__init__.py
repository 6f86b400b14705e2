"""Derived work as rows with a state and a lease, and the loop that carries it out."""
