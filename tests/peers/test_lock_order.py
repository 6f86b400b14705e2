"""Groups are locked before plans, and plans in order, by phones, pages and the worker: none waits for ever.

PostgreSQL ends one of two that do: it would have to be tried again."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.core.ids import new_id
from app.peers import handlers
from app.peers.service import groups, seats
from app.peers.service.moderating import settle
from app.sync import changes
from tests.fixtures_app import both_engines
from tests.peers.test_taken_back import borrow, erase, erase_account, erase_person


@pytest.fixture
def orders(monkeypatch):
    """For each transaction the streams in the order in which it locked them first."""
    kept, lock = [], changes._locked_counter

    def note(session, stream):
        mine = session.info.get("locked")
        if mine is None:
            mine = session.info["locked"] = []
            kept.append(mine)
        if stream not in mine:
            mine.append(stream)
        return lock(session, stream)

    monkeypatch.setattr(changes, "_locked_counter", note)
    return kept


def wrong(orders):
    return [order for order in orders if order != sorted(order)]


def scene(ring, make_plan):
    """An example of each plan, borrowed by all others; questions on them; a report."""
    for number in (20, 21):
        ring.plans.append(make_plan(number))
        ring.join(ring.plans[-1])
    rows = [ring.held(plan) for plan in ring.plans]
    ring.clock.go_on(hours=24)
    ring.work()
    ring.clock.go_on(hours=24, minutes=1)
    ring.work()
    for number, plan in enumerate(ring.plans):
        borrow(ring, plan, rows[number - 1])
        borrow(ring, plan, rows[number - 2])
        ring.held(plan, {"words": "Was it far?"}, about="question", on=rows[number - 1])
    ring.clock.go_on(hours=24)
    ring.work()
    return rows


def everything(ring, rows, make_account):
    """Each way in which something goes from a group, or appears in it."""
    plans, item = ring.plans, new_id()
    ring.do(plans[0], seats.set_role, ring.seat(plans[2]), role="moderator")
    ring.do(plans[0], seats.set_role, ring.seat(plans[0]), role="member")
    ring.do(plans[2], seats.set_role, ring.seat(plans[0]), role="moderator")
    ring.act(plans[1], "sharing.stop", rows[1], {})
    ring.act(plans[1], "post.report", item, {"group": ring.group, "post": rows[2], "reason": "recognise"})
    ring.act(plans[1], "mark.write", new_id(), {"group": ring.group, "kind": "helped", "about": rows[3], "on": True})
    ring.do(plans[0], settle, item, decision="removed")
    ring.do(plans[0], seats.ban, ring.seat(plans[3]))
    ring.do(plans[4], seats.leave_group)
    erase(ring, erase_person, person_id=plans[5].person)
    erase(ring, erase_account, account_id=plans[6].account)
    ring.clock.go_on(days=1)
    ring.work()
    ring.do(plans[0], groups.delete_group)


def test_groups_are_locked_before_plans_and_plans_in_order(ring, make_plan, make_account, orders):
    everything(ring, scene(ring, make_plan), make_account)
    assert len([order for order in orders if len(order) > 2]) >= 8, "hardly anything took more than one lock"
    assert wrong(orders) == []


def test_a_phone_that_locks_its_plan_first_is_found(ring, make_plan, orders, monkeypatch):
    """Planted: what acts in groups lock is not asked for before."""
    rows = scene(ring, make_plan)
    monkeypatch.setattr(ring.plans[1].phone.client.application.extensions["inhand.sync"].registry, "earlier", {})
    ring.act(ring.plans[1], "sharing.stop", rows[1], {})
    assert wrong(orders) != []


def test_an_act_that_writes_in_a_group_asks_for_its_locks():
    assert set(handlers.IN_GROUPS) < {act.name for act in handlers.ACTS}


@both_engines
def test_plans_that_borrowed_from_each_other_withdraw_at_once(ring, make_plan):
    rows = scene(ring, make_plan)
    ready = threading.Barrier(len(rows))

    def stop(number):
        ready.wait()
        return ring.act(ring.plans[number], "sharing.stop", rows[number], {})["status"]

    with ThreadPoolExecutor(len(rows)) as pool:
        assert set(pool.map(stop, range(len(rows)))) == {"done"}
    assert ring.posts(ring.plans[2]) == {}


@both_engines
def test_a_batch_is_released_while_phones_write(ring, make_plan):
    rows = scene(ring, make_plan)
    fresh = [ring.held(plan, {"goal": "Another walk."}) for plan in ring.plans]
    ring.clock.go_on(hours=24)
    ring.work()
    ring.clock.go_on(hours=24, minutes=1)
    ready = threading.Barrier(2)

    def release():
        ready.wait()
        return ring.work() > 0

    def phones():
        ready.wait()
        return {ring.act(plan, "sharing.stop", row, {})["status"] for plan, row in zip(ring.plans, rows, strict=True)}

    with ThreadPoolExecutor(2) as pool:
        worker, writers = pool.submit(release), pool.submit(phones)
        assert (worker.result(), writers.result()) == (True, {"done"})
    assert set(ring.posts(ring.plans[2])) == set(fresh)
