"""Acts in peer groups that come from phones. Each needs to look after the plan, and a seat of it in the group."""

from sqlalchemy.orm import Session

from app.accounts.policy import MANAGE
from app.core.actor import Actor
from app.peers import schemas
from app.peers.models import group_stream
from app.peers.policy import ATTRIBUTES, PARTS, QUESTIONS
from app.peers.queries import groups_of, plans_around
from app.peers.service import ideas, moderating, sharing
from app.sync.changes import lock_streams
from app.sync.models import person_stream
from app.sync.registry import Act, Arrived, Done, Outcome, Registry

CODES = ("side", "outcome", "band", "option", "refused_why", "waited")


def handle_write(session: Session, actor: Actor, op: Arrived) -> Outcome:
    """`sharing.write`."""
    facts = op.facts
    texts = {name: facts[name] for parts in PARTS.values() for name in parts if facts.get(name)}
    codes = {name: facts[name] for name in CODES if facts.get(name)}
    attributes = {name: facts[name] for name in ATTRIBUTES if facts.get(name)}
    draft = sharing.Draft(
        group=facts["group"],
        about=facts["about"],
        texts=texts,
        on=facts.get("on"),
        codes={**codes, "attributes": attributes} if facts["about"] == "example" else {},
    )
    return Done(sharing.write_sharing(session, actor, sharing_id=op.row, draft=draft).rev)


def handle_confirm(session: Session, actor: Actor, op: Arrived) -> Outcome:
    """`sharing.confirm`."""
    facts = op.facts
    answers = {name: facts[name] for name in QUESTIONS}
    wishes = {"agreement": facts.get("agreement"), "second": facts.get("second", False)}
    confirmed = sharing.Confirmed(facts["hidden"], facts["revealed"], answers, **wishes)
    return Done(sharing.confirm(session, actor, sharing_id=op.row, confirmed=confirmed).rev)


def handle_agree(session: Session, actor: Actor, op: Arrived) -> Outcome:
    """`sharing.agree`."""
    return Done(sharing.agree(session, actor, sharing_id=op.row).rev)


def handle_stop(session: Session, actor: Actor, op: Arrived) -> Outcome:
    """`sharing.stop`."""
    return Done(sharing.stop(session, actor, sharing_id=op.row).rev)


def handle_report(session: Session, actor: Actor, op: Arrived) -> Outcome:
    """`post.report`."""
    moderating.report(session, actor, report_id=op.row, **op.facts)
    return Done()


def handle_mark(session: Session, actor: Actor, op: Arrived) -> Outcome:
    """`mark.write`."""
    return Done(ideas.mark(session, actor, mark_id=op.row, **op.facts).rev)


def handle_borrow(session: Session, actor: Actor, op: Arrived) -> Outcome:
    """`idea.borrow`."""
    return Done(ideas.borrow(session, actor, idea_id=op.row, **op.facts).rev)


def handle_idea(session: Session, actor: Actor, op: Arrived) -> Outcome:
    """`idea.write`."""
    return Done(ideas.rewrite_idea(session, actor, idea_id=op.row, words=op.facts["words"]).rev)


def handle_idea_remove(session: Session, actor: Actor, op: Arrived) -> Outcome:
    """`idea.remove`."""
    return Done(ideas.remove_idea(session, actor, idea_id=op.row).rev)


ACTS = (
    Act("sharing.write", 1, MANAGE, schemas.SharingWrite(), handle_write, says="Hand a text to a group's door."),
    Act("sharing.confirm", 1, MANAGE, schemas.SharingConfirm(), handle_confirm, says="Say that a checked text may go."),
    Act("sharing.agree", 1, MANAGE, schemas.SharingAgree(), handle_agree, says="Agree to what another shares of me."),
    Act("sharing.stop", 1, MANAGE, schemas.SharingStop(), handle_stop, says="Stop a text, or withdraw it."),
    Act("post.report", 1, MANAGE, schemas.PostReport(), handle_report, says="Tell the moderators of a post."),
    Act("mark.write", 1, MANAGE, schemas.MarkWrite(), handle_mark, says="Say that a post helped, or block a member."),
    Act("idea.borrow", 1, MANAGE, schemas.IdeaBorrow(), handle_borrow, says="Borrow an idea from an example."),
    Act("idea.write", 1, MANAGE, schemas.IdeaWrite(), handle_idea, says="Say a borrowed idea in own words."),
    Act("idea.remove", 1, MANAGE, schemas.IdeaRemove(), handle_idea_remove, says="Put a borrowed idea away."),
)


# They write in the group, or have to see it whole.
IN_GROUPS = ("sharing.stop", "post.report", "idea.borrow")


def hold_groups(session: Session, granted: set[str], rows: list[str]) -> set[str]:
    """Lock the groups before any plan; the plans that lose something when these texts are withdrawn."""
    groups = {group_stream(group) for group in groups_of(session, rows)}
    lock_streams(session, groups.union(stream for stream in granted if stream.startswith(group_stream(""))))
    return {person_stream(plan) for plan in plans_around(session, rows)}


def register(registry: Registry) -> None:
    """Register the acts of this feature."""
    for act in ACTS:
        registry.add(act)
    registry.lock_earlier(IN_GROUPS, hold_groups)
