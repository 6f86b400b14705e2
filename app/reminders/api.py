"""What a device asks of its own reminders: the key to subscribe with, its subscription, a trial, `shown`."""

from typing import Any

from flask import Blueprint, Response, current_app
from flask_login import current_user
from marshmallow import Schema, ValidationError

from app.accounts.attempts import Limit, count_apart
from app.accounts.queries import Lasts
from app.core.consent import PUSH, is_withdrawn
from app.core.errors import InhandError, Malformed, Refused
from app.core.web import asked_from, check_own_page, json_answer, read_json, services
from app.reminders import service
from app.reminders.push import Device, Push
from app.reminders.queries import live_subscriptions
from app.reminders.schemas import DeviceSchema, ShownSchema, load
from app.sync.facts import first_sentence

MOST_BYTES = 8_000
TRIALS = Limit(10, 3600)
SHOWN = Limit(300, 3600)

blueprint = Blueprint("reminders", __name__, url_prefix="/reminders")


class SignedOut(InhandError):
    """Nobody is signed in."""

    status = 401
    code = "signin"


SAID_NO = "You said no to reminders on your devices. Allow them first, under Your account, Your data."


@blueprint.before_request
def _only_own_pages() -> None:
    check_own_page(services().settings.base_url)


@blueprint.get("/device")
def device() -> Response:
    """What this device subscribes with, and whether it takes messages."""
    account, sign_in = _signed_in()
    parts = services()
    with parts.database.reading() as session:
        found = live_subscriptions(session, account, Lasts.of(parts.settings))
    mine = [one for one in found if one.sign_in_id == sign_in]
    return json_answer({"key": _push().public_key(), "on": bool(mine), "others": len(found) - len(mine)})


@blueprint.put("/device")
def keep() -> Response:
    """This device takes messages at this address; it says so at each start."""
    account, sign_in = _signed_in()
    told = _body(DeviceSchema())
    found = Device(told["endpoint"], **told["keys"])
    with services().database.reading() as session:
        if is_withdrawn(session, account, PUSH):
            raise Refused(SAID_NO, code="said_no")
    _push().check(found)
    with services().database.writing() as session:
        service.keep_subscription(session, account=account, sign_in=sign_in, device=found)
        session.commit()
    return json_answer({"on": True})


@blueprint.delete("/device")
def forget() -> Response:
    """This device takes no messages any more."""
    _, sign_in = _signed_in()
    with services().database.writing() as session:
        service.forget_subscription(session, sign_in=sign_in)
        session.commit()
    return json_answer({"on": False})


@blueprint.post("/trial")
def trial() -> Response:
    """Send a message to this device now."""
    account, sign_in = _signed_in()
    parts = services()
    count_apart(services().database, f"push-trial:{account}", TRIALS)
    with parts.database.writing() as session:
        service.send_trial(session, account=account, sign_in=sign_in, lasts=Lasts.of(parts.settings))
        session.commit()
    return json_answer({"sent": True})


@blueprint.post("/shown")
def shown() -> Response:
    """A device has shown a message. The token in the message is proof enough: its sign-in may have ended."""
    told = _body(ShownSchema())
    count_apart(services().database, f"push-shown:{asked_from()}", SHOWN)
    with services().database.writing() as session:
        service.confirm_shown(session, token=told["token"])
        session.commit()
    return json_answer({"shown": True})


def _signed_in() -> tuple[str, str]:
    if not current_user.is_authenticated:
        raise SignedOut("Sign in to be reminded on this device.")
    return str(current_user.account_id), str(current_user.sign_in_id)


def _body(schema: Schema) -> dict[str, Any]:
    try:
        return load(schema, read_json(MOST_BYTES))
    except ValidationError as error:
        raise Malformed(first_sentence(error)) from error


def _push() -> Push:
    push: Push = current_app.extensions["inhand.push"]
    return push
