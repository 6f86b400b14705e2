"""Which attributes may stand on shared examples, so that nobody is singled out by what they say together.

Examples are released in batches: all whose hold ended within a day of the first. Attributes are decided once, at the
release, and only among the examples of that batch: whoever knows when somebody shared looks at the batch, not at the
whole pool. A combination shows when

- at least `few` different authors of the batch share all of it (`IN_GROUP`, or `OUTSIDE` for those who are no members),
- they differ in each sensitive thing that the combination does not show,
- each of these authors has said nothing else before: all examples of an author stand under one name, so what they say
  adds up,
- and for each attribute in it the batch shows at least two values beside the same rest: a combination that everybody
  else's knowledge leads to would tell the last attribute.

Afterwards a combination only disappears: at once, when withdrawals leave too few. A batch that was released with too
few authors, because somebody had waited for a day, stays without attributes for good.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import combinations

IN_GROUP = 5
OUTSIDE = 11
LEAST_VALUES = 2
LATEST = timedelta(days=1)

Combination = tuple[tuple[str, str], ...]
"""Attributes and their values, sorted by name."""


@dataclass(frozen=True, slots=True)
class Offer:
    """An example whose hold is over. `attributes`: those that its author agreed to show, none unless asked for.

    `sensitive`: what must not follow from them, e.g. the condition group and the side of life, shown or not.
    `author`: who counts once, however many plans they look after. `name`: under which it stands, the author where it is
    empty; `said`: the combination that an earlier example under this name told, `()` where none did.
    """

    example: str
    author: str
    ready_at: datetime
    attributes: Mapping[str, str] = field(default_factory=dict)
    sensitive: Mapping[str, str] = field(default_factory=dict)
    said: Combination = ()
    name: str = ""

    @property
    def stands_under(self) -> str:
        """What everybody reads as its author."""
        return self.name or self.author


def due(waiting: Sequence[Offer], now: datetime) -> bool:
    """Whether a batch is released now: somebody has waited for a day.

    Five authors alone could say nothing, since two values of everything have to come from five each.
    """
    return any(offer.ready_at + LATEST <= now for offer in waiting)


def release(batch: Sequence[Offer], few: int = IN_GROUP) -> dict[str, Combination]:
    """What each example of a batch shows, by its id; `()` where it shows none."""
    banned: set[Combination] = set()
    while True:
        shown = _choose(batch, few, banned)
        faulty = _faulty(batch, shown, few)
        if not faulty:
            return shown
        banned |= faulty


def standing(there: Sequence[Offer], shown: Mapping[str, Combination], few: int = IN_GROUP) -> dict[str, Combination]:
    """What the examples of one batch show now. `there`: those not withdrawn; `shown`: what they showed at most."""
    left = {offer.example: shown[offer.example] for offer in there}
    while faulty := _faulty(there, left, few):
        left = {example: () if said in faulty else said for example, said in left.items()}
    return left


def _choose(batch: Sequence[Offer], few: int, banned: set[Combination]) -> dict[str, Combination]:
    """The most that each example may say, the longest combinations first."""
    shown: dict[str, Combination] = {offer.example: () for offer in batch}
    told = {offer.stands_under: offer.said for offer in batch}
    names = sorted({name for offer in batch for name in offer.attributes})
    for size in range(len(names), 0, -1):
        for chosen in combinations(names, size):
            for said, offering in _sharing(batch, shown, chosen).items():
                sharing = [offer for offer in offering if _may_say(told[offer.stands_under], said)]
                if said not in banned and _is_shared(sharing, said, few):
                    shown.update({offer.example: said for offer in sharing})
                    told.update({offer.stands_under: said for offer in sharing})
    return shown


def _may_say(told: Combination, said: Combination) -> bool:
    """Whether somebody who told one combination tells no more of themselves with another."""
    return told in ((), said)


def _sharing(
    batch: Sequence[Offer], shown: Mapping[str, Combination], names: tuple[str, ...]
) -> dict[Combination, list[Offer]]:
    """Examples that say nothing yet and offer these attributes, by what they would say."""
    found: dict[Combination, list[Offer]] = defaultdict(list)
    for offer in batch:
        if not shown[offer.example] and all(name in offer.attributes for name in names):
            found[tuple((name, offer.attributes[name]) for name in names)].append(offer)
    return found


def _faulty(batch: Sequence[Offer], shown: Mapping[str, Combination], few: int) -> set[Combination]:
    """Combinations that may not show as things stand."""
    by_said: dict[Combination, list[Offer]] = defaultdict(list)
    for offer in batch:
        if shown[offer.example]:
            by_said[shown[offer.example]].append(offer)
    thin = {said for said, sharing in by_said.items() if not _is_shared(sharing, said, few)}
    return thin | {said for said in by_said if _tells_its_last(said, by_said)}


def _is_shared(sharing: Sequence[Offer], said: Combination, few: int) -> bool:
    """Enough authors, who differ in everything sensitive that they do not say."""
    open_ones = {name for name, _ in said}
    hidden = {name for offer in sharing for name in offer.sensitive} - open_ones
    differ = all(len({offer.sensitive.get(name) for offer in sharing}) >= LEAST_VALUES for name in hidden)
    return _authors(sharing) >= few and differ


def _tells_its_last(said: Combination, all_said: Iterable[Combination]) -> bool:
    """Whether somebody who knows all of it but one attribute would read that one here."""
    shapes = [_shape(other) for other in all_said]
    for place, (name, _) in enumerate(said):
        rest = said[:place] + said[place + 1 :]
        values = {
            dict(other)[name] for other, without in zip(all_said, shapes, strict=True) if without.get(name) == rest
        }
        if len(values) < LEAST_VALUES:
            return True
    return False


def _shape(said: Combination) -> dict[str, Combination]:
    """For each attribute of a combination, what is left without it."""
    return {name: said[:place] + said[place + 1 :] for place, (name, _) in enumerate(said)}


def _authors(offers: Iterable[Offer]) -> int:
    return len({offer.author for offer in offers})
