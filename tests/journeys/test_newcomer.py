"""Somebody new to the app writes too much, goes back half-way, taps twice, and types half a day."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from app.sync.files import HERE_ALREADY
from tests.core.make_images import corners, encode
from tests.journeys.browser import Phone, phones
from tests.journeys.modules import act, send
from tests.journeys.site import PASSWORD, Site, open_site

pytestmark = pytest.mark.browser
DRAFTS = "Object.keys(localStorage).filter((name) => name.startsWith('inhand.drafts'))"
OWN_WORDS = "Swim on my own again"
NO_POT = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with open_site(tmp_path_factory.mktemp("site")) as found:
        yield found


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[Phone]:
    with phones(tmp_path) as (found,):
        yield found


def sign_in(phone: Phone, site: Site, name: str = "leroy") -> str:
    """The address of the person's plan."""
    phone.sign_in(site.url, f"{name}@example.com", PASSWORD)
    return phone.page.url.rsplit("/", 1)[0]


def words(page: Page) -> Locator:
    return page.get_by_label("Say it your way")


def test_a_goal_that_is_too_long_says_by_how_much_and_is_not_saved_or_cut(phone: Phone, site: Site) -> None:
    plan, page = sign_in(phone, site), phone.page
    page.goto(f"{plan}/goal-new")
    words(page).fill("a" * 12_340)
    expect(page.get_by_text("This is 2,340 letters too long.")).to_be_visible()
    page.get_by_role("button", name="Save this goal").click()
    expect(words(page)).to_be_focused()
    assert page.url.endswith("/goal-new")
    assert words(page).input_value() == "a" * 12_340
    words(page).fill("a" * 9_990)
    expect(page.get_by_text("Room for 10 letters more.")).to_be_visible()
    page.get_by_role("button", name="Save this goal").click()
    expect(page.get_by_text("The goal is written down.")).to_be_visible()


def test_what_was_begun_is_kept_on_the_way_back_and_offered_again(phone: Phone, site: Site) -> None:
    plan, page = sign_in(phone, site), phone.page
    page.goto(f"{plan}/plan")
    page.get_by_role("link", name="Write a goal").first.click()
    words(page).fill(OWN_WORDS)
    page.get_by_role("button", name="People and places").click()
    # when the browser's Back leaves the form, the next screen leads back into it
    page.go_back()
    expect(page.get_by_text("What you began is kept.")).to_be_visible()
    page.locator(".undo").get_by_role("button", name="Go on").click()
    expect(words(page)).to_have_value(OWN_WORDS)
    expect(page.get_by_role("button", name="People and places")).to_have_attribute("aria-pressed", "true")
    # and after a new start too
    page.get_by_role("link", name="Close").click()
    expect(page.get_by_text("What you began is kept.")).to_be_visible()
    page.reload()
    page.goto(f"{plan}/goal-new")
    expect(page.get_by_text("You had started to write.")).to_be_visible()
    expect(words(page)).to_have_value("")
    page.get_by_role("button", name="Throw away").click()
    page.locator(".undo").get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Go on").click()
    expect(words(page)).to_have_value(OWN_WORDS)
    page.get_by_role("button", name="Save this goal").click()
    expect(page.get_by_text("The goal is written down.")).to_be_visible()
    # then nothing is left of it
    page.goto(f"{plan}/goal-new")
    expect(words(page)).to_be_visible()
    expect(page.get_by_text("You had started to write.")).to_have_count(0)
    assert page.evaluate(DRAFTS) == []


def test_a_receipt_that_was_begun_is_kept_on_the_way_back_with_its_photo(
    phone: Phone, site: Site, tmp_path: Path
) -> None:
    plan, page = sign_in(phone, site), phone.page
    picture = tmp_path / "receipt.jpg"
    picture.write_bytes(encode(corners(), "JPEG"))
    page.goto(f"{plan}/home")
    page.get_by_role("link", name="Add a receipt").first.click()
    page.locator("#gallery").set_input_files(picture)
    expect(page.get_by_role("button", name="Take away photo 1")).to_be_visible()
    page.get_by_label("How much?").fill("14.85")
    page.get_by_label("Where, or what for?").fill("Riverside")
    # when the browser's Back leaves the form, the next screen leads back into it
    page.go_back()
    page.locator(".undo").get_by_role("button", name="Go on").click()
    expect(page.get_by_label("How much?")).to_have_value("14.85")
    expect(page.get_by_label("Where, or what for?")).to_have_value("Riverside")
    expect(page.get_by_role("button", name="Take away photo 1")).to_be_visible()
    # and after a new start too; saved, nothing is left of it
    page.reload()
    page.get_by_role("button", name="Go on").click()
    page.locator(".dock").get_by_role("button", name="Save £14.85").click()
    expect(page.get_by_text("£14.85 is written down.")).to_be_visible()
    page.goto(f"{plan}/spend")
    expect(page.get_by_label("How much?")).to_have_value("")
    expect(page.get_by_text("You had started to write.")).to_have_count(0)
    expect(page.get_by_role("heading", name="A photo waits")).to_have_count(0)
    assert page.evaluate(DRAFTS) == []


def test_a_photo_alone_is_no_beginning_it_waits_by_itself(phone: Phone, site: Site, tmp_path: Path) -> None:
    plan, page = sign_in(phone, site, "priya"), phone.page
    picture = tmp_path / "receipt.jpg"
    picture.write_bytes(encode(corners(640, 400), "JPEG"))
    page.goto(f"{plan}/spend")
    page.locator("#gallery").set_input_files(picture)
    expect(page.get_by_role("button", name="Take away photo 1")).to_be_visible()
    page.goto(f"{plan}/spend")
    expect(page.get_by_role("heading", name="A photo waits")).to_be_visible()
    expect(page.get_by_text("You had started to write.")).to_have_count(0)


def test_what_was_agreed_is_not_taken_for_money_that_is_there(phone: Phone, site: Site) -> None:
    plan, page = sign_in(phone, site), phone.page
    page.goto(f"{plan}/pot-new")
    page.get_by_label("Who pays?").fill("Kent County Council")
    page.get_by_label("How much was agreed?").fill("2400")
    # when nothing is said of whether it came, it is asked, and nothing is written down
    page.get_by_role("button", name="Save this pot").click()
    page.get_by_role("alert").get_by_role("link", name="Say whether the money is there already.").click()
    expect(page.get_by_label("Yes, all of it")).to_be_focused()
    page.get_by_label("No, it comes in parts").check()
    page.get_by_role("button", name="Save this pot").click()
    expect(page.get_by_text("Kent County Council is here now.")).to_be_visible()
    expect(page.locator(".row--pot").filter(has_text="Kent County Council")).to_contain_text("£0.00 left")


def test_a_correction_without_signal_says_that_it_waits_and_which_line_it_is_about(phone: Phone, site: Site) -> None:
    plan, page = sign_in(phone, site, "priya"), phone.page
    page.goto(f"{plan}/spend")
    page.get_by_label("How much?").fill("25")
    page.get_by_label("Where, or what for?").fill("Quay Lane Parking")
    page.locator(".dock").get_by_role("button", name="Save £25.00").click()
    expect(page.locator(".sync")).to_contain_text("All sent")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    # when it is corrected without signal
    phone.context.set_offline(True)
    page.get_by_role("link", name="Quay Lane Parking").click()
    page.get_by_role("link", name="Correct it").click()
    page.get_by_label("How much?").fill("9")
    page.get_by_role("button", name="Save the correction").click()
    # then the line says where it is kept, and the list what waits
    expect(page.locator(".facts")).to_contain_text("£9.00")
    expect(page.locator(".facts")).to_contain_text("Saved on this phone")
    page.get_by_role("link", name="Home").click()
    expect(page.locator(".sync")).to_contain_text("No signal, 1 waits")
    page.locator(".sync").click()
    expect(page.get_by_role("listitem").filter(has_text="A correction")).to_contain_text("£9.00, Quay Lane Parking")


def somebody_elses(route: Route) -> None:
    """The server's answer to a photo that a helper sends and the holder had sent."""
    sent = json.loads(route.request.post_data or "{}")
    photos = [op["id"] for op in sent["ops"] if op["act"] in {"file.announce", "receipt.read"}]
    sent["ops"] = [op for op in sent["ops"] if op["id"] not in photos]
    answer = route.fetch(post_data=json.dumps(sent))
    told = answer.json()
    refused = {"status": "refused", "code": "here_already", "sentence": HERE_ALREADY}
    told["results"] += [{"id": photo, **refused} for photo in photos]
    route.fulfill(response=answer, json=told)


def test_a_photo_that_somebody_else_sent_is_told_in_the_form_and_in_the_list(
    phone: Phone, site: Site, tmp_path: Path
) -> None:
    plan, page = sign_in(phone, site, "priya"), phone.page
    picture = tmp_path / "receipt.jpg"
    picture.write_bytes(encode(corners(660, 400), "JPEG"))
    page.route(f"{site.url}/sync", somebody_elses)  # not the screen of that name
    page.goto(f"{plan}/spend")
    page.locator("#gallery").set_input_files(picture)
    expect(page.get_by_text("This photo is in the plan already.")).to_be_visible()
    page.goto(f"{plan}/sync")
    expect(page.get_by_role("heading", name="A photo is here already")).to_be_visible()
    expect(page.get_by_role("heading", name="Not taken")).to_have_count(0)
    page.get_by_role("button", name="I have read this").click()
    expect(page.get_by_role("heading", name="Nothing waits")).to_be_visible()


def test_what_was_typed_and_taken_back_is_not_kept(phone: Phone, site: Site) -> None:
    plan, page = sign_in(phone, site), phone.page
    page.goto(f"{plan}/goal-new")
    words(page).fill(OWN_WORDS)
    page.wait_for_function(f"() => {DRAFTS}.length === 1")
    words(page).fill("")
    page.wait_for_function(f"() => {DRAFTS}.length === 0")


def test_a_double_tap_on_save_stays_on_the_next_screen_with_its_undo(phone: Phone, site: Site) -> None:
    plan, page = sign_in(phone, site), phone.page
    page.goto(f"{plan}/goal-new")
    words(page).fill(OWN_WORDS)
    page.get_by_role("button", name="Save this goal").dblclick()
    expect(page.get_by_text("The goal is written down.")).to_be_visible()
    # the second tap fell on what came in its place: neither a tab nor the main act was pressed
    expect(page.locator(".undo").get_by_role("button", name="Undo")).to_be_visible()
    expect(page.get_by_role("heading", name="You got there")).to_have_count(0)
    # and nobody has got there yet: a first step comes next
    page.locator(".dock").get_by_role("button", name="Add the first small step").click()
    expect(page.get_by_label("Add a small step")).to_be_focused()


def no_double_tap(page: Page) -> None:
    """The last tap is so long ago that the next one is another."""
    page.wait_for_function("since => performance.now() - since > 400", arg=page.evaluate("performance.now()"))


def test_one_step_after_another_is_the_main_act_of_a_goal_and_getting_there_the_last(phone: Phone, site: Site) -> None:
    plan, page = sign_in(phone, site), phone.page
    page.goto(f"{plan}/goal-new")
    words(page).fill(OWN_WORDS)
    page.get_by_role("button", name="Save this goal").click()
    dock = page.locator(".dock")
    for step in ("Ring the pool", "Buy a towel", "Go there once"):
        page.get_by_label("Add a small step").fill(step)
        page.get_by_role("button", name="Add this step").click()
        expect(page.locator(".step").filter(has_text=step)).to_be_visible()
    expect(dock.get_by_role("link", name="Find something that helps")).to_be_visible()
    page.get_by_role("group", name="How is it going?").get_by_role("button").first.click()
    # when the main act is tapped twice by a slip, one step is ticked, and it can be taken back
    marked = page.locator(".step").filter(has=page.get_by_text("Next", exact=True))
    expect(marked).to_contain_text("Ring the pool")
    dock.get_by_role("button", name="The next step is done").dblclick()
    expect(marked).to_contain_text("Buy a towel")
    expect(page.get_by_text("1 of 3 steps is done.")).to_be_visible()
    page.locator(".undo").get_by_role("button", name="Undo").click()
    expect(marked).to_contain_text("Ring the pool")
    # and when none is open any more, one gets there
    for done in range(1, 4):
        no_double_tap(page)
        dock.get_by_role("button", name="The next step is done").click()
        expect(page.get_by_role("checkbox", checked=True)).to_have_count(done)
    no_double_tap(page)
    dock.get_by_role("button", name="We got there").click()
    expect(page.get_by_role("heading", name="You got there")).to_be_visible()


def test_half_a_day_is_told_and_a_whole_one_stands_in_words(phone: Phone, site: Site) -> None:
    plan, page = sign_in(phone, site), phone.page
    page.goto(f"{plan}/review-new")
    day = page.get_by_label("Is there a day for it?")
    day.press("3")
    day.press("Tab")
    page.get_by_label("With whom?").focus()
    expect(page.get_by_text("This is no whole day.")).to_be_visible()
    page.get_by_role("button", name="Save the review").click()
    assert page.url.endswith("/review-new")
    day.fill("2027-03-03")
    expect(page.get_by_text("Wednesday 3 March 2027")).to_be_visible()
    expect(page.get_by_text("This is no whole day.")).to_have_count(0)


def test_going_back_after_saving_or_closing_never_leads_into_the_form_again(phone: Phone, site: Site) -> None:
    plan, page = sign_in(phone, site), phone.page
    page.goto(f"{plan}/plan")
    # given a goal that was just written
    page.get_by_role("link", name="Write a goal").first.click()
    words(page).fill(OWN_WORDS)
    page.get_by_role("button", name="Save this goal").click()
    page.wait_for_url("**/goal/*")
    # when the browser goes back, the plan stands there, not an empty form
    page.go_back()
    expect(page.get_by_role("heading", name="My plan")).to_be_visible()
    # and a form that is closed untouched leaves nothing behind either
    page.get_by_role("link", name="Write a goal").first.click()
    expect(words(page)).to_be_visible()
    page.get_by_role("link", name="Close").click()
    expect(page.get_by_role("heading", name="My plan")).to_be_visible()
    page.go_forward()
    expect(words(page)).to_be_visible()


def test_a_day_that_was_emptied_is_asked_for_and_one_to_come_is_told(phone: Phone, site: Site) -> None:
    plan, page = sign_in(phone, site), phone.page
    page.goto(f"{plan}/money-in")
    page.get_by_label("How much?").fill("20")
    page.get_by_label("When?").fill("")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("alert").get_by_role("link", name="Choose the day on which it was.").click()
    expect(page.get_by_label("When?")).to_be_focused()
    page.get_by_label("When?").fill("2062-03-03")
    expect(page.get_by_text("This day is still to come.")).to_be_visible()
    page.get_by_label("When?").fill("2026-03-03")
    expect(page.get_by_text("This day is still to come.")).to_have_count(0)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("£20.00 is written down.")).to_be_visible()


def test_what_has_to_be_mended_leads_to_the_answers_of_a_question_too(phone: Phone, site: Site) -> None:
    plan, page = sign_in(phone, site, "daniel"), phone.page
    page.goto(f"{plan}/visit")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Say whether it happened.").click()
    expect(page.get_by_label("It happened")).to_be_focused()
    expect(page.get_by_role("group", name="did it happen?")).to_have_accessible_description("Say whether it happened.")


def test_what_one_wants_to_say_at_a_review_outlives_leaving_the_page(phone: Phone, site: Site) -> None:
    plan, page = sign_in(phone, site), phone.page
    page.goto(f"{plan}/reviews")
    page.locator(".dock").get_by_role("link", name="Get ready").click()
    words(page).fill(OWN_WORDS)
    page.get_by_role("link", name="Home").click()
    expect(page.get_by_text("What you began is kept.")).to_be_visible()
    page.locator(".undo").get_by_role("button", name="Go on").click()
    expect(words(page)).to_have_value(OWN_WORDS)
    page.get_by_role("button", name="Save what I want to say").click()
    expect(page.get_by_text("Written down.")).to_be_visible()
    # then it stands there as it was saved, and nothing more is offered
    page.reload()
    expect(words(page)).to_have_value(OWN_WORDS)
    expect(page.get_by_text("You had started to write.")).to_have_count(0)


def test_closing_words_are_still_there_when_their_sheet_closed_by_a_slip(phone: Phone, site: Site) -> None:
    plan, page = sign_in(phone, site), phone.page
    page.goto(f"{plan}/plan")
    page.get_by_role("link", name="Open this goal").first.click()
    got_there = page.get_by_role("button", name="We got there")
    got_there.first.click()
    page.get_by_label("How is it now, in your words?").fill(OWN_WORDS)
    page.keyboard.press("Escape")
    got_there.first.click()
    expect(page.get_by_label("How is it now, in your words?")).to_have_value(OWN_WORDS)


def test_what_was_not_taken_is_let_go_of_with_a_way_back(phone: Phone, site: Site) -> None:
    plan, page = sign_in(phone, site), phone.page
    # given a line of money for a pot that the server does not know
    facts = {"pot": NO_POT, "kind": "spending", "amount": 100, "on": "2026-11-01", "what": OWN_WORDS}
    act(page, [{"act": "entry.record", "stream": f"person:{plan.rsplit('/', 1)[1]}", "facts": facts}])
    send(page)
    page.goto(f"{plan}/sync")
    # when it is let go of by a slip, it can be taken back
    page.get_by_role("button", name="I do not need it").click()
    page.locator(".undo").get_by_role("button", name="Undo").click()
    expect(page.locator("pre")).to_contain_text(OWN_WORDS)
    # and once the screen is left it is gone
    page.get_by_role("button", name="I do not need it").click()
    page.get_by_role("link", name="Home").click()
    expect(page.locator(".sync")).to_contain_text("All sent")
