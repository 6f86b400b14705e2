"""Two phones at the very same time: the second waits for the first, and sees what it did."""

import threading

from app.accounts.access import RelationshipRights
from app.budgets.models import Entry
from app.core.ids import new_id
from app.factory import make_registry
from app.sync.models import Stream, person_stream
from app.sync.receive import Sender, receive
from tests.fixtures_app import both_engines, op
from tests.sync.acts import correct, money_out, with_entry

PATIENCE = 20


class Held:
    """A batch that is carried out but not yet committed, in a thread of its own."""

    def __init__(self, parts, sender, *ops):
        self.parts, self.sender, self.ops = parts, sender, list(ops)
        self.carried_out, self.may_commit = threading.Event(), threading.Event()
        self.results = []
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self):
        with self.parts.database.writing() as session:
            self.results = receive(session, RelationshipRights(), make_registry(), self.sender, self.ops)
            self.carried_out.set()
            assert self.may_commit.wait(PATIENCE)
            session.commit()

    def end(self):
        self.may_commit.set()
        self.thread.join(PATIENCE)
        return self.results


def race(parts, first, second):
    """Carry out `first`, start `second`, and let the first commit only then. Each is (sender, operation)."""
    one = Held(parts, *first)
    assert one.carried_out.wait(PATIENCE)
    two = Held(parts, *second)
    two.may_commit.set()
    results = one.end()
    return results, two.end()


@both_engines
def test_two_corrections_at_once_are_done_and_a_conflict(household, parts):
    entry, rev = with_entry(household, 1000)
    hers, his = (correct(household, entry, amount, base={"rev": rev}) for amount in (1200, 900))
    one, two = race(parts, (Sender(household.maria, new_id()), hers), (Sender(household.tom, new_id()), his))
    assert [one[0]["status"], two[0]["status"]] == ["done", "conflict"]
    assert money_out(household.hers.rows("entry")) == 1200


@both_engines
def test_the_same_operation_twice_at_once_is_carried_out_once(household, parts):
    write = op("goal.write", household.person, new_id(), {"words": "Swim"})
    sender = Sender(household.maria, new_id())
    one, two = race(parts, (sender, write), (sender, write))
    assert one == two
    assert len(household.hers.rows("version")) == 1


@both_engines
def test_two_writes_of_one_field_at_once_both_count_as_revisions(household, parts):
    row = new_id()
    household.hers.results(op("goal.write", household.person, row, {"importance": 1}))
    writes = [op("goal.write", household.person, row, {"importance": n}, base={"rev": 2}) for n in (2, 3)]
    senders = [Sender(account, new_id()) for account in (household.maria, household.tom)]
    one, two = race(parts, (senders[0], writes[0]), (senders[1], writes[1]))
    assert two[0]["rev"] == one[0]["rev"] + 1


@both_engines
def test_a_number_never_becomes_visible_before_a_smaller_one(household, parts):
    first = Held(
        parts, Sender(household.maria, new_id()), op("goal.write", household.person, new_id(), {"importance": 1})
    )
    assert first.carried_out.wait(PATIENCE)
    before = len(household.his.rows("goal"))
    second = Held(
        parts, Sender(household.tom, new_id()), op("goal.write", household.person, new_id(), {"importance": 2})
    )
    second.may_commit.set()
    assert len(household.his.rows("goal")) == before == 0
    seqs = [first.end()[0]["seq"], second.end()[0]["seq"]]
    assert seqs == sorted(seqs)
    with parts.database.reading() as session:
        assert session.get_one(Stream, person_stream(household.person)).seq == seqs[-1]
        assert session.query(Entry).count() == 0
