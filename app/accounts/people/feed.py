"""What was done in a person's plan: who, which kind of act, when. Facts, never words; it only grows."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.policy import MANAGE, ROLE_NAMES
from app.core.actor import Actor
from app.core.audit import AuditLine
from app.core.errors import NotFound

PAGE = 100
ACTS = {
    "person.added": "started this plan",
    "relationship.started": "joined",
    "relationship.ended": "left, or was ended",
    "invitation.made": "invited somebody",
    "invitation.accepted": "accepted an invitation",
    "invitation.declined": "said no to an invitation",
    "invitation.withdrawn": "took an invitation back",
    "basis.said": "said what allows them to act",
    "control.given": "handed control over for a time",
    "control.taken_back": "took control back",
    "archive.brought_back": "brought this plan in from a file",
    "archive.handed_over": "got this plan from whoever runs this server",
    "remark.write": "commented on the plan",
    "goal.write": "wrote a goal",
    "goal.remove": "took a goal away",
    "about.write": "wrote about the person",
    "step.write": "wrote or ticked off a step",
    "step.remove": "took a step away",
    "check_in.write": "noted how a goal is going",
    "check_in.remove": "took a note on a goal away",
    "choice.write": "chose support",
    "choice.remove": "took a choice away",
    "pot.write": "wrote a pot",
    "pot.transfer": "moved money",
    "period.write": "wrote what was agreed",
    "period.end": "ended a period",
    "entry.record": "wrote down money",
    "entry.correct": "changed a line of money",
    "entry.void": "took a line of money back",
    "commitment.write": "wrote a promise of money",
    "file.announce": "added a photo",
    "receipt.read": "had a receipt read",
    "receipt.drop": "put a photo away",
    "review_clock.write": "wrote when a review is due",
    "review_clock.remove": "took a review day away",
    "sharing.write": "wrote something for a group",
    "sharing.confirm": "confirmed a text for a group",
    "sharing.agree": "agreed to share a text",
    "sharing.stop": "stopped or withdrew a text",
    "post.report": "told a group's moderators of a text",
    "mark.write": "marked something in a group",
    "idea.borrow": "borrowed an idea",
    "idea.write": "wrote a borrowed idea anew",
    "idea.remove": "put a borrowed idea away",
    "group.founded": "started a peer group",
    "group.asked": "asked to join a peer group",
    "group.joined": "joined a peer group",
    "group.left": "left a peer group",
    "group.banned": "was banned from a peer group",
    "group.role": "got another part in a peer group",
    "review.record": "noted a review",
    "review.write": "wrote about a review",
    "review.remove": "took a review back",
    "conflict.choose": "chose between two versions",
    "person.write": "changed the name, colour or photo",
}


@dataclass(frozen=True, slots=True)
class FeedLine:
    """One act as it is read."""

    who: str
    what: str
    at: datetime


def activity_of(session: Session, actor: Actor, *, page: int = 1) -> tuple[list[FeedLine], bool]:
    """The acts in this person's plan, the newest first, for the person and who looks after it all; and whether older
    ones follow. Pages count from 1. Raises `NotFound`.
    """
    if not actor.may(MANAGE):
        raise NotFound
    wanted = select(AuditLine).where(AuditLine.person_id == actor.person).order_by(AuditLine.at.desc(), AuditLine.id)
    found = list(session.scalars(wanted.offset((page - 1) * PAGE).limit(PAGE + 1)))
    names = _names(session, {line.account_id for line in found if line.account_id})
    lines = [FeedLine(names.get(line.account_id or "", "Somebody"), _what(line), line.at) for line in found[:PAGE]]
    return lines, len(found) > PAGE


def _names(session: Session, accounts: set[str]) -> dict[str, str]:
    return {row.id: row.name for row in session.scalars(select(Account).where(Account.id.in_(accounts)))}


def _what(line: AuditLine) -> str:
    words = ACTS.get(line.act, "changed something")
    role = ROLE_NAMES.get(str(line.facts.get("role", "")), "")
    return f"{words}: {role.lower()}" if role else words
