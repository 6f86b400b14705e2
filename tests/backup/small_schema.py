"""A small set of migrations with every kind of column, and rows for it, to test what moves whole databases."""

import json
import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import insert

from app.core.backup.portable import bindable, fitting, tables_of
from app.core.db import Database
from app.core.storage import Storage

ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]

ENV = """
from alembic import context
connection = context.config.attributes["connection"]
context.configure(connection=connection, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
"""
FIRST = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "0001", None

def upgrade():
    op.create_table("installation", sa.Column("id", sa.Integer, primary_key=True), sa.Column("life", sa.String(36)))
    op.execute("INSERT INTO installation (id, life) VALUES (1, 'made by the migration')")
    op.create_table("person", sa.Column("id", sa.String(36), primary_key=True), sa.Column("name", sa.Text))
    op.create_table(
        "entry",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("person_id", sa.String(36), sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
        sa.Column("reverses", sa.String(36), sa.ForeignKey("entry.id")),
        sa.Column("pence", sa.BigInteger, nullable=False),
        sa.Column("kept", sa.Boolean, nullable=False),
        sa.Column("day", sa.Date),
        sa.Column("at", sa.DateTime(timezone=True)),
        sa.Column("facts", sa.JSON),
        sa.Column("seal", sa.LargeBinary),
        sa.Column("share", sa.Float),
    )
    op.create_table(
        "line", sa.Column("number", sa.Integer, primary_key=True), sa.Column("words", sa.Text, nullable=False)
    )

def downgrade():
    for name in ("line", "entry", "person", "installation"):
        op.drop_table(name)
"""
SECOND = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "0002", "0001"

def upgrade():
    op.add_column("person", sa.Column("colour", sa.Text, server_default="plum"))

def downgrade():
    with op.batch_alter_table("person") as batch:
        batch.drop_column("colour")
"""


def write_migrations(folder: Path, *, newest: str = "0002") -> Path:
    """A folder of migrations that ends at `newest`."""
    (folder / "versions").mkdir(parents=True)
    (folder / "env.py").write_text(ENV)
    (folder / "versions" / "0001.py").write_text(FIRST)
    if newest == "0002":
        (folder / "versions" / "0002.py").write_text(SECOND)
    return folder


def fill(database: Database, *, entries: int = 40, seed: int = 1) -> None:
    """People, and entries that reverse each other in an order that no key tells."""
    dice = random.Random(seed)
    ids = [str(UUID(int=dice.getrandbits(128), version=4)) for _ in range(entries)]
    people = [{"id": f"person-{number}", "name": name} for number, name in enumerate(("Zoë é", "𝄞\r\n\u202e", ""))]
    rows = [
        {
            "id": ids[number],
            "person_id": dice.choice(people)["id"],
            "reverses": ids[number - 1] if number % 3 else None,
            "pence": dice.choice([0, -1, 2**53 + 1, -(2**62)]),
            "kept": bool(number % 2),
            "day": date(1948, 7, 5) + timedelta(days=number) if number % 4 else None,
            "at": datetime(2026, 11, 21, 9, 12, tzinfo=UTC) + timedelta(microseconds=number),
            "facts": dice.choice([{"b": [1, 2.5, None], "a": "é"}, [], "text", 0]),
            "seal": dice.randbytes(number % 50),
            "share": dice.random(),
        }
        for number in range(entries)
    ]
    lines = [{"words": json.dumps(number)} for number in range(5)]
    with database.writing() as session:
        tables = {table.name: bindable(table) for table in tables_of(session)}
        session.execute(insert(tables["person"]), people)
        session.execute(insert(tables["entry"]), [fitting(tables["entry"], row) for row in rows])
        session.execute(insert(tables["line"]), lines)
        session.commit()


def content_of(storage: Storage) -> dict[str, bytes]:
    """Everything in a storage."""
    return dict(zip(keys := list(storage.keys()), map(storage.get, keys), strict=True))
