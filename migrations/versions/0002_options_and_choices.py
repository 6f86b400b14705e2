"""The directory of support, and what people choose."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "support_option",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("field_revs", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_option")),
        sa.UniqueConstraint("slug", name=op.f("uq_support_option_slug")),
    )
    op.create_table(
        "choice",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("goal", sa.String(length=36), nullable=True),
        sa.Column("option", sa.String(length=36), nullable=True),
        sa.Column("idea", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("per", sa.String(length=10), nullable=True),
        sa.Column("pot", sa.String(length=36), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("written_by", sa.String(length=36), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("field_revs", sa.JSON(), nullable=False),
        sa.CheckConstraint("state IN ('wanted', 'asked', 'agreed', 'going', 'stopped')", name=op.f("ck_choice_state")),
        sa.CheckConstraint(
            "per IS NULL OR per IN ('hour', 'visit', 'week', 'month', 'year', 'once')", name=op.f("ck_choice_per")
        ),
        sa.CheckConstraint("amount IS NULL OR amount BETWEEN 0 AND 999999999", name=op.f("ck_choice_amount")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_choice_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_choice")),
    )
    with op.batch_alter_table("choice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_choice_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("choice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_choice_person_id"))

    op.drop_table("choice")
    op.drop_table("support_option")
    # what these tables sent to phones goes with them
    op.execute("DELETE FROM change WHERE kind IN ('option', 'choice')")
    op.execute("DELETE FROM stream WHERE id LIKE 'directory:%'")
