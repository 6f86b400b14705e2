"""`inhand demo`: the invented people."""

import click

from app.core.errors import Refused
from app.core.web import Services
from app.demo.group import load_group
from app.demo.load import PASSWORD, load_demo
from app.factory import make_registry


@click.group()
def demo() -> None:
    """Invented people to look around with."""


@demo.command("load")
@click.option("--if-empty", is_flag=True, help="Say nothing when they are there already.")
@click.option("--photos", is_flag=True, help="Draw photos of their receipts too: some seconds more.")
@click.pass_obj
def load(parts: Services, if_empty: bool, photos: bool) -> None:
    """Load the invented people. Needs INHAND_DEMO=1."""
    if not parts.settings.demo:
        raise Refused("Set INHAND_DEMO=1 to load the invented people.")
    for email in load_demo(parts, make_registry(), if_empty=if_empty, photos=photos):
        click.echo(f"Loaded {email}, password: {PASSWORD}")
    if load_group(parts):
        click.echo("Loaded a peer group with examples, questions and answers.")
