"""The anonymiser: one text in, the spans that give somebody away out. Pure: no database, no network, no clock."""

from collections.abc import Sequence
from functools import lru_cache

from app.peers.anonymise.known import Known, known_spans
from app.peers.anonymise.lists import Names
from app.peers.anonymise.model import Detector, load_model
from app.peers.anonymise.naming import Namer
from app.peers.anonymise.naming_spans import capital_spans, name_spans, org_spans
from app.peers.anonymise.patterns import pattern_spans
from app.peers.anonymise.rare import rare_spans
from app.peers.anonymise.spans import Span, merged
from app.peers.anonymise.text import View


NOTHING = Known()


class Anonymiser:
    """Finds what gives a person away. `detector` is the local model; build one `Anonymiser` and keep it."""

    def __init__(self, detector: Detector, names: Names | None = None) -> None:
        self.detector = detector
        self.namer = Namer(names or Names())

    def spans(self, text: str, known: Known = NOTHING) -> list[Span]:
        """What gives somebody away in `text`, in order and without overlaps; `known` is what the account knows."""
        view = View(text)
        scored = self.namer.scored(view, self.detector.guesses(view.plain))
        found = [*pattern_spans(view), *rare_spans(view), *name_spans(view, scored)]
        found += [*org_spans(view, scored), *capital_spans(view, scored)]
        return tidy(view, [*known_spans(view, known), *found])


def tidy(view: View, found: Sequence[Span]) -> list[Span]:
    return merged(found)


@lru_cache(maxsize=1)
def ready() -> Anonymiser:
    """The engine with its model, built once in a process. Raises `DetectorMissing` when the extra is absent."""
    return Anonymiser(load_model())
