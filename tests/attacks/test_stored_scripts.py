"""A script in every text that somebody can write, looked at on every screen, page and archive: it stays words.

The browser's policy is switched off for it, so that what is not escaped is found even where the policy would stop it.
"""

import io
import re
import zipfile
from dataclasses import dataclass, field

import pytest
from marshmallow import fields, validate
from wtforms import StringField

from app.accounts import forms
from app.accounts.access import actor_for
from app.accounts.models import Relationship
from app.accounts.signing.passkeys import Made, keep_passkey
from app.core.ids import new_id
from app.exports.models import Archive
from app.exports.service import ask_archive
from app.exports.work import read_archive
from app.factory import make_registry, make_worker
from app.receipts.models import Reading
from app.sync.facts import Facts
from app.sync.facts import words as free_words
from app.sync.registry import Act
from tests.attacks.texts import SHORT, Text, form_texts, script, texts_of
from tests.fixtures_app import Phone, form_token, op, send_form
from tests.house.access import ACCESS
from tests.house.test_operations import TARGETS, facts_of, rows
from tests.journeys.site import PROJECT

__all__ = ["rows"]
pytestmark = pytest.mark.browser

ACTS = make_registry().acts
# What leaves for a peer group goes through the anonymiser and a second reader first; tests/peers looks at that door.
HELD = {"sharing.write", "sharing.confirm"}
TEXTS = [text for text in texts_of(ACTS) if text.act not in HELD]
NAMED = re.compile(r'^  "?([a-z-]+)"?: \(\) => import\(', re.MULTILINE)
SCREENS = sorted({*NAMED.findall((PROJECT / "app/static/js/app.js").read_text(encoding="utf-8")), "home"})
# What a row needs besides its texts; the others are aimed at the row of TARGETS that is there.
NEW = {
    "choice.write": {"goal": "goal"}, "commitment.write": {"pot": "pot", "amount": 100}, "goal.write": {},
    "pot.write": {"holding": "direct_payment", "opened_on": "2026-04-01"}, "step.write": {"goal": "goal"},
    "review_clock.write": {"starts_on": "2026-04-01"}, "remark.write": {"agrees": True},
}  # fmt: skip
# Which rows each screen is about.
OF = {
    "goal": ["goal", "goal.write"], "goal-edit": ["goal.write"], "step": ["step.write"],
    "choice": ["choice.write"], "choice-edit": ["choice.write"], "pot": ["pot.write", "pot"], "pot-edit": ["pot.write"],
    "entry": ["entry", "entry.correct", "entry.record", "pot.transfer"], "entry-edit": ["entry.correct"],
    "review-edit": ["review_clock.write"], "review-held": ["review_clock.write"], "prepare": ["review_clock.write"],
    "review-said": ["review", "review.record"], "conflict": ["conflict"], "earlier": ["earlier"],
}  # fmt: skip
# What worries somebody goes out as a plain mail, and stands on no page.
CONCERN = 6
READ, EARLIER = len(TEXTS), len(TEXTS) + 1
# Forms: what is tried, by what it becomes; and what is never kept as it was typed.
TRIED = {
    "SignUpForm.name", "SignUpForm.email", "SignUpForm.person_name", "AddPersonForm.name", "PasskeyNameForm.name",
    "AddPasskeyForm.name", "InviteForm.name", "AddPersonForm.basis_words", "BasisForm.basis_words",
     "InviteForm.basis_words", "ConcernForm.words",
}  # fmt: skip
NEVER_KEPT = {
    "SignUpForm.way", "SignUpForm.password", "SignInForm.email", "SignInForm.password", "ForgottenForm.email",
    "CodeForm.code", "CredentialForm.credential", "AddPasskeyForm.credential", "ProofForm.password", "ProofForm.code",
    "NewPasswordForm.password", "AnswerForm.answer", "EraseForm.typed",
}  # fmt: skip
GO = """to => {
  if (location.pathname !== to) document.querySelector("h1")?.setAttribute("data-before", "");
  history.pushState(null, "", to);
  dispatchEvent(new PopStateEvent("popstate"));
}"""
LOOK = """() => {
  const values = [...document.querySelectorAll("input, textarea")].map((one) => one.value);
  const text = [document.documentElement.outerHTML, ...values].join(" ");
  const leads = (one) => ["href", "src", "action"].some((name) => /^javascript:/i.test(one.getAttribute(name) ?? ""));
  return {
    seen: [...new Set(text.match(/mark\\d+end/g) ?? [])],
    made: [...document.querySelectorAll("[data-hit]")].map((one) => one.outerHTML.slice(0, 80)),
    ran: window.hits,
    links: [...document.querySelectorAll("[href], [src], [action]")].filter(leads).map((one) => one.outerHTML),
  };
}"""


@dataclass
class Found:
    """What was seen as words, and what came alive."""

    seen: set[int] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def look(self, page, name):
        told = page.evaluate(LOOK)
        self.seen |= {int(re.sub(r"\D", "", mark)) for mark in told["seen"]}
        self.wrong += [f"{name}: {kind}: {one}" for kind in ("made", "ran", "links") for one in told[kind]]


def placed(text: Text, number: int):
    """Facts with a script in this place."""
    value = script(number, text.longest)
    for name in reversed(text.path):
        value = {name: value}
    return value


def plant(household, rows, texts):
    """Send each act with a script in each of its texts; ids of the rows by act."""
    numbers = {text: number for number, text in enumerate(texts)}
    made = {}
    for act in sorted({text.act for text in texts}):
        facts, row = start_of(act, rows)
        for text in (text for text in texts if text.act == act):
            facts = joined(facts, placed(text, numbers[text]))
        revs = {one["id"]: one["rev"] for one in Phone(household.hers.client, household.maria).catch_up()}
        base = {"rev": revs[row]} if row in revs else None
        [result] = household.hers.results(op(act, household.person, row, facts, base=base))
        assert result["status"] == "done", (act, result)
        made[act] = facts["out_entry"] if act == "pot.transfer" else facts.get("entry", row)
    return made


def start_of(act, rows):
    """Good facts of an act, and the row that it is aimed at."""
    if act in NEW:
        return {name: rows.get(value, value) if name in rows else value for name, value in NEW[act].items()}, new_id()
    row = new_id() if TARGETS[act] == "new" else rows[TARGETS[act]]
    return facts_of(act, rows), row


def joined(one, other):
    """Facts with others put in, nested ones too."""
    both = {name: joined(one.get(name, {}), value) for name, value in other.items() if isinstance(value, dict)}
    return {**one, **other, **both}


def plant_reading(parts, rows):
    """What a reader found on a photo whose print is a script."""
    print_of = script(READ, 500)
    items = [{"text": print_of, "amount": "1.00"}]
    result = {"merchant": print_of, "date": None, "total": "12.34", "currency": "GBP", "items": items}
    with parts.database.writing() as session:
        found = session.get_one(Reading, rows["reading"])
        found.state, found.result = "read", {**result, "confidence": {"merchant": 1, "date": 0, "total": 1}}
        session.commit()


def look_at_app(found, page, url, person, ids):
    """Every screen, with each row that it may be about."""
    page.goto(f"{url}/app/{person}/home")
    page.locator(".sync", has_text="All sent").wait_for()
    found.look(page, "home")
    for screen in SCREENS:
        for wanted in OF.get(screen, [None]):
            to = f"/app/{person}/{screen}" + (f"/{ids[wanted]}" if wanted else "")
            page.evaluate(GO, to)
            page.wait_for_function("() => document.querySelector('h1:not([data-before])')")
            found.look(page, to)


def look_at_pages(found, page, url, person):
    """Every page that a holder gets."""
    for access in ACCESS.values():
        opens = (
            access.method == "GET" and access.cells["holder"] == 200 and not access.path.startswith(("/app", "/files"))
        )
        if opens and not access.path.endswith(".txt") and set(re.findall(r"{(\w+)}", access.path)) <= {"person"}:
            page.goto(url + access.path.format(person=person))
            found.look(page, access.path)


def archive_page(parts, household):
    """The page to read of an archive of everything."""
    with parts.database.writing() as session:
        made = ask_archive(session, actor_for(session, household.maria, household.person)).id
        session.commit()
    worker = make_worker(parts)
    while worker.run_once():
        pass
    with parts.database.reading() as session:
        kept = session.get_one(Archive, made)
        data = b"".join(read_archive(parts.storage, kept.person_id, kept.id, kept.pieces))
    return zipfile.ZipFile(io.BytesIO(data)).read("index.html").decode()


def write_earlier(household, rows):
    """Words of a goal that stand in its history alone; where the history is."""
    for words in (script(EARLIER, 10_000), "Other words"):
        revs = {one["id"]: one["rev"] for one in Phone(household.hers.client, household.maria).catch_up()}
        sent = op("goal.write", household.person, rows["goal"], {"words": words}, base={"rev": revs[rows["goal"]]})
        assert household.hers.results(sent)[0]["status"] == "done"
    return f"goal/{rows['goal']}/words"


@pytest.fixture
def hostile(household, rows, parts):
    """Maria's plan with a script in every text; ids of all rows."""
    made = plant(household, rows, TEXTS)
    plant_reading(parts, rows)
    return {**rows, **made, "earlier": write_earlier(household, rows)}


def test_no_text_of_a_plan_becomes_a_script_anywhere(app, parts, household, hostile, serve, open_browser):
    url, found = serve(app), Found()
    page = open_browser(url, household.hers.client)
    look_at_app(found, page, url, household.person, hostile)
    look_at_pages(found, page, url, household.person)
    page.goto("about:blank")
    page.set_content(archive_page(parts, household))
    found.look(page, "archive")
    assert found.wrong == []
    names = {**{number: text.name for number, text in enumerate(TEXTS)}, READ: "a photo", EARLIER: "history"}
    assert {name for number, name in names.items() if number not in found.seen} == set()


def fill_forms(app, household, parts, sign_in):
    """A script in every text of a form that is kept; a browser of each account that may look."""
    maria, person = household.hers.client, household.person
    names = [script(number, 100) for number in range(5)]
    added = send_form(maria, "/people/new", name=names[0], basis="attorney", basis_words=script(5, 200))
    assert added.status_code == 303
    facts = {"role": "representative", "basis": "attorney", "basis_words": script(5, 200)}
    assert send_form(maria, f"/people/{person}/invitations/new", name=names[1], **facts).status_code == 200
    assert send_form(maria, f"/people/{person}/concern", words=script(CONCERN, 2000)).status_code == 200
    with parts.database.writing() as session:
        session.get_one(Relationship, household.link).basis = facts["basis"]  # as it is once the invitation is accepted
        session.get_one(Relationship, household.link).basis_words = facts["basis_words"]
        passkey = keep_passkey(session, household.maria, Made("AAAA", "AAAA", 0, [], False), name=names[2]).id
        session.commit()
    token = form_token(maria.get("/people/new"))
    named = maria.post(f"/account/passkeys/{passkey}", data={"name": names[2], "csrf_token": token})
    joined_by = app.test_client()
    address = SHORT.format(7).replace(" ", "/") + "@example.com"
    join = {
        "name": names[3],
        "email": address,
        "password": "three plain words",
        "whose": "other",
        "person_name": names[4],
    }
    assert (named.status_code, send_form(joined_by, "/sign-up", **join).status_code) == (303, 303)
    return joined_by


def test_no_text_of_a_form_becomes_a_script_anywhere(app, parts, household, sign_in, serve, open_browser):
    url, found = serve(app), Found()
    joined_by = fill_forms(app, household, parts, sign_in)
    for client in (household.hers.client, joined_by):
        page = open_browser(url, client)
        page.goto(f"{url}/app/")
        page.locator(".sync", has_text="All sent").wait_for()
        page.locator(".chip-person").click()
        found.look(page, "whose plan")
        look_at_pages(found, page, url, page.url.split("/app/")[1].split("/")[0])
    page = open_browser(url, household.hers.client)
    look_at_pages(found, page, url, household.person)
    assert found.wrong == []
    assert set(range(8)) - found.seen == {CONCERN}


# -- each is found -----------------------------------------------------------------------------------------


def test_a_page_that_escapes_nothing_is_found(app, parts, household, sign_in, serve, open_browser):
    fill_forms(app, household, parts, sign_in)
    app.jinja_env.autoescape = False
    url, found = serve(app), Found()
    page = open_browser(url, household.hers.client)
    page.goto(f"{url}/people/{household.person}")
    page.wait_for_function("() => hits.length")
    found.look(page, "people")
    assert {one.split(":")[1] for one in found.wrong} >= {" made", " ran"}


RAW = ('dir="auto" lang=${lang}>${text}</p>', "dangerouslySetInnerHTML=${{ __html: text }}></p>")


def test_a_screen_that_draws_words_as_a_page_is_found(app, household, hostile, serve, open_browser):
    source = (PROJECT / "app/static/js/parts/bits.js").read_text(encoding="utf-8")
    assert RAW[0] in source
    url, found = serve(app), Found()
    page = open_browser(url, household.hers.client)
    planted = {"body": source.replace(*RAW), "content_type": "text/javascript"}
    page.route("**/js/parts/bits.js*", lambda route: route.fulfill(**planted))
    page.goto(f"{url}/app/{household.person}/goal/{hostile['goal.write']}")
    page.wait_for_function("() => hits.length")
    found.look(page, "goal")
    assert {one.split(":")[1] for one in found.wrong} >= {" made", " ran"}


def test_an_archive_that_escapes_nothing_is_found(parts, household, hostile, open_browser, monkeypatch):
    monkeypatch.setattr("app.exports.readable.escape", str)
    found, page = Found(), open_browser("http://127.0.0.1")
    page.set_content(archive_page(parts, household))
    page.wait_for_function("() => hits.length")
    found.look(page, "archive")
    assert found.wrong != []


def test_the_policy_alone_stops_a_script_that_was_not_escaped(app, household, serve, open_browser):
    """The second line: with the policy on, the same hole runs nothing."""
    app.jinja_env.autoescape = False
    fill = {"name": script(1, 100), "basis": "attorney"}
    send_form(household.hers.client, "/people/new", **fill)
    url, found = serve(app), Found()
    page = open_browser(url, household.hers.client, bypass_csp=False)
    with page.expect_console_message(lambda message: "Content Security Policy" in message.text):
        page.goto(f"{url}/account")
    found.look(page, "account")
    assert [one for one in found.wrong if ": made:" in one] != []
    assert [one for one in found.wrong if ": ran:" in one] == []


def test_every_text_of_a_form_is_tried_or_never_kept():
    assert form_texts() == TRIED | NEVER_KEPT


class Planted(Facts):
    """A new act with texts at two depths."""

    words = free_words()
    inner = fields.List(fields.Nested(Facts.from_dict({"note": free_words(100)})))
    state = fields.String(validate=validate.OneOf(["a"]))


def test_a_new_text_of_an_act_is_tried_by_itself():
    act = Act("x.write", 1, "see_plan", Planted(), lambda *_: None, says="")
    assert [(text.path, text.longest) for text in texts_of({"x.write": act})] == [
        (("inner", "note"), 100),
        (("words",), 10_000),
    ]


def test_a_new_text_of_a_form_is_found(monkeypatch):
    monkeypatch.setattr(forms.ForgottenForm, "nickname", StringField("A new one"), raising=False)
    assert form_texts() - TRIED - NEVER_KEPT == {"ForgottenForm.nickname"}
