"""Photos and PDFs: what a file is, how it comes up in pieces, and the pictures we make of it."""
