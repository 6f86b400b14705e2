"""Alembic's entry: one connection, given by the command that migrates."""

from alembic import context

from app.core.db import Base, MomentType
from app.models import ALL

if not ALL:
    raise RuntimeError("no models were loaded")


def render_item(kind: str, item: object, _autogen: object) -> str | bool:
    """Migrations name no class of the app: those may change, a migration may not."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, MomentType) else False


config = context.config
connection = config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=render_item,
)
with context.begin_transaction():
    context.run_migrations()
