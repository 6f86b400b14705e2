"""Who may use each route, by the name of its endpoint; test_routes.py proves every cell on a real row of Maria's.

A cell is the status that a role gets. Roles: nobody signed in; the holder; each role of the policy that somebody may
have for her; a stranger with a plan of their own; somebody who looked after the plan until a moment ago.
"""

from dataclasses import dataclass, field

INSIDE = ("representative", "nominee", "helper", "viewer", "reviewer")
ROLES = ("anonymous", "holder", *INSIDE, "stranger", "ex_carer")
EVERYBODY = dict.fromkeys(ROLES, 200)
SIGNED_IN = {**EVERYBODY, "anonymous": 401}
HERS_ALONE = {**dict.fromkeys(ROLES, 404), "anonymous": 401}
# Whoever may see the money; who only writes down spending is asked in a row of its own.
MONEY = {**dict.fromkeys(ROLES, 200), "anonymous": 401, "stranger": 404, "ex_carer": 404}
MANAGERS = {**dict.fromkeys(ROLES, 404), "anonymous": 401, "holder": 200, "representative": 200}
MEMBERS = MONEY
REPRESENTATIVE = {**dict.fromkeys(ROLES, 404), "anonymous": 401, "representative": 200}
INVITE = {"name": "Ana", "role": "viewer"}
MANAGING = ("holder", "representative")
SEEN_OFF = {**MANAGERS, "representative": 303, "holder": 404}  # the representative was just before


@dataclass(frozen=True)
class Access:
    """How to use a route on Maria's rows, and what each role gets. `form` is sent with the token of `form_at`."""

    method: str
    path: str
    cells: dict[str, int]
    form: dict[str, str] | None = None
    form_at: str = ""
    json: object = None
    data: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    changes: tuple[str, ...] = ()


OWN = {"X-Inhand-Sync": "1"}
PIECE = {**OWN, "X-Inhand-Offset": "0", "X-Inhand-Size": "5"}
NEW_PERSON = {"name": "Sam", "basis": "chosen"}
WRONG_PAIR = {"email": "maria@example.com", "password": "a wrong one"}
SIGN_UP = {"name": "New", "email": "new-{role}@example.com", "password": "three plain words", "whose": "me"}
MADE = dict.fromkeys(ROLES, 303)

KEYS = {"p256dh": "B" + "A" * 86, "auth": "A" * 22}
NO_TOKEN = {"token": "x" * 43}
OWN_MADE = {**MADE, "anonymous": 401}
OWN_WRONG = {**dict.fromkeys(ROLES, 422), "anonymous": 401}
NOWHERE = dict.fromkeys(ROLES, 404)
LOCAL_DEVICE = {"endpoint": "https://127.0.0.1/push", "keys": KEYS}
MANAGERS_MADE = {**MANAGERS, "holder": 303, "representative": 303}
# Who has a plan of their own may ask with it, and with no other.
ASKERS = ("stranger", "ex_carer")
ASKING = {**HERS_ALONE, **dict.fromkeys(ASKERS, 200)}
HERS_NONE = {**dict.fromkeys(ROLES, 404), "anonymous": 401}

ACCESS: dict[str, Access] = {
    "groups.groups_page": Access("GET", "/groups", SIGNED_IN),
    "groups.found_page": Access("GET", "/groups/new", SIGNED_IN),
    "groups.found": Access(
        "POST", "/groups/new", OWN_MADE, {"name": "Out and about", "whose": "organisation"}, "/sign-in",
        changes=ROLES[1:],
    ),
    "groups.join_page": Access("GET", "/groups/join/{wrong}", HERS_NONE),
    "groups.join": Access("POST", "/groups/join/{wrong}", HERS_NONE, {"agreed": "y"}, "/sign-in"),
    "groups.group_page": Access("GET", "/groups/{group}", MANAGERS),
    "groups.voice_page": Access("GET", "/groups/{group}/voice", MANAGERS),
    "groups.ask_page": Access("GET", "/groups/{group}/ask", ASKING),
    "groups.ask": Access(
        "POST", "/groups/{group}/ask", {**ASKING, **dict.fromkeys(ASKERS, 422)}, {"whose": "{role}", "agreed": "y"},
        "/sign-in",
    ),
    "groups.leave": Access(
        "POST", "/groups/{group}/leave", {**MANAGERS, "holder": 422, "representative": 422}, {"seat": "{own_seat}"},
        "/sign-in",
    ),
    "groups.link": Access("POST", "/groups/{group}/link", MANAGERS, {}, "/sign-in", changes=MANAGING),
    "groups.rename": Access(
        "POST", "/groups/{group}/name", MANAGERS_MADE, {"name": "Stolen {role}"}, "/sign-in", changes=MANAGING
    ),
    "groups.seat_act": Access(
        "POST", "/groups/{group}/seats/{other_seat}", SEEN_OFF, {"act": "ban"}, "/sign-in",
        changes=("representative",),
    ),
    "groups.settle": Access(
        "POST", "/groups/{group}/queue/{queue}", SEEN_OFF, {"decision": "kept"}, "/sign-in",
        changes=("representative",),
    ),
    "groups.delete": Access(
        "POST", "/groups/{group}/delete", SEEN_OFF, {}, "/sign-in", changes=("representative",)
    ),
    "groups.reader_page": Access("GET", "/people/{person}/sharing/{second_read}/reader", MANAGERS),
    "groups.ask_reader": Access(
        "POST", "/people/{person}/sharing/{second_read}/reader", MANAGERS, {}, "/sign-in", changes=MANAGING
    ),
    "groups.read_page": Access("GET", "/sharing/read/{wrong}", HERS_NONE),
    "groups.answer_as_reader": Access(
        "POST", "/sharing/read/{wrong}", HERS_NONE, {"decision": "kept"}, "/sign-in"
    ),
    "pages.landing": Access("GET", "/", EVERYBODY),
    "pages.help_page": Access("GET", "/help", EVERYBODY),
    "pages.health": Access("GET", "/healthz", EVERYBODY),
    "styleguide.page": Access("GET", "/styleguide", EVERYBODY),
    "styleguide.css": Access("GET", "/styleguide.css", EVERYBODY),
    "shell.session": Access("GET", "/session", EVERYBODY),
    "shell.app": Access("GET", "/app/{person}/home", EVERYBODY),
    "shell.share": Access("POST", "/app/share", MADE),
    "shell.static_file": Access("GET", "/static/built/app.css", EVERYBODY),
    "shell.worker": Access("GET", "/sw.js", EVERYBODY),
    "receipts.reader": Access("GET", "/reader", EVERYBODY),
    "receipts.model": Access("GET", "/reader/none", dict.fromkeys(ROLES, 404)),
    "accounts.sign_up_page": Access("GET", "/sign-up", EVERYBODY),
    "accounts.sign_up": Access("POST", "/sign-up", MADE, SIGN_UP, "/sign-up", changes=ROLES),
    "accounts.sign_in_page": Access("GET", "/sign-in", EVERYBODY),
    "accounts.sign_in": Access("POST", "/sign-in", dict.fromkeys(ROLES, 422), WRONG_PAIR, "/sign-in"),
    "accounts.end_session": Access("POST", "/session/end", EVERYBODY, headers=OWN, changes=ROLES[1:]),
    "accounts.lock_session": Access(
        "POST", "/session/lock", SIGNED_IN, json={"hash": "0" * 64}, headers=OWN
    ),
    "accounts.end_lock": Access("POST", "/session/lock/end", SIGNED_IN, json={"key": "0" * 64}, headers=OWN),
    "accounts.keep_pass": Access(
        "POST", "/session/pass", SIGNED_IN, json={"key": "0" * 64, "minutes": 5}, headers=OWN, changes=ROLES[1:]
    ),
    "accounts.take_pass": Access("POST", "/session/pass/take", SIGNED_IN, json={}, headers=OWN),
    "accounts.unlock_session": Access("POST", "/session/unlock", SIGNED_IN, json={"key": "0" * 64}, headers=OWN),
    "accounts.account_page": Access("GET", "/account", SIGNED_IN),
    "accounts.end_device": Access(
        "POST", "/devices/{sign_in}/end", {**HERS_ALONE, "holder": 303}, {}, "/sign-in", changes=("holder",)
    ),
    "accounts.add_person_page": Access("GET", "/people/new", SIGNED_IN),
    "accounts.add_somebody": Access(
        "POST", "/people/new", {**MADE, "anonymous": 401}, NEW_PERSON, "/sign-in", changes=ROLES[1:]
    ),
    "accounts.new_password_page": Access("GET", "/new-password/{wrong}", dict.fromkeys(ROLES, 404)),
    "accounts.new_password": Access(
        "POST", "/new-password/{wrong}", dict.fromkeys(ROLES, 422), {"password": "three other words"}, "/sign-in"
    ),
    "accounts.end_other_devices": Access(
        "POST", "/devices/end", OWN_MADE, {}, "/sign-in", changes=("holder", "representative")
    ),
    "accounts.code_page": Access("GET", "/sign-in/code", dict.fromkeys(ROLES, 401)),
    "accounts.enter_code": Access("POST", "/sign-in/code", dict.fromkeys(ROLES, 401), {"code": "123456"}, "/sign-in"),
    "accounts.passkey_challenge": Access("POST", "/sign-in/passkey/challenge", EVERYBODY, headers=OWN, changes=ROLES),
    "accounts.sign_in_with_passkey": Access(
        "POST", "/sign-in/passkey", dict.fromkeys(ROLES, 422), {"credential": "{{}}"}, "/sign-in"
    ),
    "accounts.sign_up_sent": Access("GET", "/sign-up/sent", EVERYBODY),
    "accounts.joining_page": Access("GET", "/sign-up/{wrong}", NOWHERE),
    "accounts.finish_joining": Access("POST", "/sign-up/{wrong}", NOWHERE, {"password": "x"}, "/sign-in"),
    "accounts.join_challenge": Access("POST", "/sign-up/{wrong}/challenge", NOWHERE, headers=OWN),
    "accounts.join_with_passkey": Access("POST", "/sign-up/{wrong}/passkey", NOWHERE, {"credential": "x"}, "/sign-in"),
    "accounts.forgotten_page": Access("GET", "/forgotten", EVERYBODY),
    "accounts.forgotten": Access(
        "POST", "/forgotten", MADE, {"email": "{role}@example.com"}, "/forgotten", changes=ROLES
    ),
    "accounts.forgotten_sent": Access("GET", "/forgotten/sent", EVERYBODY),
    "accounts.password_page": Access("GET", "/account/password", SIGNED_IN),
    "accounts.change_own_password": Access(
        "POST", "/account/password", OWN_MADE, {"password": "three new words"}, "/sign-in", changes=ROLES[1:]
    ),
    "accounts.passkeys_page": Access("GET", "/account/passkeys", SIGNED_IN),
    "accounts.add_passkey_challenge": Access(
        "POST", "/account/passkeys/challenge", SIGNED_IN, headers=OWN, changes=ROLES[1:]
    ),
    "accounts.passkey_made": Access("POST", "/account/passkeys", OWN_WRONG, {"credential": "x"}, "/sign-in"),
    "accounts.name_passkey": Access(
        "POST", "/account/passkeys/{passkey}", {**HERS_ALONE, "holder": 303}, {"name": "Stolen"}, "/sign-in",
        changes=("holder",),
    ),
    "accounts.end_passkey": Access(
        "POST", "/account/passkeys/{passkey}/end", {**HERS_ALONE, "holder": 303}, {}, "/sign-in", changes=("holder",)
    ),
    "accounts.proof_page": Access("GET", "/account/proof", SIGNED_IN),
    "accounts.prove": Access("POST", "/account/proof", OWN_WRONG, {"password": "a wrong one"}, "/sign-in"),
    "accounts.proof_challenge": Access("POST", "/account/proof/challenge", SIGNED_IN, headers=OWN, changes=ROLES[1:]),
    "accounts.prove_with_passkey": Access("POST", "/account/proof/passkey", OWN_WRONG, {"credential": "x"}, "/sign-in"),
    "accounts.second_page": Access("GET", "/account/second", SIGNED_IN),
    "accounts.codes_page": Access("GET", "/account/codes", SIGNED_IN, changes=ROLES[1:]),
    "accounts.confirm_first_code": Access(
        "POST", "/account/codes", OWN_WRONG, {"code": "000000"}, "/sign-in", changes=ROLES[1:]
    ),
    "accounts.stop_codes": Access("POST", "/account/codes/end", OWN_MADE, {}, "/sign-in", changes=ROLES[1:]),
    "accounts.renew_recovery_codes": Access("POST", "/account/recovery-codes", OWN_MADE, {}, "/sign-in"),
    "accounts.people_page": Access("GET", "/people/{person}", MEMBERS),
    "accounts.untaken_page": Access("GET", "/account/not-taken", SIGNED_IN),
    "accounts.untaken_file": Access("GET", "/account/not-taken.txt", SIGNED_IN),
    "accounts.hand_in": Access(
        "POST", "/account/not-taken", {**dict.fromkeys(ROLES, 400), "anonymous": 401}, json={}, headers=OWN
    ),
    "accounts.end_untaken": Access("POST", "/account/not-taken/{wrong}/end", HERS_NONE, {}, "/sign-in"),
    "accounts.basis_page": Access("GET", "/people/{person}/basis", REPRESENTATIVE),
    "accounts.say_own_basis": Access(
        "POST", "/people/{person}/basis", {**REPRESENTATIVE, "representative": 303}, {"basis": "attorney"}, "/sign-in",
        changes=("representative",),
    ),
    "accounts.end_member_of": Access(
        "POST", "/people/{person}/members/{member}/end", SEEN_OFF, {}, "/sign-in", changes=("representative",)
    ),
    "accounts.hand_over_control": Access(
        "POST", "/people/{person}/members/{member}/control", {**MANAGERS, "holder": 303, "representative": 303},
        {"until": "2026-12-01"}, "/sign-in", changes=MANAGING,
    ),
    "accounts.activity_page": Access("GET", "/people/{person}/activity", MANAGERS),
    "accounts.concern_page": Access("GET", "/people/{person}/concern", MEMBERS),
    "accounts.raise_a_concern": Access(
        "POST", "/people/{person}/concern", MEMBERS, {"words": "Worried"}, "/sign-in", changes=("holder", *INSIDE)
    ),
    "accounts.invite_page": Access("GET", "/people/{person}/invitations/new", MANAGERS),
    "accounts.invite_somebody": Access(
        "POST", "/people/{person}/invitations/new", MANAGERS, INVITE, "/sign-in", changes=MANAGING
    ),
    "accounts.confirm_invitation": Access(
        "POST", "/people/{person}/invitations/{invitation}/confirm", {**MANAGERS, "holder": 422, "representative": 422},
        {}, "/sign-in",
    ),
    "accounts.withdraw_invitation": Access(
        "POST", "/people/{person}/invitations/{invitation}/end", SEEN_OFF, {}, "/sign-in", changes=("representative",)
    ),
    "accounts.invitation_page": Access("GET", "/invitations/{wrong}", NOWHERE),
    "accounts.answer_invitation": Access(
        "POST", "/invitations/{wrong}", {**NOWHERE, "anonymous": 401}, {"answer": "accept"}, "/sign-in"
    ),
    "exports.privacy_page": Access("GET", "/privacy", EVERYBODY),
    "exports.data_page": Access("GET", "/account/data", SIGNED_IN),
    "exports.answer": Access(
        "POST", "/account/data/consent/remind_mail/withdrawn", OWN_MADE, {}, "/sign-in", changes=ROLES[1:]
    ),
    "exports.archive_page": Access("GET", "/account/data/{person}/archive", MANAGERS),
    "exports.ask": Access("POST", "/account/data/{person}/archive", MANAGERS_MADE, {}, "/sign-in", changes=MANAGING),
    "exports.archive": Access("GET", "/account/data/{person}/archive/{wrong}", HERS_NONE),
    "exports.arrivals_page": Access("GET", "/account/data/arrivals", SIGNED_IN),
    "exports.begin": Access(
        "POST", "/account/data/arrivals", SIGNED_IN, json={"size": 5, "mark": "0" * 64}, headers=OWN, changes=ROLES[1:]
    ),
    "exports.take_piece": Access(
        "PUT", "/account/data/arrivals/{arrival}", {**HERS_ALONE, "holder": 200}, data=b"hello",
        headers={**OWN, "X-Inhand-Offset": "0"}, changes=("holder",),
    ),
    "exports.bring_in": Access(
        "POST", "/account/data/arrivals/{arrival}", {**HERS_ALONE, "holder": 422}, {"whose": "holder"}, "/sign-in"
    ),
    "exports.end_arrival": Access(
        "POST", "/account/data/arrivals/{arrival}/end", {**HERS_ALONE, "holder": 303}, {}, "/sign-in",
        changes=("holder",),
    ),
    "exports.erase_page": Access("GET", "/account/data/{person}/erase", MANAGERS),
    "exports.erase": Access(
        "POST", "/account/data/{person}/erase", {**MANAGERS, "holder": 422, "representative": 422}, {"typed": "nobody"},
        "/sign-in",
    ),
    "exports.keep": Access("POST", "/account/data/{person}/keep", HERS_NONE, {}, "/sign-in"),
    "exports.erase_account_page": Access("GET", "/account/data/erase", SIGNED_IN),
    "exports.erase_account": Access("POST", "/account/data/erase", OWN_WRONG, {"typed": "somebody"}, "/sign-in"),
    "exports.keep_own_account": Access("POST", "/account/data/keep", HERS_NONE, {}, "/sign-in"),
    "sync.sync": Access(
        "POST", "/sync", {**EVERYBODY, "anonymous": 401}, json="exchange", headers=OWN,
        changes=("holder", "representative"),
    ),
    "sync.state": Access("GET", "/files/{person}/{sha256}", MONEY, headers=OWN),
    "sync.piece": Access(
        "PUT", "/files/{person}/{sha256}", {**MONEY, "helper": 404, "viewer": 404, "reviewer": 404},
        data=b"hello", headers=PIECE, changes=("holder", "representative", "nominee"),
    ),
    "sync.picture": Access("GET", "/files/{person}/{drawn}/picture", {**MONEY, "helper": 404}),
    "reminders.device": Access("GET", "/reminders/device", SIGNED_IN, headers=OWN),
    "reminders.keep": Access("PUT", "/reminders/device", {**dict.fromkeys(ROLES, 422), "anonymous": 401},
                             json=LOCAL_DEVICE, headers=OWN),
    "reminders.forget": Access("DELETE", "/reminders/device", SIGNED_IN, headers=OWN),
    "reminders.trial": Access("POST", "/reminders/trial", {**dict.fromkeys(ROLES, 422), "anonymous": 401}, headers=OWN),
    "reminders.shown": Access("POST", "/reminders/shown", dict.fromkeys(ROLES, 404), json=NO_TOKEN, headers=OWN),
}  # fmt: skip
