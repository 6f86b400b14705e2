"""How a goal is going, noted from time to time."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "check_in",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("goal", sa.String(length=36), nullable=False),
        sa.Column("on", sa.String(length=10), nullable=False),
        sa.Column("going", sa.String(length=10), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("written_by", sa.String(length=36), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("field_revs", sa.JSON(), nullable=False),
        sa.CheckConstraint("going IN ('closer', 'same', 'harder')", name=op.f("ck_check_in_going")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_check_in_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
    )
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_check_in_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_check_in_person_id"))
    op.drop_table("check_in")
    # what this table sent to phones, and what was written in it, goes with it
    op.execute("DELETE FROM change WHERE kind = 'check_in'")
    op.execute(
        "DELETE FROM change WHERE kind = 'version' AND row_id IN (SELECT id FROM version WHERE row_kind = 'check_in')"
    )
    op.execute("DELETE FROM version WHERE row_kind = 'check_in'")
    op.execute(
        "DELETE FROM change WHERE kind = 'conflict' AND row_id IN (SELECT id FROM conflict WHERE row_kind = 'check_in')"
    )
    op.execute("DELETE FROM conflict WHERE row_kind = 'check_in'")
