"""A plan that somebody else brought in first: whoever runs the installation gives it to its owner, or takes it out."""

import stat

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from app.accounts.access import actor_for
from app.accounts.models import Invitation, Person
from app.accounts.people.feed import activity_of
from app.accounts.people.invitations import Offer, invite
from app.commands import main
from app.core.audit import AuditLine
from app.core.ids import new_id
from app.core.storage import StorageUnavailable
from app.exports.models import Erasure
from app.exports.service import ask_erasure
from tests.exports.test_archive import hashes, make
from tests.exports.test_arrivals import PLACE, page_of, plans_of, press, send
from tests.exports.test_arrivals_away import raising
from tests.fixtures_app import both_engines, op

NUMBER = "Tell them the plan’s number: "


@pytest.fixture
def host(parts, monkeypatch):
    """Run `inhand admin`; what it printed, and its status."""
    monkeypatch.setattr("app.commands.make_services", lambda _: parts)

    def run(*words):
        done = CliRunner().invoke(main, ["admin", *map(str, words)])
        return done.output, done.exit_code

    return run


@pytest.fixture
def taken(gone, parts, work, ana, clock):
    """Maria's plan, erased by her, then brought in by Ana, who still had a file of it."""
    clock.go_on(days=1)
    arrival = send(ana, gone)
    work()
    press(ana, f"{PLACE}/{arrival}", whose="representative")
    work()
    clock.go_on(days=1)
    return gone


@pytest.fixture
def written(taken, household, ana):
    """Ana wrote a goal in it, and invited somebody."""
    assert ana.results(op("goal.write", household.person, new_id(), {"words": "Ana's"}))[0]["status"] == "done"


def invited(parts, account, person):
    with parts.database.writing() as session:
        actor = actor_for(session, account, person)
        invite(session, actor, Offer(name="Zoe", role="viewer"))
        session.commit()


def acts_of(parts, person, *names):
    with parts.database.reading() as session:
        wanted = select(AuditLine.act).where(AuditLine.person_id == person, AuditLine.act.in_(names))
        return sorted(session.scalars(wanted))


def test_the_owner_who_comes_second_is_told_which_number_to_say(taken, parts, work, household):
    household.hers.cursors.clear()
    send(household.hers, taken)
    work()
    assert NUMBER + household.person in page_of(household.hers)


@both_engines
def test_it_is_shown_who_brought_it_in_and_what_was_done_since(written, parts, host, household, ana):
    invited(parts, ana.account, household.person)
    told, status = host("imported", household.person)
    assert (status, f"{household.person} Maria\n" in told) == (0, True)
    assert "by ana@example.com\n" in told
    assert "looked after by ana@example.com (representative); invitations that wait: 1\n" in told
    assert "done in it since: 2, the last on" in told
    assert host("imported") == (told, 0)


@both_engines
def test_its_owner_gets_it_with_all_that_is_in_it(written, parts, host, household, ana):
    invited(parts, ana.account, household.person)
    ana.catch_up()
    told, status = host("hand-over", household.person, "--to", "maria@example.com", "--yes")
    assert (status, "maria@example.com is its holder now. Nobody else has a part in it." in told) == (0, True)
    assert plans_of(parts, household.maria) == [(household.person, "holder")]
    assert len(household.hers.rows("goal")) == 7
    assert f"person:{household.person}" in ana.exchange()["gone"]
    write = op("goal.write", household.person, new_id(), {"words": "More"})
    assert ana.results(write)[0]["status"] != "done"
    with parts.database.reading() as session:
        assert list(session.scalars(select(Invitation.state))) == ["withdrawn"]
        lines, _ = activity_of(session, actor_for(session, household.maria, household.person))
    assert [line.who for line in lines if line.what.startswith("got this plan from whoever runs")] == ["Maria"]


@both_engines
def test_taken_out_its_owner_brings_their_own_in(written, parts, work, host, household, ana, tmp_path, taken, actor):
    copy = tmp_path / "copy.zip"
    told, status = host("take-out", household.person, "--copy", copy, "--yes")
    assert (status, f"A copy is in {copy}" in told) == (0, True)
    assert plans_of(parts, ana.account) == [(ana.plan, "holder")]
    work()
    arrival = send(household.hers, taken)
    work()
    press(household.hers, f"{PLACE}/{arrival}", whose="holder")
    work()
    assert hashes(make(parts, work, actor)) == hashes(taken)
    assert list(parts.storage.keys(f"picture/{household.person}/")) != []


def test_the_copy_brings_all_of_it_back(written, parts, work, host, household, ana, tmp_path):
    copy = tmp_path / "copy.zip"
    host("take-out", household.person, "--copy", copy, "--yes")
    work()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert "is back" in host("import", copy, "--for", "maria@example.com")[0]
    assert len(household.hers.rows("goal")) == 7


@pytest.mark.parametrize("words", [("hand-over", "--to", "maria@example.com"), ("take-out", "--copy", "copy.zip")])
def test_without_yes_it_is_only_said(written, parts, work, host, household, ana, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = plans_of(parts, ana.account)
    told, status = host(words[0], household.person, *words[1:])
    work()
    assert (status, told.endswith("Nothing was changed. Say --yes to do it.\n")) == (0, True)
    assert (plans_of(parts, ana.account), (tmp_path / "copy.zip").exists()) == (before, False)
    assert len(ana.rows("goal")) == 7


@pytest.mark.parametrize("words", [("hand-over", "--to", "tom@example.com"), ("take-out", "--copy", "copy.zip")])
def test_a_plan_that_was_not_brought_in_is_neither_given_away_nor_erased(
    full, parts, work, host, words, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    for number in (full.person, new_id(), "x"):
        told, status = host(words[0], number, *words[1:], "--yes")
        assert (status, "No plan with this number was brought in here" in told) == (1, True)
    work()
    assert host("imported") == ("No plan here was brought in from an archive.\n", 0)
    assert plans_of(parts, full.maria) == [(full.person, "holder")]
    assert not (tmp_path / "copy.zip").exists()


def test_nobody_gets_it_who_has_no_account_or_has_it_already(taken, parts, host, household, ana):
    told, status = host("hand-over", household.person, "--to", "nobody@example.com", "--yes")
    assert (status, "There is no account with this email." in told) == (1, True)
    same = ("--to", "ana@example.com", "--role", "representative", "--yes")
    told, status = host("hand-over", household.person, *same)
    assert (status, "looks after this plan already" in told) == (1, True)
    assert len(plans_of(parts, ana.account)) == 2


def test_a_file_that_is_there_is_not_written_over(taken, parts, host, household, tmp_path):
    copy = tmp_path / "copy.zip"
    copy.write_bytes(b"mine")
    told, status = host("take-out", household.person, "--copy", copy, "--yes")
    assert (status, copy.read_bytes(), "There is" in told) == (1, b"mine", True)


def test_what_is_written_meanwhile_keeps_it_here(taken, parts, work, host, household, ana, tmp_path, monkeypatch):
    copy = tmp_path / "copy.zip"

    def opened(_archive):
        ana.results(op("goal.write", household.person, new_id(), {"words": "Late"}))

    monkeypatch.setattr("app.exports.commands.open_archive", opened)
    told, status = host("take-out", household.person, "--copy", copy, "--yes")
    work()
    assert (status, "Something was written in this plan meanwhile." in told, copy.exists()) == (1, True, False)
    assert len(ana.rows("goal")) == 7


@pytest.mark.parametrize("at", ["app.core.storage.Storage.get", "app.exports.commands.open_archive"])
def test_a_copy_that_is_not_whole_keeps_it_here(taken, parts, work, host, household, ana, tmp_path, monkeypatch, at):
    copy = tmp_path / "copy.zip"
    with monkeypatch.context() as planted:
        planted.setattr(at, raising(StorageUnavailable("Away.")))
        told = host("take-out", household.person, "--copy", copy, "--yes")
    work()
    assert (told[1], told[0].endswith("Error: Away.\n"), copy.exists()) == (1, True, False)
    assert len(ana.rows("goal")) == 6


def test_a_failure_after_the_copy_leaves_the_copy(taken, host, household, tmp_path, monkeypatch):
    copy = tmp_path / "copy.zip"

    def killed(*_args):
        raise RuntimeError("killed")

    monkeypatch.setattr("app.exports.commands.take_out", killed)
    assert host("take-out", household.person, "--copy", copy, "--yes")[1] == 1
    assert copy.exists()


def test_an_erasing_that_somebody_else_asked_for_is_stopped(taken, parts, work, host, household, ana):
    with parts.database.writing() as session:
        ask_erasure(session, actor_for(session, ana.account, household.person), typed="Maria")
        session.commit()
    host("hand-over", household.person, "--to", "maria@example.com", "--yes")
    work("erase", days=8)
    with parts.database.reading() as session:
        assert session.get(Person, household.person) is not None
        assert "waiting" not in set(session.scalars(select(Erasure.state)))
    assert acts_of(parts, household.person, "archive.handed_over", "erasure.stopped") == [
        "archive.handed_over",
        "erasure.stopped",
    ]


def test_nobody_stops_it_from_being_taken_out(taken, parts, work, host, household, ana, tmp_path):
    host("take-out", household.person, "--copy", tmp_path / "copy.zip", "--yes")
    assert ana.client.post(f"/account/data/{household.person}/keep").status_code in {400, 404}
    assert actor_now(parts, ana.account, household.person) is None
    work()
    with parts.database.reading() as session:
        assert session.get(Person, household.person) is None
    assert acts_of(parts, household.person, "archive.taken_out") == ["archive.taken_out"]


def actor_now(parts, account, person):
    with parts.database.reading() as session:
        return actor_for(session, account, person)
