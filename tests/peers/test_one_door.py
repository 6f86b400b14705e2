"""Every text goes by one door: checked, confirmed by the person, guarded, read by a second one, held, then shown."""

import pytest

from app.accounts.access import actor_for
from app.core.errors import NotFound
from app.options.models import SupportOption
from app.peers.anonymise.model import DetectorMissing
from app.peers.models import PeerGroup, Post, QueueItem, Sharing
from app.peers.service import showing
from app.peers.service.sharing import answer_second, read_second, reader_link
from tests.fixtures_app import both_engines
from tests.peers.conftest import SAFE

TELLING = {"goal": "My daughter Jolanta Kowalska wants to swim. Ring 07700 900318."}
RARE = {"goal": "I have Friedreich's ataxia and I am at university."}


def states(ring, plan, row):
    return ring.sharing(plan, row)["state"]


@both_engines
def test_a_text_shows_after_its_check_its_confirmation_its_hold_and_its_batch(ring):
    plan, seen = ring.plans[1], ring.plans[2]
    row = ring.write(plan, SAFE, side="social", band="500_1000")
    assert (states(ring, plan, row), ring.posts(seen)) == ("review", {})
    assert ring.confirm(plan, row)["status"] == "done"
    ring.clock.go_on(hours=23, minutes=59)
    ring.work()
    assert (states(ring, plan, row), ring.posts(seen)) == ("held", {})
    ring.clock.go_on(minutes=1)
    ring.work()
    assert (states(ring, plan, row), ring.posts(seen)) == ("ready", {})
    ring.clock.go_on(hours=24, minutes=1)
    ring.work()
    assert states(ring, plan, row) == "shown"
    post = ring.posts(seen)[row]
    assert post["texts"] == SAFE
    assert post["codes"] == {"side": "social", "band": "500_1000"}


def test_the_person_sees_what_peers_would_see_with_what_was_changed(ring):
    row = ring.write(ring.plans[1], TELLING)
    (segments,) = ring.sharing(ring.plans[1], row)["checked"].values()
    shown = "".join(one["t"] for one in segments)
    assert "Jolanta" not in shown
    assert "07700" not in shown
    assert [one for one in segments if "Jolanta" in one.get("was", "")]
    assert {one.get("was") for one in segments if one.get("k") == "CONTACT"} == {None}


def test_what_was_written_is_gone_as_soon_as_it_is_confirmed(ring):
    row = ring.held(ring.plans[1])
    found = ring.row(Sharing, row)
    assert (found.written, found.checked, found.final) == ({}, {}, SAFE)


def test_a_word_that_is_hidden_is_hidden_everywhere(ring):
    row = ring.write(ring.plans[1], {"goal": "Swimming, and swimming again.", "tried": "Just swimming."})
    ring.confirm(ring.plans[1], row, hidden=["swimming"])
    final = ring.sharing(ring.plans[1], row)["final"]
    assert final == {"goal": "(hidden), and (hidden) again.", "tried": "Just (hidden)."}


def test_no_phone_can_send_a_finished_text(ring):
    row = ring.write(ring.plans[1])
    facts = {"final": {"goal": "I am Maria"}}
    assert ring.confirm(ring.plans[1], row, **facts)["code"] == "malformed"
    assert states(ring, ring.plans[1], row) == "review"


def test_a_contact_cannot_be_revealed_and_a_plain_word_can(ring):
    row = ring.write(ring.plans[1], TELLING)
    (segments,) = ring.sharing(ring.plans[1], row)["checked"].values()
    everything = [f"goal:{number}" for number in range(len(segments))]
    assert ring.confirm(ring.plans[1], row, revealed=everything)["status"] == "done"
    final = ring.sharing(ring.plans[1], row)["final"]["goal"]
    assert "Jolanta" in final
    assert "07700" not in final


def test_what_the_account_knows_cannot_be_revealed(ring):
    row = ring.write(ring.plans[1], {"goal": "My friend Holder wants to swim."})
    (segments,) = ring.sharing(ring.plans[1], row)["checked"].values()
    assert [one for one in segments if "Holder" in one.get("was", one["t"])] == []


def test_the_guard_refuses_what_the_check_missed(ring):
    """Planted: a checked text that still holds a telephone number."""
    row = ring.write(ring.plans[1])
    with ring.parts.database.writing() as session:
        found = session.get_one(Sharing, row)
        found.checked = {"goal": [{"t": "Ring 07700 900318."}]}
        session.commit()
    result = ring.confirm(ring.plans[1], row)
    assert (result["code"], states(ring, ring.plans[1], row)) == ("guard", "review")
    assert ring.confirm(ring.plans[1], row, hidden=["07700 900318"])["status"] == "done"


def test_a_number_split_over_two_parts_is_refused(ring):
    row = ring.write(ring.plans[1])
    with ring.parts.database.writing() as session:
        found = session.get_one(Sharing, row)
        found.checked = {"goal": [{"t": "07700"}], "tried": [{"t": "900318"}]}
        session.commit()
    assert ring.confirm(ring.plans[1], row)["code"] == "guard"


def test_the_guard_looks_once_more_before_a_text_shows(ring):
    row = ring.held(ring.plans[1])
    with ring.parts.database.writing() as session:
        session.get_one(Sharing, row).final = {"goal": "Ring 07700 900318."}
        session.commit()
    ring.clock.go_on(hours=24)
    ring.work()
    assert (states(ring, ring.plans[1], row), ring.row(Post, row)) == ("ended", None)
    assert ring.sharing(ring.plans[1], row)["ending"]["by"] == "check"


def test_without_the_detector_a_text_waits_and_goes_on_when_it_is_there(ring):
    engine, ring.engine = ring.engine, missing
    row = ring.write(ring.plans[1])
    assert states(ring, ring.plans[1], row) == "waiting"
    assert ring.confirm(ring.plans[1], row)["status"] == "refused"
    ring.engine = engine
    ring.clock.go_on(hours=1)
    ring.work()
    assert states(ring, ring.plans[1], row) == "review"


def missing():
    raise DetectorMissing("not here")


def test_a_named_text_goes_back_to_hide_the_name(ring):
    row = ring.write(ring.plans[1])
    assert "Hide the name" in ring.confirm(ring.plans[1], row, named="maybe")["sentence"]
    assert states(ring, ring.plans[1], row) == "review"


def test_an_answer_that_comes_too_late_is_told_what_became_of_the_text(ring):
    """Two phones at one text: the other one was quicker."""
    plan = ring.plans[1]
    went_on, stopped = ring.held(plan), ring.write(plan)
    ring.act(plan, "sharing.stop", stopped, {})
    late = [ring.confirm(plan, row, hidden=["swimming"]) for row in (went_on, stopped)]
    assert [one["code"] for one in late] == ["same_change", "same_change"]
    assert "went on before your answer came" in late[0]["sentence"]
    assert "stopped before your answer came" in late[1]["sentence"]
    assert ring.sharing(plan, went_on)["final"] == SAFE  # the words that came too late are told on the phone
    assert [states(ring, plan, row) for row in (went_on, stopped)] == ["held", "stopped"]


@pytest.mark.parametrize(("texts", "changed"), [(RARE, {}), (SAFE, {"neighbour": "maybe"}), (SAFE, {"news": "yes"})])
def test_something_rare_or_a_doubt_needs_a_second_reader(ring, texts, changed):
    row = ring.write(ring.plans[1], texts)
    ring.confirm(ring.plans[1], row, **changed)
    assert states(ring, ring.plans[1], row) == "reading"
    ring.clock.go_on(hours=48)
    ring.work()
    assert ring.posts(ring.plans[2]) == {}


def link_for(ring, plan, row):
    with ring.parts.database.writing() as session:
        token = reader_link(session, actor_for(session, plan.account, plan.person), sharing_id=row)
        session.commit()
        return token


def answer(ring, token, account, *, fine):
    with ring.parts.database.writing() as session:
        answer_second(session, token, account, fine=fine)
        session.commit()


@pytest.mark.parametrize(("fine", "state"), [(True, "held"), (False, "review")])
def test_the_second_reader_decides_and_the_link_works_once(ring, fine, state):
    row = ring.write(ring.plans[1])
    ring.confirm(ring.plans[1], row, neighbour="maybe")
    token = link_for(ring, ring.plans[1], row)
    answer(ring, token, ring.plans[3].account, fine=fine)
    assert states(ring, ring.plans[1], row) == state
    with pytest.raises(NotFound):
        answer(ring, token, ring.plans[3].account, fine=True)


def test_who_could_tell_sends_it_back_and_nothing_is_lost(ring):
    row = ring.write(ring.plans[1], {"goal": "She swims with Jolanta.", "tried": "A helper."})
    ring.confirm(ring.plans[1], row, second=True, hidden=["helper"])
    final = ring.sharing(ring.plans[1], row)["final"]
    answer(ring, link_for(ring, ring.plans[1], row), ring.plans[3].account, fine=False)
    back = ring.sharing(ring.plans[1], row)
    read = {part: "".join(one["t"] for one in runs) for part, runs in back["checked"].items()}
    assert (back["recognised"], back["final"], read) == (True, {}, final)
    assert ring.confirm(ring.plans[1], row, hidden=["swims"])["status"] == "done"
    assert states(ring, ring.plans[1], row) == "reading"


def test_a_second_reader_can_be_wished_for(ring):
    row = ring.write(ring.plans[1])
    ring.confirm(ring.plans[1], row, second=True)
    assert states(ring, ring.plans[1], row) == "reading"


def test_words_that_stand_out_are_named_for_the_last_look(ring):
    row = ring.write(ring.plans[1], {"goal": "She likes the dobro and crochet corbels."})
    (runs,) = ring.sharing(ring.plans[1], row)["checked"].values()
    assert {word for run in runs for word in run.get("f", [])} >= {"dobro"}


def test_nobody_is_their_own_second_reader_and_links_end(ring):
    row = ring.write(ring.plans[1])
    ring.confirm(ring.plans[1], row, neighbour="maybe")
    old, token = link_for(ring, ring.plans[1], row), link_for(ring, ring.plans[1], row)
    for wrong, account in ((token, ring.plans[1].account), (old, ring.plans[3].account)):
        with ring.parts.database.reading() as session, pytest.raises(NotFound):
            read_second(session, wrong, account)
    ring.clock.go_on(days=7)
    with ring.parts.database.reading() as session, pytest.raises(NotFound):
        read_second(session, token, ring.plans[3].account)


def test_words_of_harm_go_to_the_queue_and_are_not_refused(ring):
    row = ring.write(ring.plans[1], {"goal": "I want to die some days."})
    assert ring.sharing(ring.plans[1], row)["harm"] is True
    assert ring.confirm(ring.plans[1], row)["status"] == "done"
    assert ring.row(QueueItem, row).reason == "harm"


def test_another_who_shares_waits_for_the_holder(ring, make_account, make_relationship, phone):
    plan = ring.plans[1]
    helper = make_account("rep@example.com", name="Tess")
    make_relationship(helper, plan.person, role="representative")
    holders, plan.phone = plan.phone, phone(helper)
    row = ring.held(plan)
    assert states(ring, plan, row) == "agreeing"
    assert ring.act(plan, "sharing.agree", row, {})["code"] == "not_allowed"
    plan.phone = holders
    assert ring.act(plan, "sharing.agree", row, {})["status"] == "done"
    assert states(ring, plan, row) == "held"


def test_only_its_writer_lets_a_text_go_on(ring, make_account, make_relationship, phone):
    plan = ring.plans[1]
    row = ring.write(plan)
    helper = make_account("rep@example.com", name="Tess")
    make_relationship(helper, plan.person, role="representative")
    holders, plan.phone = plan.phone, phone(helper)
    assert ring.confirm(plan, row)["code"] == "not_allowed"
    plan.phone = holders
    assert ring.confirm(plan, row)["status"] == "done"


def test_a_childs_plan_is_shared_only_with_word_of_what_the_child_wants(ring, make_account, make_person, phone):
    parent = make_account("parent@example.com", name="Parent")
    plan = type(ring.plans[0])(parent, make_person(parent, name="Sofia", role="representative"), phone(parent))
    ring.join(plan)
    row = ring.write(plan)
    assert "agrees" in ring.confirm(plan, row)["sentence"]
    assert ring.confirm(plan, row, agreement="young")["status"] == "done"
    assert ring.row(Sharing, row).agreement == "young"


def test_questions_hang_on_examples_and_answers_on_questions(ring):
    example = ring.shown(ring.plans[1])
    asked = ring.shown(ring.plans[2], {"words": "Was it far to go?"}, about="question", on=example)
    told = ring.shown(ring.plans[1], {"words": "No, ten minutes."}, about="answer", on=asked)
    posts = ring.posts(ring.plans[3])
    assert [posts[one]["on"] for one in (example, asked, told)] == [None, example, asked]
    wrong = {"group": ring.group, "about": "answer", "on": example, "words": "No."}
    assert (
        ring.act(ring.plans[1], "sharing.write", "0" * 8 + "-0000-4000-8000-000000000001", wrong)["status"] == "refused"
    )


def test_only_parts_that_belong_there_are_taken(ring):
    facts = {"group": ring.group, "about": "question", "goal": "x", "on": None}
    result = ring.act(ring.plans[1], "sharing.write", "0" * 8 + "-0000-4000-8000-000000000002", facts)
    assert result["sentence"] == "This part does not belong here."


def test_twenty_texts_under_way_are_enough(ring):
    for _ in range(20):
        ring.write(ring.plans[1], {"goal": "Walk."})
    with pytest.raises(AssertionError, match="on their way"):
        ring.write(ring.plans[1])


def test_a_hold_that_ends_in_a_deleted_group_shows_nothing(ring):
    row = ring.held(ring.plans[1])
    with ring.parts.database.writing() as session:
        session.get_one(PeerGroup, ring.group).state = "deleted"
        session.commit()
    ring.clock.go_on(hours=24)
    ring.work()
    assert ring.row(Post, row) is None


OPTION = "7b1f4c52-9a9e-4c0c-8f70-0d1a2b3c4d5e"


def put_option(ring, *, removed):
    with ring.parts.database.writing() as session:
        made = session.get(SupportOption, OPTION)
        if made is None:
            made = SupportOption(id=OPTION, slug="walks", content={}, content_hash="", removed=removed)
            session.add(made)
        made.removed = removed
        session.commit()


def test_an_option_is_one_of_the_directory_when_it_is_written_and_when_it_shows(ring):
    with pytest.raises(AssertionError, match="not in the directory"):
        ring.write(ring.plans[1], option=OPTION)
    put_option(ring, removed=False)
    kept = ring.shown(ring.plans[1], option=OPTION, side="social")
    row = ring.held(ring.plans[2], option=OPTION, side="social")
    put_option(ring, removed=True)
    ring.clock.go_on(hours=24)
    ring.work()
    assert (ring.row(Post, kept).codes["option"], ring.row(Post, row).codes) == (OPTION, {"side": "social"})


def test_what_an_example_told_binds_the_next_one_of_its_seat(ring, monkeypatch):
    asked = []

    def release(batch):
        asked.append({one.example: one.said for one in batch})
        return {one.example: (("age", "adult"),) for one in batch}

    monkeypatch.setattr(showing, "release", release)
    first, second = ring.shown(ring.plans[1]), ring.shown(ring.plans[1])
    assert asked == [{first: ()}, {second: (("age", "adult"),)}]
    ring.act(ring.plans[1], "sharing.stop", first, {})
    third = ring.shown(ring.plans[1])
    assert asked[-1] == {third: (("age", "adult"),)}
