"""Every act and every page of groups, by member, moderator, banned, ex-member, and somebody who never was there."""

import pytest

from app.core.ids import new_id
from app.peers import handlers
from app.peers.service import seats
from tests.fixtures_app import form_token

ROLES = ("moderator", "member", "banned", "ex_member", "outsider")
IN, OUT = {"moderator": "done", "member": "done"}, dict.fromkeys(("banned", "ex_member", "outsider"), "not_found")
# What needs a seat, and what is the plan's own wherever it sits.
NEEDS_SEAT = ("sharing.write", "post.report", "mark.write", "idea.borrow")
OWN = ("sharing.confirm", "sharing.agree", "sharing.stop", "idea.write", "idea.remove")
MEMBERS = {"moderator": 200, "member": 200, "banned": 404, "ex_member": 404, "outsider": 404}
MODERATORS = {**MEMBERS, "member": 404}
PAGES = {
    "": ("GET", {}, MEMBERS),
    "/link": ("POST", {}, MODERATORS),
    "/voice": ("GET", {}, MODERATORS),
    "/name": ("POST", {"name": "Taken over"}, {**MODERATORS, "moderator": 303}),
    "/seats/{seat}": ("POST", {"act": "ban"}, {**MODERATORS, "moderator": 303}),
    "/queue/{item}": ("POST", {"decision": "removed"}, {**MODERATORS, "moderator": 303}),
    "/leave": ("POST", {"seat": "own"}, {**MEMBERS, "moderator": 422, "member": 303}),
    "/delete": ("POST", {}, {**MODERATORS, "moderator": 303}),
}


@pytest.fixture
def people(ring, make_plan):
    """A plan of each role, what one of the members shared, and a report of it."""
    extra = make_plan(30)
    ring.join(extra)
    post = ring.shown(extra)
    found = dict(zip(ROLES, (*ring.plans[:4], make_plan(31)), strict=True))
    ring.join(make_plan(32))
    ring.join(make_plan(33))
    item = new_id()
    ring.act(ring.plans[4], "post.report", item, {"group": ring.group, "post": post, "reason": "unkind"})
    ring.do(ring.plans[0], seats.ban, ring.seat(found["banned"]))
    ring.do(found["ex_member"], seats.leave_group)
    return found, {"post": post, "item": item, "seat": ring.seat(ring.plans[4])}


def facts_of(act, ring, post):
    place = {"group": ring.group, "post": post}
    return {
        "sharing.write": {"group": ring.group, "about": "example", "goal": "Walk."},
        "post.report": {**place, "reason": "unkind"},
        "mark.write": {"group": ring.group, "kind": "helped", "about": post, "on": True},
        "idea.borrow": {**place, "part": "goal"},
    }[act]


@pytest.mark.parametrize("act", NEEDS_SEAT)
def test_only_who_sits_there_acts_there(ring, people, act):
    found, names = people
    got = {}
    for role in ROLES:
        result = ring.act(found[role], act, new_id(), facts_of(act, ring, names["post"]))
        got[role] = result.get("code", result["status"])
    assert got == {**IN, **OUT}


@pytest.mark.parametrize("act", OWN)
def test_nobody_acts_on_the_text_or_idea_of_another_plan(ring, people, act):
    found, _ = people
    theirs = ring.write(ring.plans[4])
    idea = new_id()
    ring.act(ring.plans[4], "idea.borrow", idea, {"group": ring.group, "post": people[1]["post"], "part": "goal"})
    answers = dict.fromkeys(("named", "neighbour", "news"), "no")
    facts = {"sharing.confirm": {"hidden": [], "revealed": [], **answers}, "idea.write": {"words": "Mine"}}.get(act, {})
    row = idea if act.startswith("idea") else theirs
    assert {ring.act(found[role], act, row, facts)["code"] for role in ROLES} == {"not_found"}


def test_every_act_of_groups_has_its_cells():
    assert {act.name for act in handlers.ACTS} == {*NEEDS_SEAT, *OWN}


def test_only_members_read_and_a_moderator_reads_what_members_read(ring, people):
    found, names = people
    read = {role: ring.posts(found[role]) for role in ROLES}
    assert read["moderator"] == read["member"] == ring.posts(ring.plans[4])
    assert names["post"] in read["member"]
    assert [read[role] for role in OUT] == [{}, {}, {}]
    kinds = {role: {row["kind"] for row in found[role].phone.catch_up()} for role in ("moderator", "member")}
    assert kinds["moderator"] == kinds["member"]


@pytest.mark.parametrize("page", PAGES)
def test_each_page_by_each_role(ring, people, page):
    found, names = people
    method, form, cells = PAGES[page]
    got = {}
    for role in reversed(ROLES):
        client = found[role].phone.client
        data = {**form, "csrf_token": form_token(client.get("/sign-in"))} if method == "POST" else None
        if data and data.get("seat"):
            data["seat"] = ring.seat(found[role]) if cells[role] != 404 else names["seat"]
        path = f"/groups/{ring.group}{page.format(**names)}"
        got[role] = client.open(path, method=method, data=data).status_code
    assert got == cells
