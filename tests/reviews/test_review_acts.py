"""Who reviews the plan, on which day, and what came of it; every act says anew what is coming."""

import pytest
from sqlalchemy import select

from app.core.ids import new_id
from app.reminders.models import Occasion
from tests.fixtures_app import op

CLOCK = {"funder": "Leeds City Council", "starts_on": "2026-11-01"}


def act(household, name, row, facts, *, rev=99):
    return household.hers.results(op(name, household.person, row, facts, base={"rev": rev}))[0]


def done(household, name, row, facts):
    result = act(household, name, row, facts)
    assert result["status"] == "done", result


def clock_of(household, row):
    return household.hers.rows("review_clock")[row]


def coming(parts):
    with parts.database.reading() as session:
        return [one.on for one in session.scalars(select(Occasion))]


@pytest.fixture
def clock_id(household):
    row = new_id()
    done(household, "review_clock.write", row, CLOCK)
    return row


def test_a_new_clock_has_the_longest_spans_that_the_rules_let_it(household, clock_id, parts):
    body = clock_of(household, clock_id)
    assert (body["first_weeks"], body["every_months"], body["next_on"]) == (13, 12, None)
    assert coming(parts) == ["2027-01-31"]


def test_a_day_that_is_agreed_counts(household, clock_id, parts):
    done(household, "review_clock.write", clock_id, {"next_on": "2026-12-15", "with_whom": "Carol Dunne"})
    assert coming(parts) == ["2026-12-15"]


def test_a_review_that_happened_takes_the_words_along_and_starts_the_clock_anew(household, clock_id, parts):
    done(household, "review_clock.write", clock_id, {"wants": "Two mornings, not one.", "next_on": "2026-11-20"})
    review = new_id()
    done(household, "review.record", review, {"clock": clock_id, "held_on": "2026-11-20", "said": "Agreed."})
    body = household.hers.rows("review")[review]
    assert (body["wanted"], body["said"]) == ("Two mornings, not one.", "Agreed.")
    assert (clock_of(household, clock_id)["wants"], clock_of(household, clock_id)["next_on"]) == ("", None)
    assert coming(parts) == ["2027-11-20"]


def test_a_review_noted_by_mistake_is_taken_back_with_its_words(household, clock_id, parts):
    done(household, "review_clock.write", clock_id, {"wants": "Two mornings."})
    review = new_id()
    done(household, "review.record", review, {"clock": clock_id, "held_on": "2026-11-20"})
    done(household, "review.remove", review, {})
    assert (clock_of(household, clock_id)["wants"], household.hers.rows("review")[review]) == ("Two mornings.", None)
    assert coming(parts) == ["2027-01-31"]


def test_another_day_or_other_words_of_a_review_can_be_written(household, clock_id, parts):
    review = new_id()
    done(household, "review.record", review, {"clock": clock_id, "held_on": "2026-11-19"})
    done(household, "review.write", review, {"held_on": "2026-11-18", "said": "More choir."})
    assert household.hers.rows("review")[review]["said"] == "More choir."
    assert coming(parts) == ["2027-11-18"]


@pytest.mark.parametrize("name", ["review.record", "review.write"])
def test_a_review_cannot_have_happened_on_a_day_to_come(household, clock_id, name):
    review = new_id()
    done(household, "review.record", review, {"clock": clock_id, "held_on": "2026-11-19"})
    row = review if name == "review.write" else new_id()
    facts = {"held_on": "2026-11-30"} | ({"clock": clock_id} if name == "review.record" else {})
    result = act(household, name, row, facts)
    assert (result["status"], "still to come" in result["sentence"]) == ("refused", True)


def test_a_clock_that_is_taken_away_is_not_coming_and_comes_back_with_an_edit(household, clock_id, parts):
    done(household, "review_clock.remove", clock_id, {})
    assert (coming(parts), clock_of(household, clock_id)) == ([], None)
    done(household, "review_clock.write", clock_id, {"funder": "NHS"})
    assert coming(parts) == ["2027-01-31"]


def test_a_clock_without_its_funder_or_first_day_is_refused(household):
    for facts in ({}, {"funder": " ", "starts_on": "2026-01-01"}, {"funder": "NHS"}):
        assert act(household, "review_clock.write", new_id(), facts)["status"] == "refused"


def test_two_days_set_unseen_are_a_choice_and_the_chosen_one_is_coming(household, clock_id, parts):
    done(household, "review_clock.write", clock_id, {"next_on": "2026-12-01"})
    answer = act(household, "review_clock.write", clock_id, {"next_on": "2026-12-08"}, rev=1)
    assert (answer["status"], coming(parts)) == ("conflict", ["2026-12-01"])
    done(household, "conflict.choose", answer["conflict"], {"choice": "other"})
    assert coming(parts) == ["2026-12-08"]


def test_a_clock_of_another_plan_cannot_be_used(household, clock_id, make_person):
    other = make_person(household.maria, name="Sam", role="representative")
    facts = {"clock": clock_id, "held_on": "2026-11-19"}
    assert household.hers.results(op("review.record", other, new_id(), facts))[0]["code"] == "not_found"
