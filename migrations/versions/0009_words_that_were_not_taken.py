"""Words that were not taken any more, kept for their author to copy."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "untaken_words",
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_untaken_words_account_id_account"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_untaken_words_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_untaken_words")),
    )
    with op.batch_alter_table("untaken_words", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_untaken_words_ends_at"), ["ends_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_untaken_words_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_table("untaken_words")
