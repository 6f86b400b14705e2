"""Attributes on shared examples: who sees every state and knows all of somebody but one thing does not learn it."""

import random
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.peers import combinations as rules
from app.peers.combinations import IN_GROUP, OUTSIDE, Offer, due, release, standing

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
VALUES = {
    "age": ("20s", "40s"),
    "area": ("Leeds", "York"),
    "budget": ("small", "large"),
    "condition": ("lungs", "mind"),
}
SIDES = ("social", "health", "personal")


def offer(number, *, author=None, at=NOON, side="social", **attributes):
    sensitive = {"side": side, "condition": attributes.get("condition", "lungs")}
    return Offer(f"e{number}", author or f"a{number}", at, attributes, sensitive)


def ages(*, forties=5, twenties=5):
    """Authors of two ages who differ in what is sensitive."""
    both = [("40s", forties), ("20s", twenties)]
    found = [(age, place) for age, count in both for place in range(count)]
    return [
        replace(
            offer(number, age=age),
            sensitive={"side": SIDES[place % 3], "condition": VALUES["condition"][place % 2]},
        )
        for number, (age, place) in enumerate(found)
    ]


def test_what_five_authors_share_is_shown():
    assert set(release(ages()).values()) == {(("age", "40s"),), (("age", "20s"),)}


def test_what_four_share_is_not_shown_nor_then_what_it_would_give_away():
    assert set(release(ages(forties=4)).values()) == {()}


def test_one_author_with_five_examples_is_one():
    batch = [replace(item, author="one") if item.attributes["age"] == "40s" else item for item in ages()]
    assert set(release(batch).values()) == {()}


def test_outside_the_group_eleven_are_needed():
    assert set(release(ages(), OUTSIDE).values()) == {()}
    assert () not in release(ages(forties=11, twenties=11), OUTSIDE).values()


@pytest.mark.parametrize("alike", ["side", "condition"])
def test_five_who_are_alike_in_something_sensitive_say_nothing(alike):
    batch = [replace(item, sensitive={**item.sensitive, alike: "the same"}) for item in ages()]
    assert set(release(batch).values()) == {()}


def test_nothing_is_shown_that_nobody_offered():
    assert set(release([replace(item, attributes={}) for item in ages()]).values()) == {()}


def test_a_withdrawal_takes_a_combination_that_is_left_too_thin_from_all():
    batch = ages(forties=5, twenties=6)
    assert set(standing(batch[1:], release(batch)).values()) == {()}
    assert len(set(standing(batch[:-1], release(batch)).values())) == 2


def test_a_batch_is_what_comes_within_a_day_of_the_first():
    batch = [replace(item, ready_at=NOON + timedelta(hours=number)) for number, item in enumerate(ages())]
    assert not due(batch, NOON + timedelta(hours=23))
    assert due(batch, NOON + timedelta(days=1))
    assert not due(batch[1:], NOON + timedelta(days=1))
    assert not due([], NOON + timedelta(days=1))


def test_two_plans_of_one_author_stand_under_two_names_and_count_once():
    batch = ages(forties=6, twenties=6)
    second = replace(batch[0], example="second", name="other seat", said=(("area", "Leeds"),))
    told = release([replace(batch[0], name="one seat"), second, *batch[1:]])
    assert (told["e0"], told["second"]) == ((("age", "40s"),), ())
    assert set(release([*ages(forties=4), replace(ages()[0], example="e", name="other seat")]).values()) == {()}


def test_an_author_who_said_something_says_the_same_or_nothing():
    batch = ages(forties=6, twenties=6)
    said = (("area", "Leeds"),)
    told = release([replace(batch[0], said=said), replace(batch[1], said=(("age", "40s"),)), *batch[2:]])
    assert (told["e0"], told["e1"]) == ((), (("age", "40s"),))
    assert set(release([replace(item, said=said) for item in batch]).values()) == {()}


def test_two_examples_of_an_author_in_one_batch_say_one_thing():
    batch = ages(forties=6, twenties=6)
    again = replace(batch[6], example="again", author=batch[0].author)
    told = release([*batch, again])
    assert {told["e0"], told["again"]} == {(("age", "40s"),), ()} or {told["e0"], told["again"]} == {
        (("age", "20s"),),
        (),
    }


def some_pool(noise, few):
    """Offers within some hours or days, some of them withdrawn later; some authors share several."""
    hours = noise.choice((1, 24, 96))
    for number in range(noise.randrange(4, 12 * few)):
        attributes = {name: noise.choice(values) for name, values in VALUES.items() if noise.random() < 0.7}
        full = {name: attributes.get(name, noise.choice(values)) for name, values in VALUES.items()}
        at = NOON + timedelta(hours=noise.randrange(hours))
        made = offer(number, author=f"a{noise.randrange(8 * few)}", at=at, side=noise.choice(SIDES), **attributes)
        yield replace(made, sensitive={**made.sensitive, "condition": full["condition"]}), full


def states_of(noise, few=IN_GROUP):
    """Every state that a member sees: per batch its live offers and what they show, with the truth about each."""
    pool = sorted(some_pool(noise, few), key=lambda item: item[0].ready_at)
    truth = {item.example: full for item, full in pool}
    waiting, batches, told = [item for item, _ in pool], [], {}
    for hour in range(0, 130, 12):
        now = NOON + timedelta(hours=hour)
        ready = [item for item in waiting if item.ready_at <= now]
        if due(ready, now):
            ready = [replace(item, said=told.get(item.author, ())) for item in ready]
            shown = release(ready, few)
            told.update({item.author: shown[item.example] for item in ready if shown[item.example]})
            batches.append((ready, shown))
            out = {item.example for item in ready}
            waiting = [item for item in waiting if item.example not in out]
        batches = [([item for item in there if noise.random() > 0.02], shown) for there, shown in batches]
        for there, shown in batches:
            yield there, standing(there, shown, few), truth


def classes_of(there, shown):
    """The authors behind each combination, as everybody sees them; `()` is those that show none."""
    authors = defaultdict(set)
    for item in there:
        authors[shown[item.example]].add(item.author)
        assert set(shown[item.example]) <= set(item.attributes.items())
    return authors


def check_thresholds(classes, few):
    assert all(len(authors) >= few for said, authors in classes.items() if said)


def check_attack(there, shown, truth, classes, few):
    """Whoever knows all of somebody but one thing is left with enough authors, and with two answers at least."""
    victims = {(tuple(truth[item.example].items()), shown[item.example]) for item in there if shown[item.example]}
    for facts, said in victims:
        for wanted in VALUES:
            known = {name: value for name, value in facts if name != wanted}
            possible = [other for other in classes if all(known.get(name, value) == value for name, value in other)]
            assert len(set().union(*(classes[other] for other in possible))) >= few
            answers = {dict(other)[wanted] for other in possible if wanted in dict(other)}
            assert wanted not in dict(said) or len(answers) > 1


def check_linking(told, there, shown):
    """All examples of an author stand under one name: whoever reads them all knows no more than one of them says."""
    for item in there:
        if shown[item.example]:
            told[item.author].add(shown[item.example])
            assert len(told[item.author]) == 1


def attack(shown_from, checked_for, pools):
    """Look at every state of so many pools. Returns how many showed anything."""
    seen = 0
    for seed in range(pools):
        told = defaultdict(set)
        for there, shown, truth in states_of(random.Random(seed), shown_from):
            classes = classes_of(there, shown)
            check_thresholds(classes, checked_for)
            check_linking(told, there, shown)
            check_attack(there, shown, truth, classes, checked_for)
            seen += any(shown.values())
    return seen


@pytest.mark.parametrize(("few", "pools"), [(IN_GROUP, 1000), (OUTSIDE, 100)])
def test_a_thousand_pools_tell_nobody_anything_about_one_author(few, pools):
    assert attack(few, few, pools) > pools, "hardly anything was ever shown, so nothing was tried"


@pytest.mark.parametrize("planted", [1, 4])
def test_the_attack_finds_a_threshold_that_is_too_low(planted):
    with pytest.raises(AssertionError):
        attack(planted, IN_GROUP, 50)


def test_the_attack_finds_a_combination_that_tells_its_last_attribute(monkeypatch):
    monkeypatch.setattr(rules, "_tells_its_last", lambda said, all_said: False)
    with pytest.raises(AssertionError):
        attack(IN_GROUP, IN_GROUP, 50)


def test_the_attack_finds_examples_that_add_up_through_the_name(monkeypatch):
    monkeypatch.setattr(rules, "_may_say", lambda told, said: True)
    with pytest.raises(AssertionError):
        attack(IN_GROUP, IN_GROUP, 50)
