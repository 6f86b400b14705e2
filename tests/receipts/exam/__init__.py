"""A second exam: shops, goods, wordings, dates and traps that the first does not have and nobody has tuned on."""
