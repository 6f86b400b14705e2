"""Words of a person come back byte for byte. Only what no database can hold is refused, with a sentence."""

LONGEST_WORDS = 10_000


def unstorable(value: str) -> str | None:
    """The sentence for a text that cannot be kept, or None. U+0000 and lone surrogates are the only ones."""
    if "\x00" in value:
        return "There is a character in this text that cannot be kept. Type the last part again."
    if any("\ud800" <= char <= "\udfff" for char in value):
        return "There is half a symbol in this text. Type the last part again."
    return None


def storable(value: str) -> str:
    """A text of ours that repeats what came, such as the name of an unknown field, without what cannot be kept."""
    return value.replace("\x00", "?").encode("utf-8", "replace").decode("utf-8")
