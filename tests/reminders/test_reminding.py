"""From a day that is written down to a message on each device; and what happens when no device shows it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.accounts.models import SignIn
from app.accounts.service import end_relationship
from app.core.ids import new_id
from app.reminders.models import PushDelivery, PushSubscription, Reminder
from tests.fixtures_app import both_engines
from tests.reminders.installation import Installation

HOUR = 3600
ON = "2026-12-22"
DAYS_BEFORE = [datetime(*day, 9, 30, tzinfo=UTC) for day in ((2026, 11, 24), (2026, 12, 15), (2026, 12, 21))]


@pytest.fixture
def home(installation) -> Installation:
    """Maria with a review on 22 December and a device that takes messages."""
    installation.wish("maria", on=True)
    installation.device("maria", "201")
    installation.review(ON)
    return installation


def states(home, account=None):
    wanted = select(Reminder).order_by(Reminder.send_at)
    with home.parts.database.reading() as session:
        found = [one for one in session.scalars(wanted) if account is None or one.account_id == account]
        return [(one.days, one.state) for one in found]


def deliveries(home):
    with home.parts.database.reading() as session:
        return [(one.state, one.reason) for one in session.scalars(select(PushDelivery))]


def test_three_reminders_are_planned_for_each_who_may_see_the_plan(home):
    assert states(home, home.maria) == states(home, home.tom) == [(28, "due"), (7, "due"), (1, "due")]
    with home.parts.database.reading() as session:
        mine = session.scalars(select(Reminder.send_at).where(Reminder.account_id == home.maria))
        assert sorted(mine) == DAYS_BEFORE


def test_nothing_is_said_before_its_time_and_then_it_is_said_once(home):
    home.until(DAYS_BEFORE[0] - timedelta(seconds=1))
    assert home.came() == []
    home.until(DAYS_BEFORE[0] + timedelta(minutes=5))
    assert len(home.came()) == 1
    home.until(DAYS_BEFORE[0] + timedelta(hours=6))
    assert len(home.came()) == 1
    assert deliveries(home) == [("sent", "status 201")]


def test_a_message_holds_no_name_money_or_health_word(home):
    home.until(DAYS_BEFORE[0])
    [came] = home.came()
    told = home.browser.read(came.body)
    assert {"title": told["title"], "body": told["body"], "url": told["url"]} == {
        "title": "Inhand", "body": "Something is coming up.", "url": "/app",
    }  # fmt: skip
    assert set(told) == {"title", "body", "url", "tag", "shown"}
    assert home.person not in str(told)


def test_a_message_says_how_long_it_lasts_how_urgent_it_is_and_what_it_replaces(home):
    home.until(DAYS_BEFORE[2])
    headers = [one.headers for one in home.came()]
    assert [(one["ttl"], one["urgency"]) for one in headers] == [
        (str(7 * 24 * HOUR), "normal"), (str(42 * HOUR), "normal"), (str(24 * HOUR), "high"),
    ]  # fmt: skip
    assert len({one["topic"] for one in headers}) == 1
    assert {len(one["topic"]) for one in headers} == {32}


def test_a_device_that_confirms_it_ends_the_matter(home):
    home.until(DAYS_BEFORE[0])
    home.confirm()
    home.until(DAYS_BEFORE[0] + timedelta(days=2))
    assert states(home, home.maria)[0] == (28, "shown")
    assert home.mails() == []


def test_without_a_confirmation_within_a_day_it_is_a_notice_and_a_mail(home):
    home.until(DAYS_BEFORE[0] + timedelta(hours=23))
    assert (home.notices("maria"), home.mails()) == ([], [])
    home.until(DAYS_BEFORE[0] + timedelta(hours=25))
    assert [(one["on"], one["days"], one["about"]) for one in home.notices("maria")] == [(ON, 28, "review")]
    [mail] = home.mails()
    assert "maria@example.com" in mail
    assert [
        word for word in ("Maria W", "review", "money", "health", "Leeds") if word in mail.split("\n\n", 1)[1]
    ] == []


def test_a_notice_that_was_read_goes_from_all_phones(home):
    home.until(DAYS_BEFORE[0] + timedelta(hours=25))
    [notice] = home.notices("maria")
    assert home.own("maria", "notice.read", notice["id"], {})["status"] == "done"
    assert home.notices("maria") == []


def test_who_never_asked_for_messages_gets_a_notice_and_no_mail(home):
    home.until(DAYS_BEFORE[0] + timedelta(minutes=1))
    assert len(home.notices("tom")) == 1
    assert home.mails() == []


@pytest.mark.parametrize("answer", ["404", "410"])
def test_a_device_that_is_gone_is_forgotten_and_it_is_said_elsewhere_at_once(home, answer):
    home.device("maria", answer)
    home.until(DAYS_BEFORE[0] + timedelta(minutes=1))
    with home.parts.database.reading() as session:
        assert session.scalars(select(PushSubscription)).all() == []
    assert len(home.notices("maria")) == len(home.mails()) == 1


@pytest.mark.parametrize("answer", ["413", "400", "301"])
def test_a_refusal_is_written_down_and_never_tried_again(home, answer):
    home.device("maria", answer)
    home.until(DAYS_BEFORE[0] + timedelta(days=2))
    assert (len(home.came()), deliveries(home)) == (1, [("refused", f"status {answer}")])
    assert len(home.notices("maria")) == 1


def test_a_push_service_that_is_busy_is_obeyed(home):
    home.device("maria", "429-5400+")
    home.until(DAYS_BEFORE[0] + timedelta(minutes=89))
    assert len(home.came()) == 1
    home.until(DAYS_BEFORE[0] + timedelta(minutes=92))
    assert (len(home.came()), deliveries(home)[0][0]) == (2, "sent")


@pytest.mark.parametrize("answer", ["503", "reset"])
def test_what_fails_is_tried_again_ever_less_often_until_it_is_too_late(home, answer):
    home.device("maria", answer)
    home.until(DAYS_BEFORE[0] + timedelta(hours=1))
    first = len(home.came())
    assert 4 <= first <= 8
    home.until(DAYS_BEFORE[0] + timedelta(days=8))
    assert first < len(home.came()) <= 30
    assert deliveries(home)[0][0] == "expired"
    assert len(home.notices("maria")) == 1


def test_a_worker_that_died_while_sending_sends_it_again_under_the_same_topic_and_tag(home):
    home.until(DAYS_BEFORE[0])
    with home.parts.database.writing() as session:
        session.scalars(select(PushDelivery)).one().state = "sending"
        session.commit()
    home.deliver_again()
    one, two = home.came()
    assert one.headers["topic"] == two.headers["topic"]
    assert home.browser.read(one.body) == home.browser.read(two.body)


def test_a_day_that_moves_takes_its_reminders_along(home):
    home.review("2026-12-29")
    home.until(datetime(2026, 12, 1, 9, 29, tzinfo=UTC))
    assert home.came() == []
    home.until(datetime(2026, 12, 1, 9, 31, tzinfo=UTC))
    assert len(home.came()) == 1


def test_a_review_that_is_taken_away_is_not_spoken_of(home):
    home.until(DAYS_BEFORE[0] + timedelta(hours=25))
    home.act("review_clock.remove", home.clock_id, {})
    home.until(DAYS_BEFORE[1])
    assert (len(home.came()), home.notices("maria"), states(home)) == (1, [], [])


def test_who_may_no_longer_see_the_plan_is_not_reminded(home, change_relationship):
    home.wish("tom", on=True)
    home.device("tom", "201")
    change_relationship(home.link, end_relationship)
    home.until(DAYS_BEFORE[0] + timedelta(hours=1))
    assert len(home.came()) == 1
    assert states(home, home.tom)[0] == (28, "dropped")


def test_who_comes_to_the_plan_later_is_planned_for_the_next_day(home, make_account, make_relationship):
    kim = make_account("kim@example.com", name="Kim")
    make_relationship(kim, home.person, role="representative")
    assert states(home, kim) == []
    home.until(home.clock.moment + timedelta(days=1))
    assert states(home, kim) == [(28, "due"), (7, "due"), (1, "due")]


def test_other_days_and_another_time_of_day_are_kept(home):
    home.wish("maria", days=[14], at=18 * 60)
    home.until(datetime(2026, 12, 8, 17, 59, tzinfo=UTC))
    assert home.came() == []
    home.until(datetime(2026, 12, 8, 18, 1, tzinfo=UTC))
    assert len(home.came()) == 1


def test_reminders_that_are_off_are_off(home):
    home.wish("maria", on=False)
    home.until(datetime(2026, 12, 1, tzinfo=UTC))
    assert (home.came(), home.notices("maria"), home.mails()) == ([], [], [])


def test_a_time_inside_the_quiet_hours_is_refused_with_a_sentence(home):
    answer = home.own("maria", "reminder_wish.write", home.maria, {"at": 22 * 60})
    assert (answer["status"], "quiet hours" in answer["sentence"]) == ("refused", True)


def test_what_waited_too_long_for_a_worker_is_not_said_at_night(home):
    home.clock.moment = datetime(2026, 11, 24, 22, 0, tzinfo=UTC)  # the worker was away all day
    home.work()
    assert home.came() == []
    home.until(datetime(2026, 11, 25, 8, 1, tzinfo=UTC))
    assert len(home.came()) == 1


def test_a_device_that_was_signed_out_gets_nothing(home):
    with home.parts.database.writing() as session:
        for one in session.scalars(select(SignIn).where(SignIn.account_id == home.maria)):
            one.ended_at = home.clock.moment
        session.commit()
    home.until(DAYS_BEFORE[0] + timedelta(minutes=1))
    assert home.came() == []


def test_a_device_whose_sign_in_is_over_by_its_age_gets_no_message(home):
    old = home.clock.moment - timedelta(days=home.parts.settings.sign_in_most_days)
    with home.parts.database.writing() as session:
        for one in session.scalars(select(SignIn).where(SignIn.account_id == home.maria)):
            one.created_at = old
        session.commit()
    home.until(DAYS_BEFORE[0] + timedelta(minutes=1))
    assert home.came() == []


@both_engines
def test_a_reminder_goes_its_way_on_both_engines(installation):
    installation.wish("maria", on=True)
    installation.device("maria", "500+")
    installation.review(ON)
    installation.until(DAYS_BEFORE[0] + timedelta(minutes=10))
    assert [came.path.split("/")[1] for came in installation.came()] == ["500+", "500+"]
    assert states(installation, installation.maria)[0] == (28, "sent")


def test_a_notice_of_somebody_elses_is_not_found(home):
    home.until(DAYS_BEFORE[0] + timedelta(minutes=1))
    [notice] = home.notices("tom")
    assert home.own("maria", "notice.read", notice["id"], {})["code"] == "not_found"
    assert home.own("maria", "notice.read", new_id(), {})["code"] == "not_found"


def test_how_messages_went_is_forgotten_after_sixty_days(home):
    home.until(DAYS_BEFORE[0])
    home.confirm()
    home.clock.moment = datetime(2027, 3, 1, tzinfo=UTC)
    home.work()
    assert deliveries(home) == []
