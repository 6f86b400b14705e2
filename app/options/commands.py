"""`inhand options`: the directory of support."""

import click

from app.core.web import Services
from app.options.service import Loaded, load_starter


@click.group()
def options() -> None:
    """The directory of support."""


@options.command("load")
@click.pass_obj
def load(parts: Services) -> None:
    """Bring the stored directory up to the files of this version. Phones get only what differs."""
    click.echo(said(load_directory(parts)))


def load_directory(parts: Services) -> Loaded:
    """Load the starter directory and commit."""
    with parts.database.writing() as session:
        loaded = load_starter(session)
        session.commit()
    return loaded


def said(loaded: Loaded) -> str:
    """What loading changed, as one sentence."""
    if not (loaded.new or loaded.changed or loaded.removed):
        return "The directory is up to date already."
    return f"The directory: {loaded.new} new, {loaded.changed} changed, {loaded.removed} taken away."
