"""People, sign-in, relationships and what each account may do."""
