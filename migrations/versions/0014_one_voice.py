"""What a group says with one voice, and which marks and answers its counts hold."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "group_tally",
        sa.Column("group_id", sa.String(length=36), nullable=False),
        sa.Column("question", sa.String(length=10), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("leaving", sa.JSON(), nullable=False),
        sa.Column("counted_on", sa.String(length=10), nullable=True),
        sa.CheckConstraint("question IN ('went', 'better', 'refused', 'waited')", name=op.f("ck_group_tally_question")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["peer_group.id"], name=op.f("fk_group_tally_group_id_peer_group"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("group_id", "question", name=op.f("pk_group_tally")),
    )
    op.create_table(
        "group_answer",
        sa.Column("post_id", sa.String(length=36), nullable=False),
        sa.Column("question", sa.String(length=10), nullable=False),
        sa.Column("group_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "question IN ('went', 'better', 'refused', 'waited')", name=op.f("ck_group_answer_question")
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["group_post.id"], name=op.f("fk_group_answer_post_id_group_post"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["peer_group.id"], name=op.f("fk_group_answer_group_id_peer_group"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_group_answer_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", "question", name=op.f("pk_group_answer")),
    )
    with op.batch_alter_table("group_answer", schema=None) as batch_op:
        batch_op.create_index("ix_group_answer_group_id", ["group_id"], unique=False)
        batch_op.create_index("ix_group_answer_person_id", ["person_id"], unique=False)
    with op.batch_alter_table("group_mark", schema=None) as batch_op:
        # what was marked until now is in the counts that members read
        batch_op.add_column(sa.Column("counted", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("group_mark", schema=None) as batch_op:
        batch_op.alter_column("counted", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("group_mark", schema=None) as batch_op:
        batch_op.drop_column("counted")
    op.drop_table("group_answer")
    op.drop_table("group_tally")
