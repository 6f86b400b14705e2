"""Limits of roles, invitations, private goals, remarks, concerns; the log of acts can only grow."""

import sqlalchemy as sa
from alembic import op

from app.core.db import forbid_changes, permit_changes

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

PRIVATE = ("goal", "step", "choice")
NEW_TABLES = ("remark", "concern", "invitation")


def upgrade() -> None:
    # Columns are added with a default and stay where they are: making these tables anew would take along what
    # hangs on them.
    op.add_column("change", sa.Column("author", sa.String(length=36), nullable=True))
    op.add_column("person", sa.Column("marks", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("relationship", sa.Column("basis", sa.String(length=20), nullable=True))
    op.add_column("relationship", sa.Column("basis_words", sa.String(length=200), nullable=False, server_default=""))
    op.add_column("relationship", sa.Column("stands_in_until", sa.Date(), nullable=True))
    for table in PRIVATE:
        op.add_column(table, sa.Column("private", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE change SET audience = 'see_pots' WHERE kind = 'pot'")
    _make_invitations()
    _make_words()
    forbid_changes(op.get_bind(), "audit_line")


def _make_invitations() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("invited_by", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("basis", sa.String(length=20), nullable=True),
        sa.Column("basis_words", sa.String(length=200), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("afterwards", sa.String(length=20), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_by", sa.String(length=36), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'accepted', 'confirmed', 'declined', 'withdrawn')", name=op.f("ck_invitation_state")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_invitation_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["account.id"], name=op.f("fk_invitation_invited_by_account"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["accepted_by"], ["account.id"], name=op.f("fk_invitation_accepted_by_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    op.create_index(op.f("ix_invitation_person_id"), "invitation", ["person_id"], unique=False)
    op.create_index(op.f("ix_invitation_invited_by"), "invitation", ["invited_by"], unique=False)
    op.create_index(op.f("ix_invitation_accepted_by"), "invitation", ["accepted_by"], unique=False)


def _make_words() -> None:
    op.create_table(
        "remark",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("written_by", sa.String(length=36), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("field_revs", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_remark_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
    )
    op.create_index(op.f("ix_remark_person_id"), "remark", ["person_id"], unique=False)
    op.create_table(
        "concern",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("raised_by", sa.String(length=36), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_concern_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["raised_by"], ["account.id"], name=op.f("fk_concern_raised_by_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern")),
    )
    op.create_index(op.f("ix_concern_person_id"), "concern", ["person_id"], unique=False)
    op.create_index(op.f("ix_concern_raised_by"), "concern", ["raised_by"], unique=False)


def downgrade() -> None:
    permit_changes(op.get_bind(), "audit_line")
    for table in NEW_TABLES:
        op.drop_table(table)
    op.execute("DELETE FROM change WHERE kind = 'remark'")
    op.execute("UPDATE change SET audience = 'see_money' WHERE kind = 'pot'")
    for table in PRIVATE:
        op.execute(f"ALTER TABLE {table} DROP COLUMN private")
    for column in ("basis", "basis_words", "stands_in_until"):
        op.execute(f"ALTER TABLE relationship DROP COLUMN {column}")
    op.execute("ALTER TABLE person DROP COLUMN marks")
    op.execute("ALTER TABLE change DROP COLUMN author")
