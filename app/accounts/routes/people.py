"""Who can do what in a person's plan: seen by everybody in it, ended by the person and who looks after it all."""

from flask import redirect, request, url_for
from sqlalchemy.orm import Session

from app.accounts.access import actor_for
from app.accounts.attempts import Limit
from app.accounts.forms import BasisForm, ConcernForm, ControlForm, EmptyForm
from app.accounts.people.bases import Basis, find_unsaid, say_basis
from app.accounts.people.concerns import raise_concern, safeguarding_of
from app.accounts.people.feed import activity_of
from app.accounts.people.invitations import waiting
from app.accounts.people.members import end_member, ended_member, let_stand_in, members_of, person_of
from app.accounts.policy import BASES, MANAGE, ROLE_NAMES, may_not_words, may_words
from app.accounts.queries import scopes_of
from app.accounts.routes.base import Page, blueprint, count, page, signed_in
from app.core.actor import Actor
from app.core.errors import NotFound, Refused
from app.core.ids import is_id
from app.core.web import services

CONCERN_LIMIT = Limit(10, 3600)
LONGEST_PAGE = 5


def acting(session: Session, person: str) -> Actor:
    """The signed-in account acting for this person. Raises `NotFound` for somebody else's."""
    found = actor_for(session, signed_in(), person) if is_id(person) else None
    if found is None:
        raise NotFound
    return found


@blueprint.get("/people/<person>")
def people_page(person: str) -> Page:
    """Everybody in this plan and what each may see and do, in plain words."""
    return _people_page(person)


def _people_page(person: str, sentence: str = "", status: int = 200) -> Page:
    signed_in()
    form = EmptyForm()
    if sentence:
        form.form_errors = [sentence]
    with services().database.reading() as session:
        actor = acting(session, person)
        members = [(item, scopes_of(session, item)) for item in members_of(session, actor)]
        return page(
            "accounts/people.html",
            form,
            status,
            person=person_of(session, actor),
            actor=actor,
            manages=actor.may(MANAGE),
            ended=ended_member(session, actor, request.args.get("ended", "")),
            members=[(item, may_words(scopes), may_not_words(scopes)) for item, scopes in members],
            waiting=waiting(session, actor),
            control=ControlForm(formdata=None),
            role_names=ROLE_NAMES,
            bases=BASES,
        )


@blueprint.post("/people/<person>/members/<member>/end")
def end_member_of(person: str, member: str) -> Page:
    """End what somebody may do, or leave."""
    account = signed_in()
    if not EmptyForm().validate_on_submit():
        return redirect(url_for("accounts.people_page", person=person), 303)
    try:
        with services().database.writing() as session:
            left = end_member(session, acting(session, person), member).account_id == account
            session.commit()
    except Refused as refused:
        return _people_page(person, refused.sentence, 422)
    place = url_for("accounts.account_page") if left else url_for("accounts.people_page", person=person, ended=member)
    return redirect(place, 303)


def basis_of(form: BasisForm) -> Basis:
    """What was written about what allows somebody to act."""
    return Basis(form.basis.data, form.basis_words.data or "", form.ends_on.data)


def note_refused(form: BasisForm, refused: Refused) -> None:
    """Put the sentence to the field that it is about."""
    field = form.ends_on if refused.code == "ends_on" else form.basis
    field.errors = [*field.errors, refused.sentence]


@blueprint.get("/people/<person>/basis")
def basis_page(person: str) -> Page:
    """Say what allows oneself to act: whoever made a plan for somebody was not asked on the way in."""
    return _basis_page(person, BasisForm(formdata=None))


@blueprint.post("/people/<person>/basis")
def say_own_basis(person: str) -> Page:
    """Write down what allows oneself to act, and until when."""
    signed_in()
    form = BasisForm()
    if not form.validate_on_submit():
        return _basis_page(person, form, 422)
    try:
        with services().database.writing() as session:
            say_basis(session, acting(session, person), basis_of(form))
            session.commit()
    except Refused as refused:
        note_refused(form, refused)
        return _basis_page(person, form, 422)
    return redirect(url_for("accounts.people_page", person=person), 303)


def _basis_page(person: str, form: BasisForm, status: int = 200) -> Page:
    with services().database.reading() as session:
        actor = acting(session, person)
        find_unsaid(session, actor)
        return page("accounts/basis.html", form, status, person=person_of(session, actor))


@blueprint.post("/people/<person>/members/<member>/control")
def hand_over_control(person: str, member: str) -> Page:
    """Let somebody do everything until a day; without a day that is taken back at once."""
    signed_in()
    form = ControlForm()
    if not form.validate_on_submit():
        return _people_page(person, "Write the day with day, month and year.", 422)
    try:
        with services().database.writing() as session:
            let_stand_in(session, acting(session, person), member, until=form.until.data)
            session.commit()
    except Refused as refused:
        return _people_page(person, refused.sentence, 422)
    return redirect(url_for("accounts.people_page", person=person), 303)


@blueprint.get("/people/<person>/activity")
def activity_page(person: str) -> Page:
    """What was done in this plan, by whom and when. Nobody can take a line away."""
    number = request.args.get("page", "1")
    at = max(1, int(number)) if number.isascii() and number.isdigit() and len(number) <= LONGEST_PAGE else 1
    with services().database.reading() as session:
        actor = acting(session, person)
        lines, more = activity_of(session, actor, page=at)
        whose = person_of(session, actor)
        return page("accounts/activity.html", EmptyForm(), person=whose, lines=lines, more=more, at=at)


@blueprint.get("/people/<person>/concern")
def concern_page(person: str) -> Page:
    """Whom to ask when somebody may not be safe, and a message past everybody in this plan."""
    return _concern_page(person, ConcernForm(formdata=None))


@blueprint.post("/people/<person>/concern")
def raise_a_concern(person: str) -> Page:
    """Keep a worry, and send it on where somebody here looks into such things."""
    account = signed_in()
    form = ConcernForm()
    if not form.validate_on_submit():
        return _concern_page(person, form, status=422)
    count(f"concern:{account}", CONCERN_LIMIT)
    email = safeguarding_of(services().settings.safeguarding).email
    with services().database.writing() as session:
        raise_concern(session, acting(session, person), words=form.words.data or "", email=email)
        session.commit()
    return _concern_page(person, ConcernForm(formdata=None), raised=True)


def _concern_page(person: str, form: ConcernForm, status: int = 200, *, raised: bool = False) -> Page:
    local = safeguarding_of(services().settings.safeguarding)
    with services().database.reading() as session:
        found = person_of(session, acting(session, person))
        return page("accounts/concern.html", form, status, person=found, local=local, raised=raised)
