"""Inviting somebody by a link or a QR code, and answering an invitation."""

from flask import redirect, request, url_for
from flask_login import current_user
from sqlalchemy.orm import Session

from app.accounts.attempts import Limit
from app.accounts.forms import INVITED_TO, AnswerForm, EmptyForm, InviteForm
from app.accounts.models import Account, Invitation, Person
from app.accounts.people.invitations import Offer, accept, confirm, decline, invite, look_at, withdraw
from app.accounts.people.members import ended_member, members_of, person_of
from app.accounts.policy import BASES, MANAGE, ROLE_NAMES, may_not_words, may_words
from app.accounts.queries import open_relationship
from app.accounts.routes.base import Page, blueprint, count, page, signed_in
from app.accounts.routes.people import acting
from app.core.actor import Actor
from app.core.errors import NotFound, Refused
from app.core.qr import qr_picture
from app.core.web import asked_from, services

LINK_LIMIT = Limit(60, 900)
INVITE_LIMIT = Limit(20, 3600)


@blueprint.get("/people/<person>/invitations/new")
def invite_page(person: str) -> Page:
    """Whom to invite, and to what. `again` is a part that was ended: the form begins with it."""
    with services().database.reading() as session:
        before = ended_member(session, _managing(session, person), request.args.get("again", ""))
        facts = {"name": before.account_name, "role": before.role} if before else {}
    return _invite_page(person, InviteForm(formdata=None, data=facts))


@blueprint.post("/people/<person>/invitations/new")
def invite_somebody(person: str) -> Page:
    """Make an invitation and show its link, this once."""
    account = signed_in()
    form = InviteForm()
    if not form.validate_on_submit():
        return _invite_page(person, form, 422)
    count(f"invite:{account}", INVITE_LIMIT)
    try:
        with services().database.writing() as session:
            made, token = invite(session, _managing(session, person), _offer_of(form))
            session.commit()
            session.refresh(made)
            whose = session.get_one(Person, made.person_id)
            session.expunge_all()
    except Refused as refused:
        form.form_errors = [refused.sentence]
        return _invite_page(person, form, 422)
    link = services().settings.base_url.rstrip("/") + url_for("accounts.invitation_page", token=token)
    return page(
        "accounts/invited.html",
        EmptyForm(formdata=None),
        person=whose,
        invitation=made,
        link=link,
        picture=qr_picture(link, "The link as a QR code"),
        may=may_words(made.scopes),
    )


def _offer_of(form: InviteForm) -> Offer:
    acts = form.role.data == "representative"
    return Offer(
        name=form.name.data,
        role=form.role.data,
        extras=tuple(form.extras.data or ()),
        basis=form.basis.data if acts else None,
        basis_words=(form.basis_words.data or "") if acts else "",
        ends_on=form.ends_on.data,
        afterwards=form.afterwards.data if form.role.data == "holder" else None,
    )


def _managing(session: Session, person: str) -> Actor:
    actor = acting(session, person)
    if not actor.may(MANAGE):
        raise NotFound
    return actor


def _invite_page(person: str, form: InviteForm, status: int = 200) -> Page:
    with services().database.reading() as session:
        actor = _managing(session, person)
        held = any(item.role == "holder" for item in members_of(session, actor))
        says = {code: words for code, _, words in INVITED_TO}
        return page("accounts/invite.html", form, status, person=person_of(session, actor), held=held, says=says)


@blueprint.post("/people/<person>/invitations/<invitation>/confirm")
def confirm_invitation(person: str, invitation: str) -> Page:
    """It was the right one who accepted: they may begin."""
    signed_in()
    if EmptyForm().validate_on_submit():
        with services().database.writing() as session:
            confirm(session, _managing(session, person), invitation)
            session.commit()
    return redirect(url_for("accounts.people_page", person=person), 303)


@blueprint.post("/people/<person>/invitations/<invitation>/end")
def withdraw_invitation(person: str, invitation: str) -> Page:
    """Take an invitation back."""
    signed_in()
    if EmptyForm().validate_on_submit():
        with services().database.writing() as session:
            withdraw(session, _managing(session, person), invitation)
            session.commit()
    return redirect(url_for("accounts.people_page", person=person), 303)


@blueprint.get("/invitations/<token>")
def invitation_page(token: str) -> Page:
    """Who invites, for whom, and what one would see and do."""
    count(f"invitation:{asked_from()}", LINK_LIMIT)
    return _invitation_page(token, AnswerForm(formdata=None))


@blueprint.post("/invitations/<token>")
def answer_invitation(token: str) -> Page:
    """Accept or decline."""
    count(f"invitation:{asked_from()}", LINK_LIMIT)
    account, form = signed_in(), AnswerForm()
    if not form.validate_on_submit():
        return _invitation_page(token, form, 422)
    try:
        with services().database.writing() as session:
            if form.answer.data == "accept":
                accept(session, token, account)
            else:
                decline(session, token, account)
            session.commit()
    except Refused as refused:
        form.form_errors = [refused.sentence]
        return _invitation_page(token, form, 422)
    return redirect(url_for("accounts.invitation_page", token=token), 303)


def _invitation_page(token: str, form: AnswerForm, status: int = 200) -> Page:
    account = str(current_user.account_id) if current_user.is_authenticated else None
    with services().database.reading() as session:
        facts = _told(session, look_at(session, token, account))
    return page("accounts/invitation.html", form, status, place=request.path, token=token, **facts)


def _has_part(session: Session, item: Invitation) -> bool:
    """Whether whoever accepted still acts for this person."""
    return item.accepted_by is not None and open_relationship(session, item.accepted_by, item.person_id) is not None


def _told(session: Session, item: Invitation) -> dict[str, object]:
    """What the page says of an invitation: names as they are given to others, no more."""
    return {
        "state": "over" if item.state == "confirmed" and not _has_part(session, item) else item.state,
        "accepted_at": item.accepted_at,
        "role": item.role,
        "role_name": ROLE_NAMES[item.role],
        "inviter": session.get_one(Account, item.invited_by).name,
        "whose": session.get_one(Person, item.person_id).name,
        "whose_id": item.person_id,
        "basis": BASES.get(item.basis or "", ""),
        "basis_words": item.basis_words,
        "ends_on": item.ends_on,
        "expires_at": item.expires_at,
        "may": may_words(item.scopes),
        "may_not": may_not_words(item.scopes),
    }
