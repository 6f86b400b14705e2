"""What can go wrong in words that help. Every error that a person may meet carries a sentence."""


class InhandError(Exception):
    """Something that a person is told. `code` is for programs, `sentence` for people, `status` for HTTP."""

    status = 400
    code = "refused"

    def __init__(self, sentence: str, *, code: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        if code is not None:
            self.code = code


class Refused(InhandError):
    """The act cannot be carried out as asked; nothing was changed."""

    status = 422


class NotFound(InhandError):
    """There is no such thing, or it is somebody else's: nobody can tell which."""

    status = 404
    code = "not_found"

    def __init__(self, sentence: str = "We cannot find that. It may have been removed.") -> None:
        super().__init__(sentence)


class Malformed(InhandError):
    """What came does not have the shape that we understand."""

    status = 400
    code = "malformed"


class TooMany(InhandError):
    """Too many tries. `seconds` says how long to wait."""

    status = 429
    code = "too_many"

    def __init__(self, sentence: str, *, seconds: int) -> None:
        super().__init__(sentence)
        self.seconds = seconds


class Unavailable(InhandError):
    """The server cannot do it now (a full disk, no database). Nothing is lost; try again later."""

    status = 503
    code = "unavailable"
