"""The pages on groups: founding, joining, moderating, reading; each is valid and refused to search."""

import re

import html5lib
import pytest

from app.peers.models import PeerGroup, Post, Seat, Sharing
from tests.fixtures_app import form_token, send_form

LINK = re.compile(r'id="link"[^>]*>http://localhost([^<]+)<')


def faults(page):
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(page)
    return [(place, code) for place, code, _ in parser.errors]


def press(client, path, **fields):
    """Press a button of a page; the token is that of any page with a form."""
    return client.post(path, data={**fields, "csrf_token": form_token(client.get("/sign-in"))})


def test_a_group_is_founded_joined_by_its_link_and_read(ring, make_plan):
    plan = make_plan(20)
    founder = ring.plans[0].phone.client
    facts = {"name": "Quiet days", "about": "For calm", "whose": ring.plans[0].person}
    place = send_form(founder, "/groups/new", **facts).headers["Location"]
    assert "being checked" in founder.get(place).get_data(as_text=True)
    ring.work()
    link = LINK.search(press(founder, f"{place}/link").get_data(as_text=True))[1]
    page = plan.phone.client.get(link)
    assert (page.status_code, faults(page.get_data(as_text=True))) == (200, [])
    assert send_form(plan.phone.client, link, whose=plan.person).status_code == 422
    joined = send_form(plan.phone.client, link, whose=plan.person, agreed="y")
    told = plan.phone.client.get(joined.headers["Location"]).get_data(as_text=True)
    assert "Nothing shows before 5 people are here. At least 3 more are needed." in told


@pytest.mark.parametrize("path", ["/groups", "/groups/new", "/groups/{group}", "/groups/join/{token}"])
def test_each_page_is_valid_and_refused_to_search_engines(ring, make_plan, path):
    ring.token = ring.do(ring.plans[0], groups_link)
    answer = ring.plans[0].phone.client.get(path.format(group=ring.group, token=ring.token))
    assert (answer.status_code, faults(answer.get_data(as_text=True))) == (200, [])
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"


def groups_link(session, seat):
    from app.peers.service.groups import make_link

    return make_link(session, seat)


def test_a_moderator_sees_the_queue_and_no_more_than_members_read(ring):
    row = ring.shown(ring.plans[1])
    reporter = "5d0d6a3e-6a3c-4c57-9a67-1f3f7c8f2b99"
    ring.act(ring.plans[2], "post.report", reporter, {"group": ring.group, "post": row, "reason": "recognise"})
    client = ring.plans[0].phone.client
    told = client.get(f"/groups/{ring.group}").get_data(as_text=True)
    assert "Somebody was recognised" in told
    assert "go swimming with a friend" in told
    hidden = [one for plan in ring.plans[1:] for one in (plan.account, plan.person)] + ["Holder"]
    assert [one for one in hidden if one in told] == []
    assert press(client, f"/groups/{ring.group}/queue/{reporter}", decision="removed").status_code == 303
    assert "removed" in client.get(f"/groups/{ring.group}").get_data(as_text=True)
    assert "To look at" not in ring.plans[1].phone.client.get(f"/groups/{ring.group}").get_data(as_text=True)


def test_who_asks_is_let_in_on_the_page(ring, make_plan):
    plan = make_plan(21)
    assert "Out and about" in plan.phone.client.get("/groups").get_data(as_text=True)
    page = plan.phone.client.get(f"/groups/{ring.group}/ask").get_data(as_text=True)
    assert (faults(page), "What you read here stays here" in page) == ([], True)
    assert press(plan.phone.client, f"/groups/{ring.group}/ask", whose=plan.person).status_code == 422
    assert press(plan.phone.client, f"/groups/{ring.group}/ask", whose=plan.person, agreed="y").status_code == 303
    assert "You asked to join" in plan.phone.client.get("/groups").get_data(as_text=True)
    assert plan.phone.client.get(f"/groups/{ring.group}").status_code == 404
    with ring.parts.database.reading() as session:
        seat = session.query(Seat).filter(Seat.person_id == plan.person).one().id
    press(ring.plans[0].phone.client, f"/groups/{ring.group}/seats/{seat}", act="accept")
    assert plan.phone.client.get(f"/groups/{ring.group}").status_code == 200


def test_a_refused_name_is_told_with_its_words_and_mended(ring):
    client = ring.plans[1].phone.client
    place = send_form(client, "/groups/new", name="Jolanta Kowalska and friends", whose="organisation").headers[
        "Location"
    ]
    ring.work()
    told = client.get(place).get_data(as_text=True)
    assert (faults(told), "Jolanta" in told) == ([], True)
    assert send_form(client, place, name="").status_code in {404, 405}
    press(client, f"{place}/name", name="Friends")
    ring.work()
    assert ring.row(PeerGroup, place.rsplit("/", 1)[1]).state == "ready"


def test_a_second_reader_gets_the_finished_text_by_a_link_and_says_yes(ring):
    row = ring.write(ring.plans[1])
    ring.confirm(ring.plans[1], row, neighbour="maybe")
    place = f"/people/{ring.plans[1].person}/sharing/{row}/reader"
    link = LINK.search(send_form(ring.plans[1].phone.client, place).get_data(as_text=True))[1]
    reader = ring.plans[3].phone.client
    told = reader.get(link).get_data(as_text=True)
    assert (faults(told), "go swimming with a friend" in told, "Holder" in told) == ([], True, False)
    said = press(reader, link, decision="kept")
    assert (said.status_code, "may go to the group" in said.get_data(as_text=True)) == (200, True)
    assert (ring.row(Sharing, row).state, reader.get(link).status_code) == ("held", 404)


def test_a_second_reader_reads_all_that_may_ever_show_and_nothing_that_is_only_counted(ring):
    codes = {"outcome": "refused", "side": "social", "band": "500_1000", "age": "older", "area": "wales"}
    row = ring.write(ring.plans[1], **codes, refused_why="cost", waited="one_three")
    ring.confirm(ring.plans[1], row, second=True)
    place = f"/people/{ring.plans[1].person}/sharing/{row}/reader"
    link = LINK.search(send_form(ring.plans[1].phone.client, place).get_data(as_text=True))[1]
    told = ring.plans[3].phone.client.get(link).get_data(as_text=True)
    read = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", told))
    assert (faults(told), read.pop("Who it was for")) == ([], "An older person, Wales")
    assert set(read.values()) == {"It was refused", "People and places", "£500 to £1,000 a year"}
    assert "only shows when 5 people say the same" in told
    assert not re.search("costs too much|1 to 3 months", told)


SCRIPT = "Walk <img src=x onerror=hit()> and rest"


def test_a_script_in_a_text_stays_words_on_every_page(ring):
    row = ring.shown(ring.plans[1])
    with ring.parts.database.writing() as session:
        session.get_one(Post, row).texts = {"goal": SCRIPT}
        session.commit()
    report = "5d0d6a3e-6a3c-4c57-9a67-1f3f7c8f2b98"
    ring.act(ring.plans[2], "post.report", report, {"group": ring.group, "post": row, "reason": "other"})
    client = ring.plans[0].phone.client
    place = send_form(client, "/groups/new", name=SCRIPT, about=SCRIPT, whose="organisation").headers["Location"]
    told = [client.get(path).get_data(as_text=True) for path in (f"/groups/{ring.group}", place, "/groups")]
    assert [page.count("<img src=x") for page in told] == [0, 0, 0]
    assert ["&lt;img src=x" in page for page in told] == [True, True, True]


def test_leaving_and_deleting_need_one_button_each(ring):
    assert press(ring.plans[4].phone.client, f"/groups/{ring.group}/leave").status_code == 404
    theirs = {"seat": ring.seat(ring.plans[3])}
    assert press(ring.plans[4].phone.client, f"/groups/{ring.group}/leave", **theirs).status_code == 404
    own = {"seat": ring.seat(ring.plans[4])}
    assert press(ring.plans[4].phone.client, f"/groups/{ring.group}/leave", **own).status_code == 303
    assert "Nothing shows" in ring.plans[1].phone.client.get(f"/groups/{ring.group}").get_data(as_text=True)
    own = {"seat": ring.seat(ring.plans[0])}
    assert press(ring.plans[0].phone.client, f"/groups/{ring.group}/leave", **own).status_code == 422
    assert press(ring.plans[1].phone.client, f"/groups/{ring.group}/delete").status_code == 404
    assert press(ring.plans[0].phone.client, f"/groups/{ring.group}/delete").status_code == 303
    assert ring.plans[1].phone.client.get(f"/groups/{ring.group}").status_code == 404


def test_seats_are_taken_and_given_up_a_bounded_number_of_times(ring):
    client, path = ring.plans[1].phone.client, f"/groups/{ring.group}/leave"
    assert {press(client, path, seat="none").status_code for _ in range(30)} == {404}
    assert press(client, path, seat="none").status_code == 429


@pytest.mark.parametrize("place", ["/groups/%00", "/groups/{group}/seats/%00", "/groups/{group}/queue/%00"])
def test_a_name_that_is_no_id_is_not_found(ring, place):
    client = ring.plans[0].phone.client
    path = place.format(group=ring.group)
    answer = press(client, path, act="ban", decision="kept") if "{group}" in place else client.get(path)
    assert answer.status_code == 404
    assert press(client, "/groups/%00/ask", whose=ring.plans[0].person, agreed="y").status_code == 404


def test_only_moderators_read_a_name_that_waits(ring):
    for moderator in (True, False):
        client = ring.plans[0 if moderator else 1].phone.client
        if moderator:
            assert press(client, f"/groups/{ring.group}/name", name="Jolanta Kowalska", about="").status_code == 303
            ring.work()
        told = client.get(f"/groups/{ring.group}").get_data(as_text=True)
        assert (faults(told), "Jolanta" in told, "Out and about" in told) == ([], moderator, True)


def test_a_text_on_its_way_that_may_tell_of_harm_waits_with_its_words_unread(ring):
    row = ring.held(ring.plans[1], {"goal": "I want to die some days."})
    client, place = ring.plans[0].phone.client, f"/groups/{ring.group}"
    for _ in range(2):
        told = client.get(place).get_data(as_text=True)
        assert ("It does not show yet" in told, "some days" in told, "Let it stand" in told) == (True, False, False)
        assert press(client, f"{place}/queue/{row}", decision="removed").status_code == 422
        ring.clock.go_on(hours=24)
        ring.work()
    ring.clock.go_on(minutes=1)
    ring.work()
    told = client.get(place).get_data(as_text=True)
    assert ("some days" in told, "Let it stand" in told) == (True, True)
    assert press(client, f"{place}/queue/{row}", decision="kept").status_code == 303


def test_a_link_is_tried_a_bounded_number_of_times(ring):
    client = ring.plans[1].phone.client
    assert {client.get("/groups/join/" + "x" * 43).status_code for _ in range(60)} == {404}
    assert client.get("/groups/join/" + "x" * 43).status_code == 429
