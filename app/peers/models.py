"""Peer groups: who sits in them under which name, what is on its way there, and what stands there."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.policy import MANAGE
from app.core.actor import Actor
from app.core.clock import as_text
from app.core.db import Base, Moment, MomentType
from app.core.ids import new_id
from app.peers.composing import is_rare
from app.peers.policy import (
    ABOUT,
    GROUP_KINDS,
    GROUP_STATES,
    MARKS,
    NEVER_IN,
    NEW_NAME_STATES,
    POST_STATES,
    REASONS,
    SEAT_ROLES,
    SEAT_STATES,
    SEE_GROUP,
    SEE_POSTS,
    SHARING_STATES,
)
from app.peers.voice import QUESTIONS
from app.sync.models import Line, Synced, person_stream

THERE = "state IN ('in', 'asked')"
"""A plan has one such seat in a group, however many ask at once."""


def group_stream(group: str) -> str:
    """The stream of what a group's members read."""
    return f"group:{group}"


class PeerGroup(Synced, Base):
    """A group. `is_open`: enough plans have a seat for anything to show; `openings` counts how often that changed.

    ready: its name passed the door. Another name waits in `new_name` and `new_about` until it passed too, `new_state`
    says where it stands; only moderators see that. `link_hash` is all that is kept of the link by which one joins.
    """

    __tablename__ = "peer_group"
    __table_args__ = (
        CheckConstraint(f"kind IN {GROUP_KINDS}", name="kind"),
        CheckConstraint(f"state IN {GROUP_STATES}", name="state"),
        CheckConstraint(f"new_state IN {NEW_NAME_STATES}", name="new_state"),
    )
    sync_kind = "group"
    sync_audience = SEE_GROUP

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(80))
    about: Mapped[str] = mapped_column(String(400), default="")
    kind: Mapped[str] = mapped_column(String(15))
    state: Mapped[str] = mapped_column(String(10), default="checking")
    reason: Mapped[str] = mapped_column(Text, default="")
    new_name: Mapped[str | None] = mapped_column(String(80))
    new_about: Mapped[str | None] = mapped_column(String(400))
    new_state: Mapped[str | None] = mapped_column(String(10))
    by_request: Mapped[bool] = mapped_column(Boolean, default=False)
    link_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    is_open: Mapped[bool] = mapped_column(Boolean, default=False)
    openings: Mapped[int] = mapped_column(Integer, default=0)
    made_at: Mapped[Moment]

    def sync_lines(self) -> list[Line]:
        return [Line(group_stream(self.id), self.sync_kind, self.sync_audience)]

    def sync_body(self) -> dict[str, Any] | None:
        if self.state != "ready":
            return None
        return {name: getattr(self, name) for name in ("id", "name", "about", "kind", "is_open")}


class Seat(Synced, Base):
    """A plan in a group, under a name that is used nowhere else; without a plan, an organisation's moderator.

    `account_id` is who took the seat; None once that account was erased and the plan stays. `said` is the combination
    of attributes that its examples told: they tell this one or none. The body names neither account nor plan.
    """

    __tablename__ = "group_seat"
    __table_args__ = (
        CheckConstraint(f"state IN {SEAT_STATES}", name="state"),
        CheckConstraint(f"role IN {SEAT_ROLES}", name="role"),
        UniqueConstraint("group_id", "pseudonym"),
        Index("ix_group_seat_person_id", "person_id"),
        Index("ix_group_seat_account_id", "account_id"),
        Index(
            "uq_group_seat_there",
            "group_id",
            "person_id",
            unique=True,
            sqlite_where=text(THERE),
            postgresql_where=text(THERE),
        ),
    )
    sync_kind = "seat"
    sync_audience = SEE_GROUP
    sync_abroad = True

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    group_id: Mapped[str] = mapped_column(ForeignKey("peer_group.id", ondelete="CASCADE"))
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    account_id: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    pseudonym: Mapped[str] = mapped_column(String(40))
    role: Mapped[str] = mapped_column(String(10), default="member")
    state: Mapped[str] = mapped_column(String(12))
    rules: Mapped[int] = mapped_column(Integer)
    said: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    since: Mapped[Moment]

    @classmethod
    def visible_to(cls, actor: Actor) -> Any:
        """The filter for the seats of this actor's plan."""
        return (cls.person_id == actor.person) & actor.may(MANAGE)

    def sync_lines(self) -> list[Line]:
        if self.state in NEVER_IN:
            return []  # even a tombstone would tell that somebody asked, and when
        lines = [Line(group_stream(self.group_id), self.sync_kind, self.sync_audience)]
        if self.person_id:
            lines.append(Line(person_stream(self.person_id), "own_seat", MANAGE))
        return lines

    def sync_body(self) -> dict[str, Any] | None:
        if self.state != "in":
            return None
        return {"id": self.id, "group": self.group_id, "pseudonym": self.pseudonym, "role": self.role}


class Sharing(Synced, Base):
    """A text on its way from a plan to a group. `written` is gone as soon as it is confirmed or stopped.

    `checked`: for each part its segments, see `composing.Segment`; `final`: for each part the finished text.
    `rare`: something rare was found, or a second reader recognised somebody: then no find of it is `RARE`.
    `reader_hash` is of the link for a second reader; `agreement` a code of `policy.AGREEMENTS`.
    `ending`: why it ended without its plan: `{"by": one of policy.ENDED_BY, "on": "YYYY-MM-DD", "why": a report's}`.
    """

    __tablename__ = "sharing"
    __table_args__ = (
        CheckConstraint(f"state IN {SHARING_STATES}", name="state"),
        CheckConstraint(f"about IN {ABOUT}", name="about"),
        Index("ix_sharing_person_id", "person_id"),
        Index("ix_sharing_group_id", "group_id"),
        Index("ix_sharing_seat_id", "seat_id"),
    )
    sync_kind = "sharing"
    sync_audience = MANAGE

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    group_id: Mapped[str] = mapped_column(ForeignKey("peer_group.id", ondelete="CASCADE"))
    seat_id: Mapped[str] = mapped_column(ForeignKey("group_seat.id", ondelete="CASCADE"))
    about: Mapped[str] = mapped_column(String(10))
    on_post: Mapped[str | None] = mapped_column(String(36))
    state: Mapped[str] = mapped_column(String(10), default="checking")
    codes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    written: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    checked: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    final: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    rare: Mapped[bool] = mapped_column(Boolean, default=False)
    harm: Mapped[bool] = mapped_column(Boolean, default=False)
    agreement: Mapped[str | None] = mapped_column(String(10))
    reader_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    reader_until: Mapped[datetime | None] = mapped_column(MomentType)
    shows_at: Mapped[datetime | None] = mapped_column(MomentType)
    ending: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    written_by: Mapped[str] = mapped_column(String(36))
    written_at: Mapped[Moment]

    @classmethod
    def visible_to(cls, actor: Actor) -> Any:
        """The filter for what this actor's plan is sharing."""
        return (cls.person_id == actor.person) & actor.may(cls.sync_audience)

    def sync_body(self) -> dict[str, Any]:
        names = ("id", "about", "state", "codes", "written", "checked", "final", "rare", "harm", "ending", "written_by")
        return {
            **{name: getattr(self, name) for name in names},
            "group": self.group_id,
            "on": self.on_post,
            "recognised": self.state == "review" and self.rare and not is_rare(self.checked),
            "shows_at": as_text(self.shows_at) if self.shows_at else None,
        }


class Post(Synced, Base):
    """What stands in a group, under the id of its sharing: finished words and codes, and nothing that leads back.

    `attributes` are those its author agreed to show, `said` those that show, `batch` the release it came with.
    """

    __tablename__ = "group_post"
    __table_args__ = (
        CheckConstraint(f"state IN {POST_STATES}", name="state"),
        CheckConstraint(f"about IN {ABOUT}", name="about"),
        Index("ix_group_post_group_id", "group_id", "state"),
        Index("ix_group_post_person_id", "person_id"),
        Index("ix_group_post_seat_id", "seat_id"),
        Index("ix_group_post_on_post", "on_post"),
    )
    sync_kind = "post"
    sync_audience = SEE_POSTS
    sync_abroad = True

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    group_id: Mapped[str] = mapped_column(ForeignKey("peer_group.id", ondelete="CASCADE"))
    seat_id: Mapped[str] = mapped_column(ForeignKey("group_seat.id", ondelete="CASCADE"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    about: Mapped[str] = mapped_column(String(10))
    on_post: Mapped[str | None] = mapped_column(String(36))
    state: Mapped[str] = mapped_column(String(10))
    texts: Mapped[dict[str, str]] = mapped_column(JSON)
    codes: Mapped[dict[str, Any]] = mapped_column(JSON)
    attributes: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    said: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    batch: Mapped[str | None] = mapped_column(String(36), index=True)
    helped: Mapped[int] = mapped_column(Integer, default=0)
    ready_at: Mapped[Moment]
    shown_on: Mapped[str | None] = mapped_column(String(10))

    @classmethod
    def visible_to(cls, actor: Actor) -> Any:
        """The filter for what this actor's plan has in groups."""
        return (cls.person_id == actor.person) & actor.may(MANAGE)

    def sync_lines(self) -> list[Line]:
        if self.shown_on is None:
            return []  # even a tombstone would tell the minute in which a hold ended
        return [Line(group_stream(self.group_id), self.sync_kind, self.sync_audience)]

    def sync_body(self) -> dict[str, Any] | None:
        if self.state != "shown":
            return None
        names = ("id", "about", "texts", "codes", "said", "helped", "shown_on")
        return {**{name: getattr(self, name) for name in names}, "seat": self.seat_id, "on": self.on_post}


class Borrowed(Synced, Base):
    """An idea out of an example, as a draft in a plan. It names its example until it is said in own words.

    `words` are the example's until then, and go when it is withdrawn (`lost`); an option of the directory stays.
    """

    __tablename__ = "borrowed_idea"
    __table_args__ = (Index("ix_borrowed_idea_person_id", "person_id"), Index("ix_borrowed_idea_post_id", "post_id"))
    sync_kind = "borrowed"
    sync_audience = MANAGE

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    group_id: Mapped[str | None] = mapped_column(String(36))
    post_id: Mapped[str | None] = mapped_column(String(36))
    part: Mapped[str] = mapped_column(String(15))
    words: Mapped[str] = mapped_column(Text, default="")
    option: Mapped[str | None] = mapped_column(String(36))
    rewritten: Mapped[bool] = mapped_column(Boolean, default=False)
    lost: Mapped[bool] = mapped_column(Boolean, default=False)
    removed: Mapped[bool] = mapped_column(Boolean, default=False)
    written_at: Mapped[Moment]

    @classmethod
    def visible_to(cls, actor: Actor) -> Any:
        """The filter for what this actor's plan has borrowed."""
        return (cls.person_id == actor.person) & actor.may(cls.sync_audience)

    def sync_body(self) -> dict[str, Any] | None:
        if self.removed:
            return None
        names = ("id", "part", "words", "option", "rewritten", "lost")
        return {**{name: getattr(self, name) for name in names}, "group": self.group_id, "post": self.post_id}


class Mark(Synced, Base):
    """What a plan says quietly: this helped us too, or we want to read nothing more by this member.

    `counted`: what of it is in the count that members read.
    """

    __tablename__ = "group_mark"
    __table_args__ = (
        CheckConstraint(f"kind IN {MARKS}", name="kind"),
        UniqueConstraint("person_id", "kind", "about_id"),
        Index("ix_group_mark_group_id", "group_id"),
    )
    sync_kind = "mark"
    sync_audience = MANAGE

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    group_id: Mapped[str] = mapped_column(ForeignKey("peer_group.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(10))
    about_id: Mapped[str] = mapped_column(String(36))
    on: Mapped[bool] = mapped_column(Boolean, default=True)
    counted: Mapped[bool] = mapped_column(Boolean, default=False)

    @classmethod
    def visible_to(cls, actor: Actor) -> Any:
        """The filter for the marks of this actor's plan."""
        return (cls.person_id == actor.person) & actor.may(cls.sync_audience)

    def sync_body(self) -> dict[str, Any] | None:
        return {"id": self.id, "group": self.group_id, "kind": self.kind, "about": self.about_id} if self.on else None


class Answer(Base):
    """What an example that shows answers to one question of `voice`; `counted`: it is in the group's counts.

    A table of its own: if the post told it, phones would hear when it was counted.
    """

    __tablename__ = "group_answer"
    __table_args__ = (
        CheckConstraint(f"question IN {QUESTIONS}", name="question"),
        Index("ix_group_answer_group_id", "group_id"),
        Index("ix_group_answer_person_id", "person_id"),
    )

    post_id: Mapped[str] = mapped_column(ForeignKey("group_post.id", ondelete="CASCADE"), primary_key=True)
    question: Mapped[str] = mapped_column(String(10), primary_key=True)
    group_id: Mapped[str] = mapped_column(ForeignKey("peer_group.id", ondelete="CASCADE"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    answer: Mapped[str] = mapped_column(String(20))
    counted: Mapped[bool] = mapped_column(Boolean, default=False)
    since: Mapped[Moment]

    @classmethod
    def visible_to(cls, actor: Actor) -> Any:
        """The filter for what this actor's plan has answered."""
        return (cls.person_id == actor.person) & actor.may(MANAGE)


class Tally(Base):
    """How often each answer to one question was given in a group, as it was counted last; it leads back to nobody.

    `leaving`: answers that were taken back and are still in the counts.
    """

    __tablename__ = "group_tally"
    __table_args__ = (CheckConstraint(f"question IN {QUESTIONS}", name="question"),)

    group_id: Mapped[str] = mapped_column(ForeignKey("peer_group.id", ondelete="CASCADE"), primary_key=True)
    question: Mapped[str] = mapped_column(String(10), primary_key=True)
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    leaving: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    counted_on: Mapped[str | None] = mapped_column(String(10))


class QueueItem(Base):
    """Something for the moderators to look at, and afterwards its line in the log. It holds no words.

    `person_id` is whose plan it came from; moderators are not shown it. What still waits stays without it when that
    plan is erased, so that nothing is hidden for ever.
    """

    __tablename__ = "group_queue"
    __table_args__ = (
        CheckConstraint(f"reason IN {REASONS}", name="reason"),
        Index("ix_group_queue_group_id", "group_id"),
        Index("ix_group_queue_person_id", "person_id"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    group_id: Mapped[str] = mapped_column(ForeignKey("peer_group.id", ondelete="CASCADE"))
    post_id: Mapped[str] = mapped_column(String(36))
    reason: Mapped[str] = mapped_column(String(10))
    raised_at: Mapped[Moment]
    decision: Mapped[str | None] = mapped_column(String(10))
    settled_by: Mapped[str | None] = mapped_column(String(36))
    settled_at: Mapped[datetime | None] = mapped_column(MomentType)

    @classmethod
    def visible_to(cls, actor: Actor) -> Any:
        """The filter for what this actor's plan has reported."""
        return (cls.person_id == actor.person) & actor.may(MANAGE)
