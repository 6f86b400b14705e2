"""No work ends well with changes that were never committed, and reading never writes."""

import pytest

from app.accounts.models import Attempt
from app.core.db import UncommittedChanges
from tests.fixtures_app import both_engines


def attempt(key):
    return Attempt(key=key, window=1, count=1)


def keys(parts):
    with parts.database.reading() as session:
        return {row.key for row in session.query(Attempt)}


def work(parts, *steps):
    """A block of work: each step gets the session."""
    with parts.database.writing() as session:
        for step in steps:
            step(session)


def add(key):
    return lambda session: session.add(attempt(key))


def flush(session):
    session.flush()


def commit(session):
    session.commit()


def release_a_savepoint(session):
    with session.begin_nested():
        session.flush()


def fail(_session):
    raise LookupError


NEVER_COMMITTED = [(), (flush,), (release_a_savepoint,), (commit, add("second"), flush), (commit, add("second"))]


@both_engines
@pytest.mark.parametrize("after", NEVER_COMMITTED)
def test_changes_that_were_never_committed_are_a_fault_and_are_gone(parts, after):
    with pytest.raises(UncommittedChanges):
        work(parts, add("first"), *after)
    assert keys(parts) == ({"first"} if commit in after else set())


def test_committed_changes_are_kept(parts):
    with parts.database.writing() as session:
        session.add(attempt("kept"))
        session.commit()
    assert keys(parts) == {"kept"}


def test_a_rollback_is_no_fault(parts):
    with parts.database.writing() as session:
        session.add(attempt("taken back"))
        session.flush()
        session.rollback()
    assert keys(parts) == set()


def test_an_error_is_told_as_itself(parts):
    with pytest.raises(LookupError):
        work(parts, add("planted"), fail)
    assert keys(parts) == set()


@both_engines
def test_reading_never_writes(parts):
    with parts.database.reading() as session:
        session.add(attempt("planted"))
        with pytest.raises(RuntimeError, match="cannot write"):
            session.flush()
    assert keys(parts) == set()


@both_engines
def test_reading_sees_one_moment(parts):
    with parts.database.reading() as session:
        before = session.query(Attempt).count()
        with parts.database.writing() as other:
            other.add(attempt("meanwhile"))
            other.commit()
        assert session.query(Attempt).count() == before
