"""Who may use each route, by the name of its endpoint; test_routes.py proves every cell on a real row of Maria's.

A cell is the status that a role gets. Roles: nobody signed in; the holder; the representative; a stranger with a
plan of their own; somebody who looked after the plan until a moment ago.
"""

from dataclasses import dataclass, field

ROLES = ("anonymous", "holder", "representative", "stranger", "ex_carer")
EVERYBODY = dict.fromkeys(ROLES, 200)
SIGNED_IN = {**EVERYBODY, "anonymous": 401}
HERS_ALONE = {**dict.fromkeys(ROLES, 404), "anonymous": 401}
CARERS = {"anonymous": 401, "holder": 200, "representative": 200, "stranger": 404, "ex_carer": 404}


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
NEW_PERSON = {"name": "Sam", "agreed": "y"}
WRONG_PAIR = {"email": "maria@example.com", "password": "a wrong one"}
SIGN_UP = {"name": "New", "email": "new-{role}@example.com", "password": "three plain words", "whose": "me"}
MADE = dict.fromkeys(ROLES, 303)

KEYS = {"p256dh": "B" + "A" * 86, "auth": "A" * 22}
NO_TOKEN = {"token": "x" * 43}
LOCAL_DEVICE = {"endpoint": "https://127.0.0.1/push", "keys": KEYS}

ACCESS: dict[str, Access] = {
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
    "sync.sync": Access(
        "POST", "/sync", {**EVERYBODY, "anonymous": 401}, json="exchange", headers=OWN,
        changes=("holder", "representative"),
    ),
    "sync.state": Access("GET", "/files/{person}/{sha256}", CARERS, headers=OWN),
    "sync.piece": Access(
        "PUT", "/files/{person}/{sha256}", CARERS, data=b"hello", headers=PIECE, changes=("holder", "representative")
    ),
    "sync.picture": Access("GET", "/files/{person}/{drawn}/picture", CARERS),
    "reminders.device": Access("GET", "/reminders/device", SIGNED_IN, headers=OWN),
    "reminders.keep": Access("PUT", "/reminders/device", {**dict.fromkeys(ROLES, 422), "anonymous": 401},
                             json=LOCAL_DEVICE, headers=OWN),
    "reminders.forget": Access("DELETE", "/reminders/device", SIGNED_IN, headers=OWN),
    "reminders.trial": Access("POST", "/reminders/trial", {**dict.fromkeys(ROLES, 422), "anonymous": 401}, headers=OWN),
    "reminders.shown": Access("POST", "/reminders/shown", dict.fromkeys(ROLES, 404), json=NO_TOKEN, headers=OWN),
}  # fmt: skip
