"""Who acts, for whom, with which rights: built once per request, and once per operation in a batch."""

from dataclasses import dataclass

SEE_OWN = "see_own"
"""The scope that lets an author read back what they wrote themselves, and nothing else."""


@dataclass(frozen=True, slots=True)
class Actor:
    """An account acting in one person's plan. `scopes` are what it may see and do there, now."""

    account: str
    person: str
    scopes: frozenset[str]
    role: str

    def may(self, scope: str) -> bool:
        """Whether this actor holds the scope."""
        return scope in self.scopes
