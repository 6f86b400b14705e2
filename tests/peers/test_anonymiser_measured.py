"""The figures that the anonymiser must reach, on the labelled texts of the repository and on those beside it."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from app.peers.anonymise.bench import (
    DIRECT,
    Counts,
    Labelled,
    counted,
    lowered,
    raised,
    read_labelled,
    share,
    unpunctuated,
)  # fmt: skip
from app.peers.anonymise.engine import Anonymiser, ready
from app.peers.anonymise.lists import Names
from tests.peers.anonymiser.balance import communities, recall_of

CORPUS = Path(__file__).parent / "corpus"
BESIDE = Path(__file__).parents[3] / "shared" / "data" / "anonymise" / "dev.jsonl"


def texts(pattern: str) -> list[Labelled]:
    return [item for file in sorted(CORPUS.glob(pattern)) for item in read_labelled(file)]


@cache
def base(pattern: str) -> Counts:
    return counted(ready(), texts(pattern))


def test_the_tuning_texts_are_covered() -> None:
    counts = base("tune-*.jsonl")
    assert (counts.recall() or 0) >= 96
    assert (counts.recall(DIRECT) or 0) >= 98
    assert (share(counts.clean_touched, counts.clean) or 0) <= 15


def test_the_held_texts_are_covered_as_the_product_promises() -> None:
    counts = base("held-*.jsonl")
    assert (counts.recall() or 0) >= 92
    assert (share(counts.right, counts.covered) or 0) >= 60
    assert (share(counts.clean_touched, counts.clean) or 0) <= 25


def test_voices_written_down_before_the_rules_were_tried_are_covered() -> None:
    for name in ("dev3", "dev3_check"):
        counts = counted(ready(), read_labelled(Path(__file__).parent / name / "texts.jsonl"))
        assert (counts.recall() or 0) >= 95
        assert (counts.recall(DIRECT) or 0) >= 97
        assert (share(counts.right, counts.covered) or 0) >= 60


def test_rare_things_are_touched_and_clean_texts_left_alone_where_nobody_tuned() -> None:
    counts = counted(ready(), read_labelled(Path(__file__).parent / "dev4_check" / "texts.jsonl"))
    assert (share(counts.touched["RARE"], counts.total["RARE"]) or 0) >= 80
    assert (share(counts.clean_touched, counts.clean) or 0) <= 25
    assert (counts.recall(["DATE"]) or 0) >= 94


@pytest.mark.parametrize("way", [lowered, raised, unpunctuated])
def test_another_way_of_writing_costs_at_most_three_points(way: Callable[[Labelled], Labelled]) -> None:
    changed = counted(ready(), [way(item) for item in texts("tune-*.jsonl")])
    assert (changed.recall() or 0) >= (base("tune-*.jsonl").recall() or 0) - 3


def test_no_community_is_more_than_three_points_under_the_mean() -> None:
    recalls = {community: recall_of(ready(), names) for community, names in communities().items()}
    mean = sum(recalls.values()) / len(recalls)
    assert {c: r for c, r in recalls.items() if r < mean - 3} == {}


def surnames(labelled: list[Labelled]) -> set[str]:
    """Every word of a person's name but the first."""
    return {w.lower() for t in labelled for a, b, k in t.spans if k == "PERSON" for w in t.text[a:b].split()[1:]}


def lost_without(names: set[str], labelled: list[Labelled]) -> float:
    """Points of recall that are lost when `names` are taken out of the lists."""
    bare = Anonymiser(ready().detector, Names(without=names))
    return (counted(ready(), labelled).recall() or 0) - (counted(bare, labelled).recall() or 0)


def test_without_the_surnames_of_the_texts_in_its_lists_little_is_lost() -> None:
    labelled = texts("tune-*.jsonl")
    assert surnames(labelled) & Names().surnames
    assert lost_without(surnames(labelled), labelled) <= 2


def test_without_the_surnames_of_the_texts_beside_the_repository_little_is_lost() -> None:
    if not BESIDE.exists():
        pytest.skip(f"{BESIDE.name} lies beside the repository in development only")
    labelled = read_labelled(BESIDE)
    assert surnames(labelled) & Names().surnames
    assert lost_without(surnames(labelled), labelled) <= 2


def test_the_texts_beside_the_repository_are_covered() -> None:
    if not BESIDE.exists():
        pytest.skip(f"{BESIDE.name} lies beside the repository in development only")
    counts = counted(ready(), read_labelled(BESIDE))
    assert (counts.recall() or 0) >= 96
