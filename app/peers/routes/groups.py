"""The pages on groups: founding, joining, moderating, and the page of a second reader. Search engines are refused."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug import Response as BaseResponse

from app.accounts.access import actor_for
from app.accounts.attempts import Limit, count_apart
from app.accounts.models import Person
from app.accounts.policy import MANAGE
from app.core.actor import Actor
from app.core.errors import InhandError, NotFound, Refused
from app.core.ids import is_id
from app.core.qr import qr_picture
from app.core.web import services
from app.peers.combinations import IN_GROUP
from app.peers.forms import ORGANISATION, DecisionForm, FoundForm, JoinForm, NameForm, PressedForm, SeatForm
from app.peers.models import PeerGroup, Seat, Sharing
from app.peers.policy import FEWEST_SEATS, RULES
from app.peers.queries import (
    group_of_link,
    groups_to_ask,
    managed_by,
    option_name,
    plans_in,
    seat_in,
    seats_of,
)
from app.peers.routes.moderators import moderators_part
from app.peers.service import groups, moderating, seats, sharing
from app.peers.words import WHO, coded, titled

blueprint = Blueprint("groups", __name__)
Page = str | tuple[str, int] | Response | BaseResponse
LINK_LIMIT = Limit(60, 900)
FOUND_LIMIT, SEAT_LIMIT = Limit(10, 86400), Limit(30, 86400)
REASON_WORDS = {
    "recognise": "Somebody was recognised",
    "harm": "Somebody may not be safe",
    "unkind": "Unkind",
    "advert": "It sells something",
    "other": "Another reason",
}


class SignInFirst(InhandError):
    """A page on groups, and nobody is signed in."""

    status = 401
    code = "signin"


@blueprint.after_request
def refuse_search_engines(answer: Response) -> Response:
    """None of these pages is for strangers."""
    answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer


def signed_in() -> str:
    """The account. Raises `SignInFirst`."""
    if not current_user.is_authenticated:
        raise SignInFirst("Sign in to see this page.")
    return str(current_user.account_id)


def _plans(session: Session, account: str) -> list[tuple[str, str]]:
    return [(person, session.get_one(Person, person).name) for person in managed_by(session, account)]


@blueprint.get("/groups")
def groups_page() -> Page:
    """The groups in which one's plans sit, and those that one may ask to join."""
    account = signed_in()
    with services().database.reading() as session:
        mine = [(session.get_one(PeerGroup, seat.group_id), seat) for seat in seats_of(session, account)]
        asked = [session.get_one(PeerGroup, seat.group_id) for seat in seats_of(session, account, states=("asked",))]
        return render_template(
            "peers/groups.html",
            mine=[(group, seat) for group, seat in mine if group.state != "deleted"],
            asked=asked,
            others=groups_to_ask(session, account),
            plans=_plans(session, account),
            form=PressedForm(),
        )


@blueprint.get("/groups/new")
def found_page() -> Page:
    """Start a group."""
    return _found_page(FoundForm(formdata=None))


@blueprint.post("/groups/new")
def found() -> Page:
    """Start it: its name goes through the door first."""
    account, form = signed_in(), FoundForm()
    with services().database.reading() as session:
        form.whose.choices = _founders(session, account)
    if not form.validate_on_submit():
        return _found_page(form, 422)
    count_apart(services().database, f"found:{account}", FOUND_LIMIT)
    whose = None if form.whose.data == ORGANISATION else form.whose.data
    facts = {"name": form.name.data, "about": form.about.data or "", "by_request": bool(form.by_request.data)}
    with services().database.writing() as session:
        made = groups.found_group(session, account, person=whose, **facts).id
        session.commit()
    return redirect(url_for("groups.group_page", group=made), 303)


def _founders(session: Session, account: str) -> list[tuple[str, str]]:
    plans = [(person, f"For the plan of {name}") for person, name in _plans(session, account)]
    return [*plans, (ORGANISATION, "For an organisation, without a plan")]


def _found_page(form: FoundForm, status: int = 200) -> Page:
    account = signed_in()
    with services().database.reading() as session:
        form.whose.choices = _founders(session, account)
    return render_template("peers/found.html", form=form, fewest=FEWEST_SEATS, rules=RULES), status


@blueprint.get("/groups/join/<token>")
def join_page(token: str) -> Page:
    """What a link leads to: the group's name, its rules, and with which plan to join."""
    return _join_page(token, JoinForm(formdata=None))


@blueprint.post("/groups/join/<token>")
def join(token: str) -> Page:
    """Take a seat."""
    account, form = signed_in(), JoinForm()
    with services().database.reading() as session:
        form.whose.choices = _plans(session, account)
    if not form.validate_on_submit():
        return _join_page(token, form, 422)
    count_apart(services().database, f"seat:{account}", SEAT_LIMIT)
    with services().database.writing() as session:
        group = seats.join_by_link(session, token, account, person=form.whose.data).group_id
        session.commit()
    return redirect(url_for("groups.group_page", group=group), 303)


def _join_page(token: str, form: JoinForm, status: int = 200) -> Page:
    account = signed_in()
    count_apart(services().database, f"group-link:{account}", LINK_LIMIT)
    with services().database.reading() as session:
        group = group_of_link(session, token)
        if group is None:
            raise NotFound(seats.LINK_OVER)
        form.whose.choices = _plans(session, account)
        return render_template("peers/join.html", form=form, group=group, rules=RULES), status


@blueprint.get("/groups/<group>")
def group_page(group: str) -> Page:
    """A group as a member has it; moderators also see the queue, requests and seats."""
    return _group_page(group)


def _group_page(group: str, sentence: str = "", status: int = 200) -> Page:
    account, form = signed_in(), PressedForm()
    if sentence:
        form.form_errors = [sentence]
    with services().database.reading() as session:
        seat, found = _seat(session, account, group)
        facts = moderators_part(session, found) if seat.role == "moderator" else {}
        return render_template(
            "peers/group.html",
            form=form,
            group=found,
            seat=seat,
            rules=RULES,
            fewest=FEWEST_SEATS,
            plans=plans_in(session, group),
            own=[one for one in seats_of(session, account) if one.group_id == group],
            reasons=REASON_WORDS,
            **facts,
        ), status


def _seat(session: Session, account: str, group: str) -> tuple[Seat, PeerGroup]:
    seat = seat_in(session, account, group) if is_id(group) else None
    found = session.get_one(PeerGroup, group) if seat else None
    if seat is None or found is None or found.state == "deleted":
        raise NotFound
    return seat, found


@blueprint.get("/groups/<group>/ask")
def ask_page(group: str) -> Page:
    """The rules of a group that takes requests, and with which plan to ask."""
    return _ask_page(group, JoinForm(formdata=None))


def _ask_page(group: str, form: JoinForm, status: int = 200) -> Page:
    account = signed_in()
    with services().database.reading() as session:
        found = next((one for one in groups_to_ask(session, account) if one.id == group), None)
        form.whose.choices = _plans(session, account)
        if found is None or not form.whose.choices:
            raise NotFound
        return render_template("peers/join.html", form=form, group=found, rules=RULES, asking=True), status


@blueprint.post("/groups/<group>/ask")
def ask(group: str) -> Page:
    """Ask to join, with the rules accepted."""
    account, form = signed_in(), JoinForm()
    with services().database.reading() as session:
        form.whose.choices = _plans(session, account)
    if not form.validate_on_submit():
        return _ask_page(group, form, 422)
    if not is_id(group):
        raise NotFound
    count_apart(services().database, f"seat:{account}", SEAT_LIMIT)
    with services().database.writing() as session:
        seats.ask_to_join(session, group, account, person=form.whose.data)
        session.commit()
    return redirect(url_for("groups.groups_page"), 303)


@blueprint.post("/groups/<group>/leave")
def leave(group: str) -> Page:
    """Leave with the seat that the form names: everything that came from it goes."""
    account, named = signed_in(), request.form.get("seat", "")
    with services().database.reading() as session:
        _seat(session, account, group)
    count_apart(services().database, f"seat:{account}", SEAT_LIMIT)
    try:
        with services().database.writing() as session:
            found = [one for one in seats_of(session, account) if one.group_id == group and one.id == named]
            if not found:
                raise NotFound
            seats.leave_group(session, found[0], account=account)
            session.commit()
    except Refused as refused:
        return _group_page(group, refused.sentence, 422)
    return redirect(url_for("groups.groups_page"), 303)


@blueprint.post("/groups/<group>/link")
def link(group: str) -> Page:
    """A new link to join, shown this once; an earlier one ends."""
    account = signed_in()
    try:
        with services().database.writing() as session:
            token = groups.make_link(session, _seat(session, account, group)[0])
            session.commit()
    except Refused as refused:
        return _group_page(group, refused.sentence, 422)
    return _link_page("groups.join_page", token, group, "Whoever has it can join. Give it only to people you mean.")


def _link_page(endpoint: str, token: str, group: str, says: str) -> Page:
    address = services().settings.base_url.rstrip("/") + url_for(endpoint, token=token)
    return render_template(
        "peers/link.html", link=address, picture=qr_picture(address, "The link as a QR code"), group=group, says=says
    )


@blueprint.post("/groups/<group>/name")
def rename(group: str) -> Page:
    """Another name, after one was refused."""
    account, form = signed_in(), NameForm()
    if not form.validate_on_submit():
        return _group_page(group, "Write a name of up to 80 characters.", 422)
    with services().database.writing() as session:
        seat = _seat(session, account, group)[0]
        groups.rename_group(session, seat, name=form.name.data or "", about=form.about.data or "")
        session.commit()
    return redirect(url_for("groups.group_page", group=group), 303)


@blueprint.post("/groups/<group>/seats/<seat>")
def seat_act(group: str, seat: str) -> Page:
    """What a moderator does with a seat: let in, turn down, send off, lift that, make a moderator, step back."""
    account, form = signed_in(), SeatForm()
    if not is_id(seat):
        raise NotFound
    if form.validate_on_submit():
        try:
            with services().database.writing() as session:
                _do(session, _seat(session, account, group)[0], seat, str(form.act.data))
                session.commit()
        except Refused as refused:
            return _group_page(group, refused.sentence, 422)
    return redirect(url_for("groups.group_page", group=group), 303)


def _do(session: Session, moderator: Seat, seat: str, act: str) -> None:
    group = groups.moderated(session, moderator)
    if act in {"accept", "turn_down"}:
        seats.answer_request(session, group, seat, let_in=act == "accept")
    elif act == "ban":
        seats.ban(session, moderator, seat)
    elif act == "lift":
        seats.lift_ban(session, moderator, seat)
    else:
        seats.set_role(session, moderator, seat, role=act)


@blueprint.post("/groups/<group>/queue/<item>")
def settle(group: str, item: str) -> Page:
    """Decide on what waits in the queue."""
    account, form = signed_in(), DecisionForm()
    if not is_id(item):
        raise NotFound
    if form.validate_on_submit():
        try:
            with services().database.writing() as session:
                moderating.settle(session, _seat(session, account, group)[0], item, decision=str(form.decision.data))
                session.commit()
        except Refused as refused:
            return _group_page(group, refused.sentence, 422)
    return redirect(url_for("groups.group_page", group=group), 303)


@blueprint.post("/groups/<group>/delete")
def delete(group: str) -> Page:
    """End the group for everybody."""
    account = signed_in()
    with services().database.writing() as session:
        groups.delete_group(session, _seat(session, account, group)[0])
        session.commit()
    return redirect(url_for("groups.groups_page"), 303)


@blueprint.get("/people/<person>/sharing/<text>/reader")
def reader_page(person: str, text: str) -> Page:
    """Ask a second reader: what they will see, and the button for their link."""
    signed_in()
    with services().database.reading() as session:
        found = sharing.text_for_reader(session, _manager(session, person, text), sharing_id=text)
        return _reading_page(session, found, own=True)


@blueprint.post("/people/<person>/sharing/<text>/reader")
def ask_reader(person: str, text: str) -> Page:
    """The link for a second reader, shown this once."""
    signed_in()
    with services().database.writing() as session:
        actor = _manager(session, person, text)
        group = sharing.text_for_reader(session, actor, sharing_id=text).group_id
        token = sharing.reader_link(session, actor, sharing_id=text)
        session.commit()
    return _link_page("groups.read_page", token, group, "Give it to one person you trust. It works for 7 days.")


def _reading_page(session: Session, text: Sharing, *, own: bool) -> Page:
    """All of a text that its group may ever read: whoever judges it sees what they judge."""
    codes = coded(text.codes, option_name(session, text.codes.get("option")))
    parts = {"texts": titled(text.final), "codes": codes, "who": WHO, "fewest": IN_GROUP}
    return render_template("peers/reader.html", form=PressedForm(), own=own, **parts)


def _manager(session: Session, person: str, text: str) -> Actor:
    found = actor_for(session, signed_in(), person) if is_id(person) and is_id(text) else None
    if found is None or not found.may(MANAGE):
        raise NotFound
    return found


@blueprint.get("/sharing/read/<token>")
def read_page(token: str) -> Page:
    """The finished text, for its second reader: nothing else of the plan."""
    account = signed_in()
    count_apart(services().database, f"read-link:{account}", LINK_LIMIT)
    with services().database.reading() as session:
        found = sharing.read_second(session, token, account)
        return _reading_page(session, found, own=False)


@blueprint.post("/sharing/read/<token>")
def answer_as_reader(token: str) -> Page:
    """It may go, or somebody could be recognised: then it is back with who wrote it."""
    account, form = signed_in(), DecisionForm()
    count_apart(services().database, f"read-link:{account}", LINK_LIMIT)
    if form.validate_on_submit():
        with services().database.writing() as session:
            sharing.answer_second(session, token, account, fine=form.decision.data == "kept")
            session.commit()
        return render_template("peers/reader_done.html", fine=form.decision.data == "kept")
    return redirect(url_for("groups.groups_page"), 303)
