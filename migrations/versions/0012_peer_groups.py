"""Peer groups: seats, texts on their way, what stands there, and what is taken from them."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

KINDS = ("group", "seat", "own_seat", "post", "sharing", "borrowed", "mark")
NEW_TABLES = ("sharing", "group_post", "group_seat", "group_queue", "group_mark", "borrowed_idea", "peer_group")
CHANGE = sa.table("change", sa.column("kind"), sa.column("stream"), sa.column("row_id"))
CONFLICT = sa.table("conflict", sa.column("id"), sa.column("row_kind"))
JOB = sa.table("job", sa.column("kind"))
STREAM = sa.table("stream", sa.column("id"))


def upgrade() -> None:
    _make_peer_group()
    _make_borrowed_idea()
    _make_group_mark()
    _make_group_queue()
    _make_group_seat()
    _make_group_post()
    _make_sharing()


def _make_peer_group() -> None:
    op.create_table(
        "peer_group",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("about", sa.String(length=400), nullable=False),
        sa.Column("kind", sa.String(length=15), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("new_name", sa.String(length=80), nullable=True),
        sa.Column("new_about", sa.String(length=400), nullable=True),
        sa.Column("new_state", sa.String(length=10), nullable=True),
        sa.Column("by_request", sa.Boolean(), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=True),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("openings", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("field_revs", sa.JSON(), nullable=False),
        sa.CheckConstraint("kind IN ('person', 'organisation')", name=op.f("ck_peer_group_kind")),
        sa.CheckConstraint(
            "state IN ('checking', 'waiting', 'refused', 'ready', 'deleted')", name=op.f("ck_peer_group_state")
        ),
        sa.CheckConstraint("new_state IN ('checking', 'waiting', 'refused')", name=op.f("ck_peer_group_new_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_peer_group")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_peer_group_link_hash")),
    )


def _make_borrowed_idea() -> None:
    op.create_table(
        "borrowed_idea",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("group_id", sa.String(length=36), nullable=True),
        sa.Column("post_id", sa.String(length=36), nullable=True),
        sa.Column("part", sa.String(length=15), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("option", sa.String(length=36), nullable=True),
        sa.Column("rewritten", sa.Boolean(), nullable=False),
        sa.Column("lost", sa.Boolean(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("field_revs", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_borrowed_idea_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_borrowed_idea")),
    )
    with op.batch_alter_table("borrowed_idea", schema=None) as batch_op:
        batch_op.create_index("ix_borrowed_idea_person_id", ["person_id"], unique=False)
        batch_op.create_index("ix_borrowed_idea_post_id", ["post_id"], unique=False)


def _make_group_mark() -> None:
    op.create_table(
        "group_mark",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("group_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("about_id", sa.String(length=36), nullable=False),
        sa.Column("on", sa.Boolean(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("field_revs", sa.JSON(), nullable=False),
        sa.CheckConstraint("kind IN ('helped', 'blocked')", name=op.f("ck_group_mark_kind")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["peer_group.id"], name=op.f("fk_group_mark_group_id_peer_group"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_group_mark_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_mark")),
        sa.UniqueConstraint("person_id", "kind", "about_id", name=op.f("uq_group_mark_person_id")),
    )
    with op.batch_alter_table("group_mark", schema=None) as batch_op:
        batch_op.create_index("ix_group_mark_group_id", ["group_id"], unique=False)


def _make_group_queue() -> None:
    op.create_table(
        "group_queue",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=True),
        sa.Column("group_id", sa.String(length=36), nullable=False),
        sa.Column("post_id", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.String(length=10), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=True),
        sa.Column("settled_by", sa.String(length=36), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "reason IN ('recognise', 'harm', 'unkind', 'advert', 'other')", name=op.f("ck_group_queue_reason")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["peer_group.id"], name=op.f("fk_group_queue_group_id_peer_group"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_group_queue_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_queue")),
    )
    with op.batch_alter_table("group_queue", schema=None) as batch_op:
        batch_op.create_index("ix_group_queue_group_id", ["group_id"], unique=False)
        batch_op.create_index("ix_group_queue_person_id", ["person_id"], unique=False)


def _make_group_seat() -> None:
    op.create_table(
        "group_seat",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("group_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=True),
        sa.Column("account_id", sa.String(length=36), nullable=True),
        sa.Column("pseudonym", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("rules", sa.Integer(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("field_revs", sa.JSON(), nullable=False),
        sa.CheckConstraint("role IN ('member', 'moderator')", name=op.f("ck_group_seat_role")),
        sa.CheckConstraint(
            "state IN ('asked', 'in', 'left', 'turned_down', 'banned')", name=op.f("ck_group_seat_state")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_group_seat_account_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["peer_group.id"], name=op.f("fk_group_seat_group_id_peer_group"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_group_seat_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_seat")),
        sa.UniqueConstraint("group_id", "pseudonym", name=op.f("uq_group_seat_group_id")),
    )
    with op.batch_alter_table("group_seat", schema=None) as batch_op:
        batch_op.create_index("ix_group_seat_account_id", ["account_id"], unique=False)
        batch_op.create_index("ix_group_seat_person_id", ["person_id"], unique=False)
        batch_op.create_index(
            "uq_group_seat_there",
            ["group_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('in', 'asked')"),
            postgresql_where=sa.text("state IN ('in', 'asked')"),
        )


def _make_group_post() -> None:
    op.create_table(
        "group_post",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("group_id", sa.String(length=36), nullable=False),
        sa.Column("seat_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("about", sa.String(length=10), nullable=False),
        sa.Column("on_post", sa.String(length=36), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("attributes", sa.JSON(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("batch", sa.String(length=36), nullable=True),
        sa.Column("helped", sa.Integer(), nullable=False),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shown_on", sa.String(length=10), nullable=True),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("field_revs", sa.JSON(), nullable=False),
        sa.CheckConstraint("about IN ('example', 'question', 'answer')", name=op.f("ck_group_post_about")),
        sa.CheckConstraint("state IN ('ready', 'shown', 'hidden', 'gone')", name=op.f("ck_group_post_state")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["peer_group.id"], name=op.f("fk_group_post_group_id_peer_group"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_group_post_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["seat_id"], ["group_seat.id"], name=op.f("fk_group_post_seat_id_group_seat"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_post")),
    )
    with op.batch_alter_table("group_post", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_post_batch"), ["batch"], unique=False)
        batch_op.create_index("ix_group_post_group_id", ["group_id", "state"], unique=False)
        batch_op.create_index("ix_group_post_person_id", ["person_id"], unique=False)
        batch_op.create_index("ix_group_post_seat_id", ["seat_id"], unique=False)
        batch_op.create_index("ix_group_post_on_post", ["on_post"], unique=False)


def _make_sharing() -> None:
    op.create_table(
        "sharing",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("group_id", sa.String(length=36), nullable=False),
        sa.Column("seat_id", sa.String(length=36), nullable=False),
        sa.Column("about", sa.String(length=10), nullable=False),
        sa.Column("on_post", sa.String(length=36), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("written", sa.JSON(), nullable=False),
        sa.Column("checked", sa.JSON(), nullable=False),
        sa.Column("final", sa.JSON(), nullable=False),
        sa.Column("rare", sa.Boolean(), nullable=False),
        sa.Column("harm", sa.Boolean(), nullable=False),
        sa.Column("agreement", sa.String(length=10), nullable=True),
        sa.Column("reader_hash", sa.String(length=64), nullable=True),
        sa.Column("reader_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shows_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("written_by", sa.String(length=36), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("field_revs", sa.JSON(), nullable=False),
        sa.CheckConstraint("about IN ('example', 'question', 'answer')", name=op.f("ck_sharing_about")),
        sa.CheckConstraint(
            "state IN ('checking', 'waiting', 'review', 'reading', 'agreeing', 'held', 'ready', 'shown', 'stopped', 'ended')",
            name=op.f("ck_sharing_state"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["peer_group.id"], name=op.f("fk_sharing_group_id_peer_group"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_sharing_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["seat_id"], ["group_seat.id"], name=op.f("fk_sharing_seat_id_group_seat"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sharing")),
        sa.UniqueConstraint("reader_hash", name=op.f("uq_sharing_reader_hash")),
    )
    with op.batch_alter_table("sharing", schema=None) as batch_op:
        batch_op.create_index("ix_sharing_group_id", ["group_id"], unique=False)
        batch_op.create_index("ix_sharing_person_id", ["person_id"], unique=False)
        batch_op.create_index("ix_sharing_seat_id", ["seat_id"], unique=False)


def downgrade() -> None:
    for table in NEW_TABLES:
        op.drop_table(table)
    # what these tables sent to phones, what waits for the worker, and the groups' own streams, go with them
    theirs = sa.select(CONFLICT.c.id).where(CONFLICT.c.row_kind.in_(KINDS))
    op.execute(sa.delete(CHANGE).where(sa.or_(CHANGE.c.kind.in_(KINDS), CHANGE.c.stream.like("group:%"))))
    op.execute(sa.delete(CHANGE).where(CHANGE.c.kind == "conflict", CHANGE.c.row_id.in_(theirs)))
    op.execute(sa.delete(CONFLICT).where(CONFLICT.c.row_kind.in_(KINDS)))
    op.execute(sa.delete(JOB).where(JOB.c.kind.like("peers.%")))
    op.execute(sa.delete(STREAM).where(STREAM.c.id.like("group:%")))
