"""Proving who somebody is: passkeys, passwords, one-time codes, and the mails around them."""
