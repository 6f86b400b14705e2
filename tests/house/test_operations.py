"""Every act, by each role, on a real row of somebody else; and what no act may take."""

import pytest
from marshmallow import Schema, ValidationError, fields
from sqlalchemy import select

from app.accounts.policy import ROLES as KNOWN_ROLES
from app.accounts.service import end_relationship
from app.core.db import Base
from app.core.ids import new_id
from app.factory import make_registry
from app.plans.schemas import GoalWrite
from app.plans.service import about_id
from app.reminders.models import Occasion, Reminder
from app.sync.facts import Facts
from app.sync.registry import Act
from tests.fixtures_app import FIRST_MOMENT, op
from tests.peers.scene import with_group
from tests.sync.acts import SPENDING, correct, spend, with_pot

ACTS = make_registry().acts
OWN_ACTS = sorted(act.name for act in ACTS.values() if act.needs == "self")
DAYS = {"starts_on": "2026-04-01", "ends_on": "2027-03-31"}
SHA = "a" * 64
LIMITED = ("nominee", "helper", "viewer", "reviewer")
ROLES = ("holder", "representative", *LIMITED, "stranger", "ex_carer")


def facts_of(act, rows):
    """Good facts for each act on Maria's rows."""
    made = {name: new_id() for name in ("entry", "reversal", "repayment", "out", "in")}
    return {
        "person.write": {"name": "Robbed"},
        "goal.write": {"importance": 9},
        "goal.remove": {},
        "about.write": {"important": "Robbed"},
        "step.write": {"state": "done"},
        "step.remove": {},
        "check_in.write": {"going": "harder"},
        "check_in.remove": {},
        "choice.write": {"position": 9},
        "choice.remove": {},
        "pot.write": {"name": "Robbed"},
        "pot.transfer": {
            "source": rows["pot"], "target": rows["second"], "amount": 5, "on": "2026-11-20", "what": "Move",
            "out_entry": made["out"], "in_entry": made["in"],
        },
        "period.write": {"agreed": 5},
        "period.end": {"give_back": 0, "repayment": made["repayment"]},
        "entry.record": {**SPENDING, "pot": rows["pot"], "amount": 5},
        "entry.correct": {"changes": {"amount": 5}, "entry": made["entry"], "reversal": made["reversal"]},
        "entry.void": {"reversal": made["reversal"]},
        "commitment.write": {"amount": 5},
        "file.announce": {"sha256": "b" * 64, "size": 5, "type": "image/jpeg"},
        "conflict.choose": {"choice": "other"},
        "receipt.read": {"sha256": SHA},
        "receipt.drop": {},
        "review_clock.write": {"funder": "Robbed"},
        "review_clock.remove": {},
        "review.record": {"clock": rows["review_clock"], "held_on": "2026-11-20"},
        "review.write": {"said": "Robbed"},
        "review.remove": {},
        "reminder_wish.write": {"on": False},
        "notice.read": {},
        "remark.write": {"words": "Robbed", "agrees": True},
        **facts_of_groups(rows),
    }[act]  # fmt: skip


def facts_of_groups(rows):
    """Good facts for the acts in groups."""
    answers = dict.fromkeys(("named", "neighbour", "news"), "no")
    return {
        "sharing.write": {"group": rows["group"], "about": "example", "goal": "Robbed"},
        "sharing.confirm": {"hidden": [], "revealed": [], **answers},
        "sharing.agree": {},
        "sharing.stop": {},
        "post.report": {"group": rows["group"], "post": rows["post"], "reason": "unkind"},
        "mark.write": {"group": rows["group"], "kind": "helped", "about": rows["post"], "on": True},
        "idea.borrow": {"group": rows["group"], "post": rows["post"], "part": "goal"},
        "idea.write": {"words": "Robbed"},
        "idea.remove": {},
    }


# The row of Maria's that each act is aimed at; a new id where the act makes a row.
TARGETS = {
    "person.write": "person", "goal.write": "goal", "goal.remove": "goal", "choice.write": "choice",
    "about.write": "about", "step.write": "step", "step.remove": "step",
    "check_in.write": "check_in", "check_in.remove": "check_in",
    "choice.remove": "choice", "pot.write": "pot", "pot.transfer": "new",
    "period.write": "period", "period.end": "period", "entry.record": "new", "entry.correct": "entry",
    "entry.void": "entry", "commitment.write": "commitment", "file.announce": "new", "conflict.choose": "conflict",
    "receipt.read": "reading", "receipt.drop": "reading",
    "review_clock.write": "review_clock", "review_clock.remove": "review_clock", "review.record": "new",
    "review.write": "review", "review.remove": "review", "reminder_wish.write": "account", "notice.read": "notice",
    "remark.write": "new", "sharing.write": "new", "sharing.confirm": "sharing", "sharing.agree": "agreeing",
    "sharing.stop": "second_read", "post.report": "new", "mark.write": "new", "idea.borrow": "new",
    "idea.write": "idea", "idea.remove": "idea",
}  # fmt: skip


# What a role with limits is answered: for acts on the plan, on the money, on spending written down, and others.
NOBODY = dict.fromkeys(LIMITED, "not_allowed")
MONEY = {**NOBODY, "nominee": "done"}
LOGGING = {**MONEY, "helper": "done"}
# An act on a line, a file or a reading that somebody else made: who sees only what is their own does not find it.
OTHERS_LINE = {**MONEY, "helper": "not_found"}
# Whoever has the very bytes, and so knows their sum, is told that somebody else sent them; no more than that.
OTHERS_BYTES = {**MONEY, "helper": "here_already"}
CELLS = {
    **dict.fromkeys(("person.write", "goal.write", "goal.remove", "about.write", "step.write", "step.remove"), NOBODY),
    **dict.fromkeys(("check_in.write", "check_in.remove"), NOBODY),
    **dict.fromkeys(("choice.write", "choice.remove", "review_clock.write", "review_clock.remove"), NOBODY),
    **dict.fromkeys(("review.record", "review.write", "review.remove"), NOBODY),
    **dict.fromkeys(("pot.write", "pot.transfer", "period.write", "period.end", "commitment.write"), MONEY),
    **dict.fromkeys(("entry.record", "file.announce"), LOGGING),
    "remark.write": {**NOBODY, "reviewer": "done"},
    **dict.fromkeys(("sharing.write", "sharing.confirm", "sharing.agree", "sharing.stop", "post.report"), NOBODY),
    **dict.fromkeys(("mark.write", "idea.borrow", "idea.write", "idea.remove"), NOBODY),
    **dict.fromkeys(("entry.correct", "entry.void", "receipt.drop", "conflict.choose"), OTHERS_LINE),
    "receipt.read": OTHERS_BYTES,
}


# What even who looks after a plan may not do for its holder: agree, or let on what the holder wrote.
HOLDERS_OWN = {"sharing.agree": {"representative": "not_allowed"}, "sharing.confirm": {"representative": "not_allowed"}}
# The second to ask may be told that it is done already: a period ends once, a conflict is settled once.
AGAIN = {"refused", "same_change"}
SETTLED = {"representative": set(), "nominee": AGAIN, "helper": {*AGAIN, "here_already"}, "holder": AGAIN}


@pytest.fixture
def rows(household, parts):
    """One row of Maria's of each kind; ids by kind."""
    return rows_of(household, parts)


def rows_of(household, parts):
    """One row of each kind in a household's plan; ids by kind."""
    names = ("goal", "step", "choice", "period", "entry", "commitment", "file", "reading", "review_clock", "review")
    ids = {name: new_id() for name in (*names, "remark", "check_in")}
    pot, second = with_pot(household), with_pot(household)
    person = household.person
    household.hers.results(
        op("goal.write", person, ids["goal"], {"words": "Swim"}),
        op("about.write", person, about_id(person), {"important": "My dog"}),
        op("step.write", person, ids["step"], {"goal": ids["goal"], "words": "Ring the pool"}),
        op("check_in.write", person, ids["check_in"], {"goal": ids["goal"], "on": "2026-11-20", "going": "same"}),
        op("choice.write", person, ids["choice"], {"goal": ids["goal"], "idea": "Choir"}),
        op("period.write", person, ids["period"], {"pot": pot, "agreed": 100_000, **DAYS}),
        spend(household, pot, 1000, row=ids["entry"]),
        op("commitment.write", person, ids["commitment"], {"pot": pot, "amount": 100, "what": "Mo"}),
        op("file.announce", person, ids["file"], {"sha256": SHA, "size": 5, "type": "image/jpeg"}),
        op("receipt.read", person, ids["reading"], {"sha256": SHA}),
        op("remark.write", person, ids["remark"], {"words": "Well said", "agrees": False}),
    )
    household.hers.results(
        op("review_clock.write", person, ids["review_clock"], {"funder": "Leeds", "starts_on": "2026-04-01"}),
        op("review.record", person, ids["review"], {"clock": ids["review_clock"], "held_on": "2026-06-20"}),
    )
    disputed = new_id()
    household.hers.results(spend(household, pot, 700, row=disputed))
    household.hers.results(correct(household, disputed, 800, base={"rev": 1}))
    clash = household.his.results(correct(household, disputed, 900, base={"rev": 1}))[0]
    ids["about"] = about_id(person)
    ids |= with_group(parts, household.maria, person)
    return {**ids, "person": person, "pot": pot, "second": second, "new": new_id(), "conflict": clash["conflict"]}


@pytest.fixture
def phones(household, make_account, make_person, make_relationship, change_relationship, phone):
    """A phone of each role, and for those who are not Maria's a person of their own."""
    found, own = {"holder": household.hers, "representative": household.his}, {}
    for role in ("stranger", "ex_carer"):
        account = make_account(f"{role}@example.com", name=role)
        own[role] = make_person(account, name=role, role="holder")
        found[role] = phone(account)
    for role in LIMITED:
        account = make_account(f"{role}@example.com", name=role)
        make_relationship(account, household.person, role=role)
        found[role] = phone(account)
    ended = make_relationship(found["ex_carer"].account, household.person, role="representative")
    change_relationship(ended, end_relationship)
    return found, own


def everything(parts):
    """Every row of every table but the answers to operations, as text."""
    with parts.database.reading() as session:
        tables = [table for table in Base.metadata.sorted_tables if table.name not in {"operation", "sign_in"}]
        return {table.name: sorted(map(str, session.execute(select(table)))) for table in tables}


def aimed(act, rows, stream_of):
    """The act on Maria's row, in the stream of this person."""
    row = rows[TARGETS[act]]
    return op(act, stream_of, row, facts_of(act, rows), base={"rev": 2})


@pytest.mark.parametrize("act", [act for act in ACTS if act not in OWN_ACTS])
def test_each_role_may_what_it_may_and_nobody_else_anything(act, rows, phones, household, parts):
    found, own = phones
    before = everything(parts)
    for role in ("stranger", "ex_carer"):
        in_hers = found[role].results(aimed(act, rows, household.person))[0]
        in_own = found[role].results(aimed(act, {**rows, "new": taken(act, rows)}, own[role]))[0]
        assert [one.get("code") for one in (in_hers, in_own)] == ["not_found", "not_found"], (role, in_hers, in_own)
    shut = {role: code for role, code in (CELLS[act] | HOLDERS_OWN.get(act, {})).items() if code != "done"}
    for role, code in shut.items():
        answer = found[role].results(aimed(act, {**rows, "new": new_id()}, household.person))[0]
        assert answer.get("code") == code, (role, answer)
    assert everything(parts) == before
    for role in (role for role in ("representative", *LIMITED, "holder") if role not in shut):
        result = found[role].results(aimed(act, {**rows, "new": new_id()}, household.person))[0]
        assert result["status"] in {"done", "conflict"} or result["code"] in SETTLED[role], (role, result)


def taken(act, rows):
    """For acts that make a row: an id that one of Maria's rows has."""
    made = {"file.announce": "file", "entry.record": "entry", "remark.write": "remark"}
    return rows[made.get(act, "new")]


@pytest.mark.parametrize("act", OWN_ACTS)
def test_nobody_acts_on_the_account_of_another(act, phones, household, parts):
    found, _ = phones
    rows = {"account": household.maria, "notice": with_notice(household, parts)}
    before = everything(parts)
    for role in ("stranger", "ex_carer", "representative", *LIMITED):
        hers, own = (in_account(act, rows, account) for account in (household.maria, found[role].account))
        assert [found[role].results(one)[0].get("code") for one in (hers, own)] == ["not_found", "not_found"], role
    assert everything(parts) == before
    assert found["holder"].results(in_account(act, rows, household.maria))[0]["status"] == "done"


def in_account(act, rows, account):
    """The act on Maria's row, in the stream of this account."""
    made = op(act, account, rows[TARGETS[act]], {"on": False} if act == "reminder_wish.write" else {})
    return {**made, "stream": f"account:{account}"}


def with_notice(household, parts):
    """A notice of Maria's; returns its id."""
    occasion = Occasion(id=new_id(), person_id=household.person, about="review", row_id=new_id(), on="2026-12-01")
    times = {"send_at": FIRST_MOMENT, "expires_at": FIRST_MOMENT}
    facts = {"person": household.person, "about": "review", "row_id": occasion.row_id, "on": "2026-12-01", "days": 7}
    notice = Reminder(
        id=new_id(), occasion_id=occasion.id, account_id=household.maria, state="noticed", **facts, **times
    )
    with parts.database.writing() as session:
        session.add(occasion)
        session.flush()
        session.add(notice)
        session.commit()
        return notice.id


def uncovered(acts, roles):
    """Acts without facts or target here, and roles of the policy without cells."""
    without = {act for act in acts if act not in OWN_ACTS and set(CELLS.get(act, ())) != set(LIMITED)}
    return (set(acts) ^ set(TARGETS)) | without, set(roles) - set(ROLES)


def test_every_act_and_every_role_has_its_cells():
    assert uncovered(ACTS, KNOWN_ROLES) == (set(), set())


def test_a_new_act_or_role_without_cells_is_found():
    assert uncovered([*ACTS, "goal.steal"], [*KNOWN_ROLES, "burglar"]) == ({"goal.steal"}, {"burglar"})


def test_a_person_and_a_row_of_two_plans_of_one_account_do_not_mix(household, rows, make_person, parts):
    second = make_person(household.maria, name="Sam", role="representative")
    before = everything(parts)
    for act in ("goal.write", "entry.correct", "pot.write", "period.write", "commitment.write", "conflict.choose"):
        assert household.hers.results(aimed(act, rows, second))[0]["code"] == "not_found"
    assert everything(parts) == before


# -- what no act may take -----------------------------------------------------------------------------------


@pytest.mark.parametrize("facts", [None, 5, "x", [], [{}], True])
def test_facts_that_are_no_object_are_refused(facts, household):
    sent = [op(act, household.person, new_id(), facts) for act in ACTS]
    own = {"stream": f"account:{household.maria}"}
    results = household.hers.results(*(one | own if one["act"] in OWN_ACTS else one for one in sent))
    assert {(result["status"], result["code"]) for result in results} == {("refused", "malformed")}


def spoiled(schema: Schema):
    """For each field of a schema, nested ones too: a path to it and a value that it must not take."""
    yield ("unheard_of",), "x"
    for name, one in schema.fields.items():
        inner = one.inner if isinstance(one, fields.List) else one
        wrap = (lambda value: [value]) if isinstance(one, fields.List) else (lambda value: value)
        if isinstance(one, fields.Nested):
            yield from (((name, *path), value) for path, value in spoiled(one.schema))
        elif isinstance(inner, fields.Integer):
            yield from (((name,), wrap(value)) for value in (1.0, 1.5, True, "1", 10**30, float("inf"), [1]))
        elif isinstance(one, fields.Boolean):
            yield from (((name,), value) for value in (5, 1, 0, "true", "", {}, [True]))
        else:
            yield from (((name,), wrap(value)) for value in (5, True, "a\x00", "a\ud800", {}, ["x"]))


def placed(path, value):
    """Facts with this one value in place."""
    return {path[0]: placed(path[1:], value)} if path else value


SPOILED = [(act.name, path, value) for act in ACTS.values() for path, value in spoiled(act.schema)]


def test_no_schema_takes_a_wrong_kind_of_value():
    taken = [(name, path, value) for name, path, value in SPOILED if takes(ACTS[name], path, value)]
    assert len(SPOILED) > 300
    assert taken == []


def takes(act: Act, path, value):
    """Whether the schema has nothing against this value at this place."""
    try:
        act.schema.load(placed(path, value), partial=True)
    except ValidationError as error:
        return not blamed(error.messages, path)
    return True


def blamed(messages, path):
    """Whether the messages are about this place."""
    for name in path:
        if not isinstance(messages, dict):
            return True
        if name not in messages:
            return False
        messages = messages[name]
    return True


class Lenient(Facts):
    """A planted fault: it takes texts for numbers and half symbols."""

    amount = fields.Integer()
    words = fields.String()


def test_a_schema_that_takes_anything_is_found():
    act = Act("x.y", 1, "see_plan", Lenient(), lambda *_: None, says="")
    wrong = {(path, str(value)) for path, value in spoiled(act.schema) if takes(act, path, value)}
    assert {(("amount",), "1"), (("words",), "a\x00")} <= wrong


def test_every_schema_refuses_what_it_does_not_know():
    assert {act.name for act in ACTS.values() if act.schema.unknown != "raise"} == set()
    with pytest.raises(ValidationError):
        GoalWrite().load({"person_id": "x"})


def test_every_act_says_what_it_does():
    assert [act.name for act in ACTS.values() if not act.says.endswith(".")] == []
