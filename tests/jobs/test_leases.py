"""Derived work: claimed by one worker at a time, tried again later, never lost and never tried for ever."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import update

from app.core.db import database_now
from app.core.errors import Refused
from app.jobs import worker as worker_module
from app.jobs.models import Job
from app.jobs.service import LEASE, MOST_ATTEMPTS, claim, enqueue, finish, keep_alive, put_back
from app.jobs.worker import Worker
from tests.fixtures_app import both_engines


def due(parts, key="one", kind="draw"):
    with parts.database.writing() as session:
        enqueue(session, kind, key=key, payload={"key": key})
        session.commit()


def take(parts, kinds=("draw",)):
    with parts.database.writing() as session:
        held = claim(session, list(kinds))
        session.commit()
    return held


def settle(parts, act, *facts):
    with parts.database.writing() as session:
        done = act(session, *facts)
        session.commit()
    return done


def the_job(parts):
    with parts.database.reading() as session:
        return session.query(Job).one()


def change(parts, **values):
    with parts.database.writing() as session:
        session.execute(update(Job).values(**values))
        session.commit()


def lose_the_lease(parts):
    """As if the worker had died a minute ago."""
    with parts.database.reading() as session:
        past = database_now(session) - timedelta(seconds=1)
    change(parts, lease_until=past)


@both_engines
def test_a_job_is_claimed_by_one_worker(parts):
    due(parts)
    assert take(parts).payload == {"key": "one"}
    assert take(parts) is None


@both_engines
def test_two_workers_at_once_never_hold_one_job(parts):
    for number in range(8):
        due(parts, key=str(number))
    taken = []

    def work():
        while (held := take(parts)) is not None:
            taken.append(held.id)

    workers = [threading.Thread(target=work) for _ in range(3)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert len(taken) == len(set(taken)) == 8


@both_engines
def test_a_lease_that_ran_out_frees_the_job_and_the_first_worker_cannot_settle_it(parts):
    due(parts)
    first = take(parts)
    lose_the_lease(parts)
    second = take(parts)
    assert (second.id, second.attempts) == (first.id, 2)
    assert settle(parts, finish, first) is False
    assert settle(parts, put_back, first, "late") is False
    assert settle(parts, finish, second) is True
    assert the_job(parts).state == "done"


def test_a_heartbeat_lengthens_the_lease(parts):
    due(parts)
    held = take(parts)
    lose_the_lease(parts)
    assert settle(parts, keep_alive, held) is True
    assert take(parts) is None


def test_the_same_key_is_the_same_work(parts):
    due(parts)
    due(parts)
    held = take(parts)
    settle(parts, finish, held)
    due(parts)
    assert take(parts) is None


def test_the_job_due_longest_comes_first_and_other_kinds_stay(parts):
    due(parts, key="late")
    due(parts, key="remind", kind="remind")
    due(parts, key="early")
    with parts.database.writing() as session:
        early = session.query(Job).filter(Job.key == "early").one()
        early.due_at -= timedelta(hours=1)
        session.commit()
    assert [take(parts).payload["key"], take(parts).payload["key"], take(parts)] == ["early", "late", None]


def test_a_job_put_back_waits_longer_each_time(parts):
    due(parts)
    waits = []
    for _ in range(3):
        held = take(parts)
        settle(parts, put_back, held, "no room")
        with parts.database.reading() as session:
            waits.append((the_job(parts).due_at - database_now(session)).total_seconds())
        change(parts, due_at=the_job(parts).due_at - timedelta(days=1))
    assert [round(wait) for wait in waits] == [2, 4, 8]


def test_after_the_last_try_it_has_failed_with_the_reason(parts):
    due(parts)
    for _ in range(MOST_ATTEMPTS):
        settle(parts, put_back, take(parts), "no room")
        change(parts, due_at=the_job(parts).due_at - timedelta(days=1))
    assert (the_job(parts).state, the_job(parts).reason) == ("failed", "no room")
    assert take(parts) is None


@both_engines
def test_a_job_that_ends_its_worker_each_time_is_given_up(parts):
    due(parts)
    for _ in range(MOST_ATTEMPTS):
        assert take(parts) is not None
        lose_the_lease(parts)
    assert take(parts) is None
    assert the_job(parts).state == "failed"


def test_a_worker_carries_out_one_job(parts):
    due(parts)
    seen = []
    worker = Worker(parts.database, {"draw": lambda held: seen.append(held.payload)})
    assert [worker.run_once(), worker.run_once()] == [True, False]
    assert seen == [{"key": "one"}]
    assert the_job(parts).state == "done"


@pytest.mark.parametrize(("error", "reason"), [(Refused("No room."), "No room."), (KeyError("secret"), "KeyError")])
def test_a_job_that_fails_waits_with_a_reason_that_holds_no_words(parts, error, reason):
    due(parts)

    def fail(_held):
        raise error

    assert Worker(parts.database, {"draw": fail}).run_once() is True
    assert (the_job(parts).state, the_job(parts).reason, the_job(parts).attempts) == ("due", reason, 1)


def test_a_long_job_keeps_its_lease_although_one_heartbeat_fails(parts, monkeypatch):
    due(parts)
    beats, beaten = [], threading.Event()

    def beat(session, held):
        beats.append(held.id)
        if len(beats) == 1:
            raise Refused("The database was away.")
        beaten.set()
        return keep_alive(session, held)

    monkeypatch.setattr(worker_module, "LEASE", LEASE / 3000)
    monkeypatch.setattr(worker_module, "keep_alive", beat)
    Worker(parts.database, {"draw": lambda _held: beaten.wait(10)}).run_once()
    assert len(beats) >= 2
    assert the_job(parts).state == "done"


def test_a_worker_stops_when_it_is_asked_to(parts):
    worker = Worker(parts.database, {})
    worker.stopping.set()
    worker.run()


def test_a_database_that_is_away_makes_the_worker_wait_not_end(parts, monkeypatch):
    worker = Worker(parts.database, {"draw": lambda _held: None})

    def away():
        worker.stopping.set()
        raise Refused("The disk is full.")

    monkeypatch.setattr(worker, "run_once", away)
    worker.run()
