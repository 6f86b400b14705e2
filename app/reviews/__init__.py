"""The review clock and what a review needs."""
