"""Every route, by each role, on a real row of somebody else: nothing is read, nothing is changed."""

import hashlib
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from app.accounts.access import actor_for
from app.accounts.models import Account, SignIn
from app.accounts.people.invitations import Offer, invite
from app.accounts.service import end_relationship, start_sign_in
from app.accounts.signing.passkeys import Made, keep_passkey
from app.core.actor import Actor
from app.core.db import Base
from app.core.ids import new_id
from app.exports.arriving import begin_arrival
from app.models import ALL
from app.reminders.models import PushSubscription
from app.sync.models import StoredFile
from tests.fixtures_app import FIRST_MOMENT, Phone, form_token, op
from tests.house.access import ACCESS, INSIDE, ROLES, Access
from tests.peers.scene import with_group
from tests.sync.acts import spend, with_pot

SECRETS = ("Swim with Marcus", "Maria Whitfield", "maria@example.com", "Riverside", "the drawn picture")
BYTES = b"hello"
# What every asking leaves behind, of one's own: tries, the use of a device, the answer to an operation.
COUNTED = ("attempt", "sign_in", "operation")


@dataclass
class Scene:
    """Maria's rows, and a browser for each role."""

    browsers: dict
    accounts: dict
    names: dict
    parts: object


@pytest.fixture
def scene(household, parts, make_account, make_person, make_relationship, phone, change_relationship, app):
    accounts = {"holder": household.maria, "representative": household.tom}
    for role in ("stranger", "ex_carer"):
        accounts[role] = make_account(f"{role}@example.com", name=role)
        make_person(accounts[role], name=role, role="holder")
    for role in INSIDE[1:]:
        accounts[role] = make_account(f"{role}@example.com", name=role)
        make_relationship(accounts[role], household.person, role=role)
    ended = make_relationship(accounts["ex_carer"], household.person, role="representative")
    phones = {role: phone(account) for role, account in accounts.items()}
    change_relationship(ended, end_relationship)
    member = make_relationship(make_account("m@example.com", name="M"), household.person, role="viewer")
    names = {"person": household.person, "wrong": "x" * 43, "member": member, **hers(household, parts)}
    browsers = {"anonymous": app.test_client(), **{role: one.client for role, one in phones.items()}}
    return Scene(browsers, accounts, names, parts)


def hers(household, parts):
    """A goal, a line, an announced file, a drawn one and a second device of Maria's; their ids."""
    sha256, drawn = hashlib.sha256(BYTES).hexdigest(), "d" * 64
    pot, goal, line = with_pot(household), new_id(), new_id()
    announced = {"size": 5, "type": "image/jpeg", "name": "Riverside"}
    files = [op("file.announce", household.person, new_id(), {**announced, "sha256": sha}) for sha in (sha256, drawn)]
    write = op("goal.write", household.person, goal, {"words": SECRETS[0]})
    name = op("person.write", household.person, household.person, {"name": SECRETS[1]})
    results = household.hers.results(name, write, spend(household, pot, 1000, row=line), *files)
    assert {result["status"] for result in results} == {"done"}
    parts.storage.put(f"picture/{household.person}/{drawn}", SECRETS[4].encode())
    with parts.database.writing() as session:
        session.scalars(select(StoredFile).where(StoredFile.sha256 == drawn)).one().state = "ready"
        start_sign_in(session, session.get_one(Account, household.maria), device_name="Old phone")
        session.flush()
        device = session.scalars(select(SignIn).where(SignIn.device_name == "Old phone")).one().id
        session.add(subscription(household.maria, device))
        maria = actor_for(session, household.maria, household.person)
        invitation = invite(session, maria, Offer("Ana", "viewer"))[0].id
        passkey = keep_passkey(session, household.maria, Made("AAAA", "AAAA", 0, [], False), name="Old passkey").id
        arrival = begin_arrival(session, household.maria, size=5, mark="a" * 64).id
        session.commit()
    group = with_group(parts, household.maria, household.person, role="moderator")
    ids = {**group, "sign_in": device, "passkey": passkey, "invitation": invitation, "arrival": arrival}
    return {**ids, "sha256": sha256, "drawn": drawn, "goal": goal, "pot": pot, "line": line}


def subscription(account, device):
    """A device of Maria's that takes messages."""
    address = {"endpoint": "https://fcm.googleapis.com/x", "endpoint_hash": "e" * 64, "p256dh": "p", "auth": "a"}
    return PushSubscription(account_id=account, sign_in_id=device, renewed_at=FIRST_MOMENT, **address)


def everything(parts):
    """Every row of every table but those, as text, and the names of all files."""
    with parts.database.reading() as session:
        tables = [table for table in Base.metadata.sorted_tables if table.name not in COUNTED]
        rows = {table.name: sorted(map(str, session.execute(select(table)))) for table in tables}
    return {**rows, "files": sorted(parts.storage.keys("partial/")) + sorted(parts.storage.keys("picture/"))}


def use(scene, role, access: Access):
    """Use a route as this role."""
    client = scene.browsers[role]
    path = access.path.format(**scene.names)
    form = (
        None
        if access.form is None
        else {**filled(access.form, role, scene.names), "csrf_token": form_token(client.get(access.form_at))}
    )
    body = exchange_body(scene, role) if access.json == "exchange" else access.json
    return client.open(path, method=access.method, data=access.data or form, json=body, headers=access.headers)


def filled(form, role, names):
    """The form as this role fills it in; it may name what stands there."""
    return {name: value.format(**{**names, "role": role}) for name, value in form.items()}


def exchange_body(scene, role):
    """What a phone of this role sends: a write to Maria's goal, and a cursor of her stream."""
    account = scene.accounts.get(role, new_id())
    phone = Phone(scene.browsers[role], account)
    stream = f"person:{scene.names['person']}"
    phone.cursors = {stream: {"seq": 0, "epoch": "x"}}
    return phone.body(op("goal.write", scene.names["person"], scene.names["goal"], {"importance": 9}, base={"rev": 2}))


# Those who may change something come last.
IN_ORDER = sorted(ROLES, key=("anonymous", "stranger", "ex_carer", *INSIDE[::-1], "holder").index)


@pytest.mark.parametrize("endpoint", ACCESS)
def test_each_role_gets_what_the_table_says_and_nothing_else(scene, endpoint):
    for role in IN_ORDER:
        check_cell(scene, ACCESS[endpoint], role)


def check_cell(scene, access, role):
    """This role gets its status; where it may not, nothing of Maria's was told or changed."""
    before = everything(scene.parts)
    answer = use(scene, role, access)
    told = answer.get_data(as_text=True)
    assert answer.status_code == access.cells[role], f"{role}: {told[:300]}"
    if role not in access.changes:
        assert everything(scene.parts) == before, role
    if role in {"anonymous", "stranger", "ex_carer"}:
        typed = (access.form or {}).values()
        assert [secret for secret in SECRETS if secret in told and secret not in typed] == [], role


def missing(app):
    """Routes without a full row in the table, and rows of the table without a route."""
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    complete = {name for name, access in ACCESS.items() if set(access.cells) == set(ROLES)}
    return endpoints ^ complete


def test_every_route_says_who_may(app):
    assert missing(app) == set()


def test_every_method_of_a_route_is_the_one_in_the_table(app):
    methods = {rule.endpoint: set(rule.methods or ()) - {"HEAD", "OPTIONS"} for rule in app.url_map.iter_rules()}
    assert methods == {endpoint: {access.method} for endpoint, access in ACCESS.items()}


def test_a_route_without_cells_is_found(app):
    app._got_first_request = False
    app.add_url_rule("/secret/<person>", "secret", lambda person: person)
    assert missing(app) == {"secret"}


def test_a_cell_that_is_not_there_is_found(app, monkeypatch):
    access = ACCESS["sync.state"]
    less = {role: status for role, status in access.cells.items() if role != "ex_carer"}
    monkeypatch.setitem(ACCESS, "sync.state", Access(access.method, access.path, less))
    assert missing(app) == {"sync.state"}


def test_a_route_that_tells_a_stranger_is_found(scene, app, monkeypatch):
    monkeypatch.setattr("app.sync.api._actor", lambda person, sha256: all_powerful(person))
    with pytest.raises(AssertionError, match="stranger"):
        check_cell(scene, ACCESS["sync.picture"], "stranger")


def all_powerful(person):
    return Actor(account=new_id(), person=person, scopes=frozenset({"see_money"}), role="holder")


def test_all_tables_are_looked_at():
    assert len(ALL) >= 6
    assert set(COUNTED) < {table.name for table in Base.metadata.sorted_tables}
