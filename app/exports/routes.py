"""The pages on one's own data: what is kept, what one agreed to, taking it along, and being erased."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_login import current_user
from marshmallow import ValidationError
from werkzeug import Response as BaseResponse

from app.accounts.access import actor_for
from app.accounts.models import Person
from app.accounts.policy import MANAGE
from app.accounts.queries import people_of
from app.core.actor import Actor
from app.core.consent import answer_consent, answers
from app.core.errors import InhandError, Malformed, NotFound, Refused
from app.core.ids import is_id
from app.core.web import check_own_page, json_answer, read_json, services
from app.exports.arriving import (
    Arrivals,
    WrongPlace,
    begin_arrival,
    find_arrival,
    latest_arrival,
    leave_out,
    let_in,
)
from app.exports.erasing import waiting_erasure
from app.exports.forms import ArrivalForm, ArrivalSchema, EraseForm, PressedForm
from app.exports.kept import kept
from app.exports.queries import ARRIVAL_PIECE, archives_of, find_archive
from app.exports.service import (
    alone_with,
    ask_account_erasure,
    ask_archive,
    ask_erasure,
    keep_account,
    keep_person,
    what_goes,
)
from app.exports.work import read_archive

MOST_TOLD = 1_000
LONGEST_OFFSET = 10

blueprint = Blueprint("exports", __name__)
Page = str | tuple[str, int] | Response | BaseResponse


class SignInFirst(InhandError):
    """A page of one's own data, and nobody is signed in."""

    status = 401
    code = "signin"


class ProveFirst(InhandError):
    """Taking everything along or erasing it, and it was long ago that somebody showed who is there."""

    status = 403
    code = "prove"


@blueprint.errorhandler(ProveFirst)
def prove_first(_error: ProveFirst) -> BaseResponse:
    """Ask once more, then go on where it stopped."""
    place = request.path if request.method == "GET" else url_for("exports.data_page")
    return redirect(url_for("accounts.proof_page", next=place), 303)


@blueprint.get("/privacy")
def privacy_page() -> Page:
    """What is kept, why, until when and who sees it: made from the list of what is stored."""
    return render_template("exports/privacy.html", kept=list(kept().values()))


@blueprint.get("/account/data")
def data_page() -> Page:
    """One's own data: the people one manages for, what one agreed to, and removing the account."""
    account = _account()
    with services().database.reading() as session:
        people = [person for person, link in people_of(session, account) if MANAGE in link.scopes]
        return render_template(
            "exports/data.html",
            people=[(person, waiting_erasure(session, person=person.id)) for person in people],
            answers=answers(session, account),
            waiting=waiting_erasure(session, account=account),
            form=PressedForm(),
        )


@blueprint.post("/account/data/consent/<purpose>/<any(given, withdrawn):answer>")
def answer(purpose: str, answer: str) -> Page:
    """Agree to one purpose, or say no to it."""
    account = _account()
    _pressed()
    with services().database.writing() as session:
        answer_consent(session, account, purpose, given=answer == "given")
        session.commit()
    return _back()


@blueprint.get("/account/data/<person>/archive")
def archive_page(person: str) -> Page:
    """Take everything with me: what was asked for, and where it stands."""
    actor = _manager(person)
    with services().database.reading() as session:
        return render_template(
            "exports/archive.html",
            person=session.get_one(Person, actor.person),
            archives=archives_of(session, actor),
            form=PressedForm(),
        )


@blueprint.post("/account/data/<person>/archive")
def ask(person: str) -> Page:
    """Have the archive made."""
    actor = _manager(person)
    _proved()
    _pressed()
    with services().database.writing() as session:
        ask_archive(session, actor)
        session.commit()
    return redirect(url_for("exports.archive_page", person=person), 303)


@blueprint.get("/account/data/<person>/archive/<archive>")
def archive(person: str, archive: str) -> Page:
    """The archive itself."""
    actor = _manager(person)
    _proved()
    with services().database.reading() as session:
        found = find_archive(session, actor, archive)
        if found is None:
            raise NotFound
        size, pieces, day = found.size, found.pieces, found.asked_at.date().isoformat()
    made = Response(read_archive(services().storage, person, archive, pieces), mimetype="application/zip")
    made.headers["Content-Length"] = str(size)
    made.headers["Content-Disposition"] = f'attachment; filename="inhand-{day}.zip"'
    return made


@blueprint.get("/account/data/arrivals")
def arrivals_page() -> Page:
    """Bring in an archive that one took along: send it, see what is in it, and say whether it comes in."""
    return _arrivals_page(_account(), ArrivalForm(formdata=None))


@blueprint.post("/account/data/arrivals")
def begin() -> Page:
    """A script of ours is about to send an archive: how large, and which."""
    check_own_page(services().settings.base_url)
    account = _account()
    try:
        told = ArrivalSchema().load(read_json(MOST_TOLD))
    except ValidationError as error:
        raise Malformed("This does not say which file comes.") from error
    with services().database.writing() as session:
        arrival = begin_arrival(session, account, size=told["size"], mark=told["mark"])
        found = {"id": arrival.id, "have": arrival.have, "piece": ARRIVAL_PIECE}
        session.commit()
    return json_answer(found)


@blueprint.put("/account/data/arrivals/<arrival>")
def take_piece(arrival: str) -> Page:
    """The next piece of it, as raw bytes."""
    check_own_page(services().settings.base_url)
    account = _account()
    offset = request.headers.get("X-Inhand-Offset", "")
    if not (offset.isascii() and offset.isdigit() and len(offset) <= LONGEST_OFFSET):
        raise Malformed("The header X-Inhand-Offset is missing.")
    if (request.content_length or 0) > ARRIVAL_PIECE:
        raise Malformed("This piece is larger than we take at once.")
    arrivals = Arrivals(services().database, services().storage)
    try:
        have = arrivals.take_piece(account, arrival, offset=int(offset), data=request.get_data(cache=False))
    except WrongPlace as wrong:
        return json_answer({"have": wrong.have, "code": wrong.code, "sentence": wrong.sentence}, wrong.status)
    return json_answer({"have": have})


@blueprint.post("/account/data/arrivals/<arrival>")
def bring_in(arrival: str) -> Page:
    """Have it brought in, as one's own plan or as that of somebody one looks after."""
    account = _account()
    form = ArrivalForm()
    with services().database.reading() as session:
        find_arrival(session, account, arrival)
    if form.validate_on_submit():
        try:
            with services().database.writing() as session:
                let_in(session, account, arrival, role=form.whose.data)
                session.commit()
            return redirect(url_for("exports.arrivals_page"), 303)
        except Refused as refused:
            form.whose.errors = [refused.sentence]
    return _arrivals_page(account, form, 422)


@blueprint.post("/account/data/arrivals/<arrival>/end")
def end_arrival(arrival: str) -> Page:
    """Leave it out after all."""
    account = _account()
    _pressed()
    with services().database.writing() as session:
        leave_out(session, account, arrival)
        session.commit()
    return redirect(url_for("exports.arrivals_page"), 303)


@blueprint.get("/account/data/<person>/erase")
def erase_page(person: str) -> Page:
    """What would go, and what stays until when."""
    return _erase_page(_manager(person), EraseForm())


@blueprint.post("/account/data/<person>/erase")
def erase(person: str) -> Page:
    """Erase this person in seven days."""
    actor = _manager(person)
    _proved()
    form = EraseForm()
    if form.validate_on_submit():
        try:
            with services().database.writing() as session:
                ask_erasure(session, actor, typed=form.typed.data)
                session.commit()
            return _back()
        except Refused as refused:
            form.typed.errors = [refused.sentence]
    return _erase_page(actor, form), 422


@blueprint.post("/account/data/<person>/keep")
def keep(person: str) -> Page:
    """Keep this person after all."""
    actor = _manager(person)
    _pressed()
    with services().database.writing() as session:
        keep_person(session, actor)
        session.commit()
    return _back()


@blueprint.get("/account/data/erase")
def erase_account_page() -> Page:
    """What goes with the account."""
    return _account_page(EraseForm())


@blueprint.post("/account/data/erase")
def erase_account() -> Page:
    """Remove the account in seven days."""
    account = _account()
    _proved()
    form = EraseForm()
    if form.validate_on_submit():
        try:
            with services().database.writing() as session:
                ask_account_erasure(session, account, typed=form.typed.data)
                session.commit()
            return _back()
        except Refused as refused:
            form.typed.errors = [refused.sentence]
    return _account_page(form), 422


@blueprint.post("/account/data/keep")
def keep_own_account() -> Page:
    """Keep the account after all."""
    account = _account()
    _pressed()
    with services().database.writing() as session:
        keep_account(session, account)
        session.commit()
    return _back()


def _erase_page(actor: Actor, form: EraseForm) -> str:
    parts = services()
    with parts.database.reading() as session:
        person = session.get_one(Person, actor.person)
        form.typed.label.text = f"Type “{person.name}”"
        going = what_goes(session, actor, years=parts.settings.keep_money_years)
        return render_template("exports/erase.html", person=person, going=going, form=form)


def _arrivals_page(account: str, form: ArrivalForm, status: int = 200) -> Page:
    with services().database.reading() as session:
        arrival = latest_arrival(session, account)
        brought = (arrival.facts or {}).get("person") if arrival and arrival.state == "done" else None
        name = next((person.name for person, _ in people_of(session, account) if person.id == brought), None)
        another = "another" in request.args
        return render_template("exports/arrivals.html", arrival=arrival, name=name, form=form, another=another), status


def _account_page(form: EraseForm) -> str:
    account = _account()
    form.typed.label.text = f"Type “{current_user.email}”"
    with services().database.reading() as session:
        alone = [one for one in alone_with(session, account) if waiting_erasure(session, person=one.id) is None]
        return render_template("exports/erase-account.html", alone=alone, form=form)


def _account() -> str:
    if not current_user.is_authenticated:
        raise SignInFirst("Sign in to see this page.")
    return str(current_user.account_id)


def _manager(person: str) -> Actor:
    """The signed-in account managing for this person; anybody else's person is not found."""
    account = _account()
    with services().database.reading() as session:
        actor = actor_for(session, account, person) if is_id(person) else None
    if actor is None or not actor.may(MANAGE):
        raise NotFound
    return actor


def _proved() -> None:
    if not current_user.proved:
        raise ProveFirst("Show that it is you first.")


def _pressed() -> None:
    if not PressedForm().validate_on_submit():
        raise Refused("Press the button on the page itself.")


def _back() -> BaseResponse:
    return redirect(url_for("exports.data_page"), 303)


# Asked for by a script with the app's own header, which is checked instead of a form's token.
WITHOUT_FORM = (begin, take_piece)
