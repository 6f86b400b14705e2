"""Every id that an act may name, put in place of one's own: a row of another plan is never found, used or changed.

tests/house aims every route and every act at another's row; here each id inside the facts is tried, one at a time.
"""

from collections.abc import Iterator

import pytest
from marshmallow import Schema, fields

from app.core.ids import new_id
from app.factory import make_registry
from tests.fixtures_app import Household, Phone, op
from tests.house.test_operations import OWN_ACTS, SHA, TARGETS, facts_of, rows, rows_of

__all__ = ["rows"]

ACTS = {name: act for name, act in make_registry().acts.items() if name not in OWN_ACTS}
# Which of Maria's rows is tried in the place of each name; a sum names a file within one's own plan.
AIMED = {
    "goal": "goal", "pot": "pot", "source": "pot", "target": "second", "clock": "review_clock", "entry": "entry",
    "reversal": "entry", "repayment": "entry", "out_entry": "entry", "in_entry": "entry", "other_entry": "entry",
    "other_reversal": "entry", "id": "period", "option": "goal", "group": "group", "post": "post", "about": "post",
    "on": "post",
}  # fmt: skip
SUMS = {"photo", "files", "sha256"}
# What an act needs besides, so that nothing but the one id is wrong.
MORE = {
    "choice.write": {"idea": "Choir"}, "step.write": {"words": "Ring"}, "commitment.write": {"what": "Mo"},
    "period.write": {"agreed": 5, "starts_on": "2027-04-01", "ends_on": "2028-03-31"},
    "review_clock.write": {"funder": "Leeds", "starts_on": "2026-04-01"},
}  # fmt: skip
NEXT = {"id": new_id(), "ends_on": "2028-03-31", "agreed": 5}


def ids_in(schema: Schema, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Where ids and sums stand in the facts of an act."""
    for name, one in schema.fields.items():
        inner = one.inner if isinstance(one, fields.List) else one
        if isinstance(inner, fields.Nested):
            yield from ids_in(inner.schema, (*above, name))
        elif {getattr(check, "__name__", "") for check in inner.validators} & {"check_id", "check_sha256"}:
            yield (*above, name)


PLACES = [(act.name, path) for act in ACTS.values() for path in ids_in(act.schema)]
IDS = [(act, path) for act, path in PLACES if path[-1] not in SUMS]


@pytest.fixture
def make_thief(make_account, make_person, phone):
    """Somebody with a whole plan of their own."""

    def make(name):
        account = make_account(f"{name}@example.com", name=name)
        person = make_person(account, name=name, role="holder")
        return Household(account, account, person, "", phone(account), phone(account))

    return make


@pytest.fixture
def thief(make_thief):
    """The one who tries another's ids."""
    return make_thief("thief")


def with_id(facts, path, value):
    """Facts with this id in this place."""
    inner = NEXT if path[0] == "next" else facts.get(path[0], {})
    return {**facts, path[0]: value if len(path) == 1 else with_id(inner, path[1:], value)}


def steal(thief, own, act, path, value):
    """The result of an act in the thief's own plan, in which one id is another's."""
    facts = {**facts_of(act, own), **MORE.get(act, {})}
    row = new_id() if act in MORE or TARGETS[act] == "new" else own[TARGETS[act]]
    revs = {one["id"]: one["rev"] for one in Phone(thief.hers.client, thief.maria).catch_up()}
    base = {"rev": revs[row]} if row in revs else None
    return thief.hers.results(op(act, thief.person, row, with_id(facts, path, value), base=base))[0]


def seen(household):
    """Every row that Maria's phone gets."""
    return sorted(map(str, Phone(household.hers.client, household.maria).catch_up()))


def outcome(result):
    return result["status"], result.get("code")


@pytest.mark.parametrize(("act", "path"), IDS, ids=[f"{act} {'.'.join(path)}" for act, path in IDS])
def test_an_id_of_another_plan_is_as_one_that_is_nowhere(household, rows, thief, make_thief, parts, act, path):
    """A link may lead to what is not there yet: then it does so for any id, and tells nothing apart."""
    other, before = make_thief("other"), seen(household)
    result = outcome(steal(thief, rows_of(thief, parts), act, path, rows[AIMED[path[-1]]]))
    nowhere = outcome(steal(other, rows_of(other, parts), act, path, new_id()))
    assert result[0] == "refused" or result == nowhere
    assert seen(household) == before
    assert {row["id"] for row in thief.hers.catch_up()} & {row["id"] for row in household.hers.catch_up()} == set()


def test_a_sum_of_another_plans_file_opens_nothing(household, rows, thief, parts):
    own = rows_of(thief, parts)
    for act, path in PLACES:
        if path[-1] in SUMS and act != "file.announce":
            steal(thief, own, act, path, [SHA] if path[-1] == "files" else SHA)
    parts.storage.put(f"picture/{household.person}/{SHA}", b"the drawn picture")
    for person in (household.person, thief.person):
        answer = thief.hers.client.get(f"/files/{person}/{SHA}/picture")
        assert answer.status_code == 404


def test_every_id_has_a_row_that_it_is_aimed_at():
    assert {path[-1] for _, path in PLACES} == set(AIMED) | SUMS
    assert len(IDS) > 20


def test_an_act_that_looks_for_rows_of_everybody_is_found(rows, thief, parts, monkeypatch):
    """Planted: goals are looked for without asking whose they are."""
    monkeypatch.setattr("app.plans.models.Goal.visible_to", classmethod(lambda cls, actor: cls.id == cls.id))
    assert steal(thief, rows_of(thief, parts), "step.write", ("goal",), rows["goal"])["status"] == "done"
