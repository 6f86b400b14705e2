"""Who ended a text of a group, when and why: its author is told."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("sharing", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ending", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("sharing", schema=None) as batch_op:
        batch_op.drop_column("ending")
